/// The 16 random bytes that name a ledger for ever.
package struct LedgerID: Hashable, Sendable, CustomStringConvertible {
    /// Bytes of an ID.
    package static let length = 16
    /// The 16 bytes.
    package let bytes: [UInt8]

    /// The ID whose bytes are given, or nil if they are not 16.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    /// The ID that 32 lower-case hexadecimal digits stand for, or nil if they do not.
    package init?(hexadecimal digits: some Collection<UInt8>) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
            let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit)
            guard isDigit || isLetter else { return nil }
            let value = isDigit ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard high == nil else { return nil }
        self.init(bytes)
    }

    package var description: String { hexadecimal(bytes) }
}

/// The 16 random bytes of one segment file: they bind every sector's checksum to that file and salt its leaves.
package struct SegmentSecret: Hashable, Sendable {
    /// Bytes of a secret.
    package static let length = 16
    private let words: SIMD2<UInt64>

    /// The secret whose bytes are given, or nil if they are not 16.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        self = bytes.withUnsafeBytes { SegmentSecret(memory: $0) }
    }

    /// The 16 bytes at the start of `memory`.
    init(memory: UnsafeRawBufferPointer) {
        precondition(memory.count >= Self.length)
        words = SIMD2(memory.integer(at: 0, as: UInt64.self), memory.integer(at: 8, as: UInt64.self))
    }

    /// Lends the 16 bytes.
    func withUnsafeBytes<Answer>(_ body: (UnsafeRawBufferPointer) -> Answer) -> Answer {
        Swift.withUnsafeBytes(of: SIMD2(words.x.littleEndian, words.y.littleEndian), body)
    }
}
