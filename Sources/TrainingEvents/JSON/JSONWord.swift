/// Eight bytes of a text looked at together.
struct JSONWord {
    static let length = 8
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    private let word: UInt64

    /// The eight bytes from `index` on, which must be there.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
        word = UInt64(
            littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// Whether any of the first `length` bytes, 0 to 8, is 0x80 or more.
    func hasHighBytes(before length: Int) -> Bool {
        word & Self.highBits & (length < 8 ? 1 << UInt64(length * 8) &- 1 : .max) != 0
    }

    /// How many bytes stand before the first quotation mark, backslash or control character; 8 without one.
    ///
    /// The tests of a byte may be wrong where a lower one borrowed, but then that lower one has the mark, and only
    /// the lowest is asked for.
    var plainLength: Int {
        let control = (word &- 0x20 * Self.ones) & ~word
        let marks = (control | zeros(word ^ 0x22 * Self.ones) | zeros(word ^ 0x5C * Self.ones)) & Self.highBits
        return marks.trailingZeroBitCount / 8
    }

    private func zeros(_ value: UInt64) -> UInt64 { (value &- Self.ones) & ~value }
}

/// Remembers which keys an object has, roughly: never denies one that it has.
struct KeySet {
    private var bits: UInt64 = 0

    /// Takes the key, and says whether it may have been taken before.
    mutating func mayHold(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        var mix = UInt64(truncatingIfNeeded: key.count)
        if let first = key.first, let last = key.last { mix = mix &* 31 &+ UInt64(first) &* 7 &+ UInt64(last) }
        let bit: UInt64 = 1 << (mix & 63)
        defer { bits |= bit }
        return bits & bit != 0
    }
}
