import Decisions
import Histories
import TrainingEvents

/// Both sides of a comparison, as one thread looks at them.
///
/// What both sides tell alike is decided without facts; the facts of the few that change are made afterwards.
struct Sides {
    private let before: DecisionEngine
    private let after: DecisionEngine
    private let kinds: [DecisionKind]
    private let differences: RuleDifferences?
    private var totals: ComparisonTotals
    private var changes: [DecisionChange] = []

    /// - Parameter differences: what can differ where both sides decide about the same facts, else `nil`.
    init(
        _ before: DecisionEngine, _ after: DecisionEngine, _ kinds: [DecisionKind], _ differences: RuleDifferences?
    ) {
        self.before = before
        self.after = after
        self.kinds = kinds
        self.differences = differences
        totals = ComparisonTotals(kinds)
    }

    /// What becomes of the decisions of some of the persons, and those of them that change.
    consuming func compare(_ persons: Persons, _ range: Range<Int>) -> (ComparisonTotals, [DecisionChange]) {
        for index in range {
            if let differences { compareRules(persons[index], differences) } else { compareFacts(persons[index]) }
        }
        return (totals, changes)
    }

    /// The same facts by two rulebooks.
    private mutating func compareRules(_ members: ArraySlice<TraineeNumber>, _ differences: RuleDifferences) {
        guard let person = after.histories.person(joining: members) else { return }
        let cases = after.cases(of: person)
        let claims = after.outcomeClaims(of: cases)
        if differences.areNone(for: cases) {
            for decisionCase in cases { countSame(decisionCase, kinds, claims) }
            return
        }
        let earlier = cases.compactMap(before.sameCase(as:))
        let told = (before.toldClaims(of: earlier), after.toldClaims(of: cases))
        for (left, right) in zip(earlier, cases) {
            for kind in kinds {
                if differences.concern(kind, right, among: cases) {
                    count(kind, (left, told.0), (right, told.1))
                } else {
                    countSame(right, [kind], claims)
                }
            }
        }
    }

    /// Two points of the log.
    private mutating func compareFacts(_ members: ArraySlice<TraineeNumber>) {
        let (earlier, later) = (Side(members, before), Side(members, after))
        for (left, right) in Self.pairs(earlier.cases, later.cases) {
            for kind in kinds { count(kind, left.map(earlier.with), right.map(later.with)) }
        }
    }

    private mutating func countSame(
        _ decisionCase: DecisionCase, _ kinds: [DecisionKind], _ claims: QuotaClaims<NoEvidence>
    ) {
        for kind in kinds {
            guard let decision = after.outcome(of: kind, decisionCase, sharing: claims) else { continue }
            totals.count(kind, .same, beforeNTD: decision.borneNTD, afterNTD: decision.borneNTD)
        }
    }

    /// A case with the claims of its person.
    typealias Claimed = (case: DecisionCase, claims: QuotaClaims<ClauseResults>)

    private mutating func count(_ kind: DecisionKind, _ left: Claimed?, _ right: Claimed?) {
        let earlier = left.flatMap { before.told(kind, $0.case, sharing: $0.claims) }
        let later = right.flatMap { after.told(kind, $0.case, sharing: $0.claims) }
        guard earlier != nil || later != nil else { return }
        let change = DecisionChange.Kind(
            earlier?.decision, later?.decision, sameClauses: earlier?.clauses == later?.clauses)
        totals.count(
            kind, change, beforeNTD: earlier?.decision.borneNTD ?? 0, afterNTD: later?.decision.borneNTD ?? 0)
        guard change != .same else { return }
        let inFull = DecisionChange(
            change, left.flatMap { before.decide(kind, $0.case) }, right.flatMap { after.decide(kind, $0.case) })
        if let inFull { changes.append(inFull) }
    }

    /// The cases of one side, each with the claims of its person.
    private struct Side {
        private(set) var cases: [DecisionCase] = []
        private var claims: [QuotaClaims<ClauseResults>] = []
        /// The cases before those of each person.
        private var firsts: [Int] = []

        /// Every class of every person among these IDs, once.
        init(_ members: ArraySlice<TraineeNumber>, _ engine: DecisionEngine) {
            var seen: [TraineeNumber] = []
            for member in members where !seen.contains(member) && engine.histories.stands(member) {
                let linked = engine.histories.linkedTrainees(member)
                seen += linked
                guard let person = engine.histories.person(joining: linked[...]) else { continue }
                let own = engine.cases(of: person)
                firsts.append(cases.count)
                claims.append(engine.toldClaims(of: own))
                cases += own
            }
        }

        func with(_ index: Int) -> Claimed {
            (cases[index], claims[(firsts.lastIndex { $0 <= index }) ?? 0])
        }
    }

    /// The cases of both sides, by their places, that are about the same enrolment: under the same ID, or where links
    /// made another ID lead, under one that both know.
    private static func pairs(_ before: [DecisionCase], _ after: [DecisionCase]) -> [(Int?, Int?)] {
        var rest = Array(before.indices)
        var pairs: [(Int?, Int?)] = after.indices.map { (nil, $0) }
        func match(_ belong: (DecisionCase, DecisionCase) -> Bool) {
            for index in pairs.indices where pairs[index].0 == nil {
                let found = rest.firstIndex {
                    let (candidate, wanted) = (before[$0], after[index])
                    return candidate.enrolment.classNumber == wanted.enrolment.classNumber
                        && belong(candidate, wanted)
                }
                if let found { pairs[index].0 = rest.remove(at: found) }
            }
        }
        match { $0.enrolment.trainee == $1.enrolment.trainee }
        match { left, right in left.enrolment.trainees.contains { right.enrolment.trainees.contains($0) } }
        return pairs + rest.map { ($0, nil) }
    }
}
