import CivilTime
import Histories
import TrainingEvents

/// Complete by the closing day (PRE-19).
enum PRE19: Clause {
    static let id = "PRE-19"

    static func assess(_ application: Application, _ decisionCase: DecisionCase) -> Assessed {
        let closesOn = decisionCase.classHistory.fields.applicationClosesOn
        let submittedOn = application.at.taipeiDate
        let isLate = closesOn.map { submittedOn > $0 } ?? false
        let facts: KeyValuePairs<String, JSONValue?> = [
            "submittedOn": .string(submittedOn.description), "closesOn": closesOn.map { .string($0.description) },
        ]
        let main = reason(
            isLate ? .failed : .met, facts,
            events: decisionCase.classHistory.fieldPositions + [application.position],
            lack: isLate
                ? Lack(
                    "submittedOn", has: .string(submittedOn.description),
                    needed: closesOn.map { .string($0.description) }) : nil)
        let day = ARI02.reason(
            .applied, ["submittedAt": .string(application.at.description), "offset": .string("+08:00")],
            events: [application.position], under: id)
        return Assessed(finding: isLate ? .failed : .met, reason: main, supports: [day])
    }
}

/// The referral that the insurance's own allowance needs (PRE-07).
enum PRE07: Clause {
    static let id = "PRE-07"

    /// Whether an involuntarily unemployed person has it by the application deadline; it bars from nothing here.
    static func finding(_ decisionCase: DecisionCase, _ category: String) -> Reason? {
        let held = decisionCase.person.identities.filter {
            $0.category.name == category && $0.holds(on: decisionCase.startsOn)
        }
        guard !held.isEmpty else { return nil }
        let classHistory = decisionCase.classHistory
        let referral = decisionCase.person.referrals.filter { $0.classNumber == classHistory.number }
            .min { ($0.on, $0.position) < ($1.on, $1.position) }
        let deadline = classHistory.fields.applicationClosesOn ?? classHistory.startsOn
        let isInTime = referral.map { $0.on <= deadline } ?? false
        return finding(
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
        of person: PersonHistory, before application: Application, in classHistory: ClassHistory,
        _ histories: LedgerHistories, years: Int
    ) -> [DayFact] {
        let window = Lookback(years: years, before: application.at.taipeiDate)
        return person.enrolments.flatMap { enrolment -> [DayFact] in
            guard let other = histories.class(enrolment.classNumber), other.programme == .preEmployment,
                other.fields.unit == classHistory.fields.unit
            else { return [] }
            return enrolment.forfeitures.filter {
                window.contains($0.on)
                    && (enrolment.classNumber != classHistory.number || $0.position < application.position)
            }
        }
    }

    static func reason(for application: Application, _ decisionCase: DecisionCase, _ years: Int) -> Reason {
        let found = forfeitures(
            of: decisionCase.person, before: application, in: decisionCase.classHistory,
            decisionCase.engine.histories, years: years)
        return reason(
            found.isEmpty ? .notApplicable : .applied,
            [
                "forfeitedOn": .array(found.map { .string($0.on.description) }),
                "ranksAsAlternate": .bool(!found.isEmpty),
            ], events: found.map(\.position))
    }
}

/// Cancelling an application in time (PRE-17).
enum PRE17: Clause {
    static let id = "PRE-17"

    /// What there is to say of a withdrawn application; `nil` for one that stands or was refused.
    static func finding(_ application: Application, _ decisionCase: DecisionCase, _ noticeDays: Int) -> Reason? {
        guard let closed = application.closed, application.isWithdrawn else { return nil }
        let latest = decisionCase.startsOn.adding(days: -noticeDays)
        return finding(
            [
                "withdrawnOn": .string(closed.on.description), "latestDay": .string(latest.description),
                "isLate": .bool(closed.on > latest),
            ], events: [closed.position])
    }
}
