import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// The decision `livingAllowance` (LIV-01 to LIV-14).
enum AllowanceDecision {
    static func decide(_ decisionCase: DecisionCase) -> Decision {
        var decision = Decision(.livingAllowance, of: decisionCase)
        let payouts = decisionCase.payouts(.livingAllowance)
        decision.paidNTD = payouts.reduce(0) { $0 + $1.netNTD }
        decision.payee = .trainee
        guard decisionCase.classHistory.programme == .preEmployment,
            decisionCase.enrolment.started != nil || decisionCase.enrolment.isAwaitingStart
        else {
            decision.reasons = [
                LIV01.reason(
                    .notApplicable,
                    [
                        "programme": .string(decisionCase.classHistory.programme.name),
                        "enrolled": .bool(decisionCase.enrolment.started != nil),
                    ], events: decisionCase.classHistory.fieldPositions)
            ]
            return decision
        }
        switch decisionCase.rules.allowance {
        case .success(let rules):
            var assessment = AllowanceAssessment(decisionCase, rules, payouts)
            assessment.assess()
            assessment.conclude(&decision)
        case .failure(let missing): decision.wait(for: missing, LIV01.self)
        }
        return decision
    }
}

/// The clauses of the living allowance, applied one after the other.
private struct AllowanceAssessment {
    let decisionCase: DecisionCase
    let rules: AllowanceRules
    let payouts: [Payout]
    var verdict = Verdict()
    /// What the participation comes to without a cap.
    var wanted: [AllowanceMonth] = []
    /// What is left of it under the caps.
    var months: [AllowanceMonth] = []

    init(_ decisionCase: DecisionCase, _ rules: AllowanceRules, _ payouts: [Payout]) {
        self.decisionCase = decisionCase
        self.rules = rules
        self.payouts = payouts
    }

    mutating func assess() {
        let applications = decisionCase.enrolment.allowanceApplications.filter { $0.kind == .livingAllowance }
        let fullTime = LIV01.find(decisionCase, rules.fullTime)
        verdict.note(fullTime.0, fullTime.1)
        let held = LIV02.held(decisionCase, rules)
        let category = LIV02.find(held, decisionCase)
        verdict.note(category.0, category.1)
        verdict.note(CAT01.reason(held, on: decisionCase.startsOn, under: LIV02.id))
        if let check = LIV13.finding(held.map(\.category), .allowance, decisionCase) { verdict.note(check) }
        let (status, insuranceFirst, insuranceReason) = LIV03.find(decisionCase, rules)
        verdict.note(insuranceFirst, insuranceReason)
        let insured = LIV04.find(decisionCase, rules)
        verdict.note(insured.finding, insured.reason)
        if let referral = PRE07.finding(decisionCase, rules.insuranceCategory.name) { verdict.note(referral) }
        verdict.note(PRE15.findings(insured, decisionCase, rules))
        let oldAge = LIV05.find(decisionCase, rules)
        verdict.note(oldAge.0, oldAge.1)
        if let revoked = RevokedPayout.reason(payouts) { verdict.note(.failed, revoked) }
        if let barred = LIV11.find(applications, decisionCase, rules) { verdict.note(barred.0, barred.1) }
        if !held.isEmpty {
            let papers = LIV12.find(held, applications, decisionCase, rules)
            verdict.note(papers.0, papers.1)
        }
        if decisionCase.enrolment.started == nil {
            verdict.note(.pending(["enrolment.started"]), LIV14.reason(.pending, decisionCase))
        }
        let participation = Participation(decisionCase, rules, lastDayBefore: insured.firstLaterDay)
        wanted = participation.months
        for reason in participation.reasons {
            verdict.note(reason.clause == LIV07.id && wanted.isEmpty ? .failed : .met, reason)
        }
        applyCaps(exception: status == .exception)
    }

    private mutating func applyCaps(exception: Bool) {
        let total = wanted.reduce(0) { $0 + $1.halfMonths }
        let use = AllowanceUse(of: decisionCase.person, before: decisionCase.startsOn, rules.cap)
        months = LIV09.limit(wanted, to: use.remainingHalfMonths)
        verdict.note(months.isEmpty && total > 0 ? .failed : .met, LIV09.reason(use, wanted: total))
        guard exception, !months.isEmpty else { return }
        let later = LIV10.find(decisionCase, cap: use.capHalfMonths, rules.cap)
        months = LIV09.limit(months, to: later.remaining)
        verdict.note(months.isEmpty ? .failed : .met, later.reason)
    }

    /// Open enrolments wait for their remainder; whole months that ended by the as-of day are granted (LIV-14).
    private var isOpen: Bool {
        decisionCase.enrolment.ending == nil && decisionCase.classHistory.cancelled == nil
            && decisionCase.enrolment.started != nil
    }

    mutating func conclude(_ decision: inout Decision) {
        let instalments = LIV06.instalments(months, rules)
        verdict.note(
            instalments == nil ? .pending([MissingParameter.code(of: .allowanceBasicWage)]) : .met,
            LIV06.reason(instalments, months, rules))
        let possible = instalments ?? []
        if isOpen { verdict.note(LIV14.reason(.pending, decisionCase)) }
        decision.reasons = verdict.reasons
        decision.missing = verdict.missing
        if verdict.hasFailed {
            decision.outcome = .refused
            decision.missing = []
        } else if isOpen || !verdict.missing.isEmpty {
            decision.outcome = .pending
            decision.expectedAmountNTD = possible.reduce(0) { $0 + $1.amountNTD }
            if verdict.missing.isEmpty { grant(endedMonths(of: possible), &decision) }
            if isOpen { decision.missing.append("completion") }
        } else {
            decision.outcome = months == wanted ? .granted : .reduced
            grant(possible, &decision)
        }
    }

    private func endedMonths(of instalments: [Instalment]) -> [Instalment] {
        zip(months, instalments)
            .filter { $0.0.isWhole && $0.0.to <= decisionCase.engine.asOfDay }.map { $0.1 }
    }

    private func grant(_ instalments: [Instalment], _ decision: inout Decision) {
        decision.instalments = instalments
        decision.amountNTD = instalments.reduce(0) { $0 + $1.amountNTD }
        decision.halfMonths = instalments.reduce(0) { $0 + $1.halfMonths }
    }
}

/// While the enrolment is open (LIV-14).
enum LIV14: Clause {
    static let id = "LIV-14"

    static func reason(_ result: Reason.Result, _ decisionCase: DecisionCase) -> Reason {
        reason(
            result,
            [
                "started": .bool(decisionCase.enrolment.started != nil),
                "asOfDay": .string(decisionCase.engine.asOfDay.description),
            ], events: decisionCase.enrolment.started.map { [$0.position] } ?? [],
            lack: Lack(decisionCase.enrolment.started == nil ? "enrolment.started" : "completion"))
    }
}
