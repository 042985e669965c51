import Decisions
package import TrainingEvents

/// One changed decision as it is told: with the IDs that people know, and without reasons.
package struct ComparisonRow: Hashable, Sendable {
    /// What one side comes to.
    package struct Side: Hashable, Sendable {
        package var outcome: Outcome
        package var amountNTD: Int64
        package var governmentShareNTD: Int64?
        package var dueNTD: Int64
    }

    package var trainee: String
    package var classID: String
    package var kind: DecisionKind
    package var change: DecisionChange.Kind
    /// `nil` where the person has nothing to do with the class on this side.
    package var before: Side?
    package var after: Side?
    /// What more the government bears on the second side, in NT$.
    package var differenceNTD: Int64
    /// The clause that makes the difference; `nil` where one side has no decision or no clause differs.
    package var clause: String?
}

extension DecisionChange {
    package func row(_ registry: Registry) -> ComparisonRow {
        ComparisonRow(
            trainee: registry.trainees.id(of: trainee), classID: registry.classes.id(of: classNumber), kind: kind,
            change: change, before: before.map(ComparisonRow.Side.init), after: after.map(ComparisonRow.Side.init),
            differenceNTD: differenceNTD, clause: clause)
    }
}

extension ComparisonRow.Side {
    fileprivate init(_ decision: Decision) {
        self.init(
            outcome: decision.outcome, amountNTD: decision.amountNTD, governmentShareNTD: decision.governmentShareNTD,
            dueNTD: decision.dueNTD)
    }

    fileprivate var json: JSONValue {
        .members([
            "outcome": .string(outcome.name), "amount": .integer(amountNTD),
            "governmentShare": governmentShareNTD.map { .integer($0) }, "due": .integer(dueNTD),
        ])
    }
}

extension ComparisonRow {
    /// One line of the JSON answer.
    package var json: JSONValue {
        .members([
            "trainee": .string(trainee), "class": .string(classID), "kind": .string(kind.name),
            "change": .string(change.rawValue), "before": before?.json ?? .null, "after": after?.json ?? .null,
            "difference": .integer(differenceNTD), "clause": clause.map { .string($0) } ?? .null,
        ])
    }
}
