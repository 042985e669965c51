import Testing

@testable import TrainingEvents

@Suite("Fields that other fields require, and bounds that are still inside")
struct ConditionalFieldTests {
    @Test(
        "benefits of the two training allowances need half-months, the others do not",
        arguments: BenefitKind.codes.all)
    func benefits(kind: String) throws {
        let data = #"{"kind":"\#(kind)","from":"2026-01-01"}"#
        if kind == "employmentInsuranceTrainingAllowance" || kind == "otherTrainingAllowance" {
            let error = try TestDoor.refusal(of: "benefit.recorded", data)
            #expect(error.code == .missingField)
            #expect(error.field == "data.halfMonths")
            #expect(error.expected.contains(kind))
        } else {
            #expect(throws: Never.self) { try TestDoor.event(.of("benefit.recorded"), data) }
        }
        #expect(throws: Never.self) {
            try TestDoor.event(.of("benefit.recorded"), #"{"kind":"\#(kind)","from":"2026-01-01","halfMonths":0}"#)
        }
    }

    @Test("payouts by the month need half-months, from and to, the others do not", arguments: PayoutKind.codes.all)
    func payouts(kind: String) throws {
        let head = #"{"payout":"P","kind":"\#(kind)","class":"C-1","amount":1,"on":"2026-01-01""#
        let more = [
            ("halfMonths", #","halfMonths":1"#), ("from", #","from":"2026-01-01""#), ("to", #","to":"2026-01-31""#),
        ]
        for (name, _) in more {
            let data = head + more.filter { $0.0 != name }.map(\.1).joined() + "}"
            if kind == "livingAllowance" || kind == "learningReward" {
                let error = try TestDoor.refusal(of: "payout.made", data)
                #expect(error.code == .missingField)
                #expect(error.field == "data.\(name)")
            } else {
                #expect(throws: Never.self) { try TestDoor.event(.of("payout.made"), data) }
            }
        }
        #expect(throws: Never.self) {
            try TestDoor.event(.of("payout.made"), head + more.map(\.1).joined() + "}")
        }
    }

    @Test("a payout's period does not end before it begins, whatever its kind")
    func period() throws {
        let data = #"{"payout":"P","kind":"feeWaiver","class":"C-1","amount":1,"on":"2026-01-01","from":"2026-02-01","#
        #expect(try TestDoor.refusal(of: "payout.made", data + #""to":"2026-01-31"}"#).field == "data.to")
        #expect(throws: Never.self) { try TestDoor.event(.of("payout.made"), data + #""to":"2026-02-01"}"#) }
    }

    @Test("sessions that touch are taken, in any order, and the same hours on another day")
    func touching() throws {
        let data = """
            {"sessions":[{"on":"2026-06-01","from":"10:00","to":"11:00"},{"on":"2026-06-01","from":"11:00","to":"12:00"},
            {"on":"2026-06-01","from":"09:00","to":"10:00"},{"on":"2026-06-02","from":"09:30","to":"10:30"}]}
            """
        let event = try TestDoor.event(.of("class.scheduled"), data)
        #expect(event.data(registry: TestDoor.registry).text == (try JSONParser.parse(data)).text)
    }

    @Test("sessions that overlap by a minute are refused wherever they stand in the list")
    func overlapping() throws {
        let many = (0..<9).map { #"{"on":"2026-06-0\#($0 + 1)","from":"09:00","to":"12:00"}"# }
        for index in many.indices {
            let overlap = #"{"on":"2026-06-0\#(index + 1)","from":"11:59","to":"13:00"}"#
            let data = #"{"sessions":[\#((many + [overlap]).joined(separator: ","))]}"#
            let error = try TestDoor.refusal(of: "class.scheduled", data)
            #expect(error.field == "data.sessions[9].from")
            #expect(error.expected == "a time from 12:00 on, when sessions[\(index)] ends")
        }
    }

    @Test(
        "ROC dates are taken and written as ISO dates",
        arguments: ["115-06-01", "115/6/1", "115/06/01", "1150601", "20260601", "2026-06-01"])
    func republicDates(text: String) throws {
        let event = try TestDoor.event(.of("class.closed"), #"{"on":"\#(text)"}"#)
        #expect(event.data(registry: TestDoor.registry).text == #"{"on":"2026-06-01"}"#)
        let iso = try TestDoor.event(.of("class.closed"), #"{"on":"2026-06-01"}"#)
        #expect(event.hasSameContent(as: iso), "the same day in another spelling is a duplicate, no conflict")
    }

    @Test(
        "the last values inside the bounds are taken",
        arguments: [
            ("class.closed", #"{"on":"1868-01-01"}"#), ("class.closed", #"{"on":"2999-12-31"}"#),
            ("fee.paid", #"{"class":"C-1","amount":100000000000,"on":"2026-06-01"}"#),
            ("fee.paid", #"{"class":"C-1","amount":-0,"on":"2026-06-01"}"#),
            ("attendance.recorded", #"{"class":"C-1","on":"2026-06-01","presentMinutes":1440}"#),
            ("enrolment.admitted", #"{"class":"C-1","seat":"extra","rank":1000000}"#),
            (
                "decision.issued",
                #"{"kind":"feeShare","class":"C-0","on":"2026-06-01","outcome":"granted","rulebook":"b","atSequence":9007199254740992}"#
            ),
        ])
    func insideBounds(type: String, data: String) throws {
        let event = try TestDoor.event(.of(type), data)
        #expect(try Event(decoding: event.encoded()) == event)
    }

    @Test("a list of 2,000 is taken, one of 2,001 is not")
    func listBounds() throws {
        func data(_ count: Int) -> String {
            let spells = Array(repeating: #"{"scheme":"labour","from":"2026-01-01"}"#, count: count)
            return #"{"asOf":"2026-06-01","method":"system","spells":[\#(spells.joined(separator: ","))]}"#
        }
        let event = try TestDoor.event(.of("insurance.verified"), data(2_000))
        #expect(try Event(decoding: event.encoded()) == event)
        #expect(try TestDoor.refusal(of: "insurance.verified", data(2_001)).code == .malformedJSON)
    }

    @Test("a record over 65,535 bytes is refused when it is encoded")
    func recordBounds() throws {
        let employer = String(repeating: "e", count: 500)
        let spell = #"{"scheme":"labour","from":"2026-01-01","employer":"\#(employer)"}"#
        func event(_ count: Int) throws -> Event {
            let spells = Array(repeating: spell, count: count).joined(separator: ",")
            return try TestDoor.event(
                .of("insurance.verified"), #"{"asOf":"2026-06-01","method":"system","spells":[\#(spells)]}"#)
        }
        #expect(try event(127).encoded().count < Limits.recordBytes)
        let error = #expect(throws: EventError.self) { try event(129).encoded() }
        #expect(error?.code == .outOfRange)
        #expect(error?.expected.contains("65535") == true)
    }
}
