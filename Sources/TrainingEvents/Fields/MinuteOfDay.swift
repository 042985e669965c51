/// A time of the day in Taipei, written `09:30`; `24:00` ends a day.
package struct MinuteOfDay: FieldValue, Comparable {
    package typealias Kind = PlainKind

    /// Minutes since midnight, 0–1440.
    package let minutes: Int32

    /// The time this many minutes after midnight, or `nil` outside 0–1440.
    package init?(minutes: Int32) {
        guard (0...1_440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    private init() { minutes = 0 }

    /// Reads `09:30`; `nil` where the text is no such time.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let time = bytes.withUnsafeBufferPointer({ MinuteOfDay(utf8: $0) }) else { return nil }
        self = time
    }

    /// Reads the same form from the bytes of a text.
    init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = Self.pair(bytes, 0),
            let minute = Self.pair(bytes, 3), minute < 60
        else { return nil }
        self.init(minutes: hour * 60 + minute)
    }

    private static func pair(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int32? {
        guard (0x30...0x39).contains(bytes[index]), (0x30...0x39).contains(bytes[index + 1]) else { return nil }
        return Int32(bytes[index] - 48) * 10 + Int32(bytes[index + 1] - 48)
    }

    package static func < (left: MinuteOfDay, right: MinuteOfDay) -> Bool { left.minutes < right.minutes }

    package var description: String {
        let hour = minutes / 60
        let minute = minutes % 60
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    package static var placeholder: MinuteOfDay { MinuteOfDay() }
    package var isZero: Bool { minutes == 0 }
    package static var isLengthDelimited: Bool { false }
    package static func storedForm(kind: PlainKind) -> StoredForm { .number(0...1_440) }

    package func encode(to writer: inout WireWriterBox) { writer.writer.varint(UInt64(minutes)) }

    package static func decode(from reader: inout WireReaderBox, kind: PlainKind) throws(EventError) -> MinuteOfDay {
        let raw = try reader.reader.varint()
        guard let value = Int32(exactly: raw), let time = MinuteOfDay(minutes: value) else {
            throw reader.reader.malformed("a time of day out of range")
        }
        return time
    }

    package static func read(
        _ json: JSONNode, kind: PlainKind, registry: Registry
    ) throws(EventError) -> MinuteOfDay {
        guard json.kind == .string else { throw wrongType(json, "a time of day such as \"09:30\"") }
        guard let time = MinuteOfDay(utf8: json.utf8) else {
            throw EventError(
                .invalidValue, found: shown(json.text), expected: "a time of day such as 09:30, up to 24:00")
        }
        return time
    }

    package func json(kind: PlainKind, registry: Registry) -> JSONValue { .string(description) }

    package static func schema(kind: PlainKind) -> (type: String, meaning: String?) {
        ("uint32", "time of day, in minutes since midnight")
    }
}
