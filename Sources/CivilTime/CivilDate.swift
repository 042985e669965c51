/// A day of the civil calendar (民國／西元日期), counted in days from 1970-01-01.
///
/// The calendar is the proleptic Gregorian one; there is no time zone in it (ARI-02). The range is
/// 1868-01-01 to 2999-12-31, wide enough for any birth and any statute, and narrow enough that no
/// arithmetic of this module can overflow.
public struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let dayNumber: Int32

    /// The earliest date taken: 1868-01-01.
    public static let earliest = CivilDate(unchecked: daysFromCivil(year: 1868, month: 1, day: 1))
    /// The latest date taken: 2999-12-31.
    public static let latest = CivilDate(unchecked: daysFromCivil(year: 2999, month: 12, day: 31))

    private init(unchecked dayNumber: Int32) {
        self.dayNumber = dayNumber
    }

    /// The date with this day number, or `nil` outside ``earliest`` … ``latest``.
    public init?(dayNumber: Int32) {
        guard dayNumber >= Self.earliest.dayNumber, dayNumber <= Self.latest.dayNumber else { return nil }
        self.dayNumber = dayNumber
    }

    /// The date with these parts, or `nil` if the calendar has no such day or it is out of range.
    public init?(year: Int, month: Int, day: Int) {
        guard (1868...2999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.lengthOfMonth(year: year, month: month)
        else { return nil }
        dayNumber = Self.daysFromCivil(year: year, month: month, day: day)
    }

    /// Year (西元), month 1–12 and day 1–31.
    public var parts: (year: Int, month: Int, day: Int) {
        // Howard Hinnant's civil_from_days, on eras of 400 years that begin on 1 March.
        let shifted = Int(dayNumber) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Monday 1 … Sunday 7.
    public var weekday: Int {
        let fromThursday = (Int(dayNumber) % 7 + 7) % 7
        return (fromThursday + 3) % 7 + 1
    }

    /// The day this many days later; clamped to the range of the calendar.
    public func adding(days: Int) -> CivilDate {
        let (sum, overflow) = Int(dayNumber).addingReportingOverflow(days)
        if overflow { return days > 0 ? .latest : .earliest }
        if sum > Int(Self.latest.dayNumber) { return .latest }
        if sum < Int(Self.earliest.dayNumber) { return .earliest }
        return CivilDate(unchecked: Int32(sum))
    }

    /// The number of days from `earlier` to this day; negative if this day is the earlier one.
    public func days(since earlier: CivilDate) -> Int {
        Int(dayNumber) - Int(earlier.dayNumber)
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.dayNumber < right.dayNumber
    }

    /// The number of days of a month, 28–31.
    public static func lengthOfMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func daysFromCivil(year: Int, month: Int, day: Int) -> Int32 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 719_468)
    }
}
