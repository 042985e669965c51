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
    /// As either side joins them.
    private let persons: Persons
    /// What can differ where both sides decide about the same facts; `nil` where the facts differ.
    private let differences: RuleDifferences?

    /// How many persons are decided before their changes are handed on: bounds the memory.
    private static let block = 16_384

    /// - Parameter kinds: what is decided; each is one that the engine decides for an enrolment.
    package init(from before: DecisionEngine, to after: DecisionEngine, kinds: [DecisionKind] = DecisionEngine.kinds) {
        self.init(before, after, kinds, Persons(before.histories, after.histories))
    }

    /// Compares what two rulebooks come to for some of the persons of one point.
    init(from before: DecisionEngine, to after: DecisionEngine, of persons: Persons) {
        self.init(before, after, DecisionEngine.kinds, persons)
    }

    private init(
        _ before: DecisionEngine, _ after: DecisionEngine, _ kinds: [DecisionKind], _ persons: Persons
    ) {
        self.before = before
        self.after = after
        self.kinds = kinds
        self.persons = persons
        differences = before.sharesFacts(with: after) ? RuleDifferences(before, after) : nil
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
            let block = start..<min(start + Self.block, persons.count)
            let results = inParallelRanges(block.count, jobs: jobs) { range in
                Sides(before.forAnotherThread(), after.forAnotherThread(), kinds, differences)
                    .compare(persons, range.lowerBound + block.lowerBound..<range.upperBound + block.lowerBound)
            }
            for (part, changes) in results {
                totals.add(part)
                changes.forEach(onChange)
            }
            start = block.upperBound
            progress(start, persons.count)
        }
        return totals
    }
}
