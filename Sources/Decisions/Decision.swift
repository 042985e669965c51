package import CivilTime
package import TrainingEvents

/// What a decision comes to, with everything that led to it (rules, section 6).
///
/// A decision is a proposal beside the one as issued; it moves no money by itself.
package struct Decision: Hashable, Sendable {
    package var kind: DecisionKind
    /// The ID under which it was asked for. IDs of one person that have to do with the class get the same decision,
    /// with the same ``dueNTD``: pay it once, for the enrolments of the ``PersonHistory``.
    package var trainee: TraineeNumber
    package var classNumber: ClassNumber
    package var outcome = Outcome.notApplicable
    /// What is granted, in NT$; 0 where nothing is.
    package var amountNTD: Int64 = 0
    /// Half-months granted; 0 for kinds that have none.
    package var halfMonths: Int64 = 0
    /// What a pending decision comes to if nothing that is missing fails, in NT$.
    package var expectedAmountNTD: Int64 = 0
    package var instalments: [Instalment] = []
    package var payee: Payee?
    /// Paid less revoked for this kind and class, in NT$.
    package var paidNTD: Int64 = 0
    /// What the unit forwards to the trainee of a half-prepaid fee, in NT$ (TIP-17).
    package var forwardToTraineeNTD: Int64 = 0
    /// What the trainee owes the unit of a half-prepaid fee, in NT$ (TIP-17).
    package var traineeOwesUnitNTD: Int64 = 0
    /// What could still change a pending decision, in a fixed order: papers, records, days.
    package var missing: [String] = []
    package var reasons: [Reason] = []

    package init(kind: DecisionKind, trainee: TraineeNumber, classNumber: ClassNumber) {
        self.kind = kind
        self.trainee = trainee
        self.classNumber = classNumber
    }

    /// What is owed; negative where too much was paid.
    package var dueNTD: Int64 { amountNTD - paidNTD }
}

/// One month or half-month of an allowance.
package struct Instalment: Hashable, Sendable {
    package var from: CivilDate
    package var to: CivilDate
    package var halfMonths: Int64
    package var amountNTD: Int64
}

/// One clause applied: its result, the facts it used, and the events that brought them.
package struct Reason: Hashable, Sendable {
    package enum Result: String, Sendable {
        case met, failed, applied, pending, notApplicable
    }

    /// `LIV-07`.
    package var clause: String
    /// The version of the implementation, from 1: `LIV-07@2`.
    package var version: Int
    package var result: Result
    package var facts: [JSONValue.Member]
    /// The positions of the events that carried the facts, ascending.
    package var events: [UInt64]
}
