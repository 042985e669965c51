/// What the parts of like records have in common: which fields follow each other, and, if the first of them is a
/// number, what it is, since that is what tells kinds of records apart.
///
/// The log knows no more of a part than that it is a protobuf message. See docs/segment-format.md, "Columns".
package struct ColumnShape: Hashable, Sendable {
    /// The tags of the fields in order, at least one; each of a number (wire type 0) or a text (wire type 2).
    package var tags: [UInt32]
    /// The first field's number, or nil if it is a text.
    package var kind: UInt64?

    package init(tags: [UInt32], kind: UInt64?) {
        self.tags = tags
        self.kind = kind
    }

    /// Fields of a part at most; parts with more are stored whole.
    static let maximumFields = 64
    /// Shapes of a stream at most; parts of further ones are stored whole.
    static let maximumShapes = 64
    /// Parts of one shape in a block at least, to be worth columns of their own.
    static let minimumParts: UInt32 = 6

    /// Columns of the shape: one a field, except for the first field's number.
    var columns: Int { tags.count - firstColumn }
    /// The index of the first field that has a column.
    var firstColumn: Int { kind == nil ? 0 : 1 }

    static func isNumber(_ tag: UInt32) -> Bool { tag & 7 == 0 }
}

/// Reads what stands in columns and parts: varints in their shortest form.
struct ColumnBytes {
    let bytes: UnsafeRawBufferPointer
    var place: Int
    let end: Int

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.bytes = bytes
        place = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { place == end }

    /// A varint of at most 64 bits in its shortest form, or nil.
    @inline(__always)
    mutating func varint() -> UInt64? {
        guard place < end else { return nil }
        let first = bytes[place]
        if first < 0x80 {
            place += 1
            return UInt64(first)
        }
        return longVarint()
    }

    private mutating func longVarint() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < end, shift < 64 {
            let byte = bytes[place]
            place += 1
            if shift == 63, byte > 1 { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return byte == 0 ? nil : value }
            shift += 7
        }
        return nil
    }

    /// A length or number that counts bytes or records, or nil if it is above `limit`.
    mutating func count(upTo limit: Int) -> Int? {
        guard let value = varint(), value <= UInt64(limit) else { return nil }
        return Int(value)
    }

    /// So many bytes, or nil if there are fewer.
    mutating func take(_ count: Int) -> Range<Int>? {
        guard count <= end - place else { return nil }
        defer { place += count }
        return place..<place + count
    }

    /// Bytes that `value` takes as a varint.
    static func length(ofVarint value: UInt64) -> Int { max(1, (70 - value.leadingZeroBitCount) / 7) }

    /// Writes a varint; the caller has made sure of ten bytes. Returns the place behind it.
    @inline(__always)
    static func write(_ value: UInt64, to memory: UnsafeMutableRawBufferPointer, at start: Int) -> Int {
        var (value, place) = (value, start)
        while value >= 0x80 {
            memory[place] = UInt8(truncatingIfNeeded: value) | 0x80
            value >>= 7
            place += 1
        }
        memory[place] = UInt8(truncatingIfNeeded: value)
        return place + 1
    }

    /// Adds a varint.
    static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: value))
    }
}
