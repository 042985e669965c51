package import CivilTime
package import TrainingEvents

/// A day that a test writes as a literal, `"2026-06-01"` or `"115/6/1"`; an impossible one stops the test.
package struct Day: ExpressibleByStringLiteral, Hashable, Sendable {
    package let date: CivilDate

    package init(_ date: CivilDate) { self.date = date }

    package init(stringLiteral text: String) {
        guard let date = CivilDate(text) else { preconditionFailure("\(text) is no day") }
        self.date = date
    }

    /// The day `days` later.
    package static func + (day: Day, days: Int) -> Day { Day(day.date.adding(days: days)) }

    /// The day `days` earlier.
    package static func - (day: Day, days: Int) -> Day { Day(day.date.adding(days: -days)) }

    /// As JSON carries it.
    var json: JSONValue { .string(date.description) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    package init(stringLiteral text: String) { self = .string(text) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}
