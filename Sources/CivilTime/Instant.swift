/// A point in time, in microseconds since 1970-01-01T00:00:00Z.
///
/// Written and read as RFC 3339; written always with the offset of Taipei, `+08:00` (ARI-02).
public struct Instant: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    private static let secondsOfDay: Int64 = 86_400
    private static let taipeiSeconds: Int64 = 8 * 3_600

    /// The earliest and latest instants taken: the days of ``CivilDate`` in Taipei.
    public static let earliest = startOfDayUnchecked(.earliest)
    public static let latest = endOfDayUnchecked(.latest)

    private init(unchecked microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The instant, or `nil` outside the range of ``CivilDate``.
    public init?(microseconds: Int64) {
        guard microseconds >= Self.earliest.microseconds, microseconds <= Self.latest.microseconds else { return nil }
        self.microseconds = microseconds
    }

    /// The first microsecond of a day in Taipei.
    public init(startOf day: CivilDate) {
        self = Self.startOfDayUnchecked(day)
    }

    /// The last microsecond of a day in Taipei.
    public init(endOf day: CivilDate) {
        self = Self.endOfDayUnchecked(day)
    }

    private static func startOfDayUnchecked(_ day: CivilDate) -> Instant {
        Instant(unchecked: (Int64(day.dayNumber) * secondsOfDay - taipeiSeconds) * 1_000_000)
    }

    private static func endOfDayUnchecked(_ day: CivilDate) -> Instant {
        Instant(unchecked: startOfDayUnchecked(day).microseconds + secondsOfDay * 1_000_000 - 1)
    }

    /// The instant this many minutes later; clamped to ``earliest`` … ``latest``.
    public func adding(minutes: Int) -> Instant {
        let bounded = Int64(max(-2_000_000_000, min(2_000_000_000, minutes)))
        return Instant(microseconds: microseconds + bounded * 60_000_000) ?? (minutes < 0 ? .earliest : .latest)
    }

    /// The civil day of this instant in Taipei.
    public var taipeiDate: CivilDate {
        let seconds = floorDivide(microseconds, 1_000_000) + Self.taipeiSeconds
        return CivilDate.earliest.adding(
            days: Int(floorDivide(seconds, Self.secondsOfDay)) - Int(CivilDate.earliest.dayNumber))
    }

    /// Minutes since midnight in Taipei, 0–1439.
    public var taipeiMinuteOfDay: Int {
        let seconds = floorDivide(microseconds, 1_000_000) + Self.taipeiSeconds
        return Int((seconds - floorDivide(seconds, Self.secondsOfDay) * Self.secondsOfDay) / 60)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }
}

func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}
