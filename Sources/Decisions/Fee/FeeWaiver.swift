import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// Whether somebody is trained free, by which row of the table, and what is missing (PRE-12).
struct FeeWaiver {
    enum State: Equatable {
        case none, granted
        /// The row is held and papers are missing.
        case waiting([String])
    }

    private(set) var state = State.none
    /// The row of the table that was chosen, with the certificates that hold for it.
    private(set) var row: CategoryRow?
    private(set) var held: [IdentityFact] = []
    private(set) var isFreeDelivery = false
    private(set) var isUnionInsured = false
    private(set) var papers: [Paper] = []

    init(_ decisionCase: DecisionCase, _ rules: Shared<FeeRules>) {
        if let delivery = decisionCase.ruled.history.fields.delivery, rules.freeDeliveries.contains(delivery) {
            isFreeDelivery = true
            state = .granted
            return
        }
        let certificates = Self.certificates(decisionCase, rules)
        held = certificates.filter { rules.categories.contains($0.category) }
        guard !held.isEmpty else { return }
        let verification = decisionCase.person.verification(for: decisionCase.startsOn)
        isUnionInsured =
            verification?.spells.contains {
                $0.covers(decisionCase.startsOn) && rules.unionSchemes.contains($0.scheme)
            } ?? false
        papers = Self.papers(certificates, decisionCase)
        choose(
            decisionCase, rules, needsAffidavit: isUnionInsured && decisionCase.notWorkingAffidavit == nil)
    }

    /// The positions of the events behind the row that was chosen.
    func positions(_ decisionCase: DecisionCase) -> [UInt64] {
        guard !held.isEmpty else { return [] }
        let verification = decisionCase.person.verification(for: decisionCase.startsOn)
        return held.flatMap(\.positions)
            + [verification?.position, decisionCase.notWorkingAffidavit?.position].compactMap(\.self)
    }

    /// Takes down the certificates and what the facts say about them.
    func noteSupports(_ decisionCase: DecisionCase, in evidence: inout some Evidence) {
        guard !held.isEmpty else { return }
        CAT01.note(held, on: decisionCase.startsOn, under: PRE12.id, in: &evidence)
        LIV13.noteFinding(held, .fee, decisionCase, in: &evidence)
    }

    /// Certificates that hold on the start day and were certified by then; some must hold on the day of application
    /// as well.
    private static func certificates(_ decisionCase: DecisionCase, _ rules: Shared<FeeRules>) -> [IdentityFact] {
        let start = decisionCase.startsOn
        let appliedOn = decisionCase.enrolment.application?.at.taipeiDate
        return decisionCase.person.identities.filter { identity in
            guard identity.holds(on: start), identity.certifiedAt.taipeiDate <= start else { return false }
            guard rules.applicationDayCategories.contains(identity.category), let appliedOn else { return true }
            return identity.holds(on: appliedOn)
        }
    }

    /// Papers come with the certificates, the application, and an application for the waiver by the start day.
    private static func papers(_ certificates: [IdentityFact], _ decisionCase: DecisionCase) -> [Paper] {
        let waivers = decisionCase.enrolment.allowanceApplications.filter {
            $0.kind == .feeWaiver && $0.on <= decisionCase.startsOn
        }
        return certificates.flatMap(\.papers) + (decisionCase.enrolment.application?.papers ?? [])
            + waivers.flatMap(\.papers)
    }

    /// Of several categories one with complete papers suffices; of equals one that the facts do not contradict, then
    /// the first of the table.
    private mutating func choose(_ decisionCase: DecisionCase, _ rules: Shared<FeeRules>, needsAffidavit: Bool) {
        var best: (category: Category, lacking: [String], isContradicted: Bool)?
        for category in rules.categories.inOrder(of: held.map(\.category)) {
            let lacking = PaperCheck.lacking(rules.categories.papers(for: category), papers, decisionCase)
            // The only one held is chosen whatever the facts say of it.
            let isContradicted = held.count > 1 && LIV13.isContradicted(category, .fee, decisionCase)
            let isBetter =
                best.map { (lacking.count, isContradicted ? 1 : 0) < ($0.lacking.count, $0.isContradicted ? 1 : 0) }
                ?? true
            if isBetter { best = (category, lacking, isContradicted) }
        }
        guard let best else { return }
        row = rules.categories.row(of: best.category)
        let missing = best.lacking + (needsAffidavit ? ["notWorking"] : [])
        state = missing.isEmpty ? .granted : .waiting(missing)
    }
}

/// The government bears 80 %, and everything for a proven category (PRE-12).
enum PRE12: Clause {
    static let id = "PRE-12"

    static func note(
        _ waiver: FeeWaiver, _ refund: FeeRefund, _ decision: Decision, _ decisionCase: DecisionCase,
        _ rules: Shared<FeeRules>, in evidence: inout some Evidence
    ) {
        var waitingFor: [String] = []
        if case .waiting(let papers) = waiver.state, !refund.endsTheShare { waitingFor = papers }
        note(
            waitingFor.isEmpty ? .applied : .pending, in: &evidence,
            [
                "feeNTD": .integer(decisionCase.ruled.feeNTD), "rate": .string(rules.governmentRate.description),
                "traineePaysNTD": .integer(decision.amountNTD), "free": .bool(waiver.state == .granted),
                "row": waiver.row.map { .string("\($0.number) \($0.title.chinese)") },
                "categories": .array(waiver.held.map { .string($0.category.name) }),
                "freeDelivery": .bool(waiver.isFreeDelivery), "unionInsured": .bool(waiver.isUnionInsured),
                "handedIn": .array(waiver.papers.map { .string($0.code) }),
                "missing": .array(decision.missing.map { .string($0) }),
            ],
            events: decisionCase.ruled.history.fieldPositions + waiver.positions(decisionCase)
                + [decisionCase.enrolment.application?.position].compactMap(\.self),
            lack: waitingFor.first.map { Lack($0) })
    }
}

/// A category is held by its certificate (CAT-01).
enum CAT01: Clause {
    static let id = "CAT-01"

    static func note(
        _ held: [IdentityFact], on day: CivilDate, under parent: String, in evidence: inout some Evidence
    ) {
        note(
            held.isEmpty ? .notApplicable : .applied, in: &evidence,
            ["day": .string(day.description), "certificates": .array(held.map(certificate))],
            events: held.flatMap(\.positions), under: parent)
    }

    private static func certificate(_ identity: IdentityFact) -> JSONValue {
        .members([
            "category": .string(identity.category.name), "from": .string(identity.validFrom.description),
            "to": identity.validTo.map { .string($0.description) },
        ])
    }
}
