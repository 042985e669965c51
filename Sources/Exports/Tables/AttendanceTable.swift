import Histories
import Ledger

/// The minutes of an enrolment.
struct AttendanceRow: Sendable {
    let of: EnrolmentRow
    let summary: AttendanceSummary
}

extension ExportTable {
    static let attendance = ExportTable(
        "attendance", "the minutes of an enrolment that was started, as balance gives them (ATT-01 to ATT-04)",
        key: ["person", "class"], references: ["(person, class) REFERENCES enrolments (person, class)"],
        columns: [
            .text("person", "the person") { $0.of.person.id },
            .text("class", "the class") { $0.of.classID },
            .integer("scheduled_minutes", "the whole timetable") { $0.summary.minutesScheduled },
            .integer("present_minutes", "present") { $0.summary.minutesPresent },
            .integer("leave_minutes", "absent with approved leave (請假)") { $0.summary.minutesLeave },
            .integer("truancy_minutes", "absent without (曠課)") { $0.summary.minutesTruancy },
            .integer("before_joining_minutes", "before the joining day") { $0.summary.minutesBeforeJoining },
            .integer("absent_minutes", "leave, truancy and before joining") { $0.summary.minutesAbsent },
            .integer("unrecorded_minutes", "without a record") { $0.summary.minutesUnrecorded },
            .integer("outside_minutes", "on and after the leaving day") { $0.summary.minutesOutside },
        ] as [ExportColumn<AttendanceRow>],
        rows: { source, body throws(LedgerError) in
            try source.forEachEnrolment { row throws(LedgerError) in
                guard row.enrolment.started != nil else { return }
                let summary = AttendanceSummary(of: row.enrolment, in: row.classHistory)
                try body(AttendanceRow(of: row, summary: summary))
            }
        })
}
