import EventLog

/// A key and the position of an event that has it.
struct Entry: Hashable, Comparable {
    /// 48 bits.
    var key: UInt64
    var position: UInt64

    static func < (left: Entry, right: Entry) -> Bool {
        left.key == right.key ? left.position < right.position : left.key < right.key
    }
}

/// A page of entries in ascending order, in the 508 bytes that with their checksum fill a sector.
///
/// | bytes | |
/// | --- | --- |
/// | 0–5 | the first key |
/// | 6 | number of entries |
/// | 7 | bytes of a difference |
/// | 8– | the keys' differences from the first, then the positions' from the first position of the run |
struct EntryPage {
    static let length = 508
    static let maximumCount = 255
    private static let headerLength = 8

    private let bytes: UnsafeRawBufferPointer
    private let keyWidth: Int
    private let positionWidth: Int
    private let origin: UInt64
    /// The number of entries.
    let count: Int
    /// The first entry's key.
    let base: UInt64

    /// Reads a page's header; nil if the entries that it names do not fit.
    init?(_ bytes: UnsafeRawBufferPointer, positionWidth: Int, origin: UInt64) {
        guard bytes.count == Self.length, (0...6).contains(Int(bytes[7])), bytes[6] > 0 else { return nil }
        self.bytes = bytes
        self.positionWidth = positionWidth
        self.origin = origin
        base = Self.integer(bytes, at: 0, width: 6)
        count = Int(bytes[6])
        keyWidth = Int(bytes[7])
        guard Self.headerLength + count * (keyWidth + positionWidth) <= Self.length else { return nil }
    }

    /// The key of the entry at an index below ``count``.
    func key(_ index: Int) -> UInt64 {
        base &+ Self.integer(bytes, at: Self.headerLength + index * keyWidth, width: keyWidth)
    }

    /// The entry at an index below ``count``.
    subscript(_ index: Int) -> Entry {
        let place = Self.headerLength + count * keyWidth + index * positionWidth
        return Entry(key: key(index), position: origin &+ Self.integer(bytes, at: place, width: positionWidth))
    }

    /// The first index whose key is not below `key`, or ``count``.
    func firstIndex(notBelow key: UInt64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self.key(middle) < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func integer(_ bytes: UnsafeRawBufferPointer, at offset: Int, width: Int) -> UInt64 {
        if offset + 8 <= bytes.count {
            return bytes.integer(at: offset, as: UInt64.self) & (1 << UInt64(8 * width) &- 1)
        }
        var value: UInt64 = 0
        for index in 0..<width { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        return value
    }

    /// The bytes that `value` needs.
    static func width(_ value: UInt64) -> Int { (64 - value.leadingZeroBitCount + 7) / 8 }

    /// Whether a page of `count` entries, the last `span` above the first, has room.
    static func fits(count: Int, span: UInt64, positionWidth: Int) -> Bool {
        count <= maximumCount && headerLength + count * (width(span) + positionWidth) <= length
    }

    /// A page of these entries, which fit.
    static func encoded(_ entries: [Entry], positionWidth: Int, origin: UInt64) -> [UInt8] {
        guard let first = entries.first, let last = entries.last else { preconditionFailure("a page has entries") }
        let keyWidth = width(last.key - first.key)
        var page: [UInt8] = []
        page.reserveCapacity(length)
        func append(_ value: UInt64, _ width: Int) {
            for index in 0..<width { page.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
        }
        append(first.key, 6)
        append(UInt64(entries.count), 1)
        append(UInt64(keyWidth), 1)
        for entry in entries { append(entry.key - first.key, keyWidth) }
        for entry in entries { append(entry.position - origin, positionWidth) }
        page.append(contentsOf: repeatElement(0, count: length - page.count))
        return page
    }
}
