package import Decisions
import Histories
import Rulebook
package import TrainingEvents

/// Decides everything twice – by two rulebooks, or at two points of the log – and tells what differs.
///
/// Both sides are points of one ledger, so that numbers of trainees and classes mean the same on both.
package struct Comparison: Sendable {
    private let before: DecisionEngine
    private let after: DecisionEngine
    private let kinds: [DecisionKind]
    /// The trainee IDs of each person, as either side joins them, in the order of registration.
    private let persons: [[TraineeNumber]]

    /// How many persons are decided before their changes are handed on: bounds the memory.
    private static let block = 16_384

    /// - Parameter kinds: what is decided; each is one that the engine decides for an enrolment.
    package init(from before: DecisionEngine, to after: DecisionEngine, kinds: [DecisionKind] = DecisionEngine.kinds) {
        self.before = before
        self.after = after
        self.kinds = kinds
        persons = Self.persons(before.histories, after.histories)
    }

    /// The IDs on the side that knows more of them.
    package var registry: Registry {
        let (left, right) = (before.histories, after.histories)
        return left.eventCount > right.eventCount ? left.registry : right.registry
    }

    /// Compares every kind for every enrolment of either side: persons in order of registration, each with the
    /// classes in the order of the second side and then those that only the first knows, each with the kinds in
    /// their order. The same for any number of jobs.
    ///
    /// - Parameters:
    ///   - jobs: how many threads decide, at least 1.
    ///   - progress: called now and then with the number of persons done and in all.
    ///   - onChange: given every decision that is not the same on both sides.
    package func run(
        jobs: Int, progress: (Int, Int) -> Void = { _, _ in }, onChange: (DecisionChange) -> Void
    ) -> ComparisonTotals {
        var totals = ComparisonTotals(kinds)
        var start = 0
        while start < persons.count {
            let range = start..<min(start + Self.block, persons.count)
            let results = inParallel(range.count, jobs: jobs) { index in compare(persons[range.lowerBound + index]) }
            for (part, changes) in results {
                totals.add(part)
                changes.forEach(onChange)
            }
            start = range.upperBound
            progress(start, persons.count)
        }
        return totals
    }

    private func compare(_ members: [TraineeNumber]) -> (ComparisonTotals, [DecisionChange]) {
        var totals = ComparisonTotals(kinds)
        var changes: [DecisionChange] = []
        for (left, right) in Self.pairs(Self.cases(members, before), Self.cases(members, after)) {
            for kind in kinds {
                let decided = DecisionChange(
                    left.flatMap { before.decide(kind, $0) }, right.flatMap { after.decide(kind, $0) })
                guard let decided else { continue }
                totals.count(decided)
                if decided.change != .same { changes.append(decided) }
            }
        }
        return (totals, changes)
    }

    /// Every class of every person among these IDs, once.
    private static func cases(_ members: [TraineeNumber], _ engine: DecisionEngine) -> [DecisionCase] {
        var cases: [DecisionCase] = []
        var seen: [TraineeNumber] = []
        for member in members where !seen.contains(member) && engine.histories.trainee(member) != nil {
            let linked = engine.histories.linkedTrainees(member)
            seen += linked
            let person = PersonHistory(joining: linked.compactMap { engine.histories.trainee($0) })
            cases += person.enrolments.compactMap {
                engine.decisionCase(person, $0.trainee, in: $0.classNumber)
            }
        }
        return cases
    }

    /// The cases of both sides that are about the same enrolment: under the same ID, or where links made another
    /// ID lead, under one that both know.
    private static func pairs(_ before: [DecisionCase], _ after: [DecisionCase]) -> [(DecisionCase?, DecisionCase?)] {
        var rest: [DecisionCase?] = before
        var pairs: [(DecisionCase?, DecisionCase?)] = after.map { (nil, $0) }
        func match(_ belong: (Enrolment, Enrolment) -> Bool) {
            for index in pairs.indices where pairs[index].0 == nil {
                guard let wanted = pairs[index].1?.enrolment else { continue }
                let found = rest.firstIndex { candidate in
                    guard let candidate = candidate?.enrolment, candidate.classNumber == wanted.classNumber else {
                        return false
                    }
                    return belong(candidate, wanted)
                }
                guard let found else { continue }
                pairs[index].0 = rest[found]
                rest[found] = nil
            }
        }
        match { $0.trainee == $1.trainee }
        match { left, right in left.trainees.contains { right.trainees.contains($0) } }
        return pairs + rest.compactMap(\.self).map { ($0, nil) }
    }

    /// Who is one person on either side is looked at together.
    private static func persons(_ before: LedgerHistories, _ after: LedgerHistories) -> [[TraineeNumber]] {
        var persons: [[TraineeNumber]] = []
        let count = max(before.trainees.count, after.trainees.count)
        persons.reserveCapacity(count)
        for value in 0..<count {
            let number = TraineeNumber(UInt32(value))
            var group = [number]
            var next = 0
            while next < group.count {
                for other in before.linkedTrainees(group[next]) + after.linkedTrainees(group[next])
                where !group.contains(other) {
                    group.append(other)
                }
                next += 1
            }
            if group.min() == number { persons.append(group.sorted()) }
        }
        return persons
    }
}
