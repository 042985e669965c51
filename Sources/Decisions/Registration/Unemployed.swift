import CivilTime
import Histories
import TrainingEvents

/// Age on the start day (PRE-01).
enum PRE01: Clause {
    static let id = "PRE-01"

    static func assess(
        _ decisionCase: DecisionCase, _ rules: Shared<RegistrationRules>, _ verdict: inout Verdict<some Evidence>
    ) {
        let age = decisionCase.person.birthDate.age(on: decisionCase.startsOn)
        let isOldEnough = age >= rules.minimumAge
        note(
            isOldEnough ? .met : .failed, in: &verdict,
            ["age": .number(age), "minimumAge": .number(rules.minimumAge)],
            events: decisionCase.person.fieldPositions,
            lack: isOldEnough ? nil : Lack("age", has: .number(age), needed: .number(rules.minimumAge)))
        ARI05.note(decisionCase, under: id, in: &verdict.evidence)
    }
}

/// Whole years completed on the start day (ARI-05).
enum ARI05: Clause {
    static let id = "ARI-05"

    static func note(_ decisionCase: DecisionCase, under parent: String, in evidence: inout some Evidence) {
        note(
            .applied, in: &evidence,
            [
                "birthDate": .string(decisionCase.person.birthDate.description),
                "startsOn": .string(decisionCase.startsOn.description),
                "age": .number(decisionCase.person.birthDate.age(on: decisionCase.startsOn)),
            ], events: decisionCase.person.fieldPositions, under: parent)
    }
}

/// Out of work on the day of application and throughout (PRE-02).
enum PRE02: Clause {
    static let id = "PRE-02"

    static func assess(
        _ application: Application, _ decisionCase: DecisionCase, _ rules: RegistrationRules.Unemployment,
        untilStart: Bool, _ verdict: inout Verdict<some Evidence>
    ) {
        // A special-project application (專案報名) is looked at from the start day on.
        let first = application.isSpecialProject ? decisionCase.startsOn : application.at.taipeiDate
        let period = Unemployment(decisionCase, from: first, untilStart: untilStart)
        let verification = decisionCase.person.verification(for: first)
        let spells = (verification?.spells ?? []).filter(period.overlaps)
        let strictPeriod = Unemployment(
            decisionCase, from: max(first, decisionCase.startsOn), untilStart: untilStart)
        let isStrict =
            rules.strictDeliveries.contains(decisionCase.ruled.history.fields.delivery)
        let soldiers = discharging(on: first, decisionCase, rules)
        let soldier = soldiers.first { ($0.papers + application.papers).contains { $0.code == "soldierReferral" } }
        let barring = spells.filter { spell in
            switch rules.meaning(of: spell) {
            case .nothing: false
            case .bars: !(spell.scheme == .military && !soldiers.isEmpty)
            case .needsAffidavit: isStrict && strictPeriod.overlaps(spell)
            }
        }
        let sworn = spells.filter { rules.meaning(of: $0) == .needsAffidavit }
        // Work that begins during the class is early employment (PRE-15) and no bar against having applied.
        let works = decisionCase.person.works.filter {
            $0.from <= decisionCase.startsOn && period.overlaps($0)
        }
        let affidavit = decisionCase.notWorkingAffidavit
        let finding: Finding
        if !barring.isEmpty || !works.isEmpty {
            finding = .failed
        } else if verification == nil {
            finding = .pending(["insuranceVerification"])
        } else {
            let isReferred = soldier != nil || !spells.contains { $0.scheme == .military && $0.mark == nil }
            let lacking =
                (sworn.isEmpty || affidavit != nil ? [] : ["notWorking"]) + (isReferred ? [] : ["soldierReferral"])
            finding = lacking.isEmpty ? .met : .pending(lacking)
        }
        note(
            finding, in: &verdict,
            [
                "from": .string(first.description), "to": .string(period.last.description),
                "verified": .bool(verification != nil), "specialProject": .bool(application.isSpecialProject),
                "barringSchemes": .array(barring.map { .string($0.scheme.name) }),
                "swornSchemes": .array(sworn.map { .string($0.scheme.name) }),
                "work": .array(works.map { .string($0.kind.name) }), "affidavit": .bool(affidavit != nil),
                "noInsuranceDuringClass": .bool(isStrict),
            ],
            events: [application.position, verification?.position, affidavit?.position, soldier?.position]
                .compactMap(\.self) + works.map(\.position),
            lack: lack(finding, barring, works))
        let training = spells.filter { rules.meaning(of: $0) == .nothing && $0.mark != nil }
        PRE16.note(training, verification, under: id, in: &verdict.evidence)
    }

    private static func lack(_ finding: Finding, _ barring: [InsuranceSpell], _ works: [WorkFact]) -> Lack? {
        switch finding {
        case .met: nil
        case .pending(let codes): codes.first.map { Lack($0) }
        case .failed:
            Lack(
                "unemployed",
                has: .array(
                    barring.map { .members(["scheme": .string($0.scheme.name), "from": .string($0.from.description)]) }
                        + works.map { .members(["work": .string($0.kind.name), "from": .string($0.from.description)]) })
            )
        }
    }

    /// A soldier about to be discharged may apply for a branch's own class, with the papers.
    private static func discharging(
        on day: CivilDate, _ decisionCase: DecisionCase, _ rules: RegistrationRules.Unemployment
    ) -> [IdentityFact] {
        guard rules.soldierDeliveries.contains(decisionCase.ruled.history.fields.delivery) else { return [] }
        return decisionCase.person.certificates(of: .dischargingSoldier, on: day)
    }

    /// The days in which a person should be out of work: until the class or the participation ends.
    private struct Unemployment {
        let first: CivilDate
        let last: CivilDate

        init(_ decisionCase: DecisionCase, from day: CivilDate, untilStart: Bool) {
            first = day
            guard !untilStart else {
                last = max(day, decisionCase.startsOn)
                return
            }
            last = max(day, Participation.lastDay(decisionCase))
        }

        func overlaps(_ spell: InsuranceSpell) -> Bool { spell.from <= last && (spell.to.map { first <= $0 } ?? true) }
        func overlaps(_ work: WorkFact) -> Bool { work.from <= last && (work.to.map { first <= $0 } ?? true) }
    }
}

/// Insurance marked 訓 is neither employment nor cover (PRE-16).
enum PRE16: Clause {
    static let id = "PRE-16"

    static func note(
        _ spells: [InsuranceSpell], _ verification: InsuranceVerification?, under parent: String,
        in evidence: inout some Evidence
    ) {
        guard let verification, !spells.isEmpty else { return }
        note(
            .applied, in: &evidence, ["spells": .array(spells.map { .string($0.from.description) })],
            events: [verification.position], under: parent)
    }
}

extension DecisionCase {
    /// The affidavit of not working (無工作切結書) for this class.
    var notWorkingAffidavit: AffidavitFact? {
        person.affidavits.first { $0.classNumber == enrolment.classNumber && $0.kind == "notWorking" }
    }
}
