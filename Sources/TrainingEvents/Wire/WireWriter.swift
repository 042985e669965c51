/// Writes the canonical protobuf wire form: fields ascending, minimal varints.
package struct WireWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    enum WireType: UInt64 {
        case varint = 0
        case lengthDelimited = 2
    }

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
}
