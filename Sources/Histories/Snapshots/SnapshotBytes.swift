/// Writes facts as varints: numbers with a sign in zigzag, texts and lists after their length.
package struct SnapshotWriter: SnapshotCoder {
    package static var isReading: Bool { false }
    package private(set) var bytes: [UInt8] = []
    package var last = SnapshotNeighbours()

    package init() {}

    package mutating func code(_ value: inout UInt64) throws(SnapshotFault) { put(value) }

    package mutating func code(_ value: inout Int64) throws(SnapshotFault) {
        put(UInt64(bitPattern: value << 1) ^ UInt64(bitPattern: value >> 63))
    }

    package mutating func code(_ text: inout String) throws(SnapshotFault) {
        put(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func code(bytes content: inout [UInt8]) throws(SnapshotFault) {
        put(UInt64(content.count))
        bytes += content
    }

    package mutating func count(_ count: Int) throws(SnapshotFault) -> Int {
        put(UInt64(count))
        return count
    }

    private mutating func put(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// Reads what ``SnapshotWriter`` wrote. No bytes make it trap, or allocate more than a fixed multiple of themselves.
package struct SnapshotReader: SnapshotCoder {
    package static var isReading: Bool { true }
    private let bytes: UnsafeRawBufferPointer
    private var place = 0
    package var last = SnapshotNeighbours()

    package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    package var isAtEnd: Bool { place == bytes.count }

    package mutating func code(_ value: inout UInt64) throws(SnapshotFault) { value = try varint() }

    package mutating func code(_ value: inout Int64) throws(SnapshotFault) {
        let zigzag = try varint()
        value = Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
    }

    package mutating func code(_ text: inout String) throws(SnapshotFault) {
        let content = try content()
        if content.allSatisfy({ $0 < 0x80 }) {
            text = String(decoding: content, as: UTF8.self)
            return
        }
        guard let found = String(validating: content, as: UTF8.self) else {
            throw SnapshotFault(reason: "text that is not UTF-8")
        }
        text = found
    }

    package mutating func code(bytes content: inout [UInt8]) throws(SnapshotFault) {
        content = [UInt8](try self.content())
    }

    package mutating func count(_ count: Int) throws(SnapshotFault) -> Int {
        let found = try varint()
        // Every element takes a byte at least.
        guard found <= UInt64(bytes.count - place) else { throw SnapshotFault(reason: "a list that is too long") }
        return Int(found)
    }

    private mutating func content() throws(SnapshotFault) -> UnsafeRawBufferPointer {
        let length = try varint()
        guard length <= UInt64(bytes.count - place) else { throw SnapshotFault(reason: "a text that is too long") }
        defer { place += Int(length) }
        return UnsafeRawBufferPointer(rebasing: bytes[place..<place + Int(length)])
    }

    @inline(__always)
    private mutating func varint() throws(SnapshotFault) -> UInt64 {
        guard place < bytes.count else { throw SnapshotFault(reason: "an end inside a fact") }
        let first = bytes[place]
        guard first >= 0x80 else {
            place += 1
            return UInt64(first)
        }
        return try longVarint()
    }

    private mutating func longVarint() throws(SnapshotFault) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, shift < 64 {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw SnapshotFault(reason: "a number that has no end")
    }
}
