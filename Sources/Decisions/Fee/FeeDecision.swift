import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// The decision `feeShare`: what the trainee pays of the fee, and what the government bears (PRE-12, PRE-13, TIP-17).
///
/// What was paid are the fees less refunds; `due` is what the trainee still pays, negative where money goes back.
enum FeeDecision {
    static func decide(_ decisionCase: DecisionCase, _ evidence: inout some Evidence) -> Decision {
        var decision = Decision(.feeShare, of: decisionCase)
        decision.governmentShareNTD = 0
        let isPreEmployment = decisionCase.ruled.isPreEmployment
        let rules: Shared<FeeRules>
        switch decisionCase.rules.fee {
        case .success(let value): rules = value
        case .failure(let missing):
            if isPreEmployment {
                decision.wait(for: missing, PRE12.self, in: &evidence)
            } else {
                decision.wait(for: missing, TIP17.self, in: &evidence)
            }
            return decision
        }
        decision.paidNTD = decisionCase.enrolment.fees.reduce(0) { $0 + $1.amountNTD }
        guard
            decisionCase.enrolment.started != nil || decisionCase.isAwaitingStart
                || !decisionCase.enrolment.fees.isEmpty
        else {
            PRE12.note(.notApplicable, in: &evidence, ["enrolled": .bool(false)])
            return decision
        }
        if isPreEmployment {
            share(&decision, decisionCase, rules, &evidence)
        } else {
            prepay(&decision, decisionCase, rules, &evidence)
        }
        return decision
    }

    private static func share(
        _ decision: inout Decision, _ decisionCase: DecisionCase, _ rules: Shared<FeeRules>,
        _ evidence: inout some Evidence
    ) {
        let feeNTD = decisionCase.ruled.feeNTD
        let governmentNTD = rules.governmentRate.roundedDown(of: feeNTD)
        let waiver = FeeWaiver(decisionCase, rules)
        let refund = FeeRefund(decisionCase)
        decision.amountNTD = waiver.state == .granted ? 0 : feeNTD - governmentNTD
        decision.governmentShareNTD = feeNTD - decision.amountNTD
        decision.outcome = .granted
        if case .waiting(let papers) = waiver.state, !refund.endsTheShare {
            decision.outcome = .pending
            decision.missing = papers
        }
        PRE12.note(waiver, refund, decision, decisionCase, rules, in: &evidence)
        ARI01.note(
            .applied, in: &evidence,
            [
                "rate": .string(rules.governmentRate.description), "feeNTD": .integer(feeNTD),
                "governmentNTD": .integer(governmentNTD),
            ], under: PRE12.id)
        waiver.noteSupports(decisionCase, in: &evidence)
        PRE13.note(refund, decisionCase, in: &evidence)
        guard refund.endsTheShare else { return }
        // Everything goes back, or a place that was given up costs what was paid for it and nothing more [reading].
        decision.amountNTD = refund.isDue ? 0 : min(refund.paymentsNTD, decision.amountNTD)
        decision.governmentShareNTD = feeNTD - decision.amountNTD
    }

    /// Quota programmes: the trainee prepays the fee, or half of it where the unit collects half.
    private static func prepay(
        _ decision: inout Decision, _ decisionCase: DecisionCase, _ rules: Shared<FeeRules>,
        _ evidence: inout some Evidence
    ) {
        let ruled = decisionCase.ruled
        let isHalf =
            ruled.feeCollection == .half && rules.halfPrepaymentProgrammes.contains(decisionCase.ruled.programme)
        decision.outcome = .granted
        decision.amountNTD =
            isHalf ? rules.halfPrepayment.roundedUp(of: ruled.feeNTD) : ruled.feeNTD
        decision.governmentShareNTD = ruled.feeNTD - decision.amountNTD
        let prepaysNTD = decision.amountNTD
        TIP17.note(
            .applied, in: &evidence,
            [
                "feeNTD": .integer(ruled.feeNTD), "prepaysNTD": .integer(prepaysNTD),
                "prepaid": .string(isHalf ? rules.halfPrepayment.description : "1/1"),
                "collection": .string(ruled.feeCollection.name),
            ], events: ruled.history.fieldPositions + decisionCase.enrolment.fees.map(\.position))
    }
}

/// Shares of money round the government's part down (ARI-01 [reading]).
enum ARI01: Clause {
    static let id = "ARI-01"
}
