import EventLog

/// A keyed 48-bit fingerprint of an event's source and ID: SipHash-1-3, cut short.
///
/// The key is random and kept with the index, so nobody can make up IDs that collide. A fingerprint only narrows the
/// search: what it finds is confirmed against the record.
struct Fingerprint: Sendable {
    /// Bytes of the key.
    static let keyLength = 16

    private let first: UInt64
    private let second: UInt64

    /// - Precondition: the key has 16 bytes.
    init(key: [UInt8]) {
        precondition(key.count == Self.keyLength)
        first = key[..<8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        second = key[8...].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The fingerprint of the event with this source and ID.
    func callAsFunction(_ source: String, _ id: String) -> UInt64 {
        var (source, id) = (source, id)
        return source.withUTF8 { source in id.withUTF8 { self(source, $0) } }
    }

    /// The fingerprint of the event with this source and ID in UTF-8.
    func callAsFunction(_ source: UnsafeBufferPointer<UInt8>, _ id: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = SipHash(first, second)
        hash.take(source)
        // No UTF-8 text holds this byte, so the border between the two cannot be moved.
        hash.take(0xFF)
        hash.take(id)
        return hash.finish() & (1 << 48 - 1)
    }
}

/// SipHash with one round a word and three at the end.
private struct SipHash {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    private var word: UInt64 = 0
    private var count: UInt64 = 0

    init(_ first: UInt64, _ second: UInt64) {
        v0 = first ^ 0x736F_6D65_7073_6575
        v1 = second ^ 0x646F_7261_6E64_6F6D
        v2 = first ^ 0x6C79_6765_6E65_7261
        v3 = second ^ 0x7465_6462_7974_6573
    }

    mutating func take(_ text: UnsafeBufferPointer<UInt8>) {
        let bytes = UnsafeRawBufferPointer(text)
        let filled = 8 * (count & 7)
        var place = 0
        while bytes.count - place >= 8 {
            let next: UInt64 = bytes.integer(at: place)
            absorb(word | next << filled)
            word = filled == 0 ? 0 : next >> (64 - filled)
            place += 8
        }
        count += UInt64(place)
        while place < bytes.count {
            take(bytes[place])
            place += 1
        }
    }

    mutating func take(_ byte: UInt8) {
        word |= UInt64(byte) << (8 * (count & 7))
        count += 1
        if count & 7 == 0 {
            absorb(word)
            word = 0
        }
    }

    mutating func finish() -> UInt64 {
        absorb(word | count << 56)
        v2 ^= 0xFF
        for _ in 0..<3 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func absorb(_ word: UInt64) {
        v3 ^= word
        round()
        v0 ^= word
    }

    private mutating func round() {
        v0 &+= v1
        v1 = Self.rotated(v1, 13) ^ v0
        v0 = Self.rotated(v0, 32)
        v2 &+= v3
        v3 = Self.rotated(v3, 16) ^ v2
        v0 &+= v3
        v3 = Self.rotated(v3, 21) ^ v0
        v2 &+= v1
        v1 = Self.rotated(v1, 17) ^ v2
        v2 = Self.rotated(v2, 32)
    }

    private static func rotated(_ value: UInt64, _ places: UInt64) -> UInt64 {
        value << places | value >> (64 - places)
    }
}
