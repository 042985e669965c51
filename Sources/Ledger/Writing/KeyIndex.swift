/// Finds positions by source and ID, for idempotency for ever.
///
/// An open-addressing table of a hash and a position for each event. The hash is seeded anew in every process and
/// only narrows the search; the caller confirms a candidate by reading the event. 16 to 32 bytes an event.
struct KeyIndex {
    private var hashes: [UInt64]
    /// One more than the position; 0 marks an empty slot.
    private var entries: [UInt32]
    private var count = 0

    init() {
        hashes = Array(repeating: 0, count: 1_024)
        entries = Array(repeating: 0, count: 1_024)
    }

    /// The largest number of events a ledger can hold: positions stand in 32 bits here.
    static let capacity = UInt64(UInt32.max) - 1

    /// The positions whose key may be this one, most likely at most one.
    func candidates(_ source: String, _ id: String) -> [UInt64] {
        let hash = Self.hash(source, id)
        var found: [UInt64] = []
        var index = Int(truncatingIfNeeded: hash) & (entries.count - 1)
        while entries[index] != 0 {
            if hashes[index] == hash { found.append(UInt64(entries[index]) - 1) }
            index = (index + 1) & (entries.count - 1)
        }
        return found
    }

    /// Takes down the key of the event at a position.
    mutating func insert(_ source: String, _ id: String, at position: UInt64) {
        precondition(position < Self.capacity, "a ledger holds fewer than 2^32 - 1 events")
        if (count + 1) * 4 > entries.count * 3 { grow() }
        place(Self.hash(source, id), UInt32(position + 1))
        count += 1
    }

    private mutating func place(_ hash: UInt64, _ entry: UInt32) {
        var index = Int(truncatingIfNeeded: hash) & (entries.count - 1)
        while entries[index] != 0 { index = (index + 1) & (entries.count - 1) }
        hashes[index] = hash
        entries[index] = entry
    }

    private mutating func grow() {
        let (oldHashes, oldEntries) = (hashes, entries)
        hashes = Array(repeating: 0, count: oldHashes.count * 2)
        entries = Array(repeating: 0, count: oldEntries.count * 2)
        for (hash, entry) in zip(oldHashes, oldEntries) where entry != 0 { place(hash, entry) }
    }

    private static func hash(_ source: String, _ id: String) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(source)
        hasher.combine(id)
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }
}
