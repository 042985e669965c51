import TrainingEvents

extension TraineeHistory {
    /// Appends the facts of this trainee ID to a leaf.
    package func write(to writer: inout CanonicalFacts) {
        writer.put(number)
        writer.put(birthDate)
        writer.put(sex)
        writer.put(nationality)
        writer.put(enrolments) { $1.write(to: &$0) }
        writeStatus(to: &writer)
        writer.put(payouts) { $1.write(to: &$0) }
        writer.put(holds) { writer, hold in
            writer.put(hold.hold)
            writer.put(hold.on)
            writer.put(hold.releasedOn) { $0.put($1) }
        }
        writer.put(links) { $0.put($1.other) }
        writer.put(issuedDecisions) { writer, issued in
            writer.put(issued.kind)
            writer.put(issued.classNumber)
            writer.put(issued.on)
            writer.put(issued.outcome)
            writer.put(issued.amountNTD) { $0.put($1) }
            writer.put(issued.rulebook)
            writer.put(issued.atSequence)
        }
        writer.put(appeals) { writer, appeal in
            writer.put(appeal.appeal)
            writer.put(appeal.kind)
            writer.put(appeal.classNumber)
            writer.put(appeal.filedOn) { $0.put($1) }
            writer.put(appeal.decidedOn) { $0.put($1) }
            writer.put(appeal.outcome) { $0.put($1) }
        }
        writer.put(erasedOn) { $0.put($1) }
    }

    private func writeStatus(to writer: inout CanonicalFacts) {
        writer.put(identities) { writer, identity in
            writer.put(identity.category)
            writer.put(identity.validFrom)
            writer.put(identity.validTo) { $0.put($1) }
            writer.put(identity.papers)
            writer.put(identity.certifiedAt)
            writer.put(identity.revoked)
        }
        writer.put(revocations) { writer, revocation in
            writer.put(revocation.category)
            writer.put(revocation.on)
        }
        writer.put(affidavits) { writer, affidavit in
            writer.put(affidavit.classNumber)
            writer.put(affidavit.kind)
            writer.put(affidavit.on)
        }
        writer.put(verifications) { writer, verification in
            writer.put(verification.asOf)
            writer.put(verification.method)
            writer.put(verification.spells) { writer, spell in
                writer.put(spell.scheme)
                writer.put(spell.from)
                writer.put(spell.to) { $0.put($1) }
                writer.put(spell.mark) { $0.put($1) }
                writer.put(spell.employer) { $0.put($1) }
                writer.put(spell.insuredSalaryNTD) { $0.put($1) }
            }
        }
        writer.put(jobSearches) { $0.put($1.on) }
        writer.put(works) { writer, work in
            writer.put(work.kind)
            writer.put(work.from)
            writer.put(work.to) { $0.put($1) }
        }
        writer.put(referrals) { writer, referral in
            writer.put(referral.classNumber)
            writer.put(referral.on)
        }
        writer.put(benefits) { writer, benefit in
            writer.put(benefit.kind)
            writer.put(benefit.from)
            writer.put(benefit.to) { $0.put($1) }
            writer.put(benefit.halfMonths)
        }
    }
}

extension Payout {
    func write(to writer: inout CanonicalFacts) {
        writer.put(id)
        writer.put(kind)
        writer.put(classNumber)
        writer.put(amountNTD)
        writer.put(on)
        writer.put(halfMonths)
        writer.put(from) { $0.put($1) }
        writer.put(to) { $0.put($1) }
        writer.put(payee) { $0.put($1) }
        writer.put(revocations) { writer, revocation in
            writer.put(revocation.amountNTD)
            writer.put(revocation.on)
            writer.put(revocation.reason)
            writer.put(revocation.repayBy) { $0.put($1) }
        }
        writer.put(repayments) { writer, repayment in
            writer.put(repayment.amountNTD)
            writer.put(repayment.on)
        }
        writer.put(enforcementReferred)
    }
}

extension Enrolment {
    func write(to writer: inout CanonicalFacts) {
        writer.put(classNumber)
        writer.put(application) { writer, application in
            writer.put(application.at)
            writer.put(application.employer) { $0.put($1) }
            writer.put(application.identityClaimed) { $0.put($1) }
            writer.put(application.isSpecialProject)
            writer.put(application.papers)
            writer.put(application.closed)
            writer.put(application.isWithdrawn)
        }
        writer.put(earlierApplications) { writer, application in
            writer.put(application.at)
            writer.put(application.closed)
        }
        writer.put(score) { writer, score in
            writer.put(score.written) { $0.put($1) }
            writer.put(score.oral) { $0.put($1) }
            writer.put(score.interview) { $0.put($1) }
            writer.put(score.minutesLate)
        }
        writer.put(admission) { writer, admission in
            writer.put(admission.seat)
            writer.put(admission.rank) { $0.put($1) }
        }
        writer.put(started)
        writer.put(forfeited)
        writer.put(forfeitures) { $0.put($1.on) }
        writer.put(ending) { $1.write(to: &$0) }
        writer.put(fees) { writer, fee in
            writer.put(fee.amountNTD)
            writer.put(fee.on)
            writer.put(fee.requestedOn) { $0.put($1) }
        }
        writer.put(attendance.records) { writer, record in
            writer.put(record.on)
            writer.put(Int64(record.minutesPresent))
        }
        writer.put(leaveRequests) { writer, request in
            writer.put(request.request)
            writer.put(request.on)
            writer.put(request.minutes)
            writer.put(request.kind)
            writer.put(request.decision) { $0.put($1.isApproved) }
        }
        writer.put(survey)
        writer.put(inspectionEvaded)
        writer.put(allowanceApplications) { writer, application in
            writer.put(application.kind)
            writer.put(application.on)
            writer.put(application.category) { $0.put($1) }
            writer.put(application.papers)
        }
    }
}

extension Ending {
    fileprivate func write(to writer: inout CanonicalFacts) {
        writer.put(Int64(kind.rawValue))
        writer.put(on)
        writer.put(hasCertificate)
        writer.put(withdrawalReason) { $0.put($1) }
        writer.put(expulsionReason) { $0.put($1) }
        writer.put(isInAdaptationPeriod)
    }
}
