package import Decisions
package import Histories
import TrainingEvents

/// Decides every kind for everyone, and adds up what it comes to: stage 2 by itself, without digests or answers.
package struct EveryDecision: Sendable, Equatable {
    /// What is kept of each decision while it is made.
    package enum Detail: CaseIterable, Sendable {
        /// The outcome and the amounts.
        case outcomes
        /// Also which clause came to what from which events.
        case outlines
        /// Also the facts of every clause, and what is nearest to changing it.
        case reasons
    }

    package private(set) var persons = 0
    package private(set) var decisions = 0
    /// The clauses that were applied; 0 where none are kept.
    package private(set) var clauses = 0
    /// The amounts of all decisions, in NT$.
    package private(set) var amountNTD: Int64 = 0

    /// - Parameter jobs: how many threads share the persons, at least 1.
    package init(_ engine: DecisionEngine, _ persons: Persons, _ detail: Detail, jobs: Int) {
        let parts = inParallelRanges(persons.count, jobs: jobs) { range in
            Self(engine.forAnotherThread(), persons, range, detail)
        }
        for part in parts {
            self.persons += part.persons
            decisions += part.decisions
            clauses += part.clauses
            amountNTD += part.amountNTD
        }
    }

    private init(_ engine: DecisionEngine, _ persons: Persons, _ range: Range<Int>, _ detail: Detail) {
        self.persons = range.count
        for index in range {
            switch detail {
            case .outcomes: engine.forEachOutcome(of: persons[index]) { count($0, clauses: 0) }
            case .outlines: engine.forEachOutline(of: persons[index]) { count($0, clauses: $1.entries.count) }
            case .reasons: engine.forEachDecision(of: persons[index]) { count($0, clauses: $0.reasons.count) }
            }
        }
    }

    private mutating func count(_ decision: Decision, clauses: Int) {
        decisions += 1
        self.clauses += clauses
        amountNTD += decision.amountNTD
    }
}
