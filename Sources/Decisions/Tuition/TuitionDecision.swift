import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// The decision `tuitionSubsidy` (TIP-04 to TIP-17).
enum TuitionDecision {
    /// - Parameter shared: the person's claims, if they are at hand; they serve for every class taken part in.
    static func decide<Kept: Evidence>(
        _ decisionCase: DecisionCase, _ shared: QuotaClaims<Kept>?, _ evidence: inout Kept
    ) -> Decision {
        var decision = Decision(.tuitionSubsidy, of: decisionCase)
        decision.paidNTD = decisionCase.payouts(.tuitionSubsidy).netNTD
        decision.payee = .trainee
        let rules: Shared<TuitionRules>
        switch decisionCase.rules.tuition {
        case .success(let value): rules = value
        case .failure(let missing):
            decision.wait(for: missing, TIP12.self, in: &evidence)
            return decision
        }
        guard rules.programmes.contains(decisionCase.ruled.programme),
            decisionCase.enrolment.started != nil || decisionCase.isAwaitingStart
        else {
            TIP12.note(
                .notApplicable, in: &evidence,
                [
                    "programme": .string(decisionCase.ruled.programme.name),
                    "enrolled": .bool(decisionCase.enrolment.started != nil),
                ], events: decisionCase.ruled.history.fieldPositions)
            return decision
        }
        if let (window, share) = shared?.share(of: decisionCase) ?? claims(askedAbout: decisionCase) {
            settle(&decision, share, window, rules, &evidence)
        }
        TIP17.apply(to: &decision, decisionCase, rules, in: &evidence)
        TIP16.noteFinding(decisionCase, rules, in: &evidence)
        TIP20.noteLength(
            decisionCase.ruled.history, decisionCase.engine, months: rules.classMaximumMonths, in: &evidence)
        return decision
    }

    /// The claims with this class among them, whether the person took part in it or not.
    private static func claims<Kept: Evidence>(
        askedAbout decisionCase: DecisionCase
    ) -> (window: QuotaWindow<Kept>, share: QuotaWindow<Kept>.Share)? {
        let engine = decisionCase.engine
        let cases = decisionCase.person.enrolments.count == 1 ? [decisionCase] : engine.cases(of: decisionCase.person)
        return QuotaClaims<Kept>(of: cases, also: decisionCase, engine).share(of: decisionCase)
    }

    private static func settle<Kept: Evidence>(
        _ decision: inout Decision, _ share: QuotaWindow<Kept>.Share, _ window: QuotaWindow<Kept>,
        _ rules: Shared<TuitionRules>, _ evidence: inout Kept
    ) {
        let claim = share.claim
        evidence.take(claim.verdict.evidence)
        if claim.verdict.hasFailed {
            decision.outcome = .refused
            return
        }
        TIP12.note(window, claim.decisionCase, in: &evidence)
        ARI03.note(window, rules, in: &evidence)
        TIP13.note(share, capNTD: rules.capNTD, in: &evidence)
        TIP14.note(share, claim.decisionCase, in: &evidence)
        TIP15.note(window, rules, in: &evidence)
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
}
