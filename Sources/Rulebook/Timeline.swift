public import CivilTime

/// The values of one parameter by day, without their sources: what a decision over many trainees holds.
public struct Timeline<Value: Sendable & Equatable>: Sendable {
    /// The day numbers from which the values hold, ascending; `Int32.min` where there is no first day.
    @usableFromInline let firstDays: [Int32]
    /// The values, one for each of ``firstDays``.
    @usableFromInline let values: [Value]
    /// The last day number of the last value; `Int32.max` where it still holds.
    @usableFromInline let lastDay: Int32

    init(_ entries: [DatedValue<Value>]) {
        firstDays = entries.map { $0.from?.dayNumber ?? .min }
        values = entries.map(\.value)
        lastDay = entries.last?.until?.dayNumber ?? .max
    }

    /// The value that holds on a day, or `nil` where the book gives none.
    @inlinable
    public subscript(day: CivilDate) -> Value? {
        guard day.dayNumber <= lastDay else { return nil }
        // A handful of entries, and the newest is asked for most: no search beats walking back.
        var index = firstDays.count - 1
        while index >= 0 {
            if firstDays[index] <= day.dayNumber { return values[index] }
            index -= 1
        }
        return nil
    }
}
