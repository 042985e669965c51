import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// The decision `livingAllowance` (LIV-01 to LIV-14).
enum AllowanceDecision {
    static func decide<Kept: Evidence>(_ decisionCase: DecisionCase, _ evidence: inout Kept) -> Decision {
        var decision = Decision(.livingAllowance, of: decisionCase)
        let payouts = decisionCase.payouts(.livingAllowance)
        decision.paidNTD = payouts.netNTD
        decision.payee = .trainee
        guard decisionCase.ruled.isPreEmployment,
            decisionCase.enrolment.started != nil || decisionCase.isAwaitingStart
        else {
            LIV01.note(
                .notApplicable, in: &evidence,
                [
                    "programme": .string(decisionCase.ruled.programme.name),
                    "enrolled": .bool(decisionCase.enrolment.started != nil),
                ], events: decisionCase.ruled.history.fieldPositions)
            return decision
        }
        switch decisionCase.rules.allowance {
        case .success(let rules):
            var assessment = AllowanceAssessment<Kept>(decisionCase, payouts)
            assessment.assess(rules)
            assessment.conclude(&decision, rules)
            evidence.take(assessment.verdict.evidence)
        case .failure(let missing): decision.wait(for: missing, LIV01.self, in: &evidence)
        }
        return decision
    }
}

/// The clauses of the living allowance, applied one after the other.
private struct AllowanceAssessment<Kept: Evidence> {
    let decisionCase: DecisionCase
    let payouts: [Payout]
    var verdict = Verdict<Kept>()
    /// What the participation comes to without a cap.
    var wanted: [AllowanceMonth] = []
    /// What is left of it under the caps.
    var months: [AllowanceMonth] = []

    init(_ decisionCase: DecisionCase, _ payouts: [Payout]) {
        self.decisionCase = decisionCase
        self.payouts = payouts
    }

    mutating func assess(_ rules: Shared<AllowanceRules>) {
        let applications = decisionCase.enrolment.allowanceApplications.filter { $0.kind == .livingAllowance }
        LIV01.assess(decisionCase, rules.fullTime, &verdict)
        let held = LIV02.held(decisionCase, rules)
        LIV02.assess(held, decisionCase, &verdict)
        CAT01.note(held, on: decisionCase.startsOn, under: LIV02.id, in: &verdict.evidence)
        LIV13.noteFinding(held, .allowance, decisionCase, in: &verdict.evidence)
        let status = LIV03.assess(decisionCase, rules, &verdict)
        let later = LIV04.assess(decisionCase, rules, &verdict)
        PRE07.noteFinding(decisionCase, rules.insuranceCategory, in: &verdict.evidence)
        PRE15.noteFindings(later, decisionCase, rules, in: &verdict.evidence)
        LIV05.assess(decisionCase, rules, &verdict)
        RevokedPayout.assess(payouts, &verdict)
        LIV11.assess(applications, decisionCase, rules, &verdict)
        if !held.isEmpty { LIV12.assess(held, applications, decisionCase, rules, &verdict) }
        if decisionCase.enrolment.started == nil {
            LIV14.note(waiting: decisionCase, in: &verdict.evidence)
            verdict.count(.pending(["enrolment.started"]))
        }
        let participation = Participation(decisionCase, rules, lastDayBefore: later?.from)
        wanted = participation.months
        LIV07.assess(participation, decisionCase, rules, &verdict)
        LIV08.note(participation, in: &verdict.evidence)
        applyCaps(rules.cap, exception: status == .exception)
    }

    private mutating func applyCaps(_ rules: AllowanceRules.Cap, exception: Bool) {
        let total = wanted.halfMonths
        let use = AllowanceUse(of: decisionCase.person, before: decisionCase.startsOn, rules)
        months = LIV09.limit(wanted, to: use.remainingHalfMonths)
        LIV09.assess(use, wanted: total, isNothingLeft: months.isEmpty && total > 0, decisionCase, rules, &verdict)
        guard exception, !months.isEmpty else { return }
        let remaining = LIV10.remaining(decisionCase, cap: use.capHalfMonths, rules)
        months = LIV09.limit(months, to: remaining)
        LIV10.assess(
            remaining, isNothingLeft: months.isEmpty, decisionCase, cap: use.capHalfMonths, rules, &verdict)
    }

    /// Open enrolments wait for their remainder; whole months that ended by the as-of day are granted (LIV-14).
    private var isOpen: Bool {
        decisionCase.enrolment.ending == nil && decisionCase.ruled.cancelled == nil
            && decisionCase.enrolment.started != nil
    }

    mutating func conclude(_ decision: inout Decision, _ rules: Shared<AllowanceRules>) {
        let instalments = LIV06.instalments(months, rules)
        LIV06.assess(instalments, months, rules, &verdict)
        let possible = instalments ?? []
        if isOpen { LIV14.note(waiting: decisionCase, in: &verdict.evidence) }
        decision.missing = verdict.missing
        if verdict.hasFailed {
            decision.outcome = .refused
            decision.missing = []
        } else if isOpen || !verdict.missing.isEmpty {
            decision.outcome = .pending
            decision.expectedAmountNTD = possible.amountNTD
            if verdict.missing.isEmpty { decision.grant(endedMonths(of: possible)) }
            if isOpen { decision.missing.append("completion") }
        } else {
            decision.outcome = months == wanted ? .granted : .reduced
            decision.grant(possible)
        }
    }

    private func endedMonths(of instalments: [Instalment]) -> [Instalment] {
        zip(months, instalments)
            .filter { $0.0.isWhole && $0.0.to <= decisionCase.engine.asOfDay }.map { $0.1 }
    }
}

extension [Instalment] {
    /// The sum of the amounts, in NT$.
    var amountNTD: Int64 { reduce(0) { $0 + $1.amountNTD } }
}

extension Decision {
    /// Grants these instalments and what they come to.
    mutating func grant(_ instalments: [Instalment]) {
        self.instalments = instalments
        amountNTD = instalments.amountNTD
        halfMonths = instalments.reduce(0) { $0 + $1.halfMonths }
    }
}

/// While the enrolment is open (LIV-14).
enum LIV14: Clause {
    static let id = "LIV-14"

    static func note(waiting decisionCase: DecisionCase, in evidence: inout some Evidence) {
        note(
            .pending, in: &evidence,
            [
                "started": .bool(decisionCase.enrolment.started != nil),
                "asOfDay": .string(decisionCase.engine.asOfDay.description),
            ], events: decisionCase.enrolment.started.map { [$0.position] } ?? [],
            lack: Lack(decisionCase.enrolment.started == nil ? "enrolment.started" : "completion"))
    }
}
