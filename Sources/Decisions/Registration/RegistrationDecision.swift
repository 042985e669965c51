import CivilTime
import Histories
import TrainingEvents

/// The decision `registration`: may apply, or which bar stands against it (TIP-01 to TIP-04, PRE-01 to PRE-07,
/// PRE-11, PRE-16, PRE-17, PRE-19).
enum RegistrationDecision {
    /// - Parameter untilStart: whether only what was so until the start day counts: a seat is given by then, and
    ///   insurance that begins during the class does not take it back (PRE-02, PRE-15).
    static func decide<Kept: Evidence>(
        _ decisionCase: DecisionCase, untilStart: Bool = false, _ evidence: inout Kept
    ) -> Decision {
        var decision = Decision(.registration, of: decisionCase)
        let isPreEmployment = decisionCase.ruled.isPreEmployment
        let rules: Shared<RegistrationRules>
        switch decisionCase.rules.registration {
        case .success(let value): rules = value
        case .failure(let missing):
            if isPreEmployment {
                decision.wait(for: missing, PRE02.self, in: &evidence)
            } else {
                decision.wait(for: missing, TIP01.self, in: &evidence)
            }
            return decision
        }
        guard let application = decisionCase.enrolment.application else {
            if isPreEmployment {
                PRE19.note(.notApplicable, in: &evidence, ["applied": .bool(false)])
            } else {
                TIP02.note(.notApplicable, in: &evidence, ["applied": .bool(false)])
            }
            return decision
        }
        var verdict = Verdict<Kept>()
        if isPreEmployment {
            assessUnemployed(application, decisionCase, rules, untilStart: untilStart, &verdict)
        } else {
            assessEmployed(application, decisionCase, rules, &verdict)
        }
        decision.conclude(verdict)
        evidence.take(verdict.evidence)
        return decision
    }

    /// 產業人才投資方案: the online application of an employed worker.
    private static func assessEmployed(
        _ application: Application, _ decisionCase: DecisionCase, _ rules: Shared<RegistrationRules>,
        _ verdict: inout Verdict<some Evidence>
    ) {
        TIP01.assess(application, decisionCase, rules, &verdict)
        TIP02.note(numbered: application, decisionCase, in: &verdict.evidence)
        TIP03.assess(application, decisionCase, &verdict)
        switch decisionCase.rules.tuition {
        case .success(let tuition): TIP04.assess(decisionCase, tuition, &verdict)
        case .failure(let missing): TIP04.wait(for: missing, &verdict)
        }
        TIP22.note(.notApplicable, in: &verdict.evidence, ["idleMinutes": .number(rules.idleMinutes)])
    }

    /// Pre-employment training: somebody out of work.
    private static func assessUnemployed(
        _ application: Application, _ decisionCase: DecisionCase, _ rules: Shared<RegistrationRules>, untilStart: Bool,
        _ verdict: inout Verdict<some Evidence>
    ) {
        PRE19.assess(application, decisionCase, &verdict)
        PRE01.assess(decisionCase, rules, &verdict)
        PRE02.assess(application, decisionCase, rules.unemployment, untilStart: untilStart, &verdict)
        PRE15.noteUnionReport(decisionCase, months: rules.unionReportMonths, in: &verdict.evidence)
        let past = PastTraining(decisionCase, rules.history)
        PRE03.assess(past, decisionCase, rules.history, &verdict)
        PRE04.assess(past, decisionCase, rules.history, &verdict)
        PRE05.assess(past, decisionCase, rules.history, &verdict)
        PRE06.assess(past, decisionCase, rules.history, &verdict)
        PRE07.noteFinding(decisionCase, rules.insuranceCategory, in: &verdict.evidence)
        PRE11.note(for: application, decisionCase, years: rules.forfeitYears, in: &verdict.evidence)
        PRE17.noteFinding(
            application, decisionCase, noticeDays: rules.cancellationNoticeDays, in: &verdict.evidence)
    }
}

extension Decision {
    /// Refused where a clause failed, waiting where one is pending, else granted.
    mutating func conclude(_ verdict: Verdict<some Evidence>) {
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
