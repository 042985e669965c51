public import CivilTime

/// A step of the scale for the days beyond whole months (畸零日數, LIV-07).
public struct RemainderStep: Sendable, Hashable, CustomStringConvertible {
    /// At least this many days, 1 … 31.
    public let days: Int
    /// And at least this many training minutes.
    public let minutes: Int64
    /// Gives this many half-months.
    public let halfMonths: Int

    /// A step; a book holds only those with 1 … 31 days and 1 … 24 half-months.
    public init(days: Int, minutes: Int64, halfMonths: Int) {
        self.days = days
        self.minutes = minutes
        self.halfMonths = halfMonths
    }

    /// `20 days, 3600 minutes: 2 half-months`.
    public var description: String { "\(days) days, \(minutes) minutes: \(halfMonths) half-months" }
}

/// A day on which offices are closed though it is no Saturday or Sunday (ARI-06).
public struct Holiday: Sendable, Hashable, CustomStringConvertible {
    /// The day.
    public let day: CivilDate
    /// Its name, 中文.
    public let name: String
    /// Where it is announced.
    public let citation: Citation

    /// `2026-06-19 端午節`.
    public var description: String { "\(day) \(name)" }
}

/// A branch of the Workforce Development Agency (分署) and the counties of its area (TIP-18).
public struct Branch: Sendable, Hashable, CustomStringConvertible {
    /// Its code: `tkyhkm`, the host name of its site.
    public let code: String
    /// Its name.
    public let name: BilingualText
    /// The counties of its area, as the document spells them.
    public let counties: [String]

    /// `桃竹苗分署: 桃園市 新竹市 …`.
    public var description: String { "\(name.chinese): \(counties.joined(separator: " "))" }
}
