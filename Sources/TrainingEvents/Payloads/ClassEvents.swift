package import CivilTime

/// The facts of a class (班次): all of them at approval, the changed ones in an amendment.
package struct ClassFields: Hashable, Sendable {
    package var programme: Programme?
    package var courseName: String?
    package var batch: String?
    package var unit: UnitNumber?
    package var county: String?
    package var trade: String?
    package var feeNTD: Int64?
    package var seats: Int64?
    package var startsOn: CivilDate?
    package var endsOn: CivilDate?
    package var applicationClosesOn: CivilDate?
    package var recruitsFrom: CivilDate?
    package var selection: Selection?
    package var feeCollection: FeeCollection?
    package var delivery: Delivery?
    package var creditCourse: Bool?
    package var attendanceLimits: AttendanceLimits?

    package init() {}

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor, isFirst: Bool) throws(EventError) {
        try visitor.field("programme", 8, &programme, required: isFirst)
        try visitor.field("courseName", 9, &courseName, .label, required: isFirst)
        try visitor.field("batch", 10, &batch, .label)
        try visitor.field("unit", 11, &unit, required: isFirst)
        try visitor.field("county", 12, &county, .label, required: isFirst)
        try visitor.field("trade", 13, &trade, .label)
        try visitor.field("fee", 14, &feeNTD, .amountNTD, required: isFirst)
        try visitor.field("seats", 15, &seats, .seats, required: isFirst)
        try visitor.field("startsOn", 16, &startsOn, required: isFirst)
        try visitor.field("endsOn", 17, &endsOn, required: isFirst)
        try visitor.field("applicationClosesOn", 18, &applicationClosesOn)
        try visitor.field("recruitsFrom", 19, &recruitsFrom)
        try visitor.field("selection", 20, &selection, required: isFirst)
        try visitor.field("feeCollection", 21, &feeCollection)
        try visitor.field("delivery", 22, &delivery)
        try visitor.field("creditCourse", 23, &creditCourse)
        try visitor.group("attendanceLimits", 24, &attendanceLimits)
    }

    /// These fields with the ones that `change` names put in their place.
    package func amended(by change: ClassFields) -> ClassFields {
        var result = self
        result.programme = change.programme ?? programme
        result.courseName = change.courseName ?? courseName
        result.batch = change.batch ?? batch
        result.unit = change.unit ?? unit
        result.county = change.county ?? county
        result.trade = change.trade ?? trade
        result.feeNTD = change.feeNTD ?? feeNTD
        result.seats = change.seats ?? seats
        result.startsOn = change.startsOn ?? startsOn
        result.endsOn = change.endsOn ?? endsOn
        result.applicationClosesOn = change.applicationClosesOn ?? applicationClosesOn
        result.recruitsFrom = change.recruitsFrom ?? recruitsFrom
        result.selection = change.selection ?? selection
        result.feeCollection = change.feeCollection ?? feeCollection
        result.delivery = change.delivery ?? delivery
        result.creditCourse = change.creditCourse ?? creditCourse
        result.attendanceLimits = change.attendanceLimits ?? attendanceLimits
        return result
    }
}

/// The shares of the total hours from which expulsion is called for (曠課、請假時數上限).
package struct AttendanceLimits: FieldGroup {
    package static let schemaName = "AttendanceLimits"

    package var truancyPercent: Int64 = 0
    package var leavePercent: Int64 = 0

    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("truancyPercent", 1, &truancyPercent, .percent)
        try visitor.field("leavePercent", 2, &leavePercent, .percent)
    }
}

/// `class.approved`.
package struct ClassApproved: EventPayload {
    /// The number that the class was given; `nil` in records made before it was added.
    package var number: ClassNumber?
    package var fields = ClassFields()
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.derived("number", 5, &number)
        try fields.visit(&visitor, isFirst: true)
    }

    package func validate() throws(EventError) {
        if let from = fields.startsOn { try requireOrder(from, fields.endsOn, field: "endsOn") }
        try requirePlausibleLength(fields.startsOn, fields.endsOn, field: "endsOn")
    }
}

/// `class.amended`: the changed fields, and why.
package struct ClassAmended: EventPayload {
    package var fields = ClassFields()
    package var reason: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try fields.visit(&visitor, isFirst: false)
        try visitor.required("reason", 1, &reason, keptAs: .dossier)
    }
}

/// One lesson of a timetable (課表): half-open, from the first minute up to the last.
package struct Session: FieldGroup {
    package static let schemaName = "Session"

    package var on = CivilDate.placeholder
    package var from = MinuteOfDay.placeholder
    package var to = MinuteOfDay.placeholder

    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("on", 1, &on)
        try visitor.field("from", 2, &from)
        try visitor.field("to", 3, &to)
    }

    package func validate() throws(EventError) {
        guard from < to else {
            throw EventError(
                .outOfRange, field: "to", found: to.description, expected: "a time after \(from.description)")
        }
    }
}

/// `class.scheduled`: replaces the whole timetable.
package struct ClassScheduled: EventPayload {
    package var sessions: [Session]?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.groups("sessions", 8, &sessions, required: true)
    }

    package func validate() throws(EventError) {
        let sorted = (sessions ?? []).enumerated().sorted {
            ($0.element.on, $0.element.from, $0.offset) < ($1.element.on, $1.element.from, $1.offset)
        }
        for (earlier, later) in zip(sorted, sorted.dropFirst())
        where earlier.element.on == later.element.on && later.element.from < earlier.element.to {
            throw EventError(
                .outOfRange, field: "sessions[\(later.offset)].from", found: later.element.from.description,
                expected: "a time from \(earlier.element.to.description) on, when sessions[\(earlier.offset)] ends")
        }
    }
}

/// `class.cancelled` (停辦).
package struct ClassCancelled: EventPayload {
    package var on = CivilDate.placeholder
    package var reason: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("on", 8, &on)
        try visitor.required("reason", 1, &reason, keptAs: .dossier)
    }
}

/// `class.closed`: the unit's closing papers were sent (結訓作業).
package struct ClassClosed: EventPayload {
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("on", 8, &on)
    }
}
