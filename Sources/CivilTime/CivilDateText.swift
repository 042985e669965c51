/// Reading and writing dates: ISO `2026-06-01`, and the ROC forms `115-06-01`, `115/6/1`, `1150601` (ARI-02).
extension CivilDate: CustomStringConvertible {
    /// Reads an ISO or ROC date.
    ///
    /// A first part of four digits is a Gregorian year, one of two or three digits a year of the Republic.
    /// Eight digits without separators are `YYYYMMDD`, six or seven are ROC `YYMMDD` or `YYYMMDD`.
    ///
    /// - Returns: `nil` where the text is none of these forms or names no day.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 10, let parts = Self.split(bytes) else { return nil }
        self.init(year: parts.year, month: parts.month, day: parts.day)
    }

    private static func split(_ bytes: [UInt8]) -> (year: Int, month: Int, day: Int)? {
        let separators = bytes.indices.filter { bytes[$0] == UInt8(ascii: "-") || bytes[$0] == UInt8(ascii: "/") }
        if separators.isEmpty {
            guard (6...8).contains(bytes.count) else { return nil }
            let yearLength = bytes.count - 4
            guard let year = number(bytes[..<yearLength]), let month = number(bytes[yearLength..<(yearLength + 2)]),
                let day = number(bytes[(yearLength + 2)...])
            else { return nil }
            return (bytes.count == 8 ? year : year + 1911, month, day)
        }
        guard separators.count == 2, bytes[separators[0]] == bytes[separators[1]] else { return nil }
        let yearBytes = bytes[..<separators[0]]
        let monthBytes = bytes[(separators[0] + 1)..<separators[1]]
        let dayBytes = bytes[(separators[1] + 1)...]
        guard (2...4).contains(yearBytes.count), (1...2).contains(monthBytes.count), (1...2).contains(dayBytes.count),
            let year = number(yearBytes), let month = number(monthBytes), let day = number(dayBytes)
        else { return nil }
        if yearBytes.count == 4 {
            // ISO 8601 has one spelling only; the ROC forms are looser because people type them.
            guard bytes.count == 10, bytes[4] == UInt8(ascii: "-") else { return nil }
            return (year, month, day)
        }
        return (year + 1911, month, day)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty else { return nil }
        var value = 0
        for byte in digits {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// ISO 8601, `2026-06-01`.
    public var description: String {
        let (year, month, day) = parts
        return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
    }

    /// The ROC form people read, `115-06-01`; for years before 1912 the ISO form.
    public var republicDescription: String {
        let (year, month, day) = parts
        guard year > 1911 else { return description }
        return "\(year - 1911)-\(twoDigits(month))-\(twoDigits(day))"
    }
}

func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
}
