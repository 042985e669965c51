import CivilTime

/// What an attendance record says, as nearly all of them say it: the three fields once each, in plain values. The class
/// stands on an ``EventTape`` by its ID.
struct AttendancePlaces: Sendable {
    let classID: ByteRange
    let day: CivilDate
    let minutes: Int64

    /// Reads the data; `nil` where only the reader of all fields can say what it is.
    init?(_ data: JSONNode, into canonical: inout WireWriter) {
        guard data.count == 3 else { return nil }
        var fields: (classID: JSONNode?, day: CivilDate?, minutes: Int64?)
        var key = data.first
        for _ in 0..<3 {
            let value = key.next
            if key.isText("class"), value.kind == .string, value.isASCII {
                fields.classID = value
            } else if key.isText("on"), value.kind == .string {
                fields.day = CivilDate(utf8: value.utf8)
            } else if key.isText("presentMinutes"), value.kind == .integer {
                fields.minutes = IntegerKind.minutesOfDay.range.contains(value.integer) ? value.integer : nil
            }
            key = value.next
        }
        guard let classID = fields.classID, let day = fields.day, let minutes = fields.minutes else { return nil }
        self.classID = canonical.place(classID.utf8, field: nil)
        self.day = day
        self.minutes = minutes
    }
}

extension EventDraft {
    /// What an attendance record says, with trainee and class looked up: what ``content(registry:isRepeat:targetOf:)``
    /// would find, in a fraction of the time. `nil` for every other event, for rare spellings and for unknown IDs.
    package func attendance(registry: Registry) -> EventContent? {
        guard let attended = places.attendance,
            let trainee = tape.withCanonical(places.subject, { registry.trainees.number(of: $0) }),
            let number = tape.withCanonical(attended.classID, { registry.classes.number(of: $0) })
        else { return nil }
        var attendance = AttendanceRecorded()
        attendance.classNumber = number
        attendance.on = attended.day
        attendance.presentMinutes = attended.minutes
        return EventContent(subject: .trainee(trainee), body: .attendanceRecorded(attendance))
    }
}
