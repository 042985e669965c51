import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// The decision `tuitionSubsidy` (TIP-04 to TIP-17).
enum TuitionDecision {
    /// - Parameter shared: the person's claims, if they are at hand; they serve for every class taken part in.
    static func decide(_ decisionCase: DecisionCase, _ shared: PersonClaims? = nil) -> Decision {
        var decision = Decision(.tuitionSubsidy, of: decisionCase)
        let payouts = decisionCase.payouts(.tuitionSubsidy)
        decision.paidNTD = payouts.reduce(0) { $0 + $1.netNTD }
        decision.payee = .trainee
        let rules: TuitionRules
        switch decisionCase.rules.tuition {
        case .success(let value): rules = value
        case .failure(let missing):
            decision.wait(for: missing, TIP12.self)
            return decision
        }
        guard rules.programmes.contains(decisionCase.classHistory.programme.name),
            decisionCase.enrolment.started != nil || decisionCase.enrolment.isAwaitingStart
        else {
            decision.reasons = [notAQuotaClass(decisionCase)]
            return decision
        }
        let registry = decisionCase.engine.histories.registry
        let hasShared = shared?.claims.contains { isAsked($0, decisionCase) } ?? false
        let windows =
            hasShared
            ? shared?.windows ?? []
            : QuotaWindow.windows(
                of: decisionCase.engine.tuitionClaims(of: decisionCase.person, also: decisionCase), registry: registry)
        for window in windows {
            guard let share = window.shares(registry: registry).first(where: { isAsked($0.claim, decisionCase) }) else {
                continue
            }
            settle(&decision, share, window, rules)
        }
        TIP17.apply(to: &decision, decisionCase, rules)
        decision.reasons.append(TIP16.reason(decisionCase, rules))
        decision.reasons.append(
            TIP20.length(
                decisionCase.classHistory, decisionCase.id(of: decisionCase.classHistory.number),
                months: rules.classMaximumMonths))
        return decision
    }

    private static func isAsked(_ claim: TuitionClaim, _ decisionCase: DecisionCase) -> Bool {
        claim.decisionCase.enrolment.classNumber == decisionCase.enrolment.classNumber
    }

    private static func settle(
        _ decision: inout Decision, _ share: QuotaWindow.Share, _ window: QuotaWindow, _ rules: TuitionRules
    ) {
        let claim = share.claim
        decision.reasons = claim.verdict.reasons
        if claim.verdict.hasFailed {
            decision.outcome = .refused
            return
        }
        decision.reasons.append(TIP12.reason(window, claim.decisionCase))
        decision.reasons.append(TIP12.period(window, rules))
        decision.reasons.append(TIP13.reason(share, capNTD: rules.capNTD))
        decision.reasons.append(TIP14.reason(share, claim.decisionCase))
        decision.reasons.append(TIP15.reason(window, claim.decisionCase.engine.histories.registry, rules))
        let possible = min(claim.fullNTD, share.leftNTD)
        if possible == 0, claim.fullNTD > 0 {
            decision.outcome = .refused
        } else if !claim.verdict.missing.isEmpty {
            decision.outcome = .pending
            decision.missing = claim.verdict.missing
            decision.expectedAmountNTD = possible
        } else {
            decision.amountNTD = share.assessedNTD
            decision.outcome = share.assessedNTD < claim.fullNTD ? .reduced : .granted
        }
    }

    private static func notAQuotaClass(_ decisionCase: DecisionCase) -> Reason {
        TIP12.reason(
            .notApplicable,
            [
                "programme": .string(decisionCase.classHistory.programme.name),
                "enrolled": .bool(decisionCase.enrolment.started != nil),
            ], events: decisionCase.classHistory.fieldPositions)
    }
}
