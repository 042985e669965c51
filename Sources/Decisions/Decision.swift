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
    /// What the government bears of a fee, in NT$; `nil` for kinds other than `feeShare` (PRE-12).
    package var governmentShareNTD: Int64?
    /// The place in the order of an `admission`, from 1; `nil` for who is not ranked.
    package var rank: Int64?
    /// The seat of an `admission`; `nil` for other kinds.
    package var seat: AdmissionSeat?
    /// Whether an `admission` finds that the class does not take place (PRE-09).
    package var isClassCancelled = false
    /// What could still change a pending decision, in a fixed order: papers, records, days.
    package var missing: [String] = []
    package var reasons: [Reason] = []

    package init(kind: DecisionKind, trainee: TraineeNumber, classNumber: ClassNumber) {
        self.kind = kind
        self.trainee = trainee
        self.classNumber = classNumber
    }

    /// The clause that decided: the one that failed, else the one that waits, else the one that limits the amount.
    package var decidingReason: Reason? {
        switch outcome {
        case .refused: reasons.first { $0.result == .failed }
        case .pending: reasons.first { $0.result == .pending && !$0.isFinding }
        case .reduced: reasons.first { $0.result != .notApplicable && $0.lack?.fact.hasPrefix("remaining") == true }
        case .granted, .notApplicable: nil
        }
    }

    /// What is owed; negative where too much was paid, or where a fee goes back.
    package var dueNTD: Int64 { amountNTD - paidNTD }
}

/// Where an application comes to stand (錄訓結果).
package enum AdmissionSeat: String, Sendable {
    case subsidised, extra, alternate, notAdmitted
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
    /// What is nearest to changing a clause that fails or waits; `nil` for others.
    package var lack: Lack?
    /// The clause that this one was applied for: reasons form a tree, listed parents first.
    package var parent: String?
    /// Whether it is something to look into and changes no outcome.
    package var isFinding = false
}

/// The nearest missing fact: "14 remainder days; 20 are needed for a full month".
package struct Lack: Hashable, Sendable {
    /// What is lacking, as a code: a number of the facts, a paper, a record.
    package var fact: String
    /// What there is; `nil` where there is nothing of it.
    package var has: JSONValue?
    /// What it takes; `nil` where the fact itself is what is missing.
    package var needed: JSONValue?
    /// The most that is allowed, where there is too much of something.
    package var limit: JSONValue?

    package init(_ fact: String, has: JSONValue? = nil, needed: JSONValue? = nil, limit: JSONValue? = nil) {
        self.fact = fact
        self.has = has
        self.needed = needed
        self.limit = limit
    }
}
