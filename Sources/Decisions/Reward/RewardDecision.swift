import CivilTime
import Histories
import TrainingEvents

/// The decision `learningReward` (YTH-01 to YTH-03).
enum RewardDecision {
    static func decide<Kept: Evidence>(_ decisionCase: DecisionCase, _ evidence: inout Kept) -> Decision {
        var decision = Decision(.learningReward, of: decisionCase)
        let payouts = decisionCase.payouts(.learningReward)
        decision.paidNTD = payouts.netNTD
        decision.payee = .trainee
        guard decisionCase.ruled.isPreEmployment,
            decisionCase.enrolment.started != nil || decisionCase.isAwaitingStart
        else {
            YTH01.note(
                .notApplicable, in: &evidence,
                [
                    "programme": .string(decisionCase.ruled.programme.name),
                    "enrolled": .bool(decisionCase.enrolment.started != nil),
                ], events: decisionCase.ruled.history.fieldPositions)
            return decision
        }
        switch decisionCase.rules.youth {
        case .success(let rules):
            var verdict = Verdict<Kept>()
            assess(&decision, decisionCase, rules.value, payouts, &verdict)
            evidence.take(verdict.evidence)
        case .failure(let missing): decision.wait(for: missing, YTH01.self, in: &evidence)
        }
        return decision
    }

    private static func assess(
        _ decision: inout Decision, _ decisionCase: DecisionCase, _ rules: YouthRules, _ payouts: [Payout],
        _ verdict: inout Verdict<some Evidence>
    ) {
        YTH01.assess(decisionCase, rules, &verdict)
        let months = YTH02.months(decisionCase, rules)
        YTH02.assess(months, decisionCase, rules, &verdict)
        YTH03.assess(decisionCase, rules, &verdict)
        RevokedPayout.assess(payouts, &verdict)
        let applications = decisionCase.enrolment.allowanceApplications.filter { $0.kind == .learningReward }
        let isApplied = !applications.isEmpty
        LIV12.note(
            isApplied ? .met : .pending(["allowance.applied"]), in: &verdict,
            ["appliedOn": .array(applications.map { .string($0.on.description) })],
            events: applications.map(\.position), lack: isApplied ? nil : Lack("allowance.applied"))
        if decisionCase.enrolment.started == nil {
            LIV14.note(waiting: decisionCase, in: &verdict.evidence)
            verdict.count(.pending(["enrolment.started"]))
        } else if isOpen(decisionCase) {
            LIV14.note(waiting: decisionCase, in: &verdict.evidence)
            verdict.count(.pending(["completion"]))
        }
        decision.conclude(verdict)
        guard decision.outcome == .granted || decision.outcome == .pending else { return }
        let instalments = months.map { YTH02.instalment($0, rules) }
        if decision.outcome == .pending {
            decision.expectedAmountNTD = instalments.amountNTD
        } else {
            decision.grant(instalments)
        }
    }

    private static func isOpen(_ decisionCase: DecisionCase) -> Bool {
        decisionCase.enrolment.ending == nil && decisionCase.ruled.cancelled == nil
    }
}
