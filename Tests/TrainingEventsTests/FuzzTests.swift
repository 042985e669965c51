import CivilTime
import Testing

@testable import TrainingEvents

@Suite("Chance and malice", .serialized)
struct FuzzTests {
    static func records() throws -> [[UInt8]] {
        try EventExample.all.flatMap { example in
            try example.each.map { try TestDoor.event(example, $0).encoded() }
        }
    }

    private static func lines() -> [[UInt8]] {
        EventExample.all.flatMap { example in
            example.each.map { Array(TestDoor.line(example.type, example.subject, data: $0).utf8) }
        }
    }

    /// Spoils the record, or one of its parts under lengths that fit, which reaches deeper.
    static func spoiled(_ record: [UInt8], _ other: [UInt8], _ chance: inout SeededGenerator) -> [UInt8] {
        if chance.chance(3) { return Mutation.apply(to: record, other: other, &chance) }
        var parts = split(record)
        let others = split(other)
        let index = chance.below(parts.count)
        parts[index] = Mutation.apply(to: parts[index], other: chance.pick(others), &chance)
        if chance.chance(20) { parts.append(Array("x".utf8)) }
        return parts.enumerated().flatMap { Wire.bytes($0.offset + 1, $0.element) }
    }

    /// The contents of the top-level fields.
    private static func split(_ record: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        var index = 0
        while index < record.count {
            index += 1
            var length = 0
            var shift = 0
            while record[index] >= 0x80 {
                length |= Int(record[index] & 0x7F) << shift
                shift += 7
                index += 1
            }
            length |= Int(record[index]) << shift
            index += 1
            parts.append(Array(record[index..<(index + length)]))
            index += length
        }
        return parts
    }

    @Test("a record that is decoded encodes to the same bytes, and no bytes stop the decoder")
    func records() throws {
        let records = try Self.records()
        var taken = 0
        Fuzzing.run("records") { chance in
            let bytes = Self.spoiled(chance.pick(records), chance.pick(records), &chance)
            let event: Event
            do throws(EventError) { event = try Event(decoding: bytes) } catch {
                guard error.code == .malformedRecord else { throw Finding("refused as \(error)") }
                return
            }
            taken += 1
            guard try event.encoded() == bytes else { throw Finding("encodes to other bytes: \(bytes)") }
            // What no door let in can still be printed, and read or refused.
            let text = event.json(sequence: 1, registry: TestDoor.registry).text
            let json = try JSONParser.parse(text)
            guard json.text == text else { throw Finding("prints other JSON the second time: \(text)") }
            do throws(EventError) { _ = try TestDoor.read(json) } catch {}
        }
        #expect(taken > 0, "every spoiled record was refused: too spoiled to test much")
    }

    /// JSON → event → bytes → event → JSON is a fixed point.
    private static func requireFixedPoint(_ json: JSONValue) throws -> Bool {
        let event: Event
        do throws(EventError) { event = try TestDoor.read(json) } catch {
            guard error.message.unicodeScalars.count < 1_500 else { throw Finding("a long message: \(error)") }
            return false
        }
        let bytes: [UInt8]
        do throws(EventError) { bytes = try event.encoded() } catch {
            guard error.code == .outOfRange else { throw error }
            return false
        }
        let decoded = try Event(decoding: bytes)
        guard decoded == event, try decoded.encoded() == bytes else {
            throw Finding("changes in the record: \(json.text)")
        }
        let text = decoded.json(sequence: 7, registry: TestDoor.registry).text
        let again = try TestDoor.read(text)
        guard again == event, again.hasSameContent(as: event) else { throw Finding("changes in JSON: \(json.text)") }
        guard again.json(sequence: 7, registry: TestDoor.registry).text == text, try again.encoded() == bytes else {
            throw Finding("is not fixed: \(json.text)")
        }
        return true
    }

    @Test("a line that is read is a fixed point, and no bytes stop the parser")
    func lines() {
        let lines = Self.lines()
        var taken = 0
        Fuzzing.run("lines", until: { taken > 0 }) { chance in
            let bytes = Mutation.apply(to: chance.pick(lines), other: chance.pick(lines), &chance)
            let parsed = bytes.withUnsafeBufferPointer { buffer -> Result<JSONValue, EventError> in
                do throws(EventError) { return .success(try JSONParser.parse(buffer)) } catch { return .failure(error) }
            }
            guard case .success(let json) = parsed else { return }
            guard try JSONParser.parse(json.text).text == json.text else {
                throw Finding("prints other JSON: \(bytes)")
            }
            if try Self.requireFixedPoint(json) { taken += 1 }
        }
        #expect(taken > 0, "every spoiled line was refused: too spoiled to test much")
    }

    @Test("random events of the right shape are fixed points or refused")
    func shapes() throws {
        var taken = 0
        Fuzzing.run("shapes") { chance in
            let example = chance.pick(EventExample.all)
            var data = try JSONParser.parse(chance.pick(example.each))
            for key in data.keys {
                if chance.chance(12) { data = data.without(key) }
                if chance.chance(3) { data = data.with(key, RandomJSON.like(data[key] ?? .null, &chance)) }
            }
            if chance.chance(30) { data = data.with(RandomJSON.text(&chance), RandomJSON.value(&chance, depth: 0)) }
            var line = try JSONParser.parse(TestDoor.line(example.type, example.subject, data: data.text))
            for key in ["id", "source", "time", "subject", "recordedtime"] where chance.chance(6) {
                line = line.with(key, RandomJSON.like(line[key] ?? .string("2026-06-01T00:00:00Z"), &chance))
            }
            if try Self.requireFixedPoint(line) { taken += 1 }
        }
        #expect(taken > 0)
    }

    @Test("text is put into normal form once and for all")
    func text() {
        Fuzzing.run("text") { chance in
            let text = RandomJSON.text(&chance)
            let canonical: String
            do throws(EventError) { canonical = try text.checked(multipleLines: true) } catch { return }
            guard canonical.isInNormalFormC else { throw Finding("not normal: \(Array(text.unicodeScalars))") }
            let again = try canonical.checked(multipleLines: true)
            guard again.utf8.elementsEqual(canonical.utf8) else {
                throw Finding("not stable: \(Array(text.unicodeScalars))")
            }
            guard canonical == text else { throw Finding("another text: \(Array(text.unicodeScalars))") }
        }
    }
}

/// Values that readers trip over.
enum RandomJSON {
    static func like(_ value: JSONValue, _ chance: inout SeededGenerator) -> JSONValue {
        switch value {
        case _ where chance.chance(15): self.value(&chance, depth: 0)
        case .integer:
            .integer(chance.pick([0, 1, 2, 15, 60, 100, 480, 1_440, 70_000, -1, .max, .min, 100_000_000_000]))
        case .bool: .bool(chance.chance(2))
        case .string(let text): .string(string(like: text, &chance))
        case .array(let elements):
            .array(
                (0..<chance.below(4)).map { _ in
                    elements.isEmpty ? .string("idCard") : like(chance.pick(elements), &chance)
                })
        case .object(let members):
            .object(
                members.filter { _ in !chance.chance(5) }.map {
                    .init($0.key, chance.chance(2) ? $0.value : like($0.value, &chance))
                })
        default: self.value(&chance, depth: 0)
        }
    }

    private static func string(like text: String, _ chance: inout SeededGenerator) -> String {
        if CivilDate(text) != nil, let day = CivilDate(dayNumber: Int32(chance.below(414_000) - 37_000)) {
            let (year, month, date) = day.parts
            let forms = [
                day.description, day.republicDescription, "\(year - 1_911)/\(month)/\(date)", "1150230", "2026-02-30",
            ]
            return chance.pick(forms)
        }
        if text.contains("T"), text.contains(":") {
            return chance.pick([
                "2026-06-01T00:00:00Z", "2026-05-31T20:30:00.25-04:30", "1868-01-01T00:00:00+08:00",
                "2999-12-31T23:59:59.999999+08:00", "1969-12-31T23:59:59.999999Z", "2026-06-01T09:00:00.1234567Z",
            ])
        }
        if MinuteOfDay(text) != nil { return chance.pick(["00:00", "24:00", "09:30", "24:01", "9:30"]) }
        return chance.chance(2)
            ? self.text(&chance)
            : chance.pick([
                "T-1001", "C-1", "U-0", "idCard", "other", "A123456789", "B123456780", "0912345678", "", " ",
                "notWorking",
            ])
    }

    /// Scalars of every sort that normal forms care for, and some that are refused.
    static func text(_ chance: inout SeededGenerator) -> String {
        let blocks: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x20...0x7E, 0xA0...0x17F, 0x300...0x36F, 0x300...0x36F, 0x590...0x5FF, 0x900...0x97F,
            0xE00...0xEFF,
            0x1100...0x11FF, 0x1100...0x11FF, 0xAC00...0xD7A3, 0x1E00...0x1FFF, 0x2000...0x206F, 0x20D0...0x20FF,
            0x3000...0x30FF,
            0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFE00...0xFEFF, 0xFF00...0xFFEF, 0x1D100...0x1D1FF, 0x1F300...0x1F6FF,
            0x2F800...0x2FA1F, 0x11000...0x11FFF, 0...0x1F, 0xE000...0xE010, 0x10FFF0...0x10FFFF,
        ]
        var scalars = String.UnicodeScalarView()
        for _ in 0...chance.below(12) {
            let block = blocks[chance.below(chance.chance(4) ? blocks.count : blocks.count - 3)]
            if let scalar = Unicode.Scalar(UInt32.random(in: block, using: &chance)) { scalars.append(scalar) }
        }
        return String(scalars)
    }

    static func value(_ chance: inout SeededGenerator, depth: Int) -> JSONValue {
        switch chance.below(depth > 3 ? 5 : 7) {
        case 0: .null
        case 1: .bool(chance.chance(2))
        case 2: .integer(Int64(truncatingIfNeeded: chance.next()))
        case 3: .otherNumber(chance.pick(["0.5", "1e400", "-0.0", "9223372036854775808"]))
        case 4: .string(text(&chance))
        case 5: .array((0..<chance.below(4)).map { _ in value(&chance, depth: depth + 1) })
        default: .object((0..<chance.below(4)).map { .init("k\($0)", value(&chance, depth: depth + 1)) })
        }
    }
}
