import Testing

@testable import TrainingEvents

@Suite("Text at the door")
struct TextTests {
    private func amended(_ field: String, _ text: String) throws -> JSONValue {
        try JSONParser.parse(EventExample.of("class.amended").minimal).with(field, .string(text))
    }

    private func name(_ text: String) throws(EventError) -> String {
        try text.checked(as: .label)
    }

    @Test(
        "is put into normal form C",
        arguments: [
            ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}"), ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"),
            ("\u{AC00}\u{11BD}", "\u{AC16}"), ("\u{F900}", "\u{8C48}"), ("\u{212A}", "K"), ("ế", "ế"),
            ("a\u{301}\u{316}", "\u{E1}\u{316}"), ("ﾊﾟ", "ﾊﾟ"), ("Ａ", "Ａ"), ("\u{1111}\u{1176}", "\u{1111}\u{1176}"),
            ("\u{958}", "\u{915}\u{93C}"), ("臺北市", "臺北市"),
        ])
    func normalised(text: String, expected: String) throws {
        #expect(try name(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test("in either spelling is the same content and the same bytes")
    func sameContent() throws {
        let composed = try TestDoor.event(.of("class.amended"), amended("courseName", "Caf\u{E9}").text)
        let decomposed = try TestDoor.event(.of("class.amended"), amended("courseName", "Cafe\u{301}").text)
        #expect(composed.hasSameContent(as: decomposed))
        #expect(try composed.encoded() == decomposed.encoded())
    }

    @Test(
        "with control characters or unassigned code points is refused",
        arguments: [
            ("a\u{0}", "a control character"), ("\u{1B}[31m", "a control character"),
            ("a\u{7F}", "a control character"),
            ("a\u{85}", "a control character"), ("a\nb", "a control character"), ("a\tb", "a control character"),
            ("a\u{2028}b", "a line separator"), ("a\u{2029}b", "a line separator"), ("\u{378}", "code point U+378"),
            ("\u{FFFF}", "code point U+FFFF"), ("\u{10FFFF}", "code point U+10FFFF"),
        ])
    func refused(text: String, found: String) throws {
        let error = try TestDoor.refusal(of: "class.amended", amended("courseName", text).text)
        #expect(error.code == .invalidText)
        #expect(error.field == "data.courseName")
        #expect(error.found == found)
    }

    @Test("on several lines is taken where it is free text, without other control characters")
    func freeText() throws {
        #expect(throws: Never.self) {
            try TestDoor.event(.of("class.amended"), amended("reason", "一\n二\t三\u{2028}四").text)
        }
        for control in ["\r", "\u{B}", "\u{85}", "\u{0}"] {
            let error = try TestDoor.refusal(of: "class.amended", amended("reason", control).text)
            #expect(error.code == .invalidText)
        }
    }

    @Test("is bounded in bytes after normalising")
    func bounds() throws {
        #expect(throws: Never.self) { try name(String(repeating: "x", count: 500)) }
        #expect(throws: Never.self) { try name(String(repeating: "e\u{301}", count: 250)) }
        #expect(throws: EventError.self) { try name(String(repeating: "x", count: 501)) }
        #expect(throws: EventError.self) { try name("") }
        let long = String(repeating: "r", count: 8_000)
        #expect(throws: Never.self) { try TestDoor.event(.of("class.amended"), amended("reason", long).text) }
        #expect(try TestDoor.refusal(of: "class.amended", amended("reason", long + "r").text).found == "8001 bytes")
    }

    @Test("has at most 30 marks in a row")
    func marks() throws {
        let thirty = "a" + String(repeating: "\u{316}", count: 30)
        #expect(throws: Never.self) { try TestDoor.event(.of("class.amended"), amended("courseName", thirty).text) }
        let error = try TestDoor.refusal(of: "class.amended", amended("courseName", thirty + "\u{316}").text)
        #expect(error.code == .malformedJSON)
        #expect(error.found.hasPrefix("over 30 combining marks in a row"))
    }

    @Test("in an error is short, and nothing that a terminal obeys")
    func shownText() throws {
        let hostile = "\u{1B}]0;x\u{7}\u{9B}31m\u{202E}\u{2028}\u{0}" + String(repeating: "é", count: 100)
        let lines = [
            try EnvelopeTests.line().with("type", .string(hostile)), try EnvelopeTests.line().with(hostile, .null),
            try EnvelopeTests.line().with("data", .object([.init(hostile, .null)])),
            try EnvelopeTests.line().with("data", .object([.init("class", .string(hostile))])),
        ]
        for line in lines {
            let error = try TestDoor.refusal(line.text)
            for text in [error.field, error.found, error.message] {
                #expect(text.unicodeScalars.count < 200)
                #expect(
                    text.unicodeScalars.allSatisfy {
                        ![.control, .format, .lineSeparator].contains($0.properties.generalCategory)
                    })
            }
        }
        let twice = try TestDoor.refusal(
            #"{"\#(String(repeating: "k", count: 70_000))":1,"#
                + #""\#(String(repeating: "k", count: 70_000))":1}"#)
        #expect(twice.code == .duplicateField)
        #expect(twice.field == String(repeating: "k", count: 64))
    }
}

@Suite("Lines made to hold up the reader", .serialized)
struct HostileLineTests {
    /// Many times what an honest line of this length takes in a debug build; quadratic work takes far longer.
    private let most = Duration.seconds(5)

    private func time(_ text: String) -> Duration {
        CPUClock.measure {
            do throws(EventError) { _ = try TestDoor.read(text) } catch {}
        }
    }

    private static let length = 250_000

    static let hostile: [String: String] = [
        "marks in two orders": "a" + String(repeating: "\u{301}\u{316}", count: length / 4),
        "marks of the higher class first": "a" + String(repeating: "\u{301}", count: length / 4)
            + String(repeating: "\u{316}", count: length / 4),
        "marks just under the bound": String(
            repeating: "a" + String(repeating: "\u{301}\u{316}", count: 15), count: length / 61),
        "one grapheme cluster": "a" + String(repeating: "\u{200D}", count: length / 3),
        "jamo": String(repeating: "\u{1100}\u{1161}\u{11A8}", count: length / 9),
        "UUIDs": String(repeating: "550e8400-e29b-41d4-a716-446655440000/", count: length / 37),
        "groups of digits": String(repeating: "0912-", count: length / 5),
        "digits": String(repeating: "9", count: length),
        "spaces": String(repeating: " ", count: length),
    ]

    @Test("are read or refused in time, wherever the text stands", arguments: hostile.keys.sorted())
    func texts(name: String) throws {
        let text = try #require(Self.hostile[name])
        let line = try EnvelopeTests.line()
        for key in ["type", "id", "source", "subject", "time", "specversion"] {
            #expect(time(line.with(key, .string(text)).text) < most, "in \(key)")
        }
        #expect(time(line.with(text, .null).text) < most, "as an attribute")
        for data in [JSONValue.object([.init("class", .string(text))]), .object([.init(text, .null)])] {
            #expect(time(line.with("data", data).text) < most, "in the data")
        }
        let reason = try JSONParser.parse(EventExample.of("class.cancelled").full).with("reason", .string(text))
        #expect(time(TestDoor.line("class.cancelled", "C-1", data: reason.text)) < most, "as free text")
    }

    @Test("are refused in time when they are nothing but keys, brackets, numbers or spaces")
    func structures() {
        let keys = (0..<2_000).map { "\"\(String(repeating: "é", count: 230))\($0)\":0" }.joined(separator: ",")
        let objects = Array(repeating: "{\((0..<63).map { "\"k\($0)\":0" }.joined(separator: ","))}", count: 1_000)
        for text in [
            "{\(keys)}", "[\(objects.joined(separator: ","))]", String(repeating: "[", count: Self.length),
            String(repeating: "{\"a\":", count: Self.length / 5), String(repeating: "9", count: Self.length),
            "1e" + String(repeating: "9", count: Self.length), String(repeating: " ", count: Self.length),
            "\"" + String(repeating: "\\u0041", count: Self.length / 6) + "\"",
            "[" + String(repeating: "0,", count: Self.length / 2),
        ] { #expect(time(text) < most, "\(text.prefix(20))") }
    }
}
