package import Decisions
package import TrainingEvents

/// One decision on two sides, and what became of it.
package struct DecisionChange: Sendable {
    /// What became of a decision from one side to the other.
    package enum Kind: String, CaseIterable, Sendable {
        /// The same is told: outcome, amount, half-months, instalments, payee, what is missing and expected, and
        /// what every clause came to. The facts that clauses looked at, and what was paid since, may differ.
        case same
        /// Something is granted on both sides, and not the same amount.
        case amount
        /// The same amount, or none on either side; the outcome, a clause's result or what is missing differs. A
        /// pending decision that becomes a refused one without money is one of these.
        case reasonOnly
        /// Nothing was granted before, and something is after.
        case newlyGranted
        /// Something was granted before, and nothing is after.
        case lost
    }

    package let kind: DecisionKind
    /// The ID under which the person is in the class, that of the second side where both have one.
    package let trainee: TraineeNumber
    package let classNumber: ClassNumber
    /// `nil` where the person has nothing to do with the class on this side.
    package let before: Decision?
    package let after: Decision?
    package let change: Kind

    /// The decision of the same kind for the same person and class on both sides; `nil` if neither side decides it.
    init?(_ change: Kind, _ before: Decision?, _ after: Decision?) {
        guard let leading = after ?? before else { return nil }
        kind = leading.kind
        trainee = leading.trainee
        classNumber = leading.classNumber
        self.before = before
        self.after = after
        self.change = change
    }

    /// What more the government bears on the second side, in NT$; negative where it is less.
    package var differenceNTD: Int64 { (after?.borneNTD ?? 0) - (before?.borneNTD ?? 0) }

    /// The clause that makes the difference; `nil` where one side has no decision or no clause differs.
    package var clause: String? {
        guard let before, let after else { return nil }
        return Self.clause(from: before, to: after)
    }

    /// The first clause, in the order of the reasons of `after`, that has another result or other facts than in
    /// `before` or is not there; else the first of `before` that `after` no longer has.
    static func clause(from before: Decision, to after: Decision) -> String? {
        var earlier = before.reasons
        for reason in after.reasons {
            // A clause can give several reasons: they are held to each other in their order.
            guard let index = earlier.firstIndex(where: { $0.clause == reason.clause }) else { return reason.clause }
            let counterpart = earlier.remove(at: index)
            if !reason.cameTo(counterpart) || reason.facts != counterpart.facts { return reason.clause }
        }
        return earlier.first?.clause
    }
}

extension DecisionChange.Kind {
    /// - Parameter sameClauses: whether every clause came to the same on both sides.
    init(_ before: Decision?, _ after: Decision?, sameClauses: Bool) {
        let (granted, grants) = (before?.grantsSomething ?? false, after?.grantsSomething ?? false)
        if granted != grants {
            self = grants ? .newlyGranted : .lost
        } else if before?.borneNTD ?? 0 != after?.borneNTD ?? 0 {
            self = .amount
        } else {
            self = Self.isSame(before, after, sameClauses) ? .same : .reasonOnly
        }
    }

    /// Nobody who has nothing to do with a class is told anything; nor is one to whom the kind does not apply.
    private static func isSame(_ before: Decision?, _ after: Decision?, _ sameClauses: Bool) -> Bool {
        guard let before, let after else { return (before ?? after)?.outcome == .notApplicable }
        return before.tellsTheSame(as: after) && sameClauses
    }
}

extension Decision {
    /// What the government bears by it, in NT$: the amount granted, of a fee the part that the trainee does not pay.
    package var borneNTD: Int64 { governmentShareNTD ?? amountNTD }

    /// Granted, reduced, or pending with a part that is granted already (LIV-14).
    fileprivate var grantsSomething: Bool { outcome == .granted || outcome == .reduced || amountNTD > 0 }

    fileprivate func tellsTheSame(as other: Decision) -> Bool {
        outcome == other.outcome && amountNTD == other.amountNTD && halfMonths == other.halfMonths
            && expectedAmountNTD == other.expectedAmountNTD && instalments == other.instalments
            && payee == other.payee && forwardToTraineeNTD == other.forwardToTraineeNTD
            && traineeOwesUnitNTD == other.traineeOwesUnitNTD && missing == other.missing
    }
}

extension Reason {
    /// Whether both are of the same clause with the same result.
    fileprivate func cameTo(_ other: Reason) -> Bool {
        clause == other.clause && version == other.version && result == other.result
    }
}
