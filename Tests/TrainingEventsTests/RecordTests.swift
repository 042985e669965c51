import CivilTime
import Testing

@testable import TrainingEvents

/// Builds wire bytes by hand, apart from the encoder under test.
enum Wire {
    static func varint(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    static func number(_ field: Int, _ value: UInt64) -> [UInt8] { varint(UInt64(field) << 3) + varint(value) }

    static func bytes(_ field: Int, _ content: [UInt8]) -> [UInt8] {
        varint(UInt64(field) << 3 | 2) + varint(UInt64(content.count)) + content
    }

    static func text(_ field: Int, _ text: String) -> [UInt8] { bytes(field, Array(text.utf8)) }
}

@Suite("The canonical binary form")
struct RecordTests {
    /// Facts of an `enrolment.started` of trainee 1 in class 1 on 1970-01-02.
    static let facts = Wire.number(1, 30) + Wire.number(2, 1) + Wire.number(8, 1) + Wire.number(9, 2)
    static let envelope = Wire.text(1, "s") + Wire.text(2, "i") + Wire.number(3, 2) + Wire.number(5, 4)

    static func record(_ facts: [UInt8] = facts, _ envelope: [UInt8] = envelope, _ tail: [UInt8] = []) -> [UInt8] {
        Wire.bytes(1, facts) + Wire.bytes(2, envelope) + tail
    }

    @Test("reads what was put together by hand")
    func byHand() throws {
        let event = try Event(decoding: Self.record())
        #expect(event.subject == .trainee(TraineeNumber(1)))
        #expect(event.envelope.source == "s")
        #expect(event.envelope.id == "i")
        #expect(event.envelope.time == Instant(microseconds: 1_000_000))
        #expect(event.envelope.recordedTime == Instant(microseconds: 2_000_000))
        guard case .enrolmentStarted(let started) = event.body else { return #expect(Bool(false)) }
        #expect(started.classNumber == ClassNumber(1))
        #expect(started.on == CivilDate("1970-01-02"))
        #expect(try event.encoded() == Self.record())
    }

    static let minimal = Wire.number(1, 30)

    /// Spellings that are not the canonical one, each named.
    static let otherSpellings: [String: [UInt8]] = [
        "nothing": [],
        "no facts": Wire.bytes(2, envelope),
        "no envelope": Wire.bytes(1, facts),
        "envelope first": Wire.bytes(2, envelope) + Wire.bytes(1, facts),
        "facts twice": Wire.bytes(1, facts) + record(),
        "an empty personal part": record(facts, envelope, Wire.bytes(3, [])),
        "a personal part that the type has not": record(facts, envelope, Wire.text(3, "x")),
        "a fourth part": record(facts, envelope, Wire.bytes(4, [])),
        "facts as a number": Wire.number(1, 5) + Wire.bytes(2, envelope),
        "an empty message of facts": record([]),
        "type 0": record(Wire.number(1, 0)),
        "no type": record(Wire.number(2, 1)),
        "type 52": record(Wire.number(1, 52)),
        "type 286, 30 in eight bits": record(Wire.number(1, 286)),
        "subject 0 written out": record(Wire.number(1, 30) + Wire.number(2, 0)),
        "a subject over 32 bits": record(Wire.number(1, 30) + Wire.number(2, 1 << 32)),
        "a subject by ID": record(Wire.number(1, 30) + Wire.text(3, "T-1")),
        "a subject of a kind": record(Wire.number(1, 30) + Wire.number(2, 1) + Wire.number(4, 1)),
        "class 0 written out": record(Wire.number(1, 30) + Wire.number(8, 0)),
        "a class over 32 bits": record(Wire.number(1, 30) + Wire.number(8, 1 << 32)),
        "a day written out as 0": record(Wire.number(1, 30) + Wire.number(9, 0)),
        "a day before 1868": record(Wire.number(1, 30) + Wire.number(9, 2 * 40_000 - 1)),
        "a day over 32 bits": record(Wire.number(1, 30) + Wire.number(9, 1 << 40)),
        "fields in another order": record(Wire.number(1, 30) + Wire.number(9, 2) + Wire.number(8, 1)),
        "a field twice": record(facts + Wire.number(9, 2)),
        "an unknown field": record(facts + Wire.number(10, 1)),
        "an unknown field of a high number": record(facts + Wire.number(5_000, 1)),
        "field number 0": record(facts + Wire.number(0, 1)),
        "the highest field number": record(facts + Wire.varint(.max)),
        "another wire type": record(Wire.number(1, 30) + Wire.bytes(8, [1])),
        "a fixed 64-bit field": record(facts + [0x51, 0, 0, 0, 0, 0, 0, 0, 0]),
        "a group": record(facts + [0x53, 0x54]),
        "a number longer than it need be": record(Wire.number(1, 30) + Wire.varint(8 << 3) + [0x81, 0x00]),
        "a tag longer than it need be": record(Wire.number(1, 30) + [0xC0, 0x00, 0x01]),
        "a length longer than it need be": [0x0A, 0x82, 0x00] + minimal + Wire.bytes(2, envelope),
        "a number of eleven bytes": record(Wire.number(1, 30) + [0x40] + Array(repeating: 0x80, count: 10) + [1]),
        "a number over 64 bits": record(Wire.number(1, 30) + [0x40] + Array(repeating: 0xFF, count: 9) + [2]),
        "a number without an end": record(Wire.number(1, 30) + [0x40, 0x80]),
        "a length beyond the end": [0x0A, 0x7F] + facts,
        "a length of 63 bits": [0x0A] + Wire.varint(UInt64(Int64.max)) + facts,
        "a length of 64 bits": [0x0A] + Wire.varint(.max) + facts,
        "a length into the next part": [0x0A, 12] + facts + Wire.bytes(2, envelope),
        "a tail": record() + [0],
        "no source": record(facts, Wire.text(2, "i")),
        "an empty source": record(facts, Wire.text(1, "") + Wire.text(2, "i")),
        "a source of 201 bytes": record(facts, Wire.text(1, String(repeating: "s", count: 201)) + Wire.text(2, "i")),
        "a source that is not UTF-8": record(facts, Wire.bytes(1, [0xFF]) + Wire.text(2, "i")),
        "a source in two code points": record(facts, Wire.text(1, "e\u{301}") + Wire.text(2, "i")),
        "a source of marks": record(
            facts, Wire.text(1, String(repeating: "\u{316}", count: 31)) + Wire.text(2, "i")),
        "a time written out as 0": record(facts, Wire.text(1, "s") + Wire.text(2, "i") + Wire.number(3, 0)),
        "microseconds written out as 0": record(facts, Wire.text(1, "s") + Wire.text(2, "i") + Wire.number(4, 0)),
        "a million microseconds": record(facts, Wire.text(1, "s") + Wire.text(2, "i") + Wire.number(4, 1_000_000)),
        "a time in the year 10000": record(facts, Wire.text(1, "s") + Wire.text(2, "i") + Wire.number(3, 1 << 39)),
        "a time that overflows": record(facts, Wire.text(1, "s") + Wire.text(2, "i") + Wire.number(3, .max - 1)),
        "the other time that overflows": record(
            facts, Wire.text(1, "s") + Wire.text(2, "i") + Wire.number(3, .max) + Wire.number(4, 999_999)),
        "an unknown field of the envelope": record(facts, envelope + Wire.number(7, 1)),
    ]

    @Test("is the only one that is read", arguments: otherSpellings.keys.sorted())
    func refused(name: String) throws {
        let bytes = try #require(Self.otherSpellings[name])
        let error = #expect(throws: EventError.self) { try Event(decoding: bytes) }
        #expect(error?.code == .malformedRecord)
        #expect(error?.found.contains("at byte") == true)
    }

    static func payload(_ type: UInt64, subject: UInt64 = 0, _ fields: [UInt8]) -> [UInt8] {
        record(Wire.number(1, type) + (subject == 0 ? [] : Wire.number(2, subject)) + fields)
    }

    @Test("reads optional fields with a zero that is written out, and derived ones without")
    func zeros() throws {
        // selection.scored with written = 0; event.retracted of position 0, then 0 written out.
        let scored = Self.payload(26, Wire.number(9, 0))
        #expect(try Event(decoding: scored).encoded() == scored)
        let retracted = Self.payload(51, Wire.text(8, "s") + Wire.text(9, "i"))
        #expect(try Event(decoding: retracted).encoded() == retracted)
        #expect(throws: EventError.self) {
            try Event(decoding: Self.payload(51, Wire.text(8, "s") + Wire.text(9, "i") + Wire.number(10, 0)))
        }
    }

    @Test(
        "refuses values outside the vocabulary and bounds",
        arguments: [
            ("seat 4", payload(27, Wire.number(9, 4))), ("seat 0", payload(27, Wire.number(9, 0))),
            ("no seat", payload(27, [])), ("seat 257", payload(27, Wire.number(9, 257))),
            ("rank 0", payload(27, Wire.number(9, 1) + Wire.number(10, 0))),
            ("a score of 101", payload(26, Wire.number(9, 101))),
            ("an amount of 2^63", payload(28, Wire.number(9, 1 << 63))),
            ("a certificate of 2", payload(38, Wire.number(9, 2) + Wire.number(10, 2))),
            ("a certificate of 0", payload(38, Wire.number(9, 2) + Wire.number(10, 0))),
            ("a session at 24:01", payload(5, Wire.bytes(8, Wire.number(2, 1_441)))),
            ("an unknown field in a session", payload(5, Wire.bytes(8, Wire.number(4, 1)))),
            ("a complaint about a trainee", payload(46, subject: 1, Wire.text(8, "c"))),
            ("a retraction about kind 4", payload(51, Wire.number(4, 4) + Wire.text(8, "s") + Wire.text(9, "i"))),
            ("a rulebook with a number", payload(50, subject: 1, Wire.text(3, "b") + Wire.text(8, "d"))),
            ("2,001 sessions", payload(5, Array(repeating: Wire.bytes(8, []), count: 2_001).flatMap(\.self))),
        ])
    func values(name: String, bytes: [UInt8]) {
        let error = #expect(throws: EventError.self) { try Event(decoding: bytes) }
        #expect(error?.code == .malformedRecord)
    }

    @Test("is read up to 65,535 bytes and not beyond")
    func length() throws {
        func record(_ length: Int) -> [UInt8] {
            let reason = Wire.text(3, String(repeating: "r", count: length))
            return Self.record(
                Wire.number(1, 46) + Wire.number(4, 1) + Wire.text(8, "c") + Wire.text(10, "n"), Self.envelope,
                Wire.bytes(3, reason))
        }
        let most = (65_400...65_535).last { record($0).count <= Limits.recordBytes } ?? 0
        #expect(record(most).count == Limits.recordBytes)
        let event = try Event(decoding: record(most))
        #expect(try event.encoded() == record(most))
        #expect(throws: EventError.self) { try Event(decoding: record(most + 1)) }
    }

    /// The record without its third part.
    static func withoutPersonalPart(_ bytes: [UInt8]) -> [UInt8] {
        var end = 0
        for _ in 0..<2 {
            end += 1
            var length = 0
            var shift = 0
            while bytes[end] >= 0x80 {
                length |= Int(bytes[end] & 0x7F) << shift
                shift += 7
                end += 1
            }
            length |= Int(bytes[end]) << shift
            end += 1 + length
        }
        return Array(bytes[..<end])
    }

    @Test("leaves the facts as they are when the personal part is destroyed", arguments: EventExample.all)
    func personalPartDestroyed(example: EventExample) throws {
        let whole = try TestDoor.event(example, example.full)
        let rest = Self.withoutPersonalPart(try whole.encoded())
        let event = try Event(decoding: rest)
        #expect(event.envelope == whole.envelope)
        #expect(event.subject == whole.subject)
        #expect(event.type == whole.type)
        #expect(try event.encoded() == rest)
    }
}
