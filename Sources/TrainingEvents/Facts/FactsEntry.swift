package import CivilTime

/// One event as far as folding needs it, in 16 bytes: whom it is about, where it stands, and either the minutes of a
/// day – most events are that – or where its facts lie.
package struct FactsEntry: Sendable {
    /// The number of the trainee or class; of a registration the place among the run's registrations.
    package var subject: UInt32
    /// The position, counted from the run's first.
    package var offset: UInt16
    /// The minutes present of an attendance record, or ``elsewhere``.
    var minutes: UInt16
    /// The class number of an attendance record, or the byte offset of the facts in the run.
    var place: UInt32
    /// The day number of an attendance record, or the number of bytes of the facts.
    var size: Int32

    static let elsewhere: UInt16 = .max

    /// The attendance record, if it is one.
    package var attendance: (classNumber: ClassNumber, on: CivilDate, minutesPresent: Int32)? {
        guard minutes != Self.elsewhere else { return nil }
        return (ClassNumber(place), CivilDate(dayNumber: size) ?? .placeholder, Int32(minutes))
    }
}
