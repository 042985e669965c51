import Foundation
import Ledger
import LedgerTestKit
import PersonalData
import Rulebook
import Testing
import TrainingEvents

@Suite("Personal texts at the door")
struct SealedDoorTests {
    @Test("what comes out is what went in, and the same again is a duplicate")
    func roundTrip() throws {
        try PersonalFixture.withLedger { ledger in
            let shown = try PersonalFixture.shown(ledger).joined()
            for text in ["阮氏梅花", "A123456789", "證件更正之理由", "講師遲到三次之陳情"] { #expect(shown.contains(text)) }
            for line in PersonalFixture.lines { #expect(try PersonalFixture.isDuplicate(line, ledger)) }
        }
    }

    @Test("another text under the same source and id is a conflict")
    func conflict() throws {
        try PersonalFixture.withLedger { ledger in
            let other = PersonalFixture.event("p-3", "trainee.amended", "T-9", #"{"sex":"male","reason":"另一理由"}"#)
            let refusal = try PersonalFixture.refusal(other, ledger)
            #expect(refusal?.code == .conflict)
        }
    }

    @Test("a ledger that records the events of another says the same, under keys of its own")
    func exported() throws {
        try PersonalFixture.withLedger { ledger in
            let lines = try PersonalFixture.shown(ledger)
            let copy = ledger + "-2"
            try LedgerWriter.create(copy)
            try LedgerFixture.append(lines.map { Array($0.utf8) }, to: copy)
            #expect(try PersonalFixture.shown(copy).map(Self.content) == lines.map(Self.content))
            #expect(try Self.factsDigest(copy) == Self.factsDigest(ledger))
            let records = try [ledger, copy].map { try PersonalFixture.files([$0 + "/segments"]).map(\.bytes) }
            #expect(records[0] != records[1])
        }
    }

    /// A line without what the ledger adds.
    private static func content(_ line: String) throws -> String {
        guard case .object(let members) = try JSONParser.parse(line) else { return line }
        return JSONValue.object(members.filter { $0.key != "recordedtime" }).text
    }

    private static func factsDigest(_ ledger: String) throws -> String {
        let reader = try LedgerReader(opening: ledger)
        let histories = try reader.histories(at: try reader.resolve(.head))
        return "\(try Rebuild(histories, try BuiltInRulebooks.book(named: "base"), jobs: 1).factsDigest)"
    }

    @Test("without keys an event with a personal text is refused, one without is taken")
    func withoutKeys() throws {
        try PersonalFixture.withLedger { ledger in
            try FileManager.default.removeItem(atPath: ledger + ".keys")
            let named = PersonalFixture.event(
                "q-1", "trainee.registered", "T-7",
                #"{"birthDate":"1985-02-28","sex":"male","nationality":"national","name":"王"}"#)
            let refusal = try PersonalFixture.refusal(named, ledger)
            #expect(refusal?.code == .noKeys)
            #expect(refusal?.field == "data.name")
            let bare = PersonalFixture.event(
                "q-2", "trainee.registered", "T-7",
                #"{"birthDate":"1985-02-28","sex":"male","nationality":"national"}"#)
            #expect(try PersonalFixture.refusal(bare, ledger) == nil)
            #expect(try PersonalFixture.refusal(PersonalFixture.lines[0], ledger)?.code == .noKeys)
        }
    }

    @Test("an event shown sealed is known again, and is no new event")
    func shownSealed() throws {
        try PersonalFixture.withLedger { ledger in
            let shown = PersonalFixture.event(
                "p-3", "trainee.amended", "T-9", #"{"sex":"male","reason":{"sealed":true}}"#)
            let isKnown = try PersonalFixture.isDuplicate(shown, ledger)
            #expect(isKnown)
            let other = PersonalFixture.event("p-3", "trainee.amended", "T-9", #"{"reason":{"sealed":true}}"#)
            #expect(try PersonalFixture.refusal(other, ledger)?.code == .conflict)
            let new = PersonalFixture.event("q-3", "trainee.amended", "T-9", #"{"reason":{"sealed":true}}"#)
            #expect(try PersonalFixture.refusal(new, ledger)?.code == .sealedText)
            let odd = PersonalFixture.event("q-3", "trainee.amended", "T-9", #"{"reason":{"sealed":false}}"#)
            #expect(try PersonalFixture.refusal(odd, ledger)?.code == .invalidValue)
        }
    }

    @Test("a trial run makes no key")
    func dryRun() throws {
        try PersonalFixture.withLedger { ledger in
            let before = try PersonalFixture.files([ledger + ".keys"]).map(\.bytes)
            let writer = try LedgerWriter(opening: ledger, isDryRun: true, now: { LedgerFixture.now })
            let line = PersonalFixture.event(
                "q-1", "trainee.registered", "T-7",
                #"{"birthDate":"1985-02-28","sex":"male","nationality":"national","name":"王"}"#)
            _ = try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: false)
            try writer.commit()
            try writer.close()
            #expect(try PersonalFixture.files([ledger + ".keys"]).map(\.bytes) == before)
        }
    }

    @Test("who gave a national ID is found by it, whatever is asked in between")
    func find() throws {
        try PersonalFixture.withLedger { ledger in
            #expect(try LedgerReader(opening: ledger).trainees(nationalID: "A123456789") == ["T-9"])
            #expect(try LedgerReader(opening: ledger).trainees(nationalID: "F131104093").isEmpty)
            let amended = PersonalFixture.event(
                "q-1", "trainee.amended", "T-8", #"{"nationalId":"A123456789","reason":""}"#)
            try LedgerFixture.append([amended], to: ledger)
            _ = try SegmentSealing(ledger: ledger, includingOpen: true)
            #expect(try LedgerReader(opening: ledger).trainees(nationalID: "A123456789") == ["T-8", "T-9"].reversed())
            let taken = PersonalFixture.event(
                "q-2", "event.retracted", "T-8", #"{"retractsSource":"/test","retractsId":"q-1","reason":"誤植"}"#)
            try LedgerFixture.append([taken], to: ledger)
            #expect(try LedgerReader(opening: ledger).trainees(nationalID: "A123456789") == ["T-9"])
            try PersonalFixture.erase(ledger)
            #expect(try LedgerReader(opening: ledger).trainees(nationalID: "A123456789").isEmpty)
        }
    }
}
