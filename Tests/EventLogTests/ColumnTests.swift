import LedgerTestKit
import Testing

@testable import EventLog

/// Parts, as a facts or envelope stream holds them.
private enum Part {
    static func varint(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        ColumnBytes.append(value, to: &bytes)
        return bytes
    }

    static func number(_ field: UInt64, _ value: UInt64) -> [UInt8] { varint(field << 3) + varint(value) }

    static func text(_ field: UInt64, _ value: String) -> [UInt8] {
        varint(field << 3 | 2) + varint(UInt64(value.utf8.count)) + Array(value.utf8)
    }

    static func stream(_ parts: [[UInt8]]) -> [UInt8] { parts.flatMap { varint(UInt64($0.count)) + $0 } }
}

@Suite("Columns give back the stream they were made of")
struct ColumnTests {
    private func encoded(_ parts: [[UInt8]]) -> [UInt8]? {
        var encoder = ColumnEncoder()
        return Part.stream(parts).withUnsafeBytes { encoder.encode($0, count: UInt32(parts.count)) }
    }

    /// What the columns hold, as a plain stream.
    private func decoded(_ columns: [UInt8], count: Int) -> [UInt8]? {
        let reader = ColumnReader()
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: ColumnReader.room, alignment: 8)
        defer { memory.deallocate() }
        return columns.withUnsafeBytes { bytes in
            guard reader.open(bytes, count: count), let length = reader.writePlain(to: memory) else { return nil }
            return [UInt8](memory[..<length])
        }
    }

    /// Some of the parts, each after its length; the others are passed over.
    private func decoded(_ columns: [UInt8], count: Int, at places: [Int]) -> [UInt8]? {
        let reader = ColumnReader()
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: ColumnReader.room + Format.maximumRecordLength, alignment: 8)
        defer { memory.deallocate() }
        return columns.withUnsafeBytes { bytes in
            guard reader.open(bytes, count: count) else { return nil }
            var (found, next, place): ([UInt8], Int, Int) = ([], 0, 0)
            for wanted in places {
                guard reader.skip(wanted - next), let start = reader.catchUp(to: memory, at: place),
                    let end = reader.writeNext(to: memory, at: start)
                else { return nil }
                found += memory[start..<end]
                (next, place) = (wanted + 1, end)
            }
            return found
        }
    }

    /// The parts at some places of a plain stream, each after its length.
    private func picked(_ places: [Int], from stream: [UInt8]) -> [UInt8] {
        stream.withUnsafeBytes { bytes in
            var (found, place, index): ([UInt8], Int, Int) = ([], 0, 0)
            while let entry = BlockDecoder.entry(bytes, at: place, end: bytes.count) {
                if places.contains(index) { found += bytes[entry] }
                (place, index) = (entry.upperBound, index + 1)
            }
            return found
        }
    }

    private func expectSame(_ parts: [[UInt8]], fewerBytesThan limit: Int, _ comment: Comment? = nil) throws {
        let columns = try #require(encoded(parts), comment)
        #expect(columns.count < limit, comment)
        let isSame = decoded(columns, count: parts.count) == Part.stream(parts)
        #expect(isSame, comment)
        for place in parts.indices {
            let isSame = decoded(columns, count: parts.count, at: [place]) == Part.stream([parts[place]])
            #expect(isSame, comment)
        }
    }

    @Test func `like records in sequence take hardly any room`() throws {
        let parts = (0..<500).map { index in
            Part.number(1, 41) + Part.number(2, UInt64(1_000 + index)) + Part.number(8, 7) + Part.number(10, 360)
        }
        try expectSame(parts, fewerBytesThan: 40)
    }

    @Test func `identifiers that count up and texts that stay take hardly any room`() throws {
        let parts = (998..<1_800).map { index in
            Part.text(1, "/units/U-0012") + Part.text(2, "a-00\(index < 1_000 ? "0" : "")\(index)")
        }
        try expectSame(parts, fewerBytesThan: 60)
    }

    @Test func `steps at the ends of 64 bits come back`() throws {
        let values: [UInt64] = [0, .max, 0, 1, .max, 1 << 63, (1 << 63) - 1, 0, .max - 1, .max, 5, 5, 5]
        try expectSame(
            values.map { Part.text(1, "a text that stands in every one of them") + Part.number(2, $0) },
            fewerBytesThan: 400)
    }

    @Test(arguments: [
        ["a-9", "a-10", "a-11"], ["a-99", "b-00", "b-01"], ["9", "0", "1"], ["a-09", "a-10", "a-1:"],
        ["", "1", "2", ""],
        ["a", "b", "c"], ["x9y", "x10y"], ["a-199", "a-200", "a-300", "a-301"], ["12", "13", "013", "014"],
    ])
    func `texts that only look like counting come back`(texts: [String]) throws {
        let padding = "so that columns are worth while whatever stands before them"
        let parts = (0..<4).flatMap { _ in texts }.map { Part.text(1, padding) + Part.text(2, $0) }
        try expectSame(parts, fewerBytesThan: Part.stream(parts).count)
    }

    @Test(arguments: [126, 127, 128, 129, 10_000])
    func `parts around the lengths at which a length takes a byte more come back`(length: Int) throws {
        let parts = (0..<3).flatMap { index in
            (0..<2).map {
                Part.text(1, String(repeating: "y", count: length - 4) + "\(index)\($0)")
            }
        }
        try expectSame(parts, fewerBytesThan: Part.stream(parts).count)
    }

    @Test func `rare shapes, groups and what is no message are stored whole`() throws {
        let rare: [[UInt8]] = [
            [], [0x00], [0x80], Part.number(9, 1), Part.varint(3), [0x0D, 1, 2, 3, 4], [0x0A, 5, 1],
            [0x08, 0x80, 0x00],
            Part.text(3, "x") + Part.text(3, "y"),
        ]
        let like = (0..<60).map { Part.number(1, 3) + Part.number(2, $0 * $0) }
        var parts = like
        for (index, part) in rare.enumerated() { parts.insert(part, at: index * 7) }
        try expectSame(parts, fewerBytesThan: Part.stream(parts).count)
    }

    @Test func `a stream without like parts stays as it is`() {
        #expect(encoded([Part.number(1, 1), Part.text(1, "x")]) == nil)
        #expect(encoded([]) == nil)
    }

    /// A field of a number that leaps, a number that stays small, a text that counts or one of a few texts.
    private static func field(_ field: UInt64, _ index: Int, _ chance: inout SeededGenerator) -> [UInt8] {
        switch field % 6 {
        case 0: return Part.text(field, "id-\(index)")
        case 3: return Part.text(field, String(UInt64.random(in: 0...9, using: &chance)))
        case 5: return Part.number(field, chance.next())
        default: return Part.number(field, UInt64.random(in: 0...300, using: &chance))
        }
    }

    @Test func `random parts come back`() {
        var chance = SeededGenerator(testSeed())
        for _ in 0..<300 {
            let templates = (0..<Int.random(in: 1...6, using: &chance)).map { _ -> [UInt64] in
                (0..<Int.random(in: 1...8, using: &chance)).map { _ in UInt64.random(in: 1...40, using: &chance) }
            }
            var parts: [[UInt8]] = []
            for index in 0..<Int.random(in: 1...300, using: &chance) {
                let template = templates.randomElement(using: &chance) ?? []
                parts.append(template.flatMap { Self.field($0, index, &chance) })
            }
            guard let columns = encoded(parts) else { continue }
            let isSame = decoded(columns, count: parts.count) == Part.stream(parts)
            #expect(isSame)
            let share = Int.random(in: 1...20, using: &chance)
            let places = parts.indices.filter { _ in Int.random(in: 0..<share, using: &chance) == 0 }
            let areSame =
                decoded(columns, count: parts.count, at: places) == Part.stream(places.map { parts[$0] })
            #expect(areSame, "places \(places)")
        }
    }

    @Test func `nothing is passed over behind the last part`() throws {
        let parts = (0..<40).map { Part.number(1, 41) + Part.text(3, "id-\(100 + $0)") }
        let columns = try #require(encoded(parts))
        #expect(decoded(columns, count: 40, at: [39]) == Part.stream([parts[39]]))
        #expect(decoded(columns, count: 40, at: [40]) == nil)
        #expect(decoded(columns, count: 40, at: [39, 41]) == nil)
    }

    @Test func `changed columns give other parts or none, and never more than a block's room`() throws {
        var chance = SeededGenerator(testSeed())
        let parts = (0..<120).map { (index: UInt64) -> [UInt8] in
            if index % 9 == 0 { return Part.text(1, "whole \(index)") + Part.number(2 + index, 1) }
            return Part.number(1, 41) + Part.number(2, index * 3) + Part.text(3, "id-\(100 + index)")
        }
        let columns = try #require(encoded(parts))
        var refused = 0
        for _ in 0..<4_000 {
            var bytes = columns
            for _ in 0..<Int.random(in: 1...3, using: &chance) {
                let place = Int.random(in: 0..<bytes.count, using: &chance)
                switch Int.random(in: 0..<4, using: &chance) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
                case 1: bytes[place] = UInt8.random(in: 0...255, using: &chance)
                case 2: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0...255, using: &chance), at: place)
                }
                if bytes.isEmpty { bytes = [0] }
            }
            let whole = decoded(bytes, count: parts.count)
            if whole == nil { refused += 1 }
            // Passing over some of them comes to the same, where all of them can be had.
            let places = parts.indices.filter { _ in Int.random(in: 0..<8, using: &chance) == 0 }
            let some = decoded(bytes, count: parts.count, at: places)
            if let whole { #expect(some == picked(places, from: whole)) }
        }
        #expect(refused > 1_000)
    }

    @Test func `a column that copies itself larger and larger ends at a block's room`() {
        // One shape of one text; the second keeps all of the first and the rest go on with it: 60,000 bytes, then too much.
        let long = [UInt8](repeating: 0x61, count: 30_000)
        var columns: [UInt8] =
            Part.varint(1) + Part.varint(1) + [0x0A] + Part.varint(1) + Part.varint(1) + Part.varint(9)
        columns += Part.varint(0)
        let column = Part.varint(2) + Part.varint(30_000) + long + Part.varint(0)
        columns += Part.varint(UInt64(column.count)) + column
        #expect(decoded(columns, count: 9) == nil)
        #expect(decoded(columns, count: 2) == nil)
    }
}
