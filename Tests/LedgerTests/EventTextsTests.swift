import Testing

@testable import Ledger

@Suite("Input is split into the texts of single events")
struct EventTextsTests {
    private func split(_ input: String, blocks: Int) -> [(Int, String)] {
        var texts = EventTexts()
        var found: [(Int, String)] = []
        let bytes = Array(input.utf8)
        for start in stride(from: 0, to: bytes.count, by: blocks) {
            found += Self.named(texts.take(bytes[start..<min(start + blocks, bytes.count)]))
        }
        return found + Self.named(texts.finish())
    }

    private static func named(_ block: EventTexts.Block) -> [(Int, String)] {
        block.texts.map { ($0.line, String(decoding: block.bytes[$0.range], as: UTF8.self)) }
    }

    @Test("lines, whatever blocks they come in; blank ones are passed over", arguments: [1, 2, 3, 7, 1_000])
    func lines(blocks: Int) {
        let found = split("\u{FEFF}{\"a\":1}\r\n\n  \n{\"b\":2}", blocks: blocks)
        #expect(found.map(\.0) == [1, 4])
        #expect(found.map(\.1) == ["{\"a\":1}\r", "{\"b\":2}"])
    }

    @Test("elements of an array, with the line each begins on", arguments: [1, 2, 5, 1_000])
    func array(blocks: Int) {
        let found = split("\n[ {\"a\":[1,{\"x\":\"]}\\\"\"}]},\n\n{\"b\":2},3\n]\n", blocks: blocks)
        #expect(found.map(\.0) == [2, 4, 4])
        #expect(found.map(\.1) == ["{\"a\":[1,{\"x\":\"]}\\\"\"}]}", "{\"b\":2}", "3"])
    }

    @Test("an array that breaks off gives what there is, for the parser to refuse")
    func brokenArray() {
        #expect(split("[{\"a\":1},{\"b\"", blocks: 4).map(\.1) == ["{\"a\":1}", "{\"b\"", "["])
        #expect(split("[{\"a\":1}", blocks: 4).map(\.1) == ["{\"a\":1}", "["])
        #expect(split("[{\"a\":1}{\"b\":2}]", blocks: 4).map(\.1) == ["{\"a\":1}", ",{\"b\":2}"])
        #expect(split("[,]", blocks: 1).map(\.1) == [",", ","])
        #expect(split("[]", blocks: 1).isEmpty)
        #expect(split("[]x", blocks: 1).map(\.1) == ["x"])
    }

    @Test("part of a byte order mark is no mark")
    func partialMark() {
        var texts = EventTexts()
        let found = texts.take([0xEF, 0xBB, 0x7B, 0x7D, 0x0A][...])
        #expect(found.texts.map(\.range) == [0..<4] && found.bytes == [0xEF, 0xBB, 0x7B, 0x7D])
        var short = EventTexts()
        #expect(short.take([0xEF][...]).texts.isEmpty)
        #expect(short.finish().texts.count == 1)
    }

    @Test("a line without end is cut off and marked, and takes no more memory")
    func endless() {
        var texts = EventTexts()
        let block = [UInt8](repeating: 0x61, count: 1 << 19)
        for _ in 0..<5 { #expect(texts.take(block[...]).texts.isEmpty) }
        let found = texts.take([0x0A, 0x7B, 0x7D, 0x0A][...])
        #expect(found.texts.map(\.isTooLong) == [true, false])
        #expect(found.texts[0].range.count == 1 << 20)
    }

    @Test("a blank line without end is marked too: what stands behind the blanks was not looked at")
    func endlessBlanks() {
        var texts = EventTexts()
        #expect(texts.take(Array("{}\n".utf8)[...]).texts.map(\.line) == [1])
        let block = [UInt8](repeating: 0x20, count: 1 << 19)
        for _ in 0..<3 { #expect(texts.take(block[...]).texts.isEmpty) }
        let found = texts.take(Array("{}\n{}\n".utf8)[...])
        #expect(found.texts.map(\.line) == [2, 3])
        #expect(found.texts.map(\.isTooLong) == [true, false])
    }
}

extension EventTexts {
    fileprivate mutating func take(_ bytes: ArraySlice<UInt8>) -> Block {
        Array(bytes).withUnsafeBufferPointer { take($0) }
    }
}
