import CivilTime
import Histories
import TrainingEvents

/// The decision `learningReward` (YTH-01 to YTH-03).
enum RewardDecision {
    static func decide(_ decisionCase: DecisionCase) -> Decision {
        var decision = Decision(.learningReward, of: decisionCase)
        let payouts = decisionCase.payouts(.learningReward)
        decision.paidNTD = payouts.reduce(0) { $0 + $1.netNTD }
        decision.payee = .trainee
        let enrolment = decisionCase.enrolment
        guard decisionCase.classHistory.programme == .preEmployment,
            enrolment.started != nil || enrolment.isAwaitingStart
        else {
            decision.reasons = [
                YTH01.reason(
                    .notApplicable,
                    [
                        "programme": .string(decisionCase.classHistory.programme.name),
                        "enrolled": .bool(enrolment.started != nil),
                    ], events: decisionCase.classHistory.fieldPositions)
            ]
            return decision
        }
        switch decisionCase.rules.youth {
        case .success(let rules): assess(&decision, decisionCase, rules, payouts)
        case .failure(let missing): decision.wait(for: missing, YTH01.self)
        }
        return decision
    }

    private static func assess(
        _ decision: inout Decision, _ decisionCase: DecisionCase, _ rules: YouthRules, _ payouts: [Payout]
    ) {
        var verdict = Verdict()
        let enrolment = decisionCase.enrolment
        verdict.note(YTH01.assess(decisionCase, rules))
        let months = YTH02.months(decisionCase, rules)
        verdict.note(YTH02.assess(months, decisionCase, rules))
        verdict.note(YTH03.assess(decisionCase, rules))
        if let revoked = RevokedPayout.reason(payouts) { verdict.note(.failed, revoked) }
        let applications = enrolment.allowanceApplications.filter { $0.kind == .learningReward }
        let isApplied = !applications.isEmpty
        verdict.note(
            isApplied ? .met : .pending(["allowance.applied"]),
            LIV12.reason(
                isApplied ? .met : .pending, ["appliedOn": .array(applications.map { .string($0.on.description) })],
                events: applications.map(\.position), lack: isApplied ? nil : Lack("allowance.applied")))
        if enrolment.started == nil {
            verdict.note(.pending(["enrolment.started"]), LIV14.reason(.pending, decisionCase))
        } else if isOpen(decisionCase) {
            verdict.note(.pending(["completion"]), LIV14.reason(.pending, decisionCase))
        }
        decision.conclude(verdict)
        let instalments = months.map { YTH02.instalment($0, rules) }
        let amountNTD = instalments.reduce(0) { $0 + $1.amountNTD }
        if decision.outcome == .pending { decision.expectedAmountNTD = amountNTD }
        guard decision.outcome == .granted else { return }
        decision.instalments = instalments
        decision.amountNTD = amountNTD
        decision.halfMonths = instalments.reduce(0) { $0 + $1.halfMonths }
    }

    private static func isOpen(_ decisionCase: DecisionCase) -> Bool {
        decisionCase.enrolment.ending == nil && decisionCase.classHistory.cancelled == nil
    }
}
