/// RFC 3339 text of instants.
extension Instant: CustomStringConvertible {
    /// Reads an RFC 3339 date-time with a mandatory offset.
    ///
    /// Fractions of a second are taken to the microsecond; further digits must be zero, because dropping
    /// them would alter what was sent. A leap second is refused: the civil time here has none.
    ///
    /// - Returns: `nil` where the text is not of that form or names no such time.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard let instant = bytes.withUnsafeBufferPointer({ Instant(utf8: $0) }) else { return nil }
        self = instant
    }

    /// Reads the same form from the bytes of a text.
    public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 20, bytes.count <= 40,
            let day = CivilDate(utf8: UnsafeBufferPointer(rebasing: bytes[..<10])), bytes[4] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
            let clock = Self.clock(bytes, 11)
        else { return nil }
        var index = 19
        guard let fraction = Self.fraction(bytes, &index), let offset = Self.offsetMinutes(bytes, from: index) else {
            return nil
        }
        let seconds = Int64(day.dayNumber) * 86_400 + Int64(clock) - Int64(offset) * 60
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    private static func clock(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        guard bytes[start + 2] == UInt8(ascii: ":"), bytes[start + 5] == UInt8(ascii: ":"),
            let hour = pair(bytes, start), let minute = pair(bytes, start + 3), let second = pair(bytes, start + 6),
            hour < 24, minute < 60, second < 60
        else { return nil }
        return hour * 3_600 + minute * 60 + second
    }

    private static func fraction(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int64? {
        guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        var value: Int64 = 0
        var digits = 0
        while index < bytes.count, let digit = digit(bytes[index]) {
            if digits < 6 {
                value = value * 10 + Int64(digit)
            } else if digit != 0 {
                return nil
            }
            digits += 1
            index += 1
        }
        guard digits > 0 else { return nil }
        for _ in 0..<max(0, 6 - digits) { value *= 10 }
        return value
    }

    private static func offsetMinutes(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        let sign = bytes[start]
        if bytes.count - start == 1 {
            return sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") ? 0 : nil
        }
        guard bytes.count - start == 6, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            bytes[start + 3] == UInt8(ascii: ":"), let hours = pair(bytes, start + 1),
            let minutes = pair(bytes, start + 4), hours < 24, minutes < 60
        else { return nil }
        let total = hours * 60 + minutes
        return sign == UInt8(ascii: "-") ? -total : total
    }

    private static func pair(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        guard let tens = digit(bytes[index]), let ones = digit(bytes[index + 1]) else { return nil }
        return tens * 10 + ones
    }

    private static func digit(_ byte: UInt8) -> Int? {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? Int(byte - UInt8(ascii: "0")) : nil
    }

    /// RFC 3339 in Taipei time, `2026-06-01T09:00:00+08:00`; microseconds only where there are any.
    public var description: String {
        let local = microseconds + 8 * 3_600 * 1_000_000
        let seconds = floorDivide(local, 1_000_000)
        let fraction = local - seconds * 1_000_000
        let ofDay = Int(seconds - floorDivide(seconds, 86_400) * 86_400)
        let clock = "\(twoDigits(ofDay / 3_600)):\(twoDigits(ofDay / 60 % 60)):\(twoDigits(ofDay % 60))"
        let tail = fraction == 0 ? "" : ".\(String(fraction + 1_000_000).dropFirst())"
        return "\(taipeiDate)T\(clock)\(tail)+08:00"
    }
}
