import CivilTime
import Histories
import TrainingEvents

/// Age 15 or over on the start day (TIP-04).
enum TIP04: Clause {
    static let id = "TIP-04"

    static func assess(_ decisionCase: DecisionCase, _ rules: TuitionRules) -> Assessed {
        let age = decisionCase.person.birthDate.age(on: decisionCase.startsOn)
        let finding = age >= rules.minimumAge ? Finding.met : .failed
        let facts: KeyValuePairs<String, JSONValue?> = [
            "age": .number(age), "minimumAge": .number(rules.minimumAge),
            "startsOn": .string(decisionCase.startsOn.description),
        ]
        let main = reason(
            Reason.Result(finding), facts, events: decisionCase.person.fieldPositions,
            lack: finding == .met ? nil : Lack("age", has: .number(age), needed: .number(rules.minimumAge)))
        return Assessed(finding: finding, reason: main, supports: [ARI05.reason(decisionCase, under: id)])
    }

    /// The rulebook gives no age.
    static func lacking(_ missing: MissingParameter) -> Reason {
        reason(.pending, ["parameter": .string(missing.name)], lack: Lack(missing.code))
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
    static func find(_ decisionCase: DecisionCase) -> (Found?, Reason) {
        let day = decisionCase.startsOn
        var verification = decisionCase.person.verification(for: day)
        if let found = verification, found.method == .system, found.spells.isEmpty {
            verification = decisionCase.person.verification(for: day) { $0.method == .document }
        }
        guard let verification else {
            let known = decisionCase.person.verifications.map(\.position)
            return (
                nil,
                reason(
                    .pending, ["startsOn": .string(day.description)], events: known, lack: Lack("insuranceStatement"))
            )
        }
        let facts: KeyValuePairs<String, JSONValue?> = [
            "method": .string(verification.method.name), "asOf": .string(verification.asOf.description),
        ]
        let found = Found(verification: verification, current: verification.spells.filter { $0.covers(day) })
        return (found, reason(.applied, facts, events: [verification.position]))
    }
}

/// Insured on the start day (TIP-05).
enum TIP05: Clause {
    static let id = "TIP-05"

    static func find(
        _ found: TIP07.Found, _ decisionCase: DecisionCase, _ rules: TuitionRules
    ) -> (Finding, Reason) {
        let insuring = found.current.filter { $0.mark == nil && rules.schemes.contains($0.scheme.name) }
        let finding = insuring.isEmpty ? Finding.failed : .met
        let facts: KeyValuePairs<String, JSONValue?> = [
            "startsOn": .string(decisionCase.startsOn.description),
            "schemesInForce": .array(
                found.current.map {
                    .members(["scheme": .string($0.scheme.name), "mark": $0.mark.map { .string($0.name) }])
                }),
            "spellsKnown": .number(found.verification.spells.count),
        ]
        let lack = finding == .met ? nil : Lack("insuredOnStartDay", needed: .array(rules.schemes.map { .string($0) }))
        return (finding, reason(Reason.Result(finding), facts, events: [found.verification.position], lack: lack))
    }
}

/// Marks that exclude, whatever other spell there is (TIP-06).
enum TIP06: Clause {
    static let id = "TIP-06"

    static func find(_ found: TIP07.Found, _ rules: TuitionRules) -> (Finding, Reason) {
        let marks = found.current.compactMap(\.mark).map(\.name).filter(rules.excludedMarks.contains)
        let finding = marks.isEmpty ? Finding.met : .failed
        return (
            finding,
            reason(
                Reason.Result(finding), ["marksInForce": .array(marks.map { .string($0) })],
                events: [found.verification.position],
                lack: marks.first.map { Lack("unmarkedInsurance", has: .string($0)) })
        )
    }
}

/// The seat: extra ones are not subsidised (TIP-19).
enum TIP19: Clause {
    static let id = "TIP-19"

    /// An alternate who joined has moved up to a subsidised seat [reading].
    static func find(_ decisionCase: DecisionCase) -> (Finding, Reason) {
        let admission = decisionCase.enrolment.admission
        let finding = admission?.seat == .extra ? Finding.failed : .met
        let facts: KeyValuePairs<String, JSONValue?> = ["seat": admission.map { .string($0.seat.name) }]
        let lack = finding == .met ? nil : Lack("seat", has: admission.map { .string($0.seat.name) })
        return (
            finding,
            reason(Reason.Result(finding), facts, events: admission.map { [$0.position] } ?? [], lack: lack)
        )
    }
}
