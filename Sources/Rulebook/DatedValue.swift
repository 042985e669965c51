public import CivilTime

/// A fraction of whole numbers, so that no rate is ever a floating-point number (ARI-01).
public struct Ratio: Sendable, Hashable, CustomStringConvertible {
    /// The part, 0 … 1,000,000.
    public let numerator: Int64
    /// The whole, 1 … 1,000,000.
    public let denominator: Int64

    /// The fraction, or `nil` if a part is out of its range.
    public init?(_ numerator: Int64, _ denominator: Int64) {
        guard (0...1_000_000).contains(numerator), (1...1_000_000).contains(denominator) else { return nil }
        self.numerator = numerator
        self.denominator = denominator
    }

    /// `60/100`, as written in the book.
    public var description: String { "\(numerator)/\(denominator)" }
}

/// A value and the days on which it holds.
public struct DatedValue<Value: Sendable & Equatable>: Sendable, Equatable {
    /// The first day; `nil` where it holds for all earlier days too.
    public let from: CivilDate?
    /// The last day, inclusive; `nil` where it still holds. The day before the next value's first day.
    public let until: CivilDate?
    /// The value.
    public let value: Value
    /// Where it comes from.
    public let citation: Citation
    /// What is our reading and why; `nil` where nothing is.
    public let reading: String?
    /// Whether the source is a secondary one: a value to warn about.
    public let secondary: Bool
    /// The day on which somebody last held the value against its source; `nil` if not noted.
    public let checked: CivilDate?

    /// Whether the value holds on this day.
    public func holds(on day: CivilDate) -> Bool {
        if let from, day < from { return false }
        if let until, day > until { return false }
        return true
    }
}
