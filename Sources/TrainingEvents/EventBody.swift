/// What an event of one type says.
package protocol EventPayload: Hashable, Sendable {
    init()
    /// Declares the fields, facts and personal ones each in ascending order of their numbers.
    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError)
    /// What must hold between the fields; checked after reading JSON.
    func validate() throws(EventError)
}

extension EventPayload {
    package func validate() throws(EventError) {}
}

/// The payload of an event, by its type. The large and rare ones are kept apart, so that the others move cheaply.
package enum EventBody: Hashable, Sendable {
    indirect case unitRegistered(UnitRegistered)
    indirect case unitAmended(UnitAmended)
    indirect case classApproved(ClassApproved)
    indirect case classAmended(ClassAmended)
    case classScheduled(ClassScheduled)
    case classCancelled(ClassCancelled)
    case classClosed(ClassClosed)
    indirect case traineeRegistered(TraineeRegistered)
    indirect case traineeAmended(TraineeAmended)
    case traineeLinked(TraineeLinked)
    case traineeUnlinked(TraineeUnlinked)
    case traineeErased(TraineeErased)
    case holdPlaced(HoldPlaced)
    case holdReleased(HoldReleased)
    case identityCertified(IdentityCertified)
    case identityRevoked(IdentityRevoked)
    case affidavitFiled(AffidavitFiled)
    case insuranceVerified(InsuranceVerified)
    case jobSearchRegistered(JobSearchRegistered)
    case workReported(WorkReported)
    case referralIssued(ReferralIssued)
    case benefitRecorded(BenefitRecorded)
    case applicationSubmitted(ApplicationSubmitted)
    case applicationWithdrawn(ApplicationWithdrawn)
    case applicationRefused(ApplicationRefused)
    case selectionScored(SelectionScored)
    case enrolmentAdmitted(EnrolmentAdmitted)
    case feePaid(FeeMoved)
    case feeRefunded(FeeMoved)
    case enrolmentStarted(EnrolmentStarted)
    case enrolmentForfeited(EnrolmentForfeited)
    case leaveRequested(LeaveRequested)
    case leaveApproved(LeaveDecided)
    case leaveRejected(LeaveDecided)
    case attendanceRecorded(AttendanceRecorded)
    case enrolmentWithdrawn(EnrolmentWithdrawn)
    case enrolmentExpelled(EnrolmentExpelled)
    case enrolmentCompleted(EnrolmentCompleted)
    case surveySubmitted(SurveySubmitted)
    case allowanceApplied(AllowanceApplied)
    case payoutMade(PayoutMade)
    case payoutRevoked(PayoutRevoked)
    case repaymentReceived(RepaymentReceived)
    case enforcementReferred(EnforcementReferred)
    case inspectionEvaded(InspectionEvaded)
    case complaintFiled(ComplaintFiled)
    case appealFiled(AppealFiled)
    case appealDecided(AppealDecided)
    case decisionIssued(DecisionIssued)
    case rulebookAdopted(RulebookAdopted)
    case eventRetracted(EventRetracted)

    /// An empty payload of a type, to be filled by a visitor.
    init(emptyOf type: EventType) {
        switch type {
        case .unitRegistered: self = .unitRegistered(UnitRegistered())
        case .unitAmended: self = .unitAmended(UnitAmended())
        case .classApproved: self = .classApproved(ClassApproved())
        case .classAmended: self = .classAmended(ClassAmended())
        case .classScheduled: self = .classScheduled(ClassScheduled())
        case .classCancelled: self = .classCancelled(ClassCancelled())
        case .classClosed: self = .classClosed(ClassClosed())
        case .traineeRegistered: self = .traineeRegistered(TraineeRegistered())
        case .traineeAmended: self = .traineeAmended(TraineeAmended())
        case .traineeLinked: self = .traineeLinked(TraineeLinked())
        case .traineeUnlinked: self = .traineeUnlinked(TraineeUnlinked())
        case .traineeErased: self = .traineeErased(TraineeErased())
        case .holdPlaced: self = .holdPlaced(HoldPlaced())
        case .holdReleased: self = .holdReleased(HoldReleased())
        case .identityCertified: self = .identityCertified(IdentityCertified())
        case .identityRevoked: self = .identityRevoked(IdentityRevoked())
        case .affidavitFiled: self = .affidavitFiled(AffidavitFiled())
        case .insuranceVerified: self = .insuranceVerified(InsuranceVerified())
        case .jobSearchRegistered: self = .jobSearchRegistered(JobSearchRegistered())
        case .workReported: self = .workReported(WorkReported())
        case .referralIssued: self = .referralIssued(ReferralIssued())
        case .benefitRecorded: self = .benefitRecorded(BenefitRecorded())
        case .applicationSubmitted: self = .applicationSubmitted(ApplicationSubmitted())
        case .applicationWithdrawn: self = .applicationWithdrawn(ApplicationWithdrawn())
        case .applicationRefused: self = .applicationRefused(ApplicationRefused())
        case .selectionScored: self = .selectionScored(SelectionScored())
        case .enrolmentAdmitted: self = .enrolmentAdmitted(EnrolmentAdmitted())
        case .feePaid: self = .feePaid(FeeMoved())
        case .feeRefunded: self = .feeRefunded(FeeMoved())
        case .enrolmentStarted: self = .enrolmentStarted(EnrolmentStarted())
        case .enrolmentForfeited: self = .enrolmentForfeited(EnrolmentForfeited())
        case .leaveRequested: self = .leaveRequested(LeaveRequested())
        case .leaveApproved: self = .leaveApproved(LeaveDecided())
        case .leaveRejected: self = .leaveRejected(LeaveDecided())
        case .attendanceRecorded: self = .attendanceRecorded(AttendanceRecorded())
        case .enrolmentWithdrawn: self = .enrolmentWithdrawn(EnrolmentWithdrawn())
        case .enrolmentExpelled: self = .enrolmentExpelled(EnrolmentExpelled())
        case .enrolmentCompleted: self = .enrolmentCompleted(EnrolmentCompleted())
        case .surveySubmitted: self = .surveySubmitted(SurveySubmitted())
        case .allowanceApplied: self = .allowanceApplied(AllowanceApplied())
        case .payoutMade: self = .payoutMade(PayoutMade())
        case .payoutRevoked: self = .payoutRevoked(PayoutRevoked())
        case .repaymentReceived: self = .repaymentReceived(RepaymentReceived())
        case .enforcementReferred: self = .enforcementReferred(EnforcementReferred())
        case .inspectionEvaded: self = .inspectionEvaded(InspectionEvaded())
        case .complaintFiled: self = .complaintFiled(ComplaintFiled())
        case .appealFiled: self = .appealFiled(AppealFiled())
        case .appealDecided: self = .appealDecided(AppealDecided())
        case .decisionIssued: self = .decisionIssued(DecisionIssued())
        case .rulebookAdopted: self = .rulebookAdopted(RulebookAdopted())
        case .eventRetracted: self = .eventRetracted(EventRetracted())
        }
    }

    /// The type of the event.
    package var type: EventType {
        switch self {
        case .unitRegistered: .unitRegistered
        case .unitAmended: .unitAmended
        case .classApproved: .classApproved
        case .classAmended: .classAmended
        case .classScheduled: .classScheduled
        case .classCancelled: .classCancelled
        case .classClosed: .classClosed
        case .traineeRegistered: .traineeRegistered
        case .traineeAmended: .traineeAmended
        case .traineeLinked: .traineeLinked
        case .traineeUnlinked: .traineeUnlinked
        case .traineeErased: .traineeErased
        case .holdPlaced: .holdPlaced
        case .holdReleased: .holdReleased
        case .identityCertified: .identityCertified
        case .identityRevoked: .identityRevoked
        case .affidavitFiled: .affidavitFiled
        case .insuranceVerified: .insuranceVerified
        case .jobSearchRegistered: .jobSearchRegistered
        case .workReported: .workReported
        case .referralIssued: .referralIssued
        case .benefitRecorded: .benefitRecorded
        case .applicationSubmitted: .applicationSubmitted
        case .applicationWithdrawn: .applicationWithdrawn
        case .applicationRefused: .applicationRefused
        case .selectionScored: .selectionScored
        case .enrolmentAdmitted: .enrolmentAdmitted
        case .feePaid: .feePaid
        case .feeRefunded: .feeRefunded
        case .enrolmentStarted: .enrolmentStarted
        case .enrolmentForfeited: .enrolmentForfeited
        case .leaveRequested: .leaveRequested
        case .leaveApproved: .leaveApproved
        case .leaveRejected: .leaveRejected
        case .attendanceRecorded: .attendanceRecorded
        case .enrolmentWithdrawn: .enrolmentWithdrawn
        case .enrolmentExpelled: .enrolmentExpelled
        case .enrolmentCompleted: .enrolmentCompleted
        case .surveySubmitted: .surveySubmitted
        case .allowanceApplied: .allowanceApplied
        case .payoutMade: .payoutMade
        case .payoutRevoked: .payoutRevoked
        case .repaymentReceived: .repaymentReceived
        case .enforcementReferred: .enforcementReferred
        case .inspectionEvaded: .inspectionEvaded
        case .complaintFiled: .complaintFiled
        case .appealFiled: .appealFiled
        case .appealDecided: .appealDecided
        case .decisionIssued: .decisionIssued
        case .rulebookAdopted: .rulebookAdopted
        case .eventRetracted: .eventRetracted
        }
    }

    /// Lets the visitor walk over the fields of the payload.
    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        switch self {
        case .unitRegistered(let payload): self = .unitRegistered(try visited(payload, &visitor))
        case .unitAmended(let payload): self = .unitAmended(try visited(payload, &visitor))
        case .classApproved(let payload): self = .classApproved(try visited(payload, &visitor))
        case .classAmended(let payload): self = .classAmended(try visited(payload, &visitor))
        case .classScheduled(let payload): self = .classScheduled(try visited(payload, &visitor))
        case .classCancelled(let payload): self = .classCancelled(try visited(payload, &visitor))
        case .classClosed(let payload): self = .classClosed(try visited(payload, &visitor))
        case .traineeRegistered(let payload): self = .traineeRegistered(try visited(payload, &visitor))
        case .traineeAmended(let payload): self = .traineeAmended(try visited(payload, &visitor))
        case .traineeLinked(let payload): self = .traineeLinked(try visited(payload, &visitor))
        case .traineeUnlinked(let payload): self = .traineeUnlinked(try visited(payload, &visitor))
        case .traineeErased(let payload): self = .traineeErased(try visited(payload, &visitor))
        case .holdPlaced(let payload): self = .holdPlaced(try visited(payload, &visitor))
        case .holdReleased(let payload): self = .holdReleased(try visited(payload, &visitor))
        case .identityCertified(let payload): self = .identityCertified(try visited(payload, &visitor))
        case .identityRevoked(let payload): self = .identityRevoked(try visited(payload, &visitor))
        case .affidavitFiled(let payload): self = .affidavitFiled(try visited(payload, &visitor))
        case .insuranceVerified(let payload): self = .insuranceVerified(try visited(payload, &visitor))
        case .jobSearchRegistered(let payload): self = .jobSearchRegistered(try visited(payload, &visitor))
        case .workReported(let payload): self = .workReported(try visited(payload, &visitor))
        case .referralIssued(let payload): self = .referralIssued(try visited(payload, &visitor))
        case .benefitRecorded(let payload): self = .benefitRecorded(try visited(payload, &visitor))
        case .applicationSubmitted(let payload): self = .applicationSubmitted(try visited(payload, &visitor))
        case .applicationWithdrawn(let payload): self = .applicationWithdrawn(try visited(payload, &visitor))
        case .applicationRefused(let payload): self = .applicationRefused(try visited(payload, &visitor))
        case .selectionScored(let payload): self = .selectionScored(try visited(payload, &visitor))
        case .enrolmentAdmitted(let payload): self = .enrolmentAdmitted(try visited(payload, &visitor))
        case .feePaid(let payload): self = .feePaid(try visited(payload, &visitor))
        case .feeRefunded(let payload): self = .feeRefunded(try visited(payload, &visitor))
        case .enrolmentStarted(let payload): self = .enrolmentStarted(try visited(payload, &visitor))
        case .enrolmentForfeited(let payload): self = .enrolmentForfeited(try visited(payload, &visitor))
        case .leaveRequested(let payload): self = .leaveRequested(try visited(payload, &visitor))
        case .leaveApproved(let payload): self = .leaveApproved(try visited(payload, &visitor))
        case .leaveRejected(let payload): self = .leaveRejected(try visited(payload, &visitor))
        case .attendanceRecorded(let payload): self = .attendanceRecorded(try visited(payload, &visitor))
        case .enrolmentWithdrawn(let payload): self = .enrolmentWithdrawn(try visited(payload, &visitor))
        case .enrolmentExpelled(let payload): self = .enrolmentExpelled(try visited(payload, &visitor))
        case .enrolmentCompleted(let payload): self = .enrolmentCompleted(try visited(payload, &visitor))
        case .surveySubmitted(let payload): self = .surveySubmitted(try visited(payload, &visitor))
        case .allowanceApplied(let payload): self = .allowanceApplied(try visited(payload, &visitor))
        case .payoutMade(let payload): self = .payoutMade(try visited(payload, &visitor))
        case .payoutRevoked(let payload): self = .payoutRevoked(try visited(payload, &visitor))
        case .repaymentReceived(let payload): self = .repaymentReceived(try visited(payload, &visitor))
        case .enforcementReferred(let payload): self = .enforcementReferred(try visited(payload, &visitor))
        case .inspectionEvaded(let payload): self = .inspectionEvaded(try visited(payload, &visitor))
        case .complaintFiled(let payload): self = .complaintFiled(try visited(payload, &visitor))
        case .appealFiled(let payload): self = .appealFiled(try visited(payload, &visitor))
        case .appealDecided(let payload): self = .appealDecided(try visited(payload, &visitor))
        case .decisionIssued(let payload): self = .decisionIssued(try visited(payload, &visitor))
        case .rulebookAdopted(let payload): self = .rulebookAdopted(try visited(payload, &visitor))
        case .eventRetracted(let payload): self = .eventRetracted(try visited(payload, &visitor))
        }
    }

    private func visited<Payload: EventPayload, Visitor: FieldVisitor>(
        _ payload: Payload, _ visitor: inout Visitor
    ) throws(EventError) -> Payload {
        var copy = payload
        try copy.visit(&visitor)
        try visitor.finish(copy)
        return copy
    }

    /// The payload itself.
    package var payload: any EventPayload {
        switch self {
        case .unitRegistered(let payload): payload
        case .unitAmended(let payload): payload
        case .classApproved(let payload): payload
        case .classAmended(let payload): payload
        case .classScheduled(let payload): payload
        case .classCancelled(let payload): payload
        case .classClosed(let payload): payload
        case .traineeRegistered(let payload): payload
        case .traineeAmended(let payload): payload
        case .traineeLinked(let payload): payload
        case .traineeUnlinked(let payload): payload
        case .traineeErased(let payload): payload
        case .holdPlaced(let payload): payload
        case .holdReleased(let payload): payload
        case .identityCertified(let payload): payload
        case .identityRevoked(let payload): payload
        case .affidavitFiled(let payload): payload
        case .insuranceVerified(let payload): payload
        case .jobSearchRegistered(let payload): payload
        case .workReported(let payload): payload
        case .referralIssued(let payload): payload
        case .benefitRecorded(let payload): payload
        case .applicationSubmitted(let payload): payload
        case .applicationWithdrawn(let payload): payload
        case .applicationRefused(let payload): payload
        case .selectionScored(let payload): payload
        case .enrolmentAdmitted(let payload): payload
        case .feePaid(let payload): payload
        case .feeRefunded(let payload): payload
        case .enrolmentStarted(let payload): payload
        case .enrolmentForfeited(let payload): payload
        case .leaveRequested(let payload): payload
        case .leaveApproved(let payload): payload
        case .leaveRejected(let payload): payload
        case .attendanceRecorded(let payload): payload
        case .enrolmentWithdrawn(let payload): payload
        case .enrolmentExpelled(let payload): payload
        case .enrolmentCompleted(let payload): payload
        case .surveySubmitted(let payload): payload
        case .allowanceApplied(let payload): payload
        case .payoutMade(let payload): payload
        case .payoutRevoked(let payload): payload
        case .repaymentReceived(let payload): payload
        case .enforcementReferred(let payload): payload
        case .inspectionEvaded(let payload): payload
        case .complaintFiled(let payload): payload
        case .appealFiled(let payload): payload
        case .appealDecided(let payload): payload
        case .decisionIssued(let payload): payload
        case .rulebookAdopted(let payload): payload
        case .eventRetracted(let payload): payload
        }
    }
}
