import Testing

@testable import TrainingEvents

@Suite("Every event type of the contract")
struct EveryTypeTests {
    @Test("there is an example of each of the 51 types")
    func complete() {
        #expect(Set(EventExample.all.map(\.type)) == Set(EventType.names))
        #expect(EventExample.all.count == 51)
        #expect(EventType.allCases.map(\.rawValue) == Array(1...51))
    }

    @Test("is read from full and minimal JSON and written back to equal JSON", arguments: EventExample.all)
    func jsonRoundTrip(example: EventExample) throws {
        for data in example.each {
            let event = try TestDoor.event(example, data)
            #expect(event.type.name == example.type)
            #expect(event.data(registry: TestDoor.registry).text == (try JSONParser.parse(data)).text)
        }
    }

    @Test("is the same after encoding and decoding, and its bytes are too", arguments: EventExample.all)
    func binaryRoundTrip(example: EventExample) throws {
        for data in example.each {
            let event = try TestDoor.event(example, data)
            let bytes = try event.encoded()
            let decoded = try Event(decoding: bytes)
            #expect(decoded == event)
            #expect(try decoded.encoded() == bytes)
            #expect(decoded.hasSameContent(as: event))
        }
    }

    @Test("keeps nothing of the minimal example's absent fields", arguments: EventExample.all)
    func minimal(example: EventExample) throws {
        let full = try JSONParser.parse(example.full).keys
        let minimal = try JSONParser.parse(example.minimal).keys
        #expect(Set(minimal).isSubset(of: full), "the full example gives every field")
        let written = try TestDoor.event(example, example.minimal).data(registry: TestDoor.registry)
        #expect(Set(written.keys) == Set(minimal))
    }

    @Test("the full example gives every declared field", arguments: EventExample.all)
    func full(example: EventExample) throws {
        var collector = SchemaCollector()
        var body = EventBody(emptyOf: try #require(EventType(named: example.type)))
        try body.visit(&collector)
        let declared = (collector.facts + collector.personal).filter { $0.comment != "not in JSON" }.map(\.name)
        #expect(Set(try JSONParser.parse(example.full).keys) == Set(declared))
    }

    @Test("misses each field of its minimal example by name", arguments: EventExample.all)
    func missing(example: EventExample) throws {
        let data = try JSONParser.parse(example.minimal)
        for key in data.keys {
            let error = try TestDoor.refusal(of: example.type, data.without(key).text)
            #expect(error.code == .missingField)
            #expect(error.field == "data.\(key)")
        }
    }

    @Test("misses each required field among all others too, and no other", arguments: EventExample.all)
    func missingAmongMany(example: EventExample) throws {
        let data = try JSONParser.parse(example.full)
        let required = try JSONParser.parse(example.minimal).keys
        for key in data.keys {
            let rest = data.without(key).text
            if required.contains(key) {
                let error = try TestDoor.refusal(of: example.type, rest)
                #expect(error.code == .missingField)
                #expect(error.field == "data.\(key)")
            } else if !["payout.made", "benefit.recorded"].contains(example.type) {
                #expect(throws: Never.self) { try TestDoor.event(example, rest) }
            }
        }
    }

    @Test("refuses another JSON type in each of its fields", arguments: EventExample.all)
    func wrongType(example: EventExample) throws {
        let data = try JSONParser.parse(example.full)
        for key in data.keys {
            let error = try TestDoor.refusal(of: example.type, data.with(key, .null).text)
            #expect(error.code == .wrongType)
            #expect(error.field == "data.\(key)")
            #expect(error.found == "null")
            #expect(!error.expected.isEmpty)
        }
    }

    @Test("refuses a field that it does not have", arguments: EventExample.all)
    func unknownField(example: EventExample) throws {
        let data = try JSONParser.parse(example.minimal).with("zzzzzzzzzz", .bool(true))
        let error = try TestDoor.refusal(of: example.type, data.text)
        #expect(error.code == .unknownField)
        #expect(error.field == "data.zzzzzzzzzz")
        #expect(error.suggestion == nil)
    }
}

@Suite("The CloudEvents object on output")
struct OutputTests {
    @Test("has sequence and recorded time, sorted keys, times in Taipei, no spaces")
    func object() throws {
        let event = try TestDoor.read(
            TestDoor.line(
                "enrolment.started", "T-1001", data: #"{ "on": "115/6/1", "class": "C-1" }"#,
                time: "2026-06-01T01:00:00Z"))
        #expect(
            event.json(sequence: 18_446_744_073_709_551_615, registry: TestDoor.registry).text == """
                {"data":{"class":"C-1","on":"2026-06-01"},"id":"a-0001","recordedtime":"2026-06-02T10:11:12.131415+08:00",\
                "sequence":"18446744073709551615","source":"/units/ntpc","specversion":"1.0","subject":"T-1001",\
                "time":"2026-06-01T09:00:00+08:00","type":"enrolment.started"}
                """)
    }

    @Test("can be read again, its sequence and recorded time being no content", arguments: EventExample.all)
    func readAgain(example: EventExample) throws {
        let event = try TestDoor.event(example, example.full)
        let text = event.json(sequence: 5, registry: TestDoor.registry).text
        #expect(try TestDoor.read(text).hasSameContent(as: event))
        #expect(try TestDoor.read(text) == event)
    }
}
