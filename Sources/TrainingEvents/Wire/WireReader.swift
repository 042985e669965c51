/// Reads the canonical protobuf wire form and refuses any other spelling of the same message.
///
/// Nothing is allocated from a length that the bytes do not hold, and no input traps.
package struct WireReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var offset: Int
    private let end: Int
    /// Whether texts are known to be in normal form: they were when they were written, and checksums have shown that
    /// these are the bytes that were written.
    let isNormalised: Bool

    /// A reader at the start of `bytes`, which outlive it.
    package init(_ bytes: UnsafeRawBufferPointer, isNormalised: Bool = false) {
        self.bytes = bytes
        offset = 0
        end = bytes.count
        self.isNormalised = isNormalised
    }

    private init(_ other: WireReader, from: Int, to: Int) {
        bytes = other.bytes
        offset = from
        end = to
        isNormalised = other.isNormalised
    }

    /// Whether nothing is left.
    package var isAtEnd: Bool { offset == end }

    /// Takes the tag if it is the next one; otherwise leaves the reader where it is.
    @inline(__always)
    mutating func take(_ number: Int, _ type: WireWriter.WireType) throws(EventError) -> Bool {
        guard offset < end else { return false }
        let wanted = UInt64(number) << 3 | type.rawValue
        // Tags of fields up to 15 are one byte: the usual case needs no varint.
        guard bytes[offset] >= 0x80 else {
            guard UInt64(bytes[offset]) == wanted else { return false }
            offset += 1
            return true
        }
        return try takeLongTag(wanted)
    }

    private mutating func takeLongTag(_ wanted: UInt64) throws(EventError) -> Bool {
        let start = offset
        if try varint() == wanted { return true }
        offset = start
        return false
    }

    /// A number as ``WireWriter/varint(_:)`` writes it.
    ///
    /// - Throws: `malformedRecord`.
    @inline(__always)
    package mutating func varint() throws(EventError) -> UInt64 {
        guard offset < end, bytes[offset] < 0x80 else { return try longVarint() }
        offset += 1
        return UInt64(bytes[offset - 1])
    }

    private mutating func longVarint() throws(EventError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < end {
            let byte = bytes[offset]
            offset += 1
            if shift == 63, byte > 1 { throw malformed("a varint of over 64 bits") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                if byte == 0, shift > 0 { throw malformed("a varint longer than it need be") }
                return value
            }
            shift += 7
            if shift > 63 { throw malformed("a varint of over 64 bits") }
        }
        throw malformed("the end of the message inside a number")
    }

    /// A signed number in zigzag form.
    ///
    /// - Throws: `malformedRecord`.
    package mutating func signed() throws(EventError) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// A length and that many bytes, to be read on their own.
    ///
    /// - Throws: `malformedRecord`.
    package mutating func message() throws(EventError) -> WireReader {
        let length = try varint()
        guard length <= UInt64(end - offset) else { throw malformed("a length beyond the end of the message") }
        let inner = WireReader(self, from: offset, to: offset + Int(length))
        offset += Int(length)
        return inner
    }

    mutating func text() throws(EventError) -> String {
        let inner = try message()
        let content = UnsafeRawBufferPointer(rebasing: bytes[inner.offset..<inner.end])
        // The usual case, many times as fast: ASCII is UTF-8.
        if content.allSatisfy({ $0 < 0x80 }) { return String(decoding: content, as: UTF8.self) }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw malformed("text that is not UTF-8")
        }
        return text
    }

    /// The bytes that are left, as a buffer of their own.
    package var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[offset..<end]) }

    func malformed(_ what: String) -> EventError {
        EventError(.malformedRecord, found: "\(what) at byte \(offset)", expected: "the canonical form")
    }
}
