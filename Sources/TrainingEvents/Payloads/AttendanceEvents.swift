package import CivilTime

/// `leave.requested` (請假).
package struct LeaveRequested: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var request = ""
    package var on = CivilDate.placeholder
    package var from: MinuteOfDay?
    package var to: MinuteOfDay?
    package var minutes: Int64 = 0
    package var kind = LeaveKind.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("request", 9, &request, .identifier)
        try visitor.field("on", 10, &on)
        try visitor.field("from", 11, &from)
        try visitor.field("to", 12, &to)
        try visitor.field("minutes", 13, &minutes, .minutesOfDay)
        try visitor.field("kind", 14, &kind)
    }

    package func validate() throws(EventError) {
        guard let from, let to, to <= from else { return }
        throw EventError(.outOfRange, field: "to", found: to.description, expected: "a time after \(from.description)")
    }
}

/// `leave.approved` and `leave.rejected` (准假、不准假).
package struct LeaveDecided: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var request = ""
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("request", 9, &request, .identifier)
    }
}

/// `attendance.recorded` (出席): the minutes present on a day; a later one replaces it.
package struct AttendanceRecorded: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package var presentMinutes: Int64 = 0
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("on", 9, &on)
        try visitor.field("presentMinutes", 10, &presentMinutes, .minutesOfDay)
    }
}
