import EventLog

/// A page of entries many of which have the same key, in the 508 bytes that with their checksum fill a sector.
///
/// | bytes | |
/// | --- | --- |
/// | 0–5 | the first key |
/// | 6–7 | number of entries |
/// | 8– | for each key: a varint of its difference from the one before, which the first one has not; its positions |
///
/// A position is a varint of its difference from the one before, of a key's first from the first position of the run,
/// doubled, and one more if another position of the same key follows in the page.
enum EntryListPage {
    private static let headerLength = 8

    /// Bytes of the header and of the first entry's position.
    static func length(ofFirst entry: Entry, origin: UInt64) -> Int {
        headerLength + varintLength((entry.position - origin) << 1)
    }

    /// Bytes that an entry takes behind another one.
    static func length(of entry: Entry, behind last: Entry, origin: UInt64) -> Int {
        entry.key == last.key
            ? varintLength((entry.position - last.position) << 1)
            : varintLength(entry.key - last.key) + varintLength((entry.position - origin) << 1)
    }

    private static func varintLength(_ value: UInt64) -> Int { max(1, (70 - value.leadingZeroBitCount) / 7) }

    /// A page of these entries, which fit and ascend.
    static func encoded(_ entries: [Entry], origin: UInt64) -> [UInt8] {
        guard let first = entries.first else { preconditionFailure("a page has entries") }
        var page: [UInt8] = []
        page.reserveCapacity(EntryPage.length)
        for index in 0..<6 { page.append(UInt8(truncatingIfNeeded: first.key >> UInt64(8 * index))) }
        page += [UInt8(truncatingIfNeeded: entries.count), UInt8(truncatingIfNeeded: entries.count >> 8)]
        for (index, entry) in entries.enumerated() {
            var distance = entry.position - origin
            if index > 0, entries[index - 1].key == entry.key {
                distance = entry.position - entries[index - 1].position
            } else if index > 0 {
                SubjectIndexLayout.put(entry.key - entries[index - 1].key, to: &page)
            }
            let goesOn = index + 1 < entries.count && entries[index + 1].key == entry.key
            SubjectIndexLayout.put(distance << 1 | (goesOn ? 1 : 0), to: &page)
        }
        precondition(page.count <= EntryPage.length, "the entries of a page fit")
        page.append(contentsOf: repeatElement(0, count: EntryPage.length - page.count))
        return page
    }

    /// The entries of a page; nil if it does not hold as many as it says, within the positions of its run.
    static func entries(_ bytes: UnsafeRawBufferPointer, positions: Range<UInt64>) -> [Entry]? {
        guard bytes.count == EntryPage.length else { return nil }
        var key = UInt64(bytes.integer(at: 0, as: UInt32.self)) | UInt64(bytes.integer(at: 4, as: UInt16.self)) << 32
        let count = Int(bytes.integer(at: 6, as: UInt16.self))
        // Each takes a byte at least.
        guard count > 0, count <= EntryPage.length else { return nil }
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        var (place, before, goesOn) = (headerLength, positions.lowerBound, true)
        while entries.count < count {
            if !goesOn {
                guard let step = SubjectIndexLayout.varint(bytes, &place), step > 0, step < 1 << 48 else { return nil }
                key += step
                before = positions.lowerBound
            }
            guard let coded = SubjectIndexLayout.varint(bytes, &place), coded >> 1 < positions.upperBound - before
            else { return nil }
            before += coded >> 1
            goesOn = coded & 1 == 1
            entries.append(Entry(key: key, position: before))
        }
        return goesOn ? nil : entries
    }
}
