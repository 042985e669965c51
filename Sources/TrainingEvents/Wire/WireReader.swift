/// Reads the canonical protobuf wire form and refuses any other spelling of the same message.
///
/// Nothing is allocated from a length that the bytes do not hold, and no input traps.
struct WireReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var offset: Int
    private let end: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        offset = 0
        end = bytes.count
    }

    private init(_ bytes: UnsafeRawBufferPointer, from: Int, to: Int) {
        self.bytes = bytes
        offset = from
        end = to
    }

    var isAtEnd: Bool { offset == end }

    /// Takes the tag if it is the next one; otherwise leaves the reader where it is.
    mutating func take(_ number: Int, _ type: WireWriter.WireType) throws(EventError) -> Bool {
        let wanted = UInt64(number) << 3 | type.rawValue
        // Tags of fields up to 15 are one byte: the usual case needs no varint.
        if offset < end, bytes[offset] < 0x80 {
            guard UInt64(bytes[offset]) == wanted else { return false }
            offset += 1
            return true
        }
        guard offset < end else { return false }
        let start = offset
        if try varint() == wanted { return true }
        offset = start
        return false
    }

    mutating func varint() throws(EventError) -> UInt64 {
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

    mutating func signed() throws(EventError) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func message() throws(EventError) -> WireReader {
        let length = try varint()
        guard length <= UInt64(end - offset) else { throw malformed("a length beyond the end of the message") }
        let inner = WireReader(bytes, from: offset, to: offset + Int(length))
        offset += Int(length)
        return inner
    }

    mutating func text() throws(EventError) -> String {
        let inner = try message()
        let content = UnsafeRawBufferPointer(rebasing: bytes[inner.offset..<inner.end])
        guard let text = String(validating: content, as: UTF8.self) else {
            throw malformed("text that is not UTF-8")
        }
        return text
    }

    /// The bytes that are left, as a buffer of their own.
    var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[offset..<end]) }

    func malformed(_ what: String) -> EventError {
        EventError(.malformedRecord, found: "\(what) at byte \(offset)", expected: "the canonical form")
    }
}
