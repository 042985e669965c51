import Testing

@testable import Ledger

@Suite("Input is split into the texts of single events")
struct EventTextsTests {
    private func split(_ input: String, blocks: Int) -> [(Int, String)] {
        var texts = EventTexts()
        var found: [EventTexts.Text] = []
        let bytes = Array(input.utf8)
        for start in stride(from: 0, to: bytes.count, by: blocks) {
            found += texts.take(bytes[start..<min(start + blocks, bytes.count)])
        }
        found += texts.finish()
        return found.map { ($0.line, String(decoding: $0.bytes, as: UTF8.self)) }
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
        #expect(found.map(\.bytes) == [[0xEF, 0xBB, 0x7B, 0x7D]])
        var short = EventTexts()
        #expect(short.take([0xEF][...]).isEmpty)
        #expect(short.finish().count == 1)
    }

    @Test("a line without end is cut off and marked, and takes no more memory")
    func endless() {
        var texts = EventTexts()
        let block = [UInt8](repeating: 0x61, count: 1 << 19)
        for _ in 0..<5 { #expect(texts.take(block[...]).isEmpty) }
        let found = texts.take([0x0A, 0x7B, 0x7D, 0x0A][...])
        #expect(found.map(\.isTooLong) == [true, false])
        #expect(found[0].bytes.count == 1 << 20)
    }
}
