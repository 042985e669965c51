import CivilTime
import Histories
import TrainingEvents

/// Age 15 or over on the start day (TIP-04).
enum TIP04: Clause {
    static let id = "TIP-04"

    static func assess(
        _ decisionCase: DecisionCase, _ rules: Shared<TuitionRules>, _ verdict: inout Verdict<some Evidence>
    ) {
        let age = decisionCase.person.birthDate.age(on: decisionCase.startsOn)
        let isOldEnough = age >= rules.minimumAge
        note(
            isOldEnough ? .met : .failed, in: &verdict,
            [
                "age": .number(age), "minimumAge": .number(rules.minimumAge),
                "startsOn": .string(decisionCase.startsOn.description),
            ], events: decisionCase.person.fieldPositions,
            lack: isOldEnough ? nil : Lack("age", has: .number(age), needed: .number(rules.minimumAge)))
        ARI05.note(decisionCase, under: id, in: &verdict.evidence)
    }

    /// The rulebook gives no age.
    static func wait(for missing: MissingParameter, _ verdict: inout Verdict<some Evidence>) {
        note(
            .pending([missing.code]), in: &verdict, ["parameter": .string(missing.name)], lack: Lack(missing.code))
    }
}

/// Which verification counts, and whether there is one (TIP-07).
enum TIP07: Clause {
    static let id = "TIP-07"

    struct Found {
        let verification: InsuranceVerification
        /// The spells in force on the start day.
        let current: [InsuranceSpell]
    }

    /// The verification with the highest `asOf` counts; a system look-up that found no spell at all gives way to
    /// the trainee's own statement.
    static func assess(_ decisionCase: DecisionCase, _ verdict: inout Verdict<some Evidence>) -> Found? {
        let day = decisionCase.startsOn
        var verification = decisionCase.person.verification(for: day)
        if let found = verification, found.method == .system, found.spells.isEmpty {
            verification = decisionCase.person.verification(for: day) { $0.method == .document }
        }
        guard let verification else {
            note(
                .pending(["insuranceStatement"]), in: &verdict, ["startsOn": .string(day.description)],
                events: decisionCase.person.verifications.map(\.position), lack: Lack("insuranceStatement"))
            return nil
        }
        note(
            .applied, in: &verdict.evidence,
            ["method": .string(verification.method.name), "asOf": .string(verification.asOf.description)],
            events: [verification.position])
        return Found(verification: verification, current: verification.spells.filter { $0.covers(day) })
    }
}

/// Insured on the start day (TIP-05).
enum TIP05: Clause {
    static let id = "TIP-05"

    static func assess(
        _ found: TIP07.Found, _ decisionCase: DecisionCase, _ rules: Shared<TuitionRules>,
        _ verdict: inout Verdict<some Evidence>
    ) {
        let isInsured = found.current.contains { $0.mark == nil && rules.schemes.contains($0.scheme) }
        note(
            isInsured ? .met : .failed, in: &verdict,
            [
                "startsOn": .string(decisionCase.startsOn.description),
                "schemesInForce": .array(
                    found.current.map {
                        .members(["scheme": .string($0.scheme.name), "mark": $0.mark.map { .string($0.name) }])
                    }),
                "spellsKnown": .number(found.verification.spells.count),
            ], events: [found.verification.position],
            lack: isInsured
                ? nil : Lack("insuredOnStartDay", needed: .array(rules.schemes.codes.map { .string($0) })))
    }
}

/// Marks that exclude, whatever other spell there is (TIP-06).
enum TIP06: Clause {
    static let id = "TIP-06"

    static func assess(_ found: TIP07.Found, _ rules: Shared<TuitionRules>, _ verdict: inout Verdict<some Evidence>) {
        let marks = found.current.compactMap(\.mark).filter(rules.excludedMarks.contains)
        note(
            marks.isEmpty ? .met : .failed, in: &verdict,
            ["marksInForce": .array(marks.map { .string($0.name) })], events: [found.verification.position],
            lack: marks.first.map { Lack("unmarkedInsurance", has: .string($0.name)) })
    }
}

/// The seat: extra ones are not subsidised (TIP-19).
enum TIP19: Clause {
    static let id = "TIP-19"

    /// An alternate who joined has moved up to a subsidised seat [reading].
    static func assess(_ decisionCase: DecisionCase, _ verdict: inout Verdict<some Evidence>) {
        let admission = decisionCase.enrolment.admission
        let isExtra = admission?.seat == .extra
        note(
            isExtra ? .failed : .met, in: &verdict, ["seat": admission.map { .string($0.seat.name) }],
            events: admission.map { [$0.position] } ?? [],
            lack: isExtra ? Lack("seat", has: admission.map { .string($0.seat.name) }) : nil)
    }
}
