import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// A category of the list, held on the start day (LIV-02).
enum LIV02: Clause {
    static let id = "LIV-02"

    /// The certificates held for a category of the list, in the order of the log.
    static func held(_ decisionCase: DecisionCase, _ rules: Shared<AllowanceRules>) -> [IdentityFact] {
        decisionCase.person.identities.filter {
            rules.categories.contains($0.category) && $0.holds(on: decisionCase.startsOn)
        }
    }

    static func assess(
        _ held: [IdentityFact], _ decisionCase: DecisionCase, _ verdict: inout Verdict<some Evidence>
    ) {
        note(
            held.isEmpty ? .failed : .met, in: &verdict,
            [
                "categories": .array(held.map { .string($0.category.name) }),
                "startsOn": .string(decisionCase.startsOn.description),
            ], events: held.flatMap(\.positions), lack: held.isEmpty ? Lack("category") : nil)
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

    static func assess(
        _ decisionCase: DecisionCase, _ rules: Shared<AllowanceRules>, _ verdict: inout Verdict<some Evidence>
    ) -> Status {
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
        note(
            finding, as: certificates.isEmpty ? .notApplicable : nil, in: &verdict,
            [
                "category": .string(rules.insuranceCategory.name), "held": .bool(!certificates.isEmpty),
                "knownOn": certificates.map(\.certifiedAt.taipeiDate).min().map { .string($0.description) },
                "startsOn": .string(start.description),
            ], events: certificates.flatMap(\.positions),
            lack: finding == .failed
                ? Lack("employmentInsuranceFirst", has: .string(rules.insuranceCategory.name)) : nil)
        return status
    }
}

/// Not labour-insured and not at work while drawing (LIV-04).
enum LIV04: Clause {
    static let id = "LIV-04"

    /// A spell of insurance or work that bars.
    struct Span {
        let from: CivilDate
        let to: CivilDate?
        let kind: Kind
        let position: UInt64

        enum Kind {
            case work(WorkKind)
            case insurance(InsuranceScheme)
        }

        var what: String {
            switch kind {
            case .work(let kind): kind.name
            case .insurance(let scheme): scheme.name
            }
        }

        func covers(_ day: CivilDate) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
    }

    /// The first spell or work that begins after the start: participation ends before it. `nil` where none does.
    static func assess(
        _ decisionCase: DecisionCase, _ rules: Shared<AllowanceRules>, _ verdict: inout Verdict<some Evidence>
    ) -> Span? {
        let start = decisionCase.startsOn
        let verification = decisionCase.person.verification(for: start)
        let spans = Self.spans(decisionCase, verification, rules)
        let barring = spans.filter { $0.covers(start) }
        let later = spans.filter { $0.from > start && $0.from <= decisionCase.ruled.endsOn }
            .min { ($0.from, $0.position) < ($1.from, $1.position) }
        note(
            !barring.isEmpty ? .failed : verification == nil ? .pending(["insuranceVerification"]) : .met,
            in: &verdict,
            [
                "startsOn": .string(start.description), "verified": .bool(verification != nil),
                "inForce": .array(barring.map { .string($0.what) }),
                "beganOn": later.map { .string($0.from.description) }, "began": later.map { .string($0.what) },
            ], events: [verification?.position, later?.position].compactMap(\.self) + barring.map(\.position),
            lack: !barring.isEmpty
                ? Lack("neitherInsuredNorAtWork", has: .array(barring.map { .string($0.what) }))
                : verification == nil ? Lack("insuranceVerification") : nil)
        return later
    }

    /// Insurance and work that bar; a day school is neither.
    private static func spans(
        _ decisionCase: DecisionCase, _ verification: InsuranceVerification?, _ rules: Shared<AllowanceRules>
    ) -> [Span] {
        var spans: [Span] = []
        for work in decisionCase.person.works where work.kind != .daySchool {
            spans.append(Span(from: work.from, to: work.to, kind: .work(work.kind), position: work.position))
        }
        guard let verification else { return spans }
        for spell in verification.spells where rules.insurance.isBarring(spell) {
            spans.append(
                Span(from: spell.from, to: spell.to, kind: .insurance(spell.scheme), position: verification.position))
        }
        return spans
    }
}

/// Excluded by an old-age benefit, unless of low income or with a living subsidy (LIV-05).
enum LIV05: Clause {
    static let id = "LIV-05"

    static func assess(
        _ decisionCase: DecisionCase, _ rules: Shared<AllowanceRules>, _ verdict: inout Verdict<some Evidence>
    ) {
        let start = decisionCase.startsOn
        let person = decisionCase.person
        let drawn = person.benefits.filter { rules.barringBenefits.contains($0.kind) && $0.from <= start }
        guard !drawn.isEmpty else { return note(Finding.met, in: &verdict, ["drawn": .bool(false)]) }
        let subsidies = person.benefits.filter { rules.exceptionBenefits.contains($0.kind) && $0.covers(start) }
        let categories = person.identities.filter {
            rules.exceptionCategories.contains($0.category) && $0.holds(on: start)
        }
        let finding: Finding = subsidies.isEmpty && categories.isEmpty ? .failed : .met
        note(
            finding, in: &verdict,
            [
                "drawn": .bool(true), "drawnSince": drawn.map(\.from).min().map { .string($0.description) },
                "exceptions": .array(
                    subsidies.map { .string($0.kind.name) } + categories.map { .string($0.category.name) }),
            ], events: drawn.map(\.position) + subsidies.map(\.position) + categories.flatMap(\.positions),
            lack: finding == .failed ? Lack("lowIncome", has: .string("oldAgeBenefit")) : nil)
    }
}

/// No application while barred for a false claim (LIV-11).
enum LIV11: Clause {
    static let id = "LIV-11"

    /// Fails if every application for the class was made while a bar ran; says nothing where no bar ever ran.
    static func assess(
        _ applications: [AllowanceApplication], _ decisionCase: DecisionCase, _ rules: Shared<AllowanceRules>,
        _ verdict: inout Verdict<some Evidence>
    ) {
        let claims = decisionCase.person.falseClaims(of: .livingAllowance)
        guard !claims.isEmpty else { return }
        let bars = claims.map { (from: $0.on, to: $0.on.endOfPeriod(years: rules.falseClaimBarYears)) }
        let barred = applications.filter { application in
            bars.contains { $0.from <= application.on && application.on <= $0.to }
        }
        let finding: Finding = !applications.isEmpty && barred.count == applications.count ? .failed : .met
        note(
            finding, in: &verdict,
            [
                "bars": .array(
                    bars.map { .members(["from": .string($0.from.description), "to": .string($0.to.description)]) }),
                "appliedOn": .array(applications.map { .string($0.on.description) }),
            ], events: claims.map(\.position) + applications.map(\.position),
            lack: finding == .failed
                ? Lack(
                    "appliedOn", has: applications.map(\.on).max().map { .string($0.description) },
                    needed: bars.map(\.to).max().map { .string($0.adding(days: 1).description) }) : nil)
    }
}

extension PersonHistory {
    /// The revocations of payouts of a kind that were claimed falsely, in the order of the payouts.
    fileprivate func falseClaims(of kind: PayoutKind) -> [Revocation] {
        var claims: [Revocation] = []
        for index in payouts.indices where payouts[index].kind == kind && !payouts[index].revocations.isEmpty {
            claims += payouts[index].revocations.filter { $0.reason == .falseClaim }
        }
        return claims
    }
}
