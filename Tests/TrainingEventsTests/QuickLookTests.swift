import Testing

@testable import TrainingEvents

/// Quick looks decide most cases; what they wave through, the full look must take too.
@Suite("Quick looks agree with full ones", .serialized)
struct QuickLookTests {
    private static let pieces = [
        "0912345678", "0912-345-678", "(02) 2808-1612", "+886 912 345 678", "A123456789", "AC01234567", "02-20260601",
        "123e4567-e89b-12d3-a456-426614174000", "886912345678", "T-1001", "a-000010186", "-", "/", " ", ".", "09",
        "12345678", "x", "é", "\u{1}", "Ａ１２３４５６７８９",
    ]

    private static func text(_ chance: inout SeededGenerator) -> String {
        var text = (0...chance.below(4)).map { _ in chance.pick(pieces) }.joined(separator: chance.chance(2) ? "" : "-")
        if chance.chance(3), let digit = text.indices.randomElement(using: &chance) { text.remove(at: digit) }
        if chance.chance(20) { text += String(repeating: "a", count: 195) }
        return text
    }

    @Test("an ID that is plain at first sight is an ID")
    func identifiers() {
        var plain = 0
        Fuzzing.run("identifiers") { chance in
            let text = Self.text(&chance)
            guard Array(text.utf8).withUnsafeBufferPointer({ String.isPlainIdentifier($0) }) else { return }
            plain += 1
            do throws(EventError) {
                let canonical = try text.checked(multipleLines: false)
                try String.checkIdentifier(canonical)
                guard canonical.utf8.elementsEqual(text.utf8) else { throw EventError(.invalidText) }
            } catch {
                throw Finding("\(text) is waved through and refused: \(error)")
            }
        }
        #expect(plain > 0)
    }

    @Test("eight bytes at once stop where one after the other do")
    func words() {
        let marks: [UInt8] = [0x00, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x5B, 0x5C, 0x5D, 0x7F, 0x80, 0xA2, 0xDC, 0xFF]
        Fuzzing.run("words") { chance in
            let bytes = (0..<8).map { _ in chance.chance(2) ? chance.pick(marks) : UInt8(chance.below(256)) }
            let word = bytes.withUnsafeBufferPointer { JSONWord($0, at: 0) }
            let length = bytes.firstIndex { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 } ?? 8
            guard word.plainLength == length else { throw Finding("\(bytes) stop at \(word.plainLength)") }
            for count in 0...8 {
                guard word.hasHighBytes(before: count) == bytes[..<count].contains(where: { $0 >= 0x80 }) else {
                    throw Finding("\(bytes): high bytes among the first \(count)")
                }
            }
        }
    }

    @Test("a value is the same as a tree, on the tape, and as text")
    func tape() {
        Fuzzing.run("tape") { chance in
            let value = RandomJSON.value(&chance, depth: 0)
            var tape = JSONTape()
            tape.append(RandomJSON.value(&chance, depth: 0))
            let place = tape.append(value)
            let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
            guard tape.withNode(at: place, source: none, { $0.value }) == value else { throw Finding("\(value)") }
            guard try JSONParser.parse(value.text) == value else { throw Finding("read again: \(value.text)") }
        }
    }

    @Test("a refused text leaves nothing behind on the tape of the others")
    func refusedTexts() throws {
        let example = try EventExample.of("trainee.registered")
        let good = TestDoor.line("trainee.registered", "T-9", data: example.full)
        let bad = #"{"id":"\u0041","x":["\n",tru]}"#
        let texts = [good, bad, good, "[]", good].map { Array($0.utf8) }
        var ranges: [Range<Int>] = []
        for text in texts {
            let start = ranges.last?.upperBound ?? 0
            ranges.append(start..<start + text.count)
        }
        let drafts = EventDraft.read(texts.flatMap(\.self), texts: ranges)
        let alone = try JSONParser.parse(good)
        let expected = try TestDoor.read(alone)
        for index in [0, 2, 4] {
            let event = try drafts[index].get().event(
                registry: TestDoor.registry, recordedTime: TestDoor.recordedTime, isRepeat: false
            ) { _, _ in nil }
            #expect(event == expected)
        }
        let codes = [drafts[1], drafts[3]].map { draft -> EventError.Code? in
            if case .failure(let error) = draft { error.code } else { nil }
        }
        #expect(codes == [.malformedJSON, .malformedJSON])
    }

    @Test("a stored record is known again whenever it was recorded, and no other one is", arguments: EventExample.all)
    func records(example: EventExample) throws {
        let line = TestDoor.line(example.type, example.subject, data: example.full)
        let draft = try EventDraft(json: try JSONParser.parse(line))
        let event = try TestDoor.read(line)
        var writer = RecordWriter()
        func isRecord(_ change: (inout Event) -> Void) throws -> (key: Bool?, same: Bool) {
            var stored = event
            change(&stored)
            return try stored.encoded().withUnsafeBytes {
                (draft.hasKey(of: $0), draft.isRecord($0, EventContent(event), with: &writer))
            }
        }
        #expect(try isRecord { _ in } == (true, true))
        #expect(try isRecord { $0.envelope.recordedTime = instant("2027-01-01T00:00:00Z") } == (true, true))
        #expect(try isRecord { $0.envelope.recordedTime = instant("1970-01-01T00:00:00Z") } == (true, true))
        #expect(try isRecord { $0.envelope.id += "x" } == (false, false))
        #expect(try isRecord { $0.envelope.source += "x" } == (false, false))
        #expect(try isRecord { $0.envelope.time = instant("2026-06-01T09:00:00.5+08:00") } == (true, false))
        #expect([UInt8]().withUnsafeBytes { draft.hasKey(of: $0) } == nil)
    }
}
