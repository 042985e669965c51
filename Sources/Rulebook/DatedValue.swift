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

/// What a value stands on, the firmest first.
public enum ValueStatus: String, Sendable, Hashable, CaseIterable {
    /// A statute or regulation.
    case statute
    /// An official document of the agency or of a class.
    case official
    /// Somebody's report of what an official source says.
    case secondary
    /// Our own reading: the source leaves the value, its place or its first day open.
    case reading
}

/// A value and the days on which it holds.
public struct DatedValue<Value: Sendable & Equatable>: Sendable, Equatable {
    /// The first day; `nil` where it holds for all earlier days too.
    public let from: CivilDate?
    /// The last day, inclusive; `nil` where it still holds. The day before the next value's first day.
    public let until: CivilDate?
    /// The day on which what the source says was promulgated or announced; `nil` if not known.
    public let announced: CivilDate?
    /// The day from which it is repealed, the one after ``until``; `nil` if it is not, or only replaced.
    public let repealed: CivilDate?
    /// The value.
    public let value: Value
    /// Where it comes from.
    public let citation: Citation
    /// What is our reading and why; `nil` where nothing is.
    public let reading: String?
    /// What else is to be known of it, a late announcement for one; no reading.
    public let note: String?
    /// How far the document cited can be relied on.
    let sourceStatus: RuleDocument.Status
    /// The day on which somebody last held the value against its source; `nil` if not noted.
    public let checked: CivilDate?

    /// Whether the source is a secondary one: a value to warn about.
    public var secondary: Bool { sourceStatus == .secondary }

    /// What the value stands on: its source, or our reading of it.
    public var status: ValueStatus {
        guard reading == nil else { return .reading }
        return switch sourceStatus {
        case .statute: .statute
        case .official: .official
        case .secondary: .secondary
        }
    }

    /// Whether the value holds on this day.
    public func holds(on day: CivilDate) -> Bool {
        if let from, day < from { return false }
        if let until, day > until { return false }
        return true
    }
}
