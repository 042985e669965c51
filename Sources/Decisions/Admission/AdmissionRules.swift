import CivilTime
import Rulebook
import TrainingEvents

/// Parameters of admission (TIP-19, PRE-08 to PRE-11).
struct AdmissionRules: Sendable, Equatable {
    let quotaProgrammes: CodeSet<Programme>
    let extraRate: Ratio
    let employerRate: Ratio
    let passMark: Int64
    let writtenWeight: Ratio
    let lateMinutes: Int64
    let cancelAttendance: Int
    let lapseMinute: Int
    let forfeitYears: Int
    /// Closed days besides Saturdays and Sundays, by the dates of the days themselves (ARI-06).
    let holidays: [CivilDate]

    init(_ rulebook: Rulebook, on day: CivilDate) throws(MissingParameter) {
        quotaProgrammes = try rulebook.require(codes: .quotaProgrammes, on: day)
        extraRate = try rulebook.require(.seatsExtraRate, on: day)
        employerRate = try rulebook.require(.seatsEmployerRate, on: day)
        passMark = Int64(try rulebook.require(.selectionPassMark, on: day))
        writtenWeight = try rulebook.require(.selectionWrittenWeight, on: day)
        lateMinutes = Int64(try rulebook.require(.selectionLateMinutes, on: day))
        cancelAttendance = try rulebook.require(.selectionCancelAttendance, on: day)
        lapseMinute = try rulebook.require(.selectionLapseMinute, on: day)
        forfeitYears = try rulebook.require(.selectionForfeitYears, on: day)
        // The last working day before an early January start lies in the year before.
        holidays = rulebook.history(.calendarHolidays).flatMap { $0.value.map(\.day) }
    }
}

/// Working days skip Saturday, Sunday and the holidays of a dated table (ARI-06).
enum ARI06: Clause {
    static let id = "ARI-06"

    /// The last working day before a day. Looks at most 60 days back.
    static func workingDay(before day: CivilDate, holidays: [CivilDate]) -> CivilDate {
        var candidate = day.adding(days: -1)
        for _ in 0..<60 where candidate.weekday > 5 || holidays.contains(candidate) {
            candidate = candidate.adding(days: -1)
        }
        return candidate
    }
}
