import Histories
import TrainingEvents

/// Who stood in what relation to the subject of an event before it was folded: what it changes reaches those too.
struct Reach {
    let subject: Subject
    /// Whether the order of an admission can follow from the event.
    let isAboutAdmission: Bool
    /// The other IDs of the person, in no order; empty but for links.
    let linked: [TraineeNumber]
    /// The classes of the trainee.
    let classes: [ClassNumber]
    /// The unit of the class.
    let unit: UnitNumber?

    init(_ event: Event, _ histories: LedgerHistories) {
        subject = event.subject
        isAboutAdmission = event.type.reachesAdmission
        switch event.subject {
        case .trainee(let number):
            linked = histories.isLinked(number) ? histories.linkedTrainees(number) : []
            classes = histories.classes(of: number)
            unit = nil
        case .class(let number):
            (linked, classes) = ([], [])
            unit = histories.class(number)?.fields.unit
        default: (linked, classes, unit) = ([], [], nil)
        }
    }
}

extension LedgerHistories {
    /// The classes that an ID has to do with.
    func classes(of number: TraineeNumber) -> [ClassNumber] {
        guard Int(number.value) < trainees.count else { return [] }
        return trainees[Int(number.value)]?.enrolments.map(\.classNumber) ?? []
    }
}

extension EventType {
    /// `false` for the types whose facts no application, no order of applicants and no seat rests on.
    fileprivate var reachesAdmission: Bool {
        switch self {
        case .attendanceRecorded, .leaveRequested, .leaveApproved, .leaveRejected, .surveySubmitted,
            .inspectionEvaded, .allowanceApplied, .payoutMade, .payoutRevoked, .repaymentReceived,
            .enforcementReferred, .appealFiled, .appealDecided, .decisionIssued, .holdPlaced, .holdReleased,
            .traineeErased, .jobSearchRegistered, .referralIssued, .benefitRecorded:
            false
        default: true
        }
    }
}
