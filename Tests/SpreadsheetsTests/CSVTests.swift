import Testing

@testable import Spreadsheets

@Suite("Comma-separated values")
struct CSVTests {
    private static func line(_ fields: CSVText.Field...) -> String {
        var bytes: [UInt8] = []
        CSVText.append(fields, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func rows(_ text: String) throws -> [[String]] {
        try CSVReader.rows(of: Array(text.utf8)).map(\.fields)
    }

    private static func fault(_ bytes: [UInt8]) -> SpreadsheetFault? {
        do throws(SpreadsheetFault) {
            _ = try CSVReader.rows(of: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test("quote what has a comma, a quotation mark or a line end, and tell no value from the empty text")
    func quoting() {
        #expect(Self.line(.text("a"), .integer(-5), .absent) == "a,-5,\r\n")
        #expect(Self.line(.text("a,b"), .text("\"x\""), .text("1\n2")) == "\"a,b\",\"\"\"x\"\"\",\"1\n2\"\r\n")
        #expect(Self.line(.text(""), .absent) == "\"\",\r\n")
    }

    @Test(
        "put an apostrophe before what a spreadsheet could take for a formula, and before an apostrophe",
        arguments: ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'x", "'=x", "''"])
    func formulas(text: String) {
        #expect(CSVText.guarded(text) == "'" + text)
        #expect(CSVText.unguarded(CSVText.guarded(text)) == text)
    }

    @Test("leave other texts as they are", arguments: ["a=1", "1-2", "", " =1", "王", "x'"])
    func others(text: String) {
        #expect(CSVText.guarded(text) == text)
        #expect(CSVText.unguarded(text) == text)
    }

    @Test("are read as they were written, with any line ends, with or without a byte order mark")
    func reading() throws {
        let expected = [["a", "b,\"c\"\r\nd"], ["1", ""]]
        for end in ["\r\n", "\n"] {
            let text = "a,\"b,\"\"c\"\"\r\nd\"" + end + "1," + end
            #expect(try Self.rows(text) == expected)
            #expect(try Self.rows("\u{FEFF}" + text) == expected)
            #expect(try Self.rows(String(text.dropLast(1))) == expected)
        }
        #expect(try Self.rows("a\n\n,,\nb") == [["a"], ["b"]])
        #expect(try CSVReader.rows(of: Array("a\n\"b\nc\"\nd".utf8)).map(\.line) == [1, 2, 4])
        #expect(try Self.rows("") == [])
    }

    @Test("are refused with the line where quotation marks do not match or bytes are no UTF-8")
    func faults() {
        #expect(Self.fault(Array("a\nb\"c".utf8))?.reason == .file(.quotes))
        #expect(Self.fault(Array("a\nb\"c".utf8))?.line == 2)
        #expect(Self.fault(Array("a\n\"b\"c".utf8))?.line == 2)
        #expect(Self.fault(Array("a\n\"b\n\n".utf8))?.line == 2)
        // Big5, as older spreadsheets save it.
        let big5 = Array("a\n王".utf8.prefix(2)) + [0xA4, 0x40]
        #expect(Self.fault(big5)?.reason == .file(.notUTF8))
        #expect(Self.fault(big5)?.line == 2)
    }

    @Test("are bounded in bytes, rows, columns and fields, the bound itself being taken")
    func bounds() throws {
        typealias Limits = CSVReader.Limits
        func columns(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: ","), count: count - 1) + [0x61] }
        #expect(Self.fault(columns(Limits.columns)) == nil)
        #expect(Self.fault(columns(Limits.columns + 1))?.reason == .file(.tooLarge))
        func rows(_ count: Int) -> [UInt8] { Array(String(repeating: "a\n", count: count).utf8) }
        #expect(Self.fault(rows(Limits.rows)) == nil)
        #expect(Self.fault(rows(Limits.rows + 1))?.line == Limits.rows + 1)
        func field(_ count: Int) -> [UInt8] { Array(repeating: 0x61, count: count) }
        #expect(Self.fault(field(Limits.fieldBytes)) == nil)
        #expect(Self.fault(field(Limits.fieldBytes + 1))?.reason == .file(.tooLarge))
        // Taken, and refused for something else at its beginning.
        func bytes(_ count: Int) -> [UInt8] { Array("a\"".utf8) + Array(repeating: 0x0A, count: count - 2) }
        #expect(Self.fault(bytes(Limits.bytes))?.reason == .file(.quotes))
        #expect(Self.fault(bytes(Limits.bytes + 1))?.reason == .file(.tooLarge))
    }

    @Test("come back whatever was in them")
    func roundTrip() throws {
        var seed = UInt64.random(in: 1...UInt64.max)
        print("seed \(seed)")
        func next() -> Int {
            seed ^= seed << 13
            seed ^= seed >> 7
            seed ^= seed << 17
            return Int(seed % 997)
        }
        let parts = ["a", "\"", ",", "\n", "\r", "'", "=", "-", "王", " ", "\t", "é"]
        for _ in 0..<300 {
            let texts = (0..<1 + next() % 4).map { _ in
                (0..<next() % 6).map { _ in parts[next() % parts.count] }.joined()
            }
            guard texts.contains(where: { !$0.isEmpty }) else { continue }
            var bytes: [UInt8] = []
            CSVText.append(texts.map { .text($0) }, to: &bytes)
            let rows = try CSVReader.rows(of: bytes)
            #expect(rows.count == 1)
            #expect(rows.first?.fields.map(CSVText.unguarded) == texts)
        }
    }
}
