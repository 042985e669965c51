import CivilTime
import Histories
import TrainingEvents

/// What one class comes to before the quota is looked at.
struct TuitionClaim {
    let decisionCase: DecisionCase
    let rules: TuitionRules
    let verdict: Verdict
    /// The subsidy without the quota, in NT$.
    let fullNTD: Int64
    /// Whether the class opens or belongs to a quota window (TIP-12).
    let tookPart: Bool
    /// The payouts of this class, in the order of the log.
    let payouts: [Payout]

    init(_ decisionCase: DecisionCase, _ rules: TuitionRules) {
        self.decisionCase = decisionCase
        self.rules = rules
        payouts = decisionCase.payouts(.tuitionSubsidy)
        var verdict = Verdict()
        verdict.note(TIP04.assess(decisionCase, rules))
        let (found, verification) = TIP07.find(decisionCase)
        if let found {
            verdict.note(verification)
            let insured = TIP05.find(found, decisionCase, rules)
            verdict.note(insured.0, insured.1)
            let marked = TIP06.find(found, rules)
            verdict.note(marked.0, marked.1)
        } else {
            verdict.note(.pending(["insuranceStatement"]), verification)
        }
        let seat = TIP19.find(decisionCase)
        verdict.note(seat.0, seat.1)
        tookPart = decisionCase.enrolment.started != nil && !verdict.hasFailed

        let (completion, reasons) = TIP10.find(decisionCase, rules)
        verdict.note(completion, reasons[0])
        for reason in reasons.dropFirst() { verdict.note(reason) }
        if let revoked = RevokedPayout.reason(payouts) { verdict.note(.failed, revoked) }

        let held = TIP08.held(decisionCase, rules)
        let (rate, closing) = TIP09.rate(held, decisionCase, rules)
        verdict.note(TIP08.reasons(held, rate, decisionCase))
        verdict.note(closing)
        fullNTD = rate.roundedDown(of: decisionCase.classHistory.feeNTD)
        self.verdict = verdict
    }

    /// Whether a payout was made for the class, even if revoked since (TIP-14).
    var isPaid: Bool { !payouts.isEmpty }
    var netPaidNTD: Int64 { payouts.reduce(0) { $0 + $1.netNTD } }
    /// What counts against the quota while the class is unpaid; nothing while pending or refused.
    var claimedNTD: Int64 { verdict.hasFailed || !verdict.missing.isEmpty ? 0 : fullNTD }
}

/// A payout revoked as a false claim or as ineligible refuses that kind for that class (TIP-14, all kinds).
enum RevokedPayout: Clause {
    static let id = "TIP-14"

    static func reason(_ payouts: [Payout]) -> Reason? {
        let revocations = payouts.flatMap(\.revocations)
            .filter { $0.reason == .falseClaim || $0.reason == .ineligible }
        guard let first = revocations.first else { return nil }
        return reason(
            .failed, ["revokedAs": .string(first.reason.name), "revokedOn": .string(first.on.description)],
            events: revocations.map(\.position), lack: Lack("revokedAs", has: .string(first.reason.name)))
    }
}
