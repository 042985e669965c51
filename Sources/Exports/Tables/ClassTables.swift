import CivilTime
import Histories
import Ledger
import TrainingEvents

/// A class.
struct ClassRow: Sendable {
    let source: ExportSource
    let history: ClassHistory
}

/// One lesson of a class.
struct SessionRow: Sendable {
    let ofClass: ClassRow
    let session: Session
}

extension ExportTable {
    static let classes = ExportTable(
        "classes", "a class (班次)",
        key: ["class"],
        columns: [
            .text("class", "its ID") { $0.source.classID($0.history.number) },
            .code("programme", "the programme it runs under") { $0.history.programme },
            .text("course_name", "the course, without the batch", isOptional: true) { $0.history.fields.courseName },
            .text("batch", "the batch (期別)", isOptional: true) { $0.history.fields.batch },
            .text("unit", "the training unit that holds it", of: "units (unit)", isOptional: true) {
                $0.source.unitID($0.history.fields.unit)
            },
            .text("county", "where it is held", isOptional: true) { $0.history.fields.county },
            .integer("fee_ntd", "the whole fee in NT$") { $0.history.feeNTD },
            .integer("seats", "approved seats", isOptional: true) { $0.history.fields.seats },
            .day("starts_on", "the first day (開訓日)") { $0.history.startsOn },
            .day("ends_on", "the last day (結訓日)") { $0.history.endsOn },
            .integer("scheduled_minutes", "all minutes of the latest timetable") { $0.history.minutesScheduled },
            .day("cancelled_on", "when it was cancelled", isOptional: true) { $0.history.cancelled?.on },
            .day("closed_on", "when the closing papers were sent", isOptional: true) { $0.history.closed?.on },
        ] as [ExportColumn<ClassRow>],
        rows: { source, body throws(LedgerError) in
            for case .some(let history) in source.histories.classes {
                try body(ClassRow(source: source, history: history))
            }
        })

    static let sessions = ExportTable(
        "sessions", "one lesson of the latest timetable (課表)",
        key: ["class", "on_day", "from_time"],
        columns: [
            .text("class", "the class", of: "classes (class)") { $0.ofClass.source.classID($0.ofClass.history.number) },
            .day("on_day", "the day") { $0.session.on },
            .text("from_time", "its first minute, 09:30") { $0.session.from.description },
            .text("to_time", "the minute after its last") { $0.session.to.description },
            .integer("minutes", "how long it is") { Int64($0.session.to.minutes) - Int64($0.session.from.minutes) },
        ] as [ExportColumn<SessionRow>],
        rows: { source, body throws(LedgerError) in
            for case .some(let history) in source.histories.classes {
                let row = ClassRow(source: source, history: history)
                for session in history.sessions { try body(SessionRow(ofClass: row, session: session)) }
            }
        })
}
