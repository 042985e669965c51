/// Reads fields in their shortest form from bytes that usually have it; whatever has not is left to the full decoder.
enum PlainField {
    /// Takes a tag of one byte, if it is the next.
    @inline(__always)
    static func take(_ tag: UInt8, _ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> Bool {
        guard place < bytes.count, bytes[place] == tag else { return false }
        place += 1
        return true
    }

    /// A varint in its shortest form.
    @inline(__always)
    static func varint(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> UInt64? {
        guard place < bytes.count else { return nil }
        let first = bytes[place]
        if first < 0x80 {
            place += 1
            return UInt64(first)
        }
        return longVarint(bytes, &place)
    }

    private static func longVarint(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, shift < 63 {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return byte == 0 ? nil : value }
            shift += 7
        }
        return nil
    }

    /// The range of a field's content behind its tag and length.
    @inline(__always)
    static func content(_ tag: UInt8, _ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> Range<Int>? {
        guard take(tag, bytes, &place), let length = varint(bytes, &place), length <= UInt64(bytes.count - place)
        else { return nil }
        defer { place += Int(length) }
        return place..<place + Int(length)
    }
}
