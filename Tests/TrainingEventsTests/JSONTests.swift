import Testing

@testable import TrainingEvents

@Suite("Reading JSON")
struct JSONParserTests {
    @Test(
        "takes every value of RFC 8259",
        arguments: [
            ("null", JSONValue.null), (" true ", .bool(true)), ("\t\r\nfalse", .bool(false)), ("0", .integer(0)),
            ("-0", .integer(0)), ("-12", .integer(-12)), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .otherNumber("9223372036854775808")),
            ("-9223372036854775809", .otherNumber("-9223372036854775809")), ("0.5", .otherNumber("0.5")),
            ("1E+2", .otherNumber("1E+2")), ("-1.0e-10", .otherNumber("-1.0e-10")), ("\"\"", .string("")),
            (#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00""#, .string("\"\\/\u{8}\u{C}\n\r\tA\u{E9}\u{1F600}")),
            ("\"臺😀\"", .string("臺😀")), ("[]", .array([])), ("[1,[2]]", .array([.integer(1), .array([.integer(2)])])),
            ("{}", .object([])), (#"{"b":1,"a":{}}"#, .object([.init("b", .integer(1)), .init("a", .object([]))])),
        ])
    func values(text: String, value: JSONValue) throws {
        #expect(try JSONParser.parse(text) == value)
    }

    @Test(
        "refuses everything else",
        arguments: [
            "", " ", "nul", "nulll", "True", "+1", "01", "-01", "-", "1.", ".5", "1e", "1e+", "0x10", "NaN", "Infinity",
            "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"",
            "\"a\nb\"", "\"a\u{0}b\"", "'a'", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "]", "{", "{\"a\"", "{\"a\":",
            "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "1 2", "{}{}",
            "{},",
            "// x\n1", "\u{FEFF}{}", "\u{A0}1",
        ])
    func malformed(text: String) {
        let error = #expect(throws: EventError.self) { try JSONParser.parse(text) }
        #expect(error?.code == .malformedJSON)
        #expect(error?.found.contains("at byte") == true)
    }

    @Test(
        "refuses bytes that are not UTF-8",
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0xE4, 0xB8, 0x22], [0x22, 0x5C, 0x6E, 0x80, 0x22], [0x22, 0x5C], [0x22, 0x5C, 0x75, 0x31],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: EventError.self) {
            try bytes.withUnsafeBufferPointer { try JSONParser.parse($0) }
        }
    }

    @Test("refuses a key that appears twice, at any depth and in any spelling of the escape")
    func duplicates() {
        for text in [#"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#, #"[{"x":{"b":1,"a":2,"b":1}}]"#] {
            let error = #expect(throws: EventError.self) { try JSONParser.parse(text) }
            #expect(error?.code == .duplicateField)
            #expect(error?.field.count == 1)
        }
        let personal = #expect(throws: EventError.self) { try JSONParser.parse(#"{"A123456789":1,"A123456789":1}"#) }
        #expect(personal?.field == "")
        #expect(throws: Never.self) { try JSONParser.parse(#"{"a":{"a":1},"A":2,"é":3,"e\u0301":4}"#) }
    }

    @Test("takes 16 levels, 64 members and 2,000 elements, and not one more")
    func bounds() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        func object(_ count: Int) -> String { "{\((0..<count).map { "\"k\($0)\":0" }.joined(separator: ","))}" }
        func array(_ count: Int) -> String { "[\(Array(repeating: "0", count: count).joined(separator: ","))]" }
        for text in [nested(16), object(64), array(2_000)] {
            #expect(throws: Never.self) { try JSONParser.parse(text) }
        }
        for text in [nested(17), object(65), array(2_001)] {
            let error = #expect(throws: EventError.self) { try JSONParser.parse(text) }
            #expect(error?.code == .malformedJSON)
        }
    }

    @Test("an event is one object")
    func oneObject() throws {
        for (text, found) in [("[]", "an array"), ("\"x\"", "a string"), ("1", "a whole number"), ("null", "null")] {
            let error = try TestDoor.refusal(text)
            #expect(error.code == .malformedJSON)
            #expect(error.found == found)
        }
    }
}

@Suite("Writing JSON")
struct JSONTextTests {
    @Test("sorts keys by their bytes, at every level")
    func sorted() {
        let value = JSONValue.object([
            .init("b", .integer(1)), .init("é", .null), .init("a", .object([.init("z", .null), .init("Z", .null)])),
            .init("ab", .bool(false)), .init("", .array([.object([.init("y", .null), .init("x", .null)])])),
            .init("\u{FFFD}", .null), .init("\u{10000}", .null),
        ])
        #expect(
            value.text == """
                {"":[{"x":null,"y":null}],"a":{"Z":null,"z":null},"ab":false,"b":1,"é":null,"\u{FFFD}":null,"\u{10000}":null}
                """)
    }

    @Test("escapes quotes, backslashes and control characters, and nothing else")
    func escapes() throws {
        let text = "\"\\/\n\r\t\u{8}\u{C}\u{0}\u{1F}\u{7F}\u{80}\u{2028}é臺😀"
        let written = JSONValue.string(text).text
        #expect(written == "\"\\\"\\\\/\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\u{7F}\u{80}\u{2028}é臺😀\"")
        #expect(try JSONParser.parse(written) == .string(text))
    }
}
