import Histories
import Rulebook
package import TrainingEvents

/// Which decisions two rulebooks can come to differently, for the same facts.
///
/// A decision follows from the facts and from the resolved rules of its class's start day; where those are equal, so
/// is the decision. The use of the quota rests on the rules of every class of the person.
package struct RuleDifferences: Sendable {
    /// By class number.
    private let groups: [RuleGroups]

    /// O(classes + start days × parameters).
    ///
    /// - Parameters:
    ///   - before: one rulebook, with ``after`` on the same facts.
    ///   - after: the other one.
    package init(_ before: DecisionEngine, _ after: DecisionEngine) {
        // A book chooses the version of each clause, and any clause may serve any kind.
        let sameClauses = before.rulebook.clauses.map(\.versionedID) == after.rulebook.clauses.map(\.versionedID)
        var known: [[ObjectIdentifier]: RuleGroups] = [:]
        groups = after.histories.classes.indices.map { index in
            guard sameClauses, let left = before.ruled(ClassNumber(UInt32(index)))?.rules,
                let right = after.ruled(ClassNumber(UInt32(index)))?.rules
            else { return .all }
            let pair = [ObjectIdentifier(left), ObjectIdentifier(right)]
            let groups = known[pair] ?? RuleGroups(differing: left, right)
            known[pair] = groups
            return groups
        }
    }

    /// Whether nothing that is decided for these classes of one person can differ.
    package func areNone(for cases: [DecisionCase]) -> Bool {
        cases.allSatisfy { groups(of: $0).isEmpty }
    }

    /// Whether a kind can be decided differently for one of the classes of a person.
    ///
    /// - Parameter cases: every class of the person.
    package func concern(_ kind: DecisionKind, _ decisionCase: DecisionCase, among cases: [DecisionCase]) -> Bool {
        let read = RuleGroups(readFor: kind)
        if kind == .tuitionSubsidy { return cases.contains { !groups(of: $0).isDisjoint(with: read) } }
        return !groups(of: decisionCase).isDisjoint(with: read)
    }

    private func groups(of decisionCase: DecisionCase) -> RuleGroups {
        groups[Int(decisionCase.enrolment.classNumber.value)]
    }
}

/// Groups of parameters that are resolved together for a start day.
private struct RuleGroups: OptionSet, Sendable {
    let rawValue: UInt8

    static let tuition = RuleGroups(rawValue: 1)
    static let allowance = RuleGroups(rawValue: 2)
    static let attendance = RuleGroups(rawValue: 4)
    static let registration = RuleGroups(rawValue: 8)
    static let admission = RuleGroups(rawValue: 16)
    static let fee = RuleGroups(rawValue: 32)
    static let youth = RuleGroups(rawValue: 64)
    static let checks = RuleGroups(rawValue: 128)
    static let all = RuleGroups(rawValue: .max)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The groups that are not the same on both sides.
    init(differing left: DatedRules, _ right: DatedRules) {
        var groups: RuleGroups = []
        if left.tuition != right.tuition { groups.insert(.tuition) }
        if left.allowance != right.allowance { groups.insert(.allowance) }
        if left.attendance != right.attendance { groups.insert(.attendance) }
        if left.registration != right.registration { groups.insert(.registration) }
        if left.admission != right.admission { groups.insert(.admission) }
        if left.fee != right.fee { groups.insert(.fee) }
        if left.youth != right.youth { groups.insert(.youth) }
        if left.checks != right.checks { groups.insert(.checks) }
        self = groups
    }

    /// The groups that the clauses of a kind read.
    init(readFor kind: DecisionKind) {
        switch kind {
        case .registration: self = [.registration, .tuition]
        case .feeShare: self = [.fee, .checks]
        case .tuitionSubsidy: self = [.tuition]
        case .attendance: self = [.attendance]
        case .livingAllowance: self = [.allowance, .checks]
        case .learningReward: self = [.youth]
        case .admission, .unitEligibility: self = .all
        }
    }
}

extension DecisionEngine {
    /// Whether both decide about the very same facts, so that only their rulebooks can make a difference.
    ///
    /// `false` for equal facts that were loaded twice: telling that they are equal would take longer than deciding.
    package func sharesFacts(with other: DecisionEngine) -> Bool {
        histories.eventCount == other.histories.eventCount
            && histories.trainees.sharesPages(with: other.histories.trainees)
            && histories.classes.sharesPages(with: other.histories.classes)
    }

    /// The same enrolment by the rules of this engine; `nil` if the class does not stand.
    ///
    /// - Parameter other: a case of an engine on the same facts.
    package func sameCase(as other: DecisionCase) -> DecisionCase? {
        ruled(other.enrolment.classNumber).map { DecisionCase(self, sharingFactsOf: other, $0) }
    }
}
