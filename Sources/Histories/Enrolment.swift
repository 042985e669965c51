package import CivilTime
package import TrainingEvents

/// What one trainee ID has to do with one class: application, admission, enrolment, attendance. In a
/// ``PersonHistory`` what all IDs of the person have to do with it.
package struct Enrolment: Hashable, Sendable {
    /// The ID; of a person with several, the one that joined the class.
    package private(set) var trainee: TraineeNumber
    package let classNumber: ClassNumber
    /// Other IDs of the same person that have to do with the class; empty in a ``TraineeHistory``.
    package internal(set) var otherIDs: [TraineeNumber] = []
    package var application: Application?
    /// Applications for the same class before the last one, in the order of the log: their numbers stay (TIP-02).
    package var earlierApplications: [Application] = []
    package var score: SelectionScore?
    /// The last admission; an alternate may be admitted again to a seat.
    package var admission: Admission?
    /// The joining day (報到日).
    package var started: DayFact?
    package var forfeited: DayFact?
    /// Every place forfeited in this class, also where the person applied again since (PRE-11).
    package var forfeitures: [DayFact] = []
    package var ending: Ending?
    package var fees: [FeeFact] = []
    package var attendance = AttendanceRecords()
    package var leaveRequests: [LeaveRequest] = []
    package var survey: DayFact?
    package var inspectionEvaded: DayFact?
    package var allowanceApplications: [AllowanceApplication] = []

    package init(trainee: TraineeNumber, classNumber: ClassNumber) {
        self.trainee = trainee
        self.classNumber = classNumber
    }

    /// All IDs that it is told under.
    package var trainees: [TraineeNumber] { [trainee] + otherIDs }

    /// The same enrolment, asked for under one of its IDs.
    func led(by trainee: TraineeNumber) -> Enrolment? {
        guard trainee != self.trainee else { return self }
        guard let index = otherIDs.firstIndex(of: trainee) else { return nil }
        var copy = self
        copy.otherIDs[index] = self.trainee
        copy.trainee = trainee
        return copy
    }

    /// Whether an application or admission stands that has not become an enrolment yet.
    package var isAwaitingStart: Bool {
        guard started == nil, forfeited == nil else { return false }
        return admission != nil || application?.closed == nil && application != nil
    }

    /// The day from which sessions are outside the enrolment (ATT-02): the day of leaving or expulsion.
    package var leavingDay: CivilDate? {
        switch ending?.kind {
        case .withdrawn, .expelled: ending?.on
        case .completed, nil: nil
        }
    }
}

/// An application (報名).
package struct Application: Hashable, Sendable {
    package var at: Instant
    package var employer: String?
    package var identityClaimed: Category?
    package var isSpecialProject: Bool
    package var papers: [Paper]
    package var position: UInt64
    /// When it was withdrawn or refused.
    package var closed: DayFact?
    /// Whether the trainee withdrew it; `false` while it stands and where it was refused.
    package var isWithdrawn = false
}

/// Marks of the selection (甄試成績); a part that was not sat is `nil`.
package struct SelectionScore: Hashable, Sendable {
    package var written: Int64?
    package var oral: Int64?
    package var interview: Int64?
    package var minutesLate: Int64
    package var position: UInt64
}

/// An admission (錄訓).
package struct Admission: Hashable, Sendable {
    package var seat: Seat
    package var rank: Int64?
    package var position: UInt64
}

/// How an enrolment ended.
package struct Ending: Hashable, Sendable {
    package enum Kind: UInt8, Sendable { case withdrawn = 1, expelled, completed }

    package var kind: Kind
    package var on: CivilDate
    package var hasCertificate: Bool
    package var withdrawalReason: WithdrawalReason?
    package var expulsionReason: ExpulsionReason?
    package var isInAdaptationPeriod: Bool
    package var position: UInt64
}

/// A fee paid (繳費), or refunded (退費): then the amount is negative.
package struct FeeFact: Hashable, Sendable {
    package var amountNTD: Int64
    package var on: CivilDate
    package var requestedOn: CivilDate?
    package var position: UInt64
    package var isRefund: Bool
}

/// A leave request (請假).
package struct LeaveRequest: Hashable, Sendable {
    package var request: String
    package var on: CivilDate
    package var minutes: Int64
    package var kind: LeaveKind
    package var position: UInt64
    /// The last decision on it, with its position.
    package var decision: LeaveDecision?

    package var isApproved: Bool { decision?.isApproved == true }
}

/// A decision on a leave request (准假、不准假).
package struct LeaveDecision: Hashable, Sendable {
    package var isApproved: Bool
    package var position: UInt64
}

/// An application for an allowance or subsidy (申請).
package struct AllowanceApplication: Hashable, Sendable {
    package var kind: AllowanceKind
    package var on: CivilDate
    package var category: Category?
    package var papers: [Paper]
    package var position: UInt64
}
