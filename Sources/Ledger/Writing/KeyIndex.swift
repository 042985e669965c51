/// Finds positions by source and ID, for idempotency for ever.
///
/// An open-addressing table of 8-byte slots: half a hash and half a position. The hash is seeded anew in every
/// process and only narrows the search; the caller confirms a candidate by reading the event. About 12 bytes an
/// event.
struct KeyIndex {
    private var slots: [UInt64]
    private var count = 0

    init() {
        slots = Array(repeating: 0, count: 1_024)
    }

    /// The largest number of events a ledger can hold: positions stand in 32 bits here.
    static let capacity = UInt64(UInt32.max) - 1

    /// The positions whose key may be this one, most likely at most one.
    func candidates(_ source: String, _ id: String) -> [UInt64] {
        let hash = Self.hash(source, id)
        var found: [UInt64] = []
        var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[index] != 0 {
            if slots[index] >> 32 == hash >> 32 { found.append((slots[index] & 0xFFFF_FFFF) - 1) }
            index = (index + 1) & (slots.count - 1)
        }
        return found
    }

    /// Takes down the key of the event at a position.
    mutating func insert(_ source: String, _ id: String, at position: UInt64) {
        precondition(position < Self.capacity, "a ledger holds fewer than 2^32 - 1 events")
        if (count + 1) * 4 > slots.count * 3 { grow() }
        place(Self.hash(source, id), position + 1)
        count += 1
    }

    private mutating func place(_ hash: UInt64, _ entry: UInt64) {
        var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
        slots[index] = ((hash >> 32) << 32) | entry
    }

    /// Twice the slots. The low half of a hash is not kept, so it is derived from the high half.
    private mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: old.count * 2)
        for slot in old where slot != 0 { place(Self.spread(slot >> 32), slot & 0xFFFF_FFFF) }
    }

    private static func hash(_ source: String, _ id: String) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(source)
        hasher.combine(id)
        return spread(UInt64(UInt32(truncatingIfNeeded: hasher.finalize())))
    }

    /// A 64-bit value whose high half is `half` and whose low half follows from it.
    private static func spread(_ half: UInt64) -> UInt64 {
        half << 32 | (half &* 0x9E37_79B9_7F4A_7C15) >> 32
    }
}
