package import CivilTime

/// A value that a field can hold: how it stands in the binary form, in JSON and in the schema.
package protocol FieldValue: Hashable, Sendable {
    /// What a field says of its values beyond their type: bounds, vocabulary.
    associatedtype Kind: Sendable

    /// A value to begin with before anything is read.
    static var placeholder: Self { get }
    /// Whether the required form is omitted in the binary form.
    var isZero: Bool { get }
    static var isLengthDelimited: Bool { get }
    /// What ``decode(from:kind:)`` takes, told without decoding.
    static func storedForm(kind: Kind) -> StoredForm

    func encode(to writer: inout WireWriterBox)
    static func decode(from reader: inout WireReaderBox, kind: Kind) throws(EventError) -> Self
    static func read(_ json: JSONNode, kind: Kind, registry: Registry) throws(EventError) -> Self
    func json(kind: Kind, registry: Registry) -> JSONValue
    /// The protobuf type and, where the type alone does not tell, what it means: `sint32`, `date`.
    static func schema(kind: Kind) -> (type: String, meaning: String?)
}

/// Of values that need no further word.
package struct PlainKind: Sendable {}

/// Hands the wire writer to values without making it part of the public vocabulary.
package struct WireWriterBox {
    var writer = WireWriter()
}

/// Hands the wire reader to values without making it part of the public vocabulary.
package struct WireReaderBox {
    var reader: WireReader
}

func wrongType(_ json: JSONNode, _ expected: String) -> EventError {
    EventError(.wrongType, found: json.typeName, expected: expected)
}

/// Bounds and unit of a whole number.
package struct IntegerKind: Sendable {
    package let unit: String
    package let range: ClosedRange<Int64>

    /// Money in whole NT$ (新臺幣元), up to 100 billion (ARI-01).
    package static let amountNTD = IntegerKind(unit: "amount in whole NT$", range: 0...100_000_000_000)
    /// Whole minutes of one day.
    package static let minutesOfDay = IntegerKind(unit: "minutes", range: 0...1_440)
    /// Half-months (半個月) of an allowance.
    package static let halfMonths = IntegerKind(unit: "half-months", range: 0...480)
    /// Seats of a class.
    package static let seats = IntegerKind(unit: "seats", range: 0...100_000)
    /// A place in an order, from 1.
    package static let rank = IntegerKind(unit: "rank", range: 1...1_000_000)
    /// A mark in an examination.
    package static let score = IntegerKind(unit: "points", range: 0...100)
    /// A share in hundredths.
    package static let percent = IntegerKind(unit: "percent", range: 0...100)
    /// A position in the log.
    package static let sequence = IntegerKind(unit: "sequence number", range: 0...(1 << 53))
}

extension Int64: FieldValue {
    package typealias Kind = IntegerKind

    package static var placeholder: Int64 { 0 }
    package var isZero: Bool { self == 0 }
    package static var isLengthDelimited: Bool { false }
    package static func storedForm(kind: IntegerKind) -> StoredForm {
        .number(UInt64(kind.range.lowerBound)...UInt64(kind.range.upperBound))
    }

    package func encode(to writer: inout WireWriterBox) {
        writer.writer.varint(UInt64(bitPattern: self))
    }

    package static func decode(from reader: inout WireReaderBox, kind: IntegerKind) throws(EventError) -> Int64 {
        let raw = try reader.reader.varint()
        guard let value = Int64(exactly: raw), kind.range.contains(value) else {
            throw reader.reader.malformed("a number out of range")
        }
        return value
    }

    package static func read(_ json: JSONNode, kind: IntegerKind, registry: Registry) throws(EventError) -> Int64 {
        switch json.kind {
        case .integer:
            let value = json.integer
            guard kind.range.contains(value) else {
                throw EventError(
                    .outOfRange, found: shownNumber("\(value)"),
                    expected: "\(kind.unit) from \(kind.range.lowerBound) to \(kind.range.upperBound)")
            }
            return value
        case .otherNumber:
            throw EventError(.wrongType, found: shownNumber(json.text), expected: "a whole number (\(kind.unit))")
        default:
            throw wrongType(json, "a whole number (\(kind.unit))")
        }
    }

    /// A phone number may have slipped into a number field.
    private static func shownNumber(_ text: String) -> String {
        PersonalPatterns.containsPersonalNumber(text) ? shown(text) : text
    }

    package func json(kind: IntegerKind, registry: Registry) -> JSONValue { .integer(self) }

    package static func schema(kind: IntegerKind) -> (type: String, meaning: String?) {
        ("uint64", kind.unit)
    }
}

extension Bool: FieldValue {
    package typealias Kind = PlainKind

    package static var placeholder: Bool { false }
    package var isZero: Bool { !self }
    package static var isLengthDelimited: Bool { false }
    package static func storedForm(kind: PlainKind) -> StoredForm { .number(0...1) }

    package func encode(to writer: inout WireWriterBox) { writer.writer.varint(self ? 1 : 0) }

    package static func decode(from reader: inout WireReaderBox, kind: PlainKind) throws(EventError) -> Bool {
        let raw = try reader.reader.varint()
        guard raw <= 1 else { throw reader.reader.malformed("a boolean that is neither 0 nor 1") }
        return raw == 1
    }

    package static func read(_ json: JSONNode, kind: PlainKind, registry: Registry) throws(EventError) -> Bool {
        guard json.kind == .bool else { throw wrongType(json, "true or false") }
        return json.bool
    }

    package func json(kind: PlainKind, registry: Registry) -> JSONValue { .bool(self) }

    package static func schema(kind: PlainKind) -> (type: String, meaning: String?) { ("bool", nil) }
}

extension CivilDate: FieldValue {
    package typealias Kind = PlainKind

    package static var placeholder: CivilDate { CivilDate(dayNumber: 0) ?? .earliest }
    package var isZero: Bool { dayNumber == 0 }
    package static var isLengthDelimited: Bool { false }
    package static func storedForm(kind: PlainKind) -> StoredForm {
        .signed(Int64(CivilDate.earliest.dayNumber)...Int64(CivilDate.latest.dayNumber))
    }

    package func encode(to writer: inout WireWriterBox) { writer.writer.signed(Int64(dayNumber)) }

    package static func decode(from reader: inout WireReaderBox, kind: PlainKind) throws(EventError) -> CivilDate {
        let raw = try reader.reader.signed()
        guard let days = Int32(exactly: raw), let date = CivilDate(dayNumber: days) else {
            throw reader.reader.malformed("a day out of range")
        }
        return date
    }

    package static func read(_ json: JSONNode, kind: PlainKind, registry: Registry) throws(EventError) -> CivilDate {
        guard json.kind == .string else { throw wrongType(json, "a date such as \"2026-06-01\"") }
        guard let date = CivilDate(utf8: json.utf8) else {
            throw EventError(
                .invalidValue, found: shown(json.text), expected: "a date such as 2026-06-01 or 115-06-01 that exists")
        }
        return date
    }

    package func json(kind: PlainKind, registry: Registry) -> JSONValue { .string(description) }

    package static func schema(kind: PlainKind) -> (type: String, meaning: String?) {
        ("sint32", "date, in days since 1970-01-01")
    }
}

extension Instant: FieldValue {
    package typealias Kind = PlainKind

    package static var placeholder: Instant { Instant(microseconds: 0) ?? .earliest }
    package var isZero: Bool { microseconds == 0 }
    package static var isLengthDelimited: Bool { false }
    package static func storedForm(kind: PlainKind) -> StoredForm {
        .signed(Instant.earliest.microseconds...Instant.latest.microseconds)
    }

    package func encode(to writer: inout WireWriterBox) { writer.writer.signed(microseconds) }

    package static func decode(from reader: inout WireReaderBox, kind: PlainKind) throws(EventError) -> Instant {
        guard let instant = Instant(microseconds: try reader.reader.signed()) else {
            throw reader.reader.malformed("a time out of range")
        }
        return instant
    }

    package static func read(_ json: JSONNode, kind: PlainKind, registry: Registry) throws(EventError) -> Instant {
        try read(json)
    }

    /// Reads an RFC 3339 time.
    static func read(_ json: JSONNode) throws(EventError) -> Instant {
        guard json.kind == .string else { throw wrongType(json, "a time such as \"2026-06-01T09:00:00+08:00\"") }
        guard let instant = Instant(utf8: json.utf8) else {
            throw EventError(
                .invalidValue, found: shown(json.text),
                expected: "an RFC 3339 time with an offset, such as 2026-06-01T09:00:00+08:00")
        }
        return instant
    }

    package func json(kind: PlainKind, registry: Registry) -> JSONValue { .string(description) }

    package static func schema(kind: PlainKind) -> (type: String, meaning: String?) {
        ("sint64", "time, in microseconds since 1970-01-01T00:00:00Z")
    }
}
