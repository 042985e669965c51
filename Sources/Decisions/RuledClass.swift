import CivilTime
package import Histories
import TrainingEvents

/// A class with the rules of its start day, and what follows from its timetable alone: worked out once for all who
/// have to do with it.
///
/// What nearly every decision asks for stands beside the history: asking the history would copy it.
package final class RuledClass: Sendable {
    package let history: ClassHistory
    let rules: DatedRules
    let startsOn: CivilDate
    let endsOn: CivilDate
    let programme: Programme
    let isPreEmployment: Bool
    let feeNTD: Int64
    let feeCollection: FeeCollection
    let cancelled: DayFact?
    let daySchedules: [ClassHistory.DaySchedule]
    let fullTime: FullTimeFigures
    private let minutes: MinutesByDay

    init(_ history: ClassHistory, _ rules: DatedRules) {
        self.history = history
        self.rules = rules
        startsOn = history.startsOn
        endsOn = history.endsOn
        programme = history.programme
        isPreEmployment = history.programme == .preEmployment
        feeNTD = history.feeNTD
        feeCollection = history.feeCollection
        cancelled = history.cancelled
        daySchedules = history.daySchedules
        minutes = MinutesByDay(history.daySchedules)
        fullTime = FullTimeFigures(history, rules)
    }

    /// The scheduled minutes of the days of a range. O(log days).
    func minutes(from first: CivilDate, to last: CivilDate) -> Int64 { minutes.sum(from: first, to: last) }
}

/// The scheduled minutes of a class, added up so that any range of days is one subtraction.
private struct MinutesByDay: Sendable {
    private let days: [CivilDate]
    /// The minutes before each of the days, and at the end all of them.
    private let before: [Int64]

    /// - Parameter schedules: ascending by day, one a day.
    init(_ schedules: [ClassHistory.DaySchedule]) {
        days = schedules.map(\.on)
        var sums: [Int64] = [0]
        sums.reserveCapacity(schedules.count + 1)
        var sum: Int64 = 0
        for schedule in schedules {
            sum += schedule.minutes
            sums.append(sum)
        }
        before = sums
    }

    func sum(from first: CivilDate, to last: CivilDate) -> Int64 {
        guard first <= last else { return 0 }
        return before[count(through: last)] - before[count(through: first.adding(days: -1))]
    }

    /// How many of the days come no later than this one.
    private func count(through day: CivilDate) -> Int {
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle] <= day { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
