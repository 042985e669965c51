import CivilTime
import TrainingEvents

extension TraineeHistory {
    /// Folds what an event of this trainee says. Facts that fit nothing – because what they refer to is retracted or
    /// left out – are dropped: the door has refused every other kind.
    ///
    /// - Parameter time: when it happened; asked only for a certificate that does not carry it.
    mutating func fold(_ body: EventBody, at position: UInt64, time: () -> Instant) {
        switch body {
        case .attendanceRecorded(let payload):
            withEnrolment(payload.classNumber) {
                $0.attendance.set(payload.presentMinutes, on: payload.on, at: position)
            }
        case .traineeAmended(let amended): amend(amended.fields, at: position)
        case .traineeLinked(let payload):
            if !links.contains(where: { $0.other == payload.other }) {
                links.append(LinkFact(other: payload.other, position: position))
            }
        case .traineeUnlinked(let payload): links.removeAll { $0.other == payload.other }
        case .traineeErased(let payload): erasedOn = payload.on
        case .holdPlaced(let payload):
            holds.append(HoldFact(hold: payload.hold, on: payload.on, releasedOn: nil, position: position))
        case .holdReleased(let payload):
            if let index = holds.firstIndex(where: { $0.hold == payload.hold }) { holds[index].releasedOn = payload.on }
        case .identityCertified, .identityRevoked, .affidavitFiled, .insuranceVerified, .jobSearchRegistered,
            .workReported, .referralIssued, .benefitRecorded:
            foldStatus(body, at: position, time: time)
        case .payoutMade, .payoutRevoked, .repaymentReceived, .enforcementReferred, .appealFiled, .appealDecided,
            .decisionIssued:
            foldMoney(body, at: position)
        default: foldEnrolment(body, at: position)
        }
    }

    private mutating func amend(_ fields: TraineeFields, at position: UInt64) {
        birthDate = fields.birthDate ?? birthDate
        sex = fields.sex ?? sex
        nationality = fields.nationality ?? nationality
        if fields.birthDate != nil || fields.sex != nil || fields.nationality != nil {
            fieldPositions.append(position)
        }
    }

    private mutating func foldStatus(_ body: EventBody, at position: UInt64, time: () -> Instant) {
        switch body {
        case .identityCertified(let payload):
            identities.append(
                IdentityFact(
                    category: payload.category, validFrom: payload.validFrom, validTo: payload.validTo,
                    papers: payload.documents ?? [], certifiedAt: payload.certifiedAt ?? time(),
                    position: position))
        case .identityRevoked(let payload):
            let revocation = IdentityRevocation(category: payload.category, on: payload.on, position: position)
            revocations.append(revocation)
            for index in identities.indices { identities[index].take(revocation) }
        case .affidavitFiled(let payload):
            affidavits.append(
                AffidavitFact(
                    classNumber: payload.classNumber, kind: payload.kind, on: payload.on, position: position))
        case .insuranceVerified(let payload):
            verifications.append(
                InsuranceVerification(
                    asOf: payload.asOf, method: payload.method, spells: payload.spells ?? [], position: position))
        case .jobSearchRegistered(let payload): jobSearches.append(DayFact(on: payload.on, position: position))
        case .workReported(let payload):
            works.append(WorkFact(kind: payload.kind, from: payload.from, to: payload.to, position: position))
        case .referralIssued(let payload):
            referrals.append(ReferralFact(classNumber: payload.classNumber, on: payload.on, position: position))
        case .benefitRecorded(let payload):
            benefits.append(
                BenefitFact(
                    kind: payload.kind, from: payload.from, to: payload.to, halfMonths: payload.halfMonths ?? 0,
                    position: position))
        default: break
        }
    }

    private mutating func foldMoney(_ body: EventBody, at position: UInt64) {
        switch body {
        case .payoutMade(let payload):
            let payout = Payout(
                id: payload.payout, kind: payload.kind, classNumber: payload.classNumber,
                amountNTD: payload.amountNTD, on: payload.on, halfMonths: payload.halfMonths ?? 0,
                from: payload.from, to: payload.to, payee: payload.payee, position: position)
            payouts.append(payout)
            post(.payment, payload.amountNTD, of: payout)
        case .payoutRevoked(let payload):
            guard let index = indexOfPayout(payload.payout) else { return }
            payouts[index].revocations.append(
                Revocation(
                    amountNTD: payload.amountNTD, on: payload.on, reason: payload.reason,
                    repayBy: payload.repayBy, position: position))
            post(.revocation, payload.amountNTD, of: payouts[index])
        case .repaymentReceived(let payload):
            guard let index = indexOfPayout(payload.payout) else { return }
            payouts[index].repayments.append(
                Repayment(amountNTD: payload.amountNTD, on: payload.on, position: position))
            post(.repayment, payload.amountNTD, of: payouts[index])
        case .enforcementReferred(let payload):
            guard let index = indexOfPayout(payload.payout) else { return }
            payouts[index].enforcementReferred = DayFact(on: payload.on, position: position)
        case .appealFiled(let payload):
            appeals.append(
                AppealFact(
                    appeal: payload.appeal, kind: payload.kind, classNumber: payload.classNumber,
                    filedOn: payload.on, outcome: payload.outcome, position: position))
        case .appealDecided(let payload):
            if let index = appeals.firstIndex(where: { $0.appeal == payload.appeal }) {
                appeals[index].decidedOn = payload.on
                appeals[index].outcome = payload.outcome
            }
        case .decisionIssued(let payload):
            let decision = IssuedDecision(
                kind: payload.kind, classNumber: payload.classNumber, on: payload.on, outcome: payload.outcome,
                amountNTD: payload.amountNTD, rulebook: payload.rulebook, atSequence: payload.atSequence,
                position: position)
            issuedDecisions.append(decision)
            post(decision)
        default: break
        }
    }

    mutating func withEnrolment(_ classNumber: ClassNumber, _ change: (inout Enrolment) -> Void) {
        change(&enrolments[indexOfEnrolment(in: classNumber)])
    }

    /// The place of the enrolment in a class; it is made if there is none.
    mutating func indexOfEnrolment(in classNumber: ClassNumber) -> Int {
        // By index: a closure would be given a copy of every enrolment.
        for index in enrolments.indices.reversed() where enrolments[index].classNumber == classNumber { return index }
        enrolments.append(Enrolment(trainee: number, classNumber: classNumber))
        return enrolments.count - 1
    }

    private func indexOfPayout(_ id: String) -> Int? { payouts.firstIndex { $0.id == id } }
}
