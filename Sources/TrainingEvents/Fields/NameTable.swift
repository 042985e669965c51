/// Finds the places of a few fixed names by their bytes.
///
/// An open-addressing table made once. The hash needs no secret: the names are the program's own, so whatever is
/// looked up passes a few of them at most.
struct NameTable: Sendable {
    private struct Entry {
        var hash: UInt32 = 0
        var start: UInt32 = 0
        /// 0 marks an empty entry: no name is empty.
        var count: UInt16 = 0
        var place: UInt16 = 0
    }

    private let bytes: [UInt8]
    private let entries: [Entry]

    /// A table of different names, none of them empty. By their bytes, so they are put into normal form C.
    init(_ names: [String]) {
        var size = 16
        while size < names.count * 4 { size *= 2 }
        var bytes: [UInt8] = []
        var entries = [Entry](repeating: Entry(), count: size)
        for (place, name) in names.enumerated() {
            let name = Array(name.inNormalFormC.utf8)
            let hash = name.withUnsafeBufferPointer { Self.hash($0) }
            var index = Int(hash) & (size - 1)
            while entries[index].count > 0 { index = (index + 1) & (size - 1) }
            entries[index] = Entry(
                hash: hash, start: UInt32(bytes.count), count: UInt16(name.count), place: UInt16(place))
            bytes += name
        }
        self.bytes = bytes
        self.entries = entries
    }

    /// The place of the name that a text is, in any spelling that Unicode holds for the same.
    func place(of node: JSONNode) -> Int? {
        if node.isASCII { return place(of: node.utf8) }
        return Array(node.text.inNormalFormC.utf8).withUnsafeBufferPointer { place(of: $0) }
    }

    private func place(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        let hash = Self.hash(name)
        var index = Int(hash) & (entries.count - 1)
        while entries[index].count > 0 {
            let entry = entries[index]
            if entry.hash == hash, isSame(name, entry) { return Int(entry.place) }
            index = (index + 1) & (entries.count - 1)
        }
        return nil
    }

    private func isSame(_ name: UnsafeBufferPointer<UInt8>, _ entry: Entry) -> Bool {
        let range = Int(entry.start)..<Int(entry.start) + Int(entry.count)
        return bytes.withUnsafeBufferPointer { name.hasSameBytes(as: UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// A hash of the length and of the first and last eight bytes, by which the names differ.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let raw = UnsafeRawBufferPointer(bytes)
        var (first, last): (UInt64, UInt64) = (0, 0)
        if raw.count >= 8 {
            first = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
            last = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self))
        } else {
            for byte in raw { first = first << 8 | UInt64(byte) }
        }
        let mixed = (first ^ last &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(raw.count)) &* 0xFF51_AFD7_ED55_8CCD
        return UInt32(truncatingIfNeeded: mixed >> 32)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether both hold the same bytes.
    func hasSameBytes(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        UnsafeRawBufferPointer(self).hasSameBytes(as: UnsafeRawBufferPointer(other))
    }
}

extension UnsafeRawBufferPointer {
    /// Whether both hold the same bytes.
    func hasSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        guard count >= 8 else {
            for index in 0..<count where self[index] != other[index] { return false }
            return true
        }
        func isSame(_ offset: Int) -> Bool {
            loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                == other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        var offset = 0
        while offset < count - 8 {
            guard isSame(offset) else { return false }
            offset += 8
        }
        return isSame(count - 8)
    }
}
