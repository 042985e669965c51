import TrainingEvents

extension TraineeHistory {
    /// Folds an event of one enrolment.
    mutating func foldEnrolment(_ body: EventBody, at position: UInt64) {
        switch body {
        case .applicationSubmitted(let payload):
            withEnrolment(payload.classNumber) {
                if let earlier = $0.application { $0.earlierApplications.append(earlier) }
                $0.application = Application(
                    at: payload.at, employer: payload.employer, identityClaimed: payload.identityClaimed,
                    isSpecialProject: payload.specialProject ?? false, papers: payload.documents ?? [],
                    position: position)
                // A forfeited place is gone; a later application starts afresh.
                guard $0.forfeited != nil else { return }
                $0.forfeited = nil
                $0.admission = nil
                $0.score = nil
            }
        case .applicationWithdrawn(let payload):
            close(payload.classNumber, DayFact(on: payload.on, position: position), isWithdrawn: true)
        case .applicationRefused(let payload):
            close(payload.classNumber, DayFact(on: payload.on, position: position), isWithdrawn: false)
        case .selectionScored(let payload):
            withEnrolment(payload.classNumber) {
                $0.score = SelectionScore(
                    written: payload.written, oral: payload.oral, interview: payload.interview,
                    minutesLate: payload.minutesLate ?? 0, position: position)
            }
        case .enrolmentAdmitted(let payload):
            withEnrolment(payload.classNumber) {
                $0.admission = Admission(seat: payload.seat, rank: payload.rank, position: position)
            }
        case .feePaid(let payload): addFee(payload, isRefund: false, at: position)
        case .feeRefunded(let payload): addFee(payload, isRefund: true, at: position)
        case .enrolmentStarted(let payload):
            withEnrolment(payload.classNumber) { $0.started = DayFact(on: payload.on, position: position) }
        case .enrolmentForfeited(let payload):
            withEnrolment(payload.classNumber) {
                let fact = DayFact(on: payload.on, position: position)
                $0.forfeited = fact
                $0.forfeitures.append(fact)
            }
        case .leaveRequested(let payload):
            withEnrolment(payload.classNumber) {
                $0.leaveRequests.append(
                    LeaveRequest(
                        request: payload.request, on: payload.on, minutes: payload.minutes, kind: payload.kind,
                        position: position))
            }
        case .leaveApproved(let payload): decideLeave(payload, isApproved: true, at: position)
        case .leaveRejected(let payload): decideLeave(payload, isApproved: false, at: position)
        case .surveySubmitted(let payload):
            withEnrolment(payload.classNumber) { $0.survey = DayFact(on: payload.on, position: position) }
        case .inspectionEvaded(let payload):
            withEnrolment(payload.classNumber) { $0.inspectionEvaded = DayFact(on: payload.on, position: position) }
        case .allowanceApplied(let payload):
            withEnrolment(payload.classNumber) {
                $0.allowanceApplications.append(
                    AllowanceApplication(
                        kind: payload.kind, on: payload.on, category: payload.category,
                        papers: payload.documents ?? [], position: position))
            }
        default: foldEnding(body, at: position)
        }
    }

    private mutating func foldEnding(_ body: EventBody, at position: UInt64) {
        switch body {
        case .enrolmentWithdrawn(let payload):
            withEnrolment(payload.classNumber) {
                $0.ending = Ending(
                    kind: .withdrawn, on: payload.on, hasCertificate: false, withdrawalReason: payload.reason,
                    isInAdaptationPeriod: payload.adaptationPeriod ?? false, position: position)
            }
        case .enrolmentExpelled(let payload):
            withEnrolment(payload.classNumber) {
                $0.ending = Ending(
                    kind: .expelled, on: payload.on, hasCertificate: false, expulsionReason: payload.reason,
                    isInAdaptationPeriod: false, position: position)
            }
        case .enrolmentCompleted(let payload):
            withEnrolment(payload.classNumber) {
                $0.ending = Ending(
                    kind: .completed, on: payload.on, hasCertificate: payload.certificate,
                    isInAdaptationPeriod: false, position: position)
            }
        default: break
        }
    }

    private mutating func close(_ classNumber: ClassNumber, _ fact: DayFact, isWithdrawn: Bool) {
        withEnrolment(classNumber) {
            $0.application?.closed = fact
            $0.application?.isWithdrawn = isWithdrawn
            // A place goes with its application; a later application starts afresh.
            $0.admission = nil
        }
    }

    private mutating func addFee(_ payload: FeeMoved, isRefund: Bool, at position: UInt64) {
        withEnrolment(payload.classNumber) {
            $0.fees.append(
                FeeFact(
                    amountNTD: isRefund ? -payload.amountNTD : payload.amountNTD, on: payload.on,
                    requestedOn: payload.requestedOn, position: position, isRefund: isRefund))
        }
    }

    private mutating func decideLeave(_ payload: LeaveDecided, isApproved: Bool, at position: UInt64) {
        withEnrolment(payload.classNumber) {
            guard let index = $0.leaveRequests.firstIndex(where: { $0.request == payload.request }) else { return }
            $0.leaveRequests[index].decision = LeaveDecision(isApproved: isApproved, position: position)
        }
    }
}
