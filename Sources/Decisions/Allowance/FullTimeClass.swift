import CivilTime
import Histories
import TrainingEvents

/// What a timetable comes to for the four tests of a full-time class (LIV-01).
struct FullTimeFigures: Sendable {
    let lengthDays: Int64
    let trainingDays: Int64
    let minutesScheduled: Int64
    /// The fewest daytime minutes of any training day; 0 without training days.
    let shortestDaytimeMinutes: Int64

    /// - Parameter rules: those of the class's start day; without them no daytime is known, and nobody asks.
    init(_ classHistory: ClassHistory, _ rules: DatedRules) {
        lengthDays = Int64(classHistory.endsOn.days(since: classHistory.startsOn)) + 1
        trainingDays = Int64(classHistory.daySchedules.count)
        minutesScheduled = classHistory.minutesScheduled
        if classHistory.programme == .preEmployment, case .success(let allowance) = rules.allowance {
            shortestDaytimeMinutes = Self.shortestDaytime(classHistory, allowance.fullTime)
        } else {
            shortestDaytimeMinutes = 0
        }
    }

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

/// A full-time class: a month or longer, four training days a week, four daytime hours on each, a hundred hours a
/// month (LIV-01). Weeks and months are averages over the class [reading].
enum LIV01: Clause {
    static let id = "LIV-01"

    static func assess(
        _ decisionCase: DecisionCase, _ rules: AllowanceRules.FullTime, _ verdict: inout Verdict<some Evidence>
    ) {
        let ruled = decisionCase.ruled
        let figures = ruled.fullTime
        let isFullTime =
            ruled.endsOn >= ruled.startsOn.endOfPeriod(months: rules.minimumMonths)
            && figures.trainingDays * 7 >= rules.daysPerWeek * figures.lengthDays
            && figures.shortestDaytimeMinutes >= rules.daytimeMinutesPerDay
            && figures.minutesScheduled * 30 >= rules.minutesPerMonth * figures.lengthDays
        // Without any timetable the class may still turn out to be full-time.
        let finding: Finding =
            ruled.history.schedulePosition == nil ? .pending(["class.scheduled"]) : isFullTime ? .met : .failed
        note(
            finding, in: &verdict,
            [
                "startsOn": .string(ruled.startsOn.description), "endsOn": .string(ruled.endsOn.description),
                "lengthDays": .integer(figures.lengthDays), "trainingDays": .integer(figures.trainingDays),
                "scheduledMinutes": .integer(figures.minutesScheduled),
                "shortestDaytimeMinutes": .integer(figures.shortestDaytimeMinutes),
            ], events: ruled.history.fieldPositions + [ruled.history.schedulePosition].compactMap(\.self),
            lack: finding == .met ? nil : lack(ruled, rules))
    }

    /// The first of the four tests that the class does not pass.
    private static func lack(_ ruled: RuledClass, _ rules: AllowanceRules.FullTime) -> Lack {
        guard ruled.history.schedulePosition != nil else { return Lack("class.scheduled") }
        let figures = ruled.fullTime
        let end = ruled.startsOn.endOfPeriod(months: rules.minimumMonths)
        if ruled.endsOn < end {
            return Lack("endsOn", has: .string(ruled.endsOn.description), needed: .string(end.description))
        }
        let daysNeeded = (rules.daysPerWeek * figures.lengthDays + 6) / 7
        if figures.trainingDays < daysNeeded {
            return Lack("trainingDays", has: .integer(figures.trainingDays), needed: .integer(daysNeeded))
        }
        if figures.shortestDaytimeMinutes < rules.daytimeMinutesPerDay {
            return Lack(
                "shortestDaytimeMinutes", has: .integer(figures.shortestDaytimeMinutes),
                needed: .integer(rules.daytimeMinutesPerDay))
        }
        return Lack(
            "scheduledMinutes", has: .integer(figures.minutesScheduled),
            needed: .integer((rules.minutesPerMonth * figures.lengthDays + 29) / 30))
    }
}
