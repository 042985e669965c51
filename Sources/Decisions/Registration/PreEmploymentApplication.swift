import CivilTime
import Histories
import TrainingEvents

/// Complete by the closing day (PRE-19).
enum PRE19: Clause {
    static let id = "PRE-19"

    static func assess(
        _ application: Application, _ decisionCase: DecisionCase, _ verdict: inout Verdict<some Evidence>
    ) {
        let closesOn = decisionCase.ruled.history.fields.applicationClosesOn
        let submittedOn = application.at.taipeiDate
        let isLate = closesOn.map { submittedOn > $0 } ?? false
        note(
            isLate ? .failed : .met, in: &verdict,
            [
                "submittedOn": .string(submittedOn.description), "closesOn": closesOn.map { .string($0.description) },
            ],
            events: decisionCase.ruled.history.fieldPositions + [application.position],
            lack: isLate
                ? Lack(
                    "submittedOn", has: .string(submittedOn.description),
                    needed: closesOn.map { .string($0.description) }) : nil)
        ARI02.note(
            .applied, in: &verdict.evidence,
            ["submittedAt": .string(application.at.description), "offset": .string("+08:00")],
            events: [application.position], under: id)
    }
}

/// The referral that the insurance's own allowance needs (PRE-07).
enum PRE07: Clause {
    static let id = "PRE-07"

    /// Whether an involuntarily unemployed person has it by the application deadline; it bars from nothing here.
    static func noteFinding(_ decisionCase: DecisionCase, _ category: Category?, in evidence: inout some Evidence) {
        guard let category else { return }
        let held = decisionCase.person.certificates(of: category, on: decisionCase.startsOn)
        guard !held.isEmpty else { return }
        let classHistory = decisionCase.classHistory
        let referral = decisionCase.person.referrals.filter { $0.classNumber == classHistory.number }
            .min { ($0.on, $0.position) < ($1.on, $1.position) }
        let deadline = classHistory.fields.applicationClosesOn ?? classHistory.startsOn
        let isInTime = referral.map { $0.on <= deadline } ?? false
        noteFinding(
            in: &evidence,
            [
                "referralOn": referral.map { .string($0.on.description) }, "deadline": .string(deadline.description),
                "mayDrawInsuranceAllowance": .bool(isInTime),
            ], events: held.flatMap(\.positions) + [referral?.position].compactMap(\.self))
    }
}

/// A forfeited place: later applications to that centre rank as alternates for a year (PRE-11).
enum PRE11: Clause {
    static let id = "PRE-11"

    /// The forfeitures at the same unit within the years before an application.
    static func forfeitures(
        before application: Application, _ decisionCase: DecisionCase, years: Int
    ) -> [DayFact] {
        let window = Lookback(years: years, before: application.at.taipeiDate)
        let ruled = decisionCase.ruled
        var found: [DayFact] = []
        let enrolments = decisionCase.person.enrolments
        for index in enrolments.indices where !enrolments[index].forfeitures.isEmpty {
            let enrolment = enrolments[index]
            guard let other = decisionCase.engine.ruled(enrolment.classNumber), other.isPreEmployment,
                other.history.fields.unit == ruled.history.fields.unit
            else { continue }
            found += enrolment.forfeitures.filter {
                window.contains($0.on)
                    && (enrolment.classNumber != ruled.history.number || $0.position < application.position)
            }
        }
        return found
    }

    static func note(
        for application: Application, _ decisionCase: DecisionCase, years: Int, in evidence: inout some Evidence
    ) {
        let found = forfeitures(before: application, decisionCase, years: years)
        note(
            found.isEmpty ? .notApplicable : .applied, in: &evidence,
            [
                "forfeitedOn": .array(found.map { .string($0.on.description) }),
                "ranksAsAlternate": .bool(!found.isEmpty),
            ], events: found.map(\.position))
    }
}

/// Cancelling an application in time (PRE-17).
enum PRE17: Clause {
    static let id = "PRE-17"

    /// What there is to say of a withdrawn application; nothing of one that stands or was refused.
    static func noteFinding(
        _ application: Application, _ decisionCase: DecisionCase, noticeDays: Int, in evidence: inout some Evidence
    ) {
        guard let closed = application.closed, application.isWithdrawn else { return }
        let latest = decisionCase.startsOn.adding(days: -noticeDays)
        noteFinding(
            in: &evidence,
            [
                "withdrawnOn": .string(closed.on.description), "latestDay": .string(latest.description),
                "isLate": .bool(closed.on > latest),
            ], events: [closed.position])
    }
}
