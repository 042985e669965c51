import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// A category of the list, held on the start day (LIV-02).
enum LIV02: Clause {
    static let id = "LIV-02"

    /// The certificates held for a category of the list, in the order of the log.
    static func held(_ decisionCase: DecisionCase, _ rules: AllowanceRules) -> [IdentityFact] {
        decisionCase.person.identities.filter {
            rules.categories.row(for: $0.category.name) != nil && $0.holds(on: decisionCase.startsOn)
        }
    }

    static func find(_ held: [IdentityFact], _ decisionCase: DecisionCase) -> (Finding, Reason) {
        let finding = held.isEmpty ? Finding.failed : .met
        let facts: KeyValuePairs<String, JSONValue?> = [
            "categories": .array(held.map { .string($0.category.name) }),
            "startsOn": .string(decisionCase.startsOn.description),
        ]
        return (
            finding,
            reason(
                Reason.Result(finding), facts, events: held.flatMap(\.positions),
                lack: held.isEmpty ? Lack("category") : nil)
        )
    }
}

/// Employment insurance first (LIV-03).
enum LIV03: Clause {
    static let id = "LIV-03"

    enum Status {
        case notInvoluntary
        /// Became known only after the class had started: this allowance may be drawn, under LIV-10.
        case exception
        case knownInTime
    }

    static func find(_ decisionCase: DecisionCase, _ rules: AllowanceRules) -> (Status, Finding, Reason) {
        let start = decisionCase.startsOn
        let certificates = decisionCase.person.certificates(of: rules.insuranceCategory, on: start)
        let status: Status
        if certificates.isEmpty {
            status = .notInvoluntary
        } else if rules.allowsException, certificates.allSatisfy({ $0.certifiedAt.taipeiDate > start }) {
            status = .exception
        } else {
            status = .knownInTime
        }
        let finding = status == .knownInTime ? Finding.failed : .met
        let result: Reason.Result = certificates.isEmpty ? .notApplicable : Reason.Result(finding)
        let facts: KeyValuePairs<String, JSONValue?> = [
            "category": .string(rules.insuranceCategory.name), "held": .bool(!certificates.isEmpty),
            "knownOn": certificates.map(\.certifiedAt.taipeiDate).min().map { .string($0.description) },
            "startsOn": .string(start.description),
        ]
        let lack =
            finding == .failed ? Lack("employmentInsuranceFirst", has: .string(rules.insuranceCategory.name)) : nil
        return (status, finding, reason(result, facts, events: certificates.flatMap(\.positions), lack: lack))
    }
}

/// Not labour-insured and not at work while drawing (LIV-04).
enum LIV04: Clause {
    static let id = "LIV-04"

    struct Found {
        let finding: Finding
        let reason: Reason
        /// The first day after the start on which a barring spell or work begins: participation ends before it.
        let firstLaterDay: CivilDate?
        let laterWhat: String?
        let laterPosition: UInt64?
    }

    private struct Span {
        let from: CivilDate
        let to: CivilDate?
        let what: String
        let position: UInt64

        func covers(_ day: CivilDate) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
    }

    static func find(_ decisionCase: DecisionCase, _ rules: AllowanceRules) -> Found {
        let start = decisionCase.startsOn
        let verification = decisionCase.person.verification(for: start)
        let spans = Self.spans(decisionCase, verification, rules)
        let barring = spans.filter { $0.covers(start) }
        let later = spans.filter { $0.from > start && $0.from <= decisionCase.classHistory.endsOn }
            .min { ($0.from, $0.position) < ($1.from, $1.position) }
        let finding: Finding =
            !barring.isEmpty ? .failed : verification == nil ? .pending(["insuranceVerification"]) : .met
        let facts: KeyValuePairs<String, JSONValue?> = [
            "startsOn": .string(start.description), "verified": .bool(verification != nil),
            "inForce": .array(barring.map { .string($0.what) }),
            "beganOn": later.map { .string($0.from.description) }, "began": later.map { .string($0.what) },
        ]
        let events = [verification?.position, later?.position].compactMap(\.self) + barring.map(\.position)
        let lack: Lack? =
            !barring.isEmpty
            ? Lack("neitherInsuredNorAtWork", has: .array(barring.map { .string($0.what) }))
            : verification == nil ? Lack("insuranceVerification") : nil
        return Found(
            finding: finding, reason: reason(Reason.Result(finding), facts, events: events, lack: lack),
            firstLaterDay: later?.from, laterWhat: later?.what, laterPosition: later?.position)
    }

    /// Insurance and work that bar; a day school is neither.
    private static func spans(
        _ decisionCase: DecisionCase, _ verification: InsuranceVerification?, _ rules: AllowanceRules
    ) -> [Span] {
        let works = decisionCase.person.works.filter { $0.kind != .daySchool }
            .map { Span(from: $0.from, to: $0.to, what: $0.kind.name, position: $0.position) }
        guard let verification else { return works }
        let spells = verification.spells.filter(rules.insurance.isBarring)
            .map { Span(from: $0.from, to: $0.to, what: $0.scheme.name, position: verification.position) }
        return works + spells
    }
}

/// Excluded by an old-age benefit, unless of low income or with a living subsidy (LIV-05).
enum LIV05: Clause {
    static let id = "LIV-05"

    static func find(_ decisionCase: DecisionCase, _ rules: AllowanceRules) -> (Finding, Reason) {
        let start = decisionCase.startsOn
        let person = decisionCase.person
        let drawn = person.benefits.filter { rules.barringBenefits.contains($0.kind.name) && $0.from <= start }
        guard !drawn.isEmpty else { return (.met, reason(.met, ["drawn": .bool(false)])) }
        let subsidies = person.benefits.filter { rules.exceptionBenefits.contains($0.kind.name) && $0.covers(start) }
        let categories = person.identities.filter {
            rules.exceptionCategories.contains($0.category) && $0.holds(on: start)
        }
        let finding: Finding = subsidies.isEmpty && categories.isEmpty ? .failed : .met
        let facts: KeyValuePairs<String, JSONValue?> = [
            "drawn": .bool(true), "drawnSince": drawn.map(\.from).min().map { .string($0.description) },
            "exceptions": .array(
                subsidies.map { .string($0.kind.name) } + categories.map { .string($0.category.name) }),
        ]
        let events = drawn.map(\.position) + subsidies.map(\.position) + categories.flatMap(\.positions)
        let lack = finding == .failed ? Lack("lowIncome", has: .string("oldAgeBenefit")) : nil
        return (finding, reason(Reason.Result(finding), facts, events: events, lack: lack))
    }
}

/// No application while barred for a false claim (LIV-11).
enum LIV11: Clause {
    static let id = "LIV-11"

    /// Fails if every application for the class was made while a bar ran; `nil` where no bar ever ran.
    static func find(
        _ applications: [AllowanceApplication], _ decisionCase: DecisionCase, _ rules: AllowanceRules
    ) -> (Finding, Reason)? {
        let claims = decisionCase.person.payouts.filter { $0.kind == .livingAllowance }.flatMap(\.revocations)
            .filter { $0.reason == .falseClaim }
        guard !claims.isEmpty else { return nil }
        let bars = claims.map { (from: $0.on, to: $0.on.endOfPeriod(years: rules.falseClaimBarYears)) }
        let barred = applications.filter { application in
            bars.contains { $0.from <= application.on && application.on <= $0.to }
        }
        let finding: Finding = !applications.isEmpty && barred.count == applications.count ? .failed : .met
        let facts: KeyValuePairs<String, JSONValue?> = [
            "bars": .array(
                bars.map { .members(["from": .string($0.from.description), "to": .string($0.to.description)]) }),
            "appliedOn": .array(applications.map { .string($0.on.description) }),
        ]
        return (
            finding,
            reason(
                Reason.Result(finding), facts, events: claims.map(\.position) + applications.map(\.position),
                lack: finding == .failed
                    ? Lack(
                        "appliedOn", has: applications.map(\.on).max().map { .string($0.description) },
                        needed: bars.map(\.to).max().map { .string($0.adding(days: 1).description) }) : nil)
        )
    }
}
