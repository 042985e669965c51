import EventLog
import Foundation
import Histories
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

@Suite("Folding by trainee, in parallel, gives what folding event by event gives")
struct FactsFoldTests {
    private func expectSameFacts(_ ledger: String, at count: UInt64? = nil, _ comment: Comment) throws {
        let reader = try LedgerReader(opening: ledger)
        let point = try reader.resolve(count.map { .position($0) } ?? .head)
        let expected = try reader.foldEvents(at: point)
        for jobs in [1, 3] {
            let found = try reader.histories(at: point, jobs: jobs)
            #expect(found.trainees == expected.trainees, comment)
            #expect(found.classes == expected.classes, comment)
            #expect(found.units == expected.units, comment)
            #expect(found.complaints == expected.complaints, comment)
            #expect(found.adoptions == expected.adoptions, comment)
            #expect(found.eventCount == expected.eventCount, comment)
            #expect(found.lastRecordedTime == expected.lastRecordedTime, comment)
            #expect(found.registry.trainees.ids == expected.registry.trainees.ids, comment)
            #expect(found.registry.classes.ids == expected.registry.classes.ids, comment)
            #expect(found.registry.units.ids == expected.registry.units.ids, comment)
            for number in expected.trainees.indices.map({ TraineeNumber(UInt32($0)) }) {
                #expect(found.linkedTrainees(number) == expected.linkedTrainees(number), comment)
            }
        }
    }

    /// A generated ledger in several parts, the first ones sealed.
    private func withGenerated(_ seed: UInt64, _ work: (String) throws -> Void) throws {
        try LedgerFixture.withLedger { ledger in
            let writer = try LedgerFixture.writer(ledger)
            var generator = PopulationGenerator(trainees: 60, seed: seed)
            while let line = generator.next() {
                _ = try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: true)
            }
            try writer.commit()
            try writer.close()
            try work(ledger)
        }
    }

    @Test("the examples, at every hundredth position, open and sealed", arguments: ["coffee-2026", "tip-classes"])
    func examples(example: String) throws {
        try LedgerFixture.withLedger { ledger in
            try LedgerFixture.append(try LedgerFixture.lines(example), to: ledger)
            for form in ["open", "sealed"] {
                let head = try LedgerReader(opening: ledger).head
                for count in stride(from: 0, through: head, by: 101) {
                    try expectSameFacts(ledger, at: count, "\(form), @\(count)")
                }
                try expectSameFacts(ledger, "\(form), head")
                _ = try SegmentSealing(ledger: ledger, includingOpen: true)
            }
        }
    }

    @Test("generated populations, at odd positions, open and sealed", arguments: [11, 12, 13] as [UInt64])
    func generated(seed: UInt64) throws {
        try withGenerated(seed) { ledger in
            for form in ["open", "sealed"] {
                let head = try LedgerReader(opening: ledger).head
                for count in [1, 17, head / 3, head / 2 + 1, head - 1, head] {
                    try expectSameFacts(ledger, at: count, "seed \(seed), \(form), @\(count)")
                }
                _ = try SegmentSealing(ledger: ledger, includingOpen: true)
            }
        }
    }

    @Test("golden ledgers, whose certificates do not carry their time", arguments: ["v0-open", "v0-sealed"])
    func golden(name: String) throws {
        try expectSameFacts(LedgerFixture.root.appending(path: "EventLogs/golden/\(name)").path, "\(name)")
    }
}
