import CivilTime
import Histories
import TrainingEvents

/// The decision `registration`: may apply, or which bar stands against it (TIP-01 to TIP-04, PRE-01 to PRE-07,
/// PRE-11, PRE-16, PRE-17, PRE-19).
enum RegistrationDecision {
    /// - Parameter untilStart: whether only what was so until the start day counts: a seat is given by then, and
    ///   insurance that begins during the class does not take it back (PRE-02, PRE-15).
    static func decide(_ decisionCase: DecisionCase, untilStart: Bool = false) -> Decision {
        var decision = Decision(.registration, of: decisionCase)
        let isPreEmployment = decisionCase.classHistory.programme == .preEmployment
        let rules: RegistrationRules
        switch decisionCase.rules.registration {
        case .success(let value): rules = value
        case .failure(let missing):
            decision.wait(for: missing, isPreEmployment ? PRE02.self : TIP01.self)
            return decision
        }
        guard let application = decisionCase.enrolment.application else {
            let facts: KeyValuePairs<String, JSONValue?> = ["applied": .bool(false)]
            decision.reasons = [
                isPreEmployment ? PRE19.reason(.notApplicable, facts) : TIP02.reason(.notApplicable, facts)
            ]
            return decision
        }
        var verdict = Verdict()
        if isPreEmployment {
            assessUnemployed(application, decisionCase, rules, untilStart: untilStart, &verdict)
        } else {
            assessEmployed(application, decisionCase, rules, &verdict)
        }
        decision.conclude(verdict)
        return decision
    }

    /// 產業人才投資方案: the online application of an employed worker.
    private static func assessEmployed(
        _ application: Application, _ decisionCase: DecisionCase, _ rules: RegistrationRules, _ verdict: inout Verdict
    ) {
        verdict.note(TIP01.assess(application, decisionCase, rules))
        verdict.note(TIP02.numbered(application, decisionCase))
        verdict.note(TIP03.assess(application, decisionCase))
        switch decisionCase.rules.tuition {
        case .success(let tuition): verdict.note(TIP04.assess(decisionCase, tuition))
        case .failure(let missing): verdict.note(.pending([missing.code]), TIP04.lacking(missing))
        }
        verdict.note(TIP22.reason(.notApplicable, ["idleMinutes": .number(rules.idleMinutes)]))
    }

    /// Pre-employment training: somebody out of work.
    private static func assessUnemployed(
        _ application: Application, _ decisionCase: DecisionCase, _ rules: RegistrationRules, untilStart: Bool,
        _ verdict: inout Verdict
    ) {
        verdict.note(PRE19.assess(application, decisionCase))
        verdict.note(PRE01.assess(decisionCase, rules))
        verdict.note(PRE02.assess(application, decisionCase, rules.unemployment, untilStart: untilStart))
        if let report = PRE15.unionReport(decisionCase, months: rules.unionReportMonths) { verdict.note(report) }
        let past = PastTraining(decisionCase, rules.history)
        verdict.note(PRE03.assess(past, decisionCase, rules.history))
        verdict.note(PRE04.assess(past, decisionCase, rules.history))
        verdict.note(PRE05.assess(past, decisionCase, rules.history))
        verdict.note(PRE06.assess(past, decisionCase, rules.history))
        if let referral = PRE07.finding(decisionCase, rules.insuranceCategory) { verdict.note(referral) }
        verdict.note(PRE11.reason(for: application, decisionCase, rules.forfeitYears))
        if let late = PRE17.finding(application, decisionCase, rules.cancellationNoticeDays) { verdict.note(late) }
    }
}

extension Decision {
    /// Refused where a clause failed, waiting where one is pending, else granted.
    mutating func conclude(_ verdict: Verdict) {
        reasons = verdict.reasons
        if verdict.hasFailed {
            outcome = .refused
        } else if verdict.missing.isEmpty {
            outcome = .granted
        } else {
            outcome = .pending
            missing = verdict.missing
        }
    }
}
