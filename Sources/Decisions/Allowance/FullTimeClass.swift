import CivilTime
import Histories
import TrainingEvents

/// A full-time class: a month or longer, four training days a week, four daytime hours on each, a hundred hours a
/// month (LIV-01). Weeks and months are averages over the class [reading].
enum LIV01: Clause {
    static let id = "LIV-01"

    static func find(_ decisionCase: DecisionCase, _ rules: AllowanceRules.FullTime) -> (Finding, Reason) {
        let classHistory = decisionCase.classHistory
        let length = Int64(classHistory.endsOn.days(since: classHistory.startsOn)) + 1
        let days = Int64(classHistory.daySchedules.count)
        let minutes = classHistory.minutesScheduled
        let shortest = shortestDaytime(classHistory, rules)
        let isFullTime =
            classHistory.endsOn >= classHistory.startsOn.endOfPeriod(months: rules.minimumMonths)
            && days * 7 >= rules.daysPerWeek * length && shortest >= rules.daytimeMinutesPerDay
            && minutes * 30 >= rules.minutesPerMonth * length
        // Without any timetable the class may still turn out to be full-time.
        let finding: Finding =
            classHistory.schedulePosition == nil ? .pending(["class.scheduled"]) : isFullTime ? .met : .failed
        let facts: KeyValuePairs<String, JSONValue?> = [
            "startsOn": .string(classHistory.startsOn.description), "endsOn": .string(classHistory.endsOn.description),
            "lengthDays": .integer(length), "trainingDays": .integer(days), "scheduledMinutes": .integer(minutes),
            "shortestDaytimeMinutes": .integer(shortest),
        ]
        let events = classHistory.fieldPositions + [classHistory.schedulePosition].compactMap(\.self)
        return (
            finding,
            reason(
                Reason.Result(finding), facts, events: events,
                lack: finding == .met ? nil : lack(classHistory, length: length, shortest: shortest, rules))
        )
    }

    /// The first of the four tests that the class does not pass.
    private static func lack(
        _ classHistory: ClassHistory, length: Int64, shortest: Int64, _ rules: AllowanceRules.FullTime
    ) -> Lack {
        guard classHistory.schedulePosition != nil else { return Lack("class.scheduled") }
        let end = classHistory.startsOn.endOfPeriod(months: rules.minimumMonths)
        if classHistory.endsOn < end {
            return Lack("endsOn", has: .string(classHistory.endsOn.description), needed: .string(end.description))
        }
        let days = Int64(classHistory.daySchedules.count)
        let daysNeeded = (rules.daysPerWeek * length + 6) / 7
        if days < daysNeeded { return Lack("trainingDays", has: .integer(days), needed: .integer(daysNeeded)) }
        if shortest < rules.daytimeMinutesPerDay {
            return Lack(
                "shortestDaytimeMinutes", has: .integer(shortest), needed: .integer(rules.daytimeMinutesPerDay))
        }
        return Lack(
            "scheduledMinutes", has: .integer(classHistory.minutesScheduled),
            needed: .integer((rules.minutesPerMonth * length + 29) / 30))
    }

    /// The fewest daytime minutes of any training day; 0 without training days.
    private static func shortestDaytime(_ classHistory: ClassHistory, _ rules: AllowanceRules.FullTime) -> Int64 {
        var shortest: Int64?
        var day: CivilDate?
        var minutes: Int64 = 0
        for session in classHistory.sessions {
            if session.on != day {
                if day != nil { shortest = min(shortest ?? minutes, minutes) }
                day = session.on
                minutes = 0
            }
            let from = max(Int64(session.from.minutes), rules.daytimeFrom)
            let to = min(Int64(session.to.minutes), rules.daytimeTo)
            minutes += max(0, to - from)
        }
        return day == nil ? 0 : min(shortest ?? minutes, minutes)
    }
}
