import CivilTime
import Histories
import TrainingEvents

/// What one class comes to before the quota is looked at.
struct TuitionClaim<Kept: Evidence> {
    let decisionCase: DecisionCase
    let rules: Shared<TuitionRules>
    let verdict: Verdict<Kept>
    /// The subsidy without the quota, in NT$.
    let fullNTD: Int64
    /// Whether the class opens or belongs to a quota window (TIP-12).
    let tookPart: Bool
    /// The payouts of this class, in the order of the log.
    let payouts: [Payout]
    /// Paid less revoked, in NT$.
    let netPaidNTD: Int64

    init(_ decisionCase: DecisionCase, _ rules: Shared<TuitionRules>) {
        self.decisionCase = decisionCase
        self.rules = rules
        payouts = decisionCase.payouts(.tuitionSubsidy)
        netPaidNTD = payouts.netNTD
        var verdict = Verdict<Kept>()
        TIP04.assess(decisionCase, rules, &verdict)
        if let found = TIP07.assess(decisionCase, &verdict) {
            TIP05.assess(found, decisionCase, rules, &verdict)
            TIP06.assess(found, rules, &verdict)
        }
        TIP19.assess(decisionCase, &verdict)
        tookPart = decisionCase.enrolment.started != nil && !verdict.hasFailed

        TIP10.assess(decisionCase, rules, &verdict)
        RevokedPayout.assess(payouts, &verdict)

        let held = TIP08.held(decisionCase, rules)
        let rate = TIP09.rate(held, decisionCase, rules)
        TIP08.note(held, rate, decisionCase, in: &verdict.evidence)
        TIP09.note(rate, decisionCase, in: &verdict.evidence)
        fullNTD = rate.roundedDown(of: decisionCase.ruled.feeNTD)
        self.verdict = verdict
    }

    /// Whether a payout was made for the class, even if revoked since (TIP-14).
    var isPaid: Bool { !payouts.isEmpty }
    /// What counts against the quota while the class is unpaid; nothing while pending or refused.
    var claimedNTD: Int64 { verdict.hasFailed || !verdict.missing.isEmpty ? 0 : fullNTD }
}

/// A payout revoked as a false claim or as ineligible refuses that kind for that class (TIP-14, all kinds).
enum RevokedPayout: Clause {
    static let id = "TIP-14"

    /// Says nothing where no payout was revoked so.
    static func assess(_ payouts: [Payout], _ verdict: inout Verdict<some Evidence>) {
        guard !payouts.isEmpty else { return }
        let revocations = payouts.flatMap(\.revocations)
            .filter { $0.reason == .falseClaim || $0.reason == .ineligible }
        guard let first = revocations.first else { return }
        note(
            .failed, in: &verdict,
            ["revokedAs": .string(first.reason.name), "revokedOn": .string(first.on.description)],
            events: revocations.map(\.position), lack: Lack("revokedAs", has: .string(first.reason.name)))
    }
}
