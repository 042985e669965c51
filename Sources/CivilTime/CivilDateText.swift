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
        guard let date = bytes.withUnsafeBufferPointer({ CivilDate(utf8: $0) }) else { return nil }
        self = date
    }

    /// Reads the same forms from the bytes of a text.
    public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count <= 10, let parts = Self.split(bytes) else { return nil }
        self.init(year: parts.year, month: parts.month, day: parts.day)
    }

    private static func split(_ bytes: UnsafeBufferPointer<UInt8>) -> (year: Int, month: Int, day: Int)? {
        guard let first = separator(bytes, from: 0) else {
            guard (6...8).contains(bytes.count) else { return nil }
            let yearLength = bytes.count - 4
            guard let year = number(bytes, 0..<yearLength), let month = number(bytes, yearLength..<yearLength + 2),
                let day = number(bytes, yearLength + 2..<bytes.count)
            else { return nil }
            return (bytes.count == 8 ? year : year + 1911, month, day)
        }
        guard let second = separator(bytes, from: first + 1), separator(bytes, from: second + 1) == nil,
            bytes[first] == bytes[second]
        else { return nil }
        let (monthLength, dayLength) = (second - first - 1, bytes.count - second - 1)
        guard (2...4).contains(first), (1...2).contains(monthLength), (1...2).contains(dayLength),
            let year = number(bytes, 0..<first), let month = number(bytes, first + 1..<second),
            let day = number(bytes, second + 1..<bytes.count)
        else { return nil }
        if first == 4 {
            // ISO 8601 has one spelling only; the ROC forms are looser because people type them.
            guard bytes.count == 10, bytes[4] == UInt8(ascii: "-") else { return nil }
            return (year, month, day)
        }
        return (year + 1911, month, day)
    }

    private static func separator(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "/") { return index }
            index += 1
        }
        return nil
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        guard !range.isEmpty else { return nil }
        var value = 0
        for index in range {
            let byte = bytes[index]
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
