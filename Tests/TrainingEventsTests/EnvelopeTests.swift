import Testing

@testable import TrainingEvents

@Suite("CloudEvents attributes")
struct EnvelopeTests {
    static func line() throws -> JSONValue {
        try JSONParser.parse(
            TestDoor.line("enrolment.started", "T-1001", data: #"{"class":"C-1","on":"2026-06-01"}"#))
    }

    @Test(
        "each required one is missed by name",
        arguments: ["specversion", "id", "source", "type", "subject", "time", "data"])
    func missing(name: String) throws {
        let error = try TestDoor.refusal(try Self.line().without(name).text)
        #expect(error.code == .missingField)
        #expect(error.field == name)
    }

    @Test(
        "each one is a string, data an object",
        arguments: [
            "specversion", "id", "source", "type", "subject", "time", "data", "datacontenttype",
        ])
    func wrongType(name: String) throws {
        let error = try TestDoor.refusal(try Self.line().with(name, .integer(1)).text)
        #expect(error.code == .wrongType)
        #expect(error.field == name)
        #expect(error.found == "a whole number")
    }

    @Test("a brought recorded time is looked at only when it is asked for")
    func recordedTime() throws {
        for (value, code) in [
            (JSONValue.string("yesterday"), EventError.Code.invalidValue), (.integer(1), .wrongType),
        ] {
            let draft = try EventDraft(json: try Self.line().with("recordedtime", value))
            do throws(EventError) {
                _ = try draft.recordedTime()
                Issue.record("the recorded time was taken")
            } catch {
                #expect(error.code == code)
                #expect(error.field == "recordedtime")
            }
        }
        #expect(try EventDraft(json: try Self.line().without("recordedtime")).recordedTime() == nil)
    }

    @Test(
        "what is not of its kind is refused",
        arguments: [
            ("specversion", "0.3", EventError.Code.invalidValue, "\"0.3\""),
            ("datacontenttype", "text/plain", .invalidValue, "\"text/plain\""),
            ("time", "2026-06-01", .invalidValue, "\"2026-06-01\""),
            ("time", "2026-06-01T24:00:00Z", .invalidValue, "\"2026-06-01T24:00:00Z\""),
            ("id", "", .outOfRange, "0 bytes"), ("source", "", .outOfRange, "0 bytes"),
            ("subject", "", .outOfRange, "0 bytes"),
            ("id", String(repeating: "x", count: 201), .outOfRange, "201 bytes"),
            ("id", " a", .invalidText, "white space at an end of an ID"),
            ("id", "a\u{3000}", .invalidText, "white space at an end of an ID"),
            ("source", "a\nb", .invalidText, "a control character"),
            ("subject", "T-1\u{7F}", .invalidText, "a control character"),
            ("subject", "T-9", .unknownReference, "\"T-9\""),
            ("subject", "C-1", .unknownReference, "\"C-1\""),
        ])
    func refused(name: String, value: String, code: EventError.Code, found: String) throws {
        let error = try TestDoor.refusal(try Self.line().with(name, .string(value)).text)
        #expect(error.code == code)
        #expect(error.field == name)
        #expect(error.found == found)
    }

    @Test(
        "an unknown type is refused with the one that was probably meant",
        arguments: [
            ("enrolment.startet", "enrolment.started"), ("enrollment.started", "enrolment.started"),
            ("Trainee.Registered", "trainee.registered"), ("class.aproved", "class.approved"), ("", nil),
            ("enrolment", nil), ("payment.made", nil),
        ] as [(String, String?)])
    func unknownType(name: String, meant: String?) throws {
        let error = try TestDoor.refusal(try Self.line().with("type", .string(name)).text)
        #expect(error.code == .unknownType)
        #expect(error.field == "type")
        #expect(error.found == "\"\(name)\"")
        #expect(error.suggestion == meant)
        if let meant { #expect(error.message.contains("did you mean \"\(meant)\"?")) }
    }

    @Test("an unknown attribute is refused with the one that was probably meant")
    func unknownAttribute() throws {
        let misspelt = try Self.line().without("source").with("scource", .string("/units/ntpc"))
        let error = try TestDoor.refusal(misspelt.text)
        #expect(error.code == .unknownField)
        #expect(error.field == "scource")
        #expect(error.suggestion == "source")
        let other = try TestDoor.refusal(try Self.line().with("traceparent", .string("x")).text)
        #expect(other.field == "traceparent")
        #expect(other.suggestion == nil)
    }

    @Test("an ID of 200 bytes is taken, and the content type of JSON")
    func taken() throws {
        let long = String(repeating: "中", count: 66) + "ab"
        let line = try Self.line().with("id", .string(long)).with("datacontenttype", .string("application/json"))
        let event = try TestDoor.read(line)
        #expect(event.envelope.id == long)
        #expect(try Event(decoding: event.encoded()) == event)
    }

    @Test("an ID that an event introduces is new, unless the event is sent again")
    func introductions() throws {
        for (type, id) in [("trainee.registered", "T-1001"), ("class.approved", "C-1"), ("unit.registered", "U-1")] {
            let line = TestDoor.line(type, id, data: try EventExample.of(type).full)
            let error = try TestDoor.refusal(line)
            #expect(error.code == .alreadyExists)
            #expect(error.field == "subject")
            #expect(error.found == "\"\(id)\"")
            let draft = try EventDraft(json: JSONParser.parse(line))
            let again = try draft.event(
                registry: TestDoor.registry, recordedTime: TestDoor.recordedTime, isRepeat: true
            ) { _, _ throws(EventError) in nil }
            #expect(again.subject.id(in: TestDoor.registry) == id)
        }
    }

    @Test("a retraction is about the subject of the event it retracts")
    func retractedSubject() throws {
        let data = #"{"retractsSource":"s","retractsId":"x","reason":""}"#
        for (subject, expected) in [
            ("T-1001", Subject.trainee(TraineeNumber(1))), ("C-1", .class(ClassNumber(1))),
            ("C-0", .class(ClassNumber(0))),
            ("U-1", .unit(UnitNumber(1))), ("cap-2025", .rulebook("cap-2025")),
        ] {
            let event = try TestDoor.read(TestDoor.line("event.retracted", subject, data: data))
            #expect(event.subject == expected)
            #expect(try Event(decoding: event.encoded()) == event)
        }
        let error = try TestDoor.refusal(TestDoor.line("event.retracted", "T-9", data: data))
        #expect(error.code == .invalidValue)
        #expect(error.field == "subject")
    }

    @Test("a complaint is about a unit or a class")
    func complaints() throws {
        let data = try EventExample.of("complaint.filed").minimal
        for subject in ["U-0", "U-1", "C-0", "C-1"] {
            let event = try TestDoor.read(TestDoor.line("complaint.filed", subject, data: data))
            #expect(try Event(decoding: event.encoded()).subject.id(in: TestDoor.registry) == subject)
        }
        #expect(try TestDoor.refusal(TestDoor.line("complaint.filed", "T-1001", data: data)).field == "subject")
    }

    @Test("an event about a subject of another kind than its type has is not encoded")
    func wrongSubject() throws {
        var event = try TestDoor.event(.of("enrolment.started"), EventExample.of("enrolment.started").full)
        for subject in [Subject.class(ClassNumber(1)), .rulebook("r"), .newTrainee("T-9")] {
            event.subject = subject
            #expect(throws: EventError.self) { try event.encoded() }
        }
        var retraction = try TestDoor.event(.of("event.retracted"), EventExample.of("event.retracted").full)
        retraction.subject = .newTrainee("T-9")
        #expect(throws: EventError.self) { try retraction.encoded() }
    }
}
