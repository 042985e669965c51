/// Sizes and indices as these formats write them.
package enum Decimal {
    /// The largest size or index: what fits 63 bits, as other implementations keep them in signed integers.
    package static let largest = UInt64(Int64.max)

    /// The number that ASCII digits without leading zeros stand for; nil for anything else, or above ``largest``.
    package static func parse(_ text: some StringProtocol) -> UInt64? {
        let digits = text.utf8
        guard (1...19).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            digits.first != 0x30 || digits.count == 1, let value = UInt64(text), value <= largest
        else { return nil }
        return value
    }
}
