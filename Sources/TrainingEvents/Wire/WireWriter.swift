/// Writes the canonical protobuf wire form: fields ascending, minimal varints.
package struct WireWriter {
    package private(set) var bytes: [UInt8] = []

    /// A writer that has written nothing.
    package init() {}

    /// A writer with room for some bytes.
    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    enum WireType: UInt64 {
        case varint = 0
        case lengthDelimited = 2
    }

    /// Forgets what was written and keeps the memory.
    mutating func reset() { bytes.removeAll(keepingCapacity: true) }

    mutating func tag(_ number: Int, _ type: WireType) {
        varint(UInt64(number) << 3 | type.rawValue)
    }

    /// A number of up to 64 bits, seven in a byte, the lowest first.
    package mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A signed number in zigzag form (`sint32`, `sint64`).
    package mutating func signed(_ value: Int64) {
        varint(UInt64(bitPattern: value << 1) ^ UInt64(bitPattern: value >> 63))
    }

    mutating func text(_ value: String) {
        varint(UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    /// A length and that many bytes.
    package mutating func message(_ content: [UInt8]) {
        varint(UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    /// A field that is a message.
    mutating func part(_ number: Int, _ content: [UInt8]) {
        tag(number, .lengthDelimited)
        message(content)
    }

    /// Bytes that are in the wire form already.
    mutating func append(_ content: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: content) }

    /// Puts bytes down, as a field if it has a number; gives their place.
    mutating func place(_ content: UnsafeBufferPointer<UInt8>, field: Int?) -> ByteRange {
        if let field {
            tag(field, .lengthDelimited)
            varint(UInt64(content.count))
        }
        defer { append(content) }
        return ByteRange(bytes.count..<bytes.count + content.count)
    }
}
