/// What the next event of one trainee depends on.
package struct TraineeSteps: Hashable, Sendable {
    var enrolments: [ClassNumber: EnrolmentSteps] = [:]
    var leaveRequests: [String: LeaveRequestStep] = [:]
    var payouts: Set<String> = []
    var holds: [String: Bool] = [:]
    var appeals: Set<String> = []
    var categories: Set<Category> = []
    var links: Set<TraineeNumber> = []

    struct LeaveRequestStep: Hashable, Sendable {
        var classNumber: ClassNumber
        var isApproved: Bool?
    }

    package init() {}

    /// Takes the step of an event of this trainee, or throws and changes nothing.
    ///
    /// - Throws: `stepNotAllowed`, `unknownReference` or `alreadyExists`, naming the field.
    package mutating func take(_ body: EventBody, of trainee: TraineeNumber) throws(EventError) {
        switch body {
        case .leaveRequested(let request):
            try requireNew(leaveRequests[request.request] == nil, "data.request", request.request)
            try enrolment(request.classNumber, body)
            leaveRequests[request.request] = LeaveRequestStep(classNumber: request.classNumber)
        case .leaveApproved(let decided): try decide(decided, isApproved: true)
        case .leaveRejected(let decided): try decide(decided, isApproved: false)
        case .payoutMade(let payout):
            try requireNew(payouts.insert(payout.payout).inserted, "data.payout", payout.payout)
        case .payoutRevoked(let revoked): try requireKnown(payouts.contains(revoked.payout), "payout", revoked.payout)
        case .repaymentReceived(let repaid): try requireKnown(payouts.contains(repaid.payout), "payout", repaid.payout)
        case .enforcementReferred(let referred):
            try requireKnown(payouts.contains(referred.payout), "payout", referred.payout)
        case .holdPlaced(let hold):
            try requireNew(holds[hold.hold] == nil, "data.hold", hold.hold)
            holds[hold.hold] = true
        case .holdReleased(let hold):
            try requireKnown(holds[hold.hold] == true, "hold", hold.hold)
            holds[hold.hold] = false
        case .traineeErased:
            if let hold = holds.filter(\.value).keys.min() {
                throw EventError(
                    .stepNotAllowed, field: "type", found: "the hold \(shown(hold))",
                    expected: "no hold; release it first")
            }
        case .appealFiled(let appeal):
            try requireNew(appeals.insert(appeal.appeal).inserted, "data.appeal", appeal.appeal)
        case .appealDecided(let appeal): try requireKnown(appeals.contains(appeal.appeal), "appeal", appeal.appeal)
        case .identityCertified(let identity): categories.insert(identity.category)
        case .identityRevoked(let identity):
            try requireKnown(categories.contains(identity.category), "category", identity.category.name)
        case .traineeLinked(let link):
            guard link.other != trainee else {
                throw EventError(.invalidValue, field: "data.other", expected: "another trainee")
            }
            links.insert(link.other)
        case .traineeUnlinked(let link):
            guard links.remove(link.other) != nil else {
                throw EventError(
                    .stepNotAllowed, field: "data.other", found: "no such link",
                    expected: "a trainee that was linked under this ID")
            }
        default:
            if let number = body.enrolmentClass { try enrolment(number, body) }
        }
    }

    private mutating func enrolment(_ number: ClassNumber, _ body: EventBody) throws(EventError) {
        var steps = enrolments[number] ?? EnrolmentSteps()
        let before = steps
        try steps.take(body)
        if steps != before { enrolments[number] = steps }
    }

    private mutating func decide(_ decided: LeaveDecided, isApproved: Bool) throws(EventError) {
        guard var request = leaveRequests[decided.request], request.classNumber == decided.classNumber else {
            throw EventError(
                .unknownReference, field: "data.request", found: shown(decided.request),
                expected: "a leave request for this class")
        }
        guard request.isApproved != isApproved else {
            throw EventError(
                .stepNotAllowed, field: "type", found: "a request that is \(isApproved ? "approved" : "rejected")",
                expected: "another decision")
        }
        request.isApproved = isApproved
        leaveRequests[decided.request] = request
    }

    private func requireNew(_ isNew: Bool, _ field: String, _ id: String) throws(EventError) {
        if !isNew { throw EventError(.alreadyExists, field: field, found: shown(id), expected: "an ID that is new") }
    }

    private func requireKnown(_ isKnown: Bool, _ noun: String, _ id: String) throws(EventError) {
        if !isKnown {
            throw EventError(
                .unknownReference, field: "data.\(noun)", found: shown(id),
                expected: "a \(noun) that stands for this trainee")
        }
    }
}

extension EventBody {
    /// Whether a later step can need this event. Nothing needs a fact that no step looks at, so retracting it
    /// takes no look at the other events.
    package var canBeNeeded: Bool {
        switch self {
        case .attendanceRecorded, .surveySubmitted, .inspectionEvaded, .selectionScored, .affidavitFiled,
            .insuranceVerified, .jobSearchRegistered, .workReported, .referralIssued, .benefitRecorded, .feePaid,
            .feeRefunded, .allowanceApplied, .payoutRevoked, .repaymentReceived, .enforcementReferred,
            .appealDecided, .decisionIssued, .traineeAmended, .identityRevoked, .classScheduled, .unitAmended,
            .rulebookAdopted:
            false
        default: true
        }
    }

    /// The class whose enrolment steps this event is one of.
    var enrolmentClass: ClassNumber? {
        switch self {
        case .applicationSubmitted(let payload): payload.classNumber
        case .applicationWithdrawn(let payload): payload.classNumber
        case .applicationRefused(let payload): payload.classNumber
        case .selectionScored(let payload): payload.classNumber
        case .enrolmentAdmitted(let payload): payload.classNumber
        case .enrolmentStarted(let payload): payload.classNumber
        case .enrolmentForfeited(let payload): payload.classNumber
        case .attendanceRecorded(let payload): payload.classNumber
        case .enrolmentWithdrawn(let payload): payload.classNumber
        case .enrolmentExpelled(let payload): payload.classNumber
        case .enrolmentCompleted(let payload): payload.classNumber
        case .surveySubmitted(let payload): payload.classNumber
        case .inspectionEvaded(let payload): payload.classNumber
        default: nil
        }
    }
}
