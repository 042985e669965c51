import EventLog
import Histories
import LedgerTestKit
import Testing

@testable import Ledger
@testable import TrainingEvents

@Suite struct `A registration says the number that it gave` {
    private func story() -> Story {
        var story = Story()
        story.approve("C-1", from: "2026-03-02", to: "2026-03-31")
        story.register("T-1", born: "1990-01-01")
        story.approve("C-2", from: "2026-04-02", to: "2026-04-30")
        story.register("T-2", born: "1991-01-01")
        story.applies("T-2", to: "C-2")
        return story
    }

    /// A ledger with the story's records, each with its numbers changed.
    private func withRecords(
        _ change: (inout EventBody) -> Void, _ work: (String) throws -> Void
    ) throws {
        try LedgerFixture.withLedger { ledger in
            let records = try story().events.map { event in
                var event = event
                change(&event.body)
                return try event.encoded()
            }
            let log = try LogWriter(opening: ledger, files: RealFileSystem())
            _ = try log.append(records)
            try log.close()
            try work(ledger)
        }
    }

    private func lines() throws -> [[UInt8]] {
        let registry = try story().histories().registry
        return story().events.map { Array($0.json(sequence: 0, registry: registry).text.utf8) }
    }

    @Test func `each of its kind the next one`() throws {
        let numbers = story().events.map(\.body.introducedNumber)
        // A unit, a class, a trainee, a class, a trainee; the application introduces nothing.
        #expect(numbers == [0, 0, 0, 1, 1, nil])
        try LedgerFixture.withLedger { ledger in
            _ = try LedgerFixture.generate(into: ledger, trainees: 30, seed: 5)
            let reader = try LedgerReader(opening: ledger)
            var registry = Registry()
            for position in 0..<reader.head {
                let event = try reader.event(at: position)
                #expect(event.body.introducedNumber == registry.nextNumber(for: event.subject))
                registry.note(event.subject)
            }
            #expect(registry.trainees.count == 30 && registry.classes.count > 1)
        }
    }

    @Test func `JSON neither brings it nor shows it`() throws {
        let lines = try lines()
        #expect(!lines.contains { String(decoding: $0, as: UTF8.self).contains("\"number\"") })
        try LedgerFixture.withLedger { ledger in
            let writer = try LedgerFixture.writer(ledger)
            let text = String(decoding: lines[2], as: UTF8.self)
            let forged = text.replacing("\"sex\":", with: "\"number\":0,\"sex\":")
            #expect(forged != text)
            let error = #expect(throws: AdmissionError.self) {
                try writer.admit(LedgerFixture.draft(Array(forged.utf8)), keepsRecordedTime: false)
            }
            guard case .refused(let refusal) = error else { return #expect(Bool(false), "it failed otherwise") }
            #expect(refusal.code == .unknownField && refusal.field == "data.number")
        }
    }

    @Test(arguments: [true, false])
    func `a repeated one is a duplicate, whether its record holds the number or not`(holds: Bool) throws {
        try withRecords({ if !holds { $0.setIntroducedNumber(nil) } }) { ledger in
            let writer = try LedgerFixture.writer(ledger)
            for (position, line) in try lines().enumerated() {
                let admission = try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: false)
                #expect(admission == .duplicate(position: UInt64(position)))
            }
            let other = String(decoding: try lines()[2], as: UTF8.self).replacing("1990-01-01", with: "1990-01-02")
            #expect(throws: AdmissionError.self) {
                try writer.admit(LedgerFixture.draft(Array(other.utf8)), keepsRecordedTime: false)
            }
            try writer.close()
        }
    }

    @Test func `one that was retracted keeps its number, and the ID gets the next`() throws {
        var story = story()
        story.register("T-3", born: "1992-01-01")
        story.retract(story.last)
        story.register("T-3", born: "1992-01-01")
        #expect(try story.histories().registry.trainees.count == 4)
        #expect(story.events.compactMap(\.body.introducedNumber).last == 3)
    }

    @Test(arguments: [0, 1, 2] as [UInt32])
    func `verify compares it with the count`(number: UInt32) throws {
        try withRecords({ body in
            if case .traineeRegistered = body, body.introducedNumber == 1 { body.setIntroducedNumber(number) }
        }) { ledger in
            let found = try LedgerVerification(of: ledger) { _, _ in }
            #expect(found.isSound == (number == 1))
            #expect(found.records.map(\.position) == (number == 1 ? [] : [4]))
            guard let error = found.records.first?.error else { return }
            #expect(error.found == "the number \(number)" && error.expected == "1, the next of its kind")
        }
    }

    @Test func `verify wants it of every registration in a ledger of format version 1`() throws {
        try withRecords({ $0.setIntroducedNumber(nil) }) { ledger in
            let found = try LedgerVerification(of: ledger) { _, _ in }
            #expect(found.records.map(\.position) == [0, 1, 2, 3, 4])
            #expect(found.records.allSatisfy { $0.error.code == .malformedRecord && $0.error.field == "number" })
        }
    }

    @Test func `and that no personal text stands in the clear`() throws {
        try withRecords({ body in
            if case .traineeRegistered(var payload) = body {
                payload.fields.name = .plain(payload.number == TraineeNumber(0) ? "王" : "")
                body = .traineeRegistered(payload)
            }
        }) { ledger in
            let found = try LedgerVerification(of: ledger) { _, _ in }
            #expect(found.records.map(\.position) == [2], "an empty text says nothing")
            #expect(found.records.first?.error.field == "data.name")
        }
    }
}
