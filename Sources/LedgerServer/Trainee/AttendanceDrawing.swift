import CivilTime
import Explanations
import Histories

/// The days of a class as a calendar: a column a week, a row a weekday on which the class ever meets, a square a day with
/// lessons. What has more weeks than fit beside each other goes on below.
struct AttendanceDrawing {
    private let enrolment: Enrolment
    private let history: ClassHistory
    private let style: ReadingStyle

    /// Pixels from one square to the next, before the first one, and above it.
    private static let (step, left, top) = (19, 38, 18)
    /// Weeks beside each other at most: as many as a telephone shows.
    private static let bandWeeks = 14

    init(_ enrolment: Enrolment, _ history: ClassHistory, _ style: ReadingStyle) {
        self.enrolment = enrolment
        self.history = history
        self.style = style
    }

    private var language: Language { style.language }

    var svg: String {
        guard let first = history.daySchedules.first?.on, let last = history.daySchedules.last?.on else { return "" }
        let weekdays = Set(history.daySchedules.map(\.on.weekday)).sorted()
        let start = Self.week(first)
        let bands = (Self.week(last) - start) / Self.bandWeeks + 1
        let bandHeight = Self.top + weekdays.count * Self.step + 8
        var body = ""
        for band in 0..<bands {
            for (row, weekday) in weekdays.enumerated() {
                let y = band * bandHeight + Self.top + row * Self.step + 12
                body += #"<text class="soft" x="0" y="\#(y)">\#(Self.name(ofWeekday: weekday)(language))</text>"#
            }
        }
        var labelled: (month: Int, end: Int) = (0, 0)
        for schedule in history.daySchedules {
            let index = Self.week(schedule.on) - start
            let (band, column) = (index / Self.bandWeeks, index % Self.bandWeeks)
            let (x, above) = (Self.left + column * Self.step, band * bandHeight)
            let month = schedule.on.parts.month
            // A month begins where its first lesson is; two labels do not stand in one place.
            if month != labelled.month, index >= labelled.end {
                body +=
                    #"<text class="soft" x="\#(x)" y="\#(above + 12)">\#(Self.name(ofMonth: month)(language))</text>"#
                labelled = (month, index + 2)
            }
            let y = above + Self.top + (weekdays.firstIndex(of: schedule.on.weekday) ?? 0) * Self.step
            body += #"<rect x="\#(x)" y="\#(y)" width="16" height="16" class="day \#(state(schedule))">"#
            body += "<title>\(title(schedule))</title></rect>"
        }
        let weeks = min(Self.week(last) - start + 1, Self.bandWeeks)
        let (width, height) = (max(200, Self.left + weeks * Self.step + 20), bands * bandHeight + 18)
        body += #"<text class="soft" x="0" y="\#(height - 6)">\#(style.show(first)) – \#(style.show(last))</text>"#
        let label = Words("出勤月曆", "attendance by day")(language)
        return #"<svg class="calendar" viewBox="0 0 \#(width) \#(height)" width="\#(width)" role="img" "#
            + #"aria-label="\#(label)">\#(body)</svg>"#
    }

    /// Weeks begin on Monday.
    private static func week(_ day: CivilDate) -> Int { (Int(day.dayNumber) + 7 * 100_000 - day.weekday + 1) / 7 }

    private static func name(ofWeekday weekday: Int) -> Words {
        let names = [
            Words("一", "Mon"), Words("二", "Tue"), Words("三", "Wed"), Words("四", "Thu"), Words("五", "Fri"),
            Words("六", "Sat"), Words("日", "Sun"),
        ]
        return names[weekday - 1]
    }

    private static func name(ofMonth month: Int) -> Words {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return Words("\(month)月", names[month - 1])
    }

    private func state(_ schedule: ClassHistory.DaySchedule) -> String {
        guard let record = enrolment.attendance.record(on: schedule.on) else { return "none" }
        if Int64(record.minutesPresent) >= schedule.minutes { return "present" }
        let leave = leaveMinutes(schedule.on)
        return Int64(record.minutesPresent) + leave >= schedule.minutes ? "leave" : "absent"
    }

    private func leaveMinutes(_ day: CivilDate) -> Int64 {
        enrolment.leaveRequests.filter { $0.on == day && $0.isApproved }.reduce(0) { $0 + $1.minutes }
    }

    private func title(_ schedule: ClassHistory.DaySchedule) -> String {
        let present = enrolment.attendance.record(on: schedule.on).map { "\($0.minutesPresent)" } ?? "–"
        let leave = leaveMinutes(schedule.on)
        return Words(
            "\(style.show(schedule.on))：到課 \(present)／\(schedule.minutes) 分，准假 \(leave) 分",
            "\(style.show(schedule.on)): present \(present) of \(schedule.minutes) minutes, leave \(leave)")(
                style.language)
    }
}
