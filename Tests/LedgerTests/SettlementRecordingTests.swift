import CivilTime
import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

@Suite("The payouts of a settlement are recorded all at once, and never twice")
struct SettlementRecordingTests {
    /// Five trainees who passed one class.
    private var passed: Story {
        var story = Story()
        story.passes(from: "2026-01-05")
        let lessons = Lesson.weekly(from: "2026-01-05")
        for number in 2...5 {
            let id = "T-\(number)"
            story.register(id)
            story.verifies(id, asOf: "2026-01-05", [Spell(.labour)])
            story.starts(id, in: "C-1", on: "2026-01-05")
            story.attendsAll(id, in: "C-1", lessons)
            story.completes(id, "C-1", on: "2026-02-02")
            story.fillsInSurvey(id, on: "2026-02-02")
        }
        return story
    }

    private func record(_ settlement: Settlement, in ledger: String) throws {
        let writer = try LedgerFixture.writer(ledger)
        do {
            try writer.record(settlement)
        } catch {
            try writer.close()
            throw error
        }
        try writer.close()
    }

    @Test("of two settlements of the same position the second is refused and records nothing")
    func twoOperators() throws {
        try LedgerFixture.withLedger(of: passed) { ledger in
            let (first, second) = (try LedgerFixture.settlement(ledger), try LedgerFixture.settlement(ledger))
            #expect(first.payouts == second.payouts)
            #expect(first.payouts.count == 5)
            try record(first, in: ledger)
            let head = try LedgerReader(opening: ledger).head
            do {
                try record(second, in: ledger)
                Issue.record("settled twice")
            } catch LedgerError.unexpectedSequence(let expected, let found) {
                #expect(expected == head - 5)
                #expect(found == head)
            }
            #expect(try LedgerReader(opening: ledger).head == head)
        }
    }

    @Test("a payout that the door refuses leaves none of them")
    func refused() throws {
        var story = passed
        // Somebody gave another payout of this trainee the ID that the settlement will choose.
        story.approve("C-9", from: "2026-01-05", to: "2026-02-02")
        story.isPaid("T-4", "tuitionSubsidy/C-1/T-4/1", .feeWaiver, for: "C-9", amount: 1, on: "2026-02-02")
        try LedgerFixture.withLedger(of: story) { ledger in
            let head = try LedgerReader(opening: ledger).head
            let settlement = try LedgerFixture.settlement(ledger)
            #expect(settlement.payouts.count == 5)
            do {
                try record(settlement, in: ledger)
                Issue.record("a taken ID was paid")
            } catch LedgerError.refused(let reason) {
                #expect(reason.code == .alreadyExists)
                #expect(reason.field == "data.payout")
            }
            #expect(try LedgerReader(opening: ledger).head == head)
        }
    }

    @Test("a payout that was retracted is made again under a new ID")
    func retracted() throws {
        try LedgerFixture.withLedger(of: passed) { ledger in
            let id = try #require(try LedgerFixture.settle(ledger).payouts.first).id
            let line = """
                {"specversion":"1.0","id":"x","source":"/agency","type":"event.retracted","subject":"T-1",\
                "time":"2026-03-01T09:00:00+08:00","data":{"retractsSource":"/trainledger/settle",\
                "retractsId":"\(id)","reason":"never sent"}}
                """
            try LedgerFixture.append([Array(line.utf8)], to: ledger)
            #expect(try LedgerFixture.settle(ledger).payouts.map(\.id) == ["tuitionSubsidy/C-1/T-1/2"])
            #expect(try LedgerFixture.settlement(ledger).payouts.isEmpty)
        }
    }

    @Test("IDs that would be too long or ambiguous become letters, each its own")
    func identifiers() throws {
        let kind = TrainingEvents.PayoutKind.livingAllowance
        #expect(ProposedPayout.id(kind, "C-1", "T-1", 1) == "livingAllowance/C-1/T-1/1")
        let long = String(repeating: "x", count: 190)
        let ids = [
            ProposedPayout.id(kind, long, "T-1", 1), ProposedPayout.id(kind, long, "T-1", 2),
            ProposedPayout.id(kind, "a/b", "c", 1), ProposedPayout.id(kind, "a", "b/c", 1),
            ProposedPayout.id(.tuitionSubsidy, long, "T-1", 1),
        ]
        #expect(Set(ids).count == ids.count)
        for id in ids {
            try String.checkIdentifier(id)
            #expect(!id.contains { $0.isNumber })
            #expect(ProposedPayout.id(kind, long, "T-1", 1) == ids[0])
        }
    }

    @Test("a crash at any operation leaves all payouts or none, and settling again pays the rest")
    func crash() throws {
        try LedgerFixture.withDirectory { directory in
            let ledger = directory + "/ledger"
            try LedgerWriter.create(ledger)
            try LedgerFixture.append(passed, to: ledger)
            let before = try LedgerReader(opening: ledger).head
            // One commit for all of them and the mark of the clean close: so the simulated disk is given them.
            let start = try commits(ledger)
            try LedgerFixture.settle(ledger)
            #expect(try commits(ledger) == start + 2)
            let log = try LogReader(opening: ledger, files: RealFileSystem())
            var records: [[UInt8]] = []
            try log.forEach(from: 0, to: log.head) { records.append([UInt8]($1)) }
            let batch = Array(records[Int(before)...])
            #expect(batch.count == 5)

            let base = SimulatedFileSystem()
            try LogWriter.create(directory: "/ledger", files: base, ledgerID: Array(0..<16))
            let writer = try LogWriter(opening: "/ledger", files: base)
            _ = try writer.append(Array(records[..<Int(before)]))
            try writer.close()
            let whole = base.copy()
            try append(batch, to: whole)
            var heads: Set<UInt64> = []
            for operation in 1...whole.operations {
                let files = base.copy()
                files.crash(at: operation)
                #expect(throws: LogError.self) { try append(batch, to: files) }
                for kept in [{ _ in false }, { _ in true }, { $0 % 2 == 0 }, { $0 % 3 != 1 }] as [(Int) -> Bool] {
                    let after = files.afterCrash(keeping: kept)
                    let head = try LogWriter(opening: "/ledger", files: after).head
                    #expect(head == before || head == before + 5, "operation \(operation): \(head)")
                    guard heads.insert(head).inserted else { continue }
                    try expectSettled(after, in: "\(directory)/\(head)", records)
                }
            }
            #expect(heads == [before, before + 5])
        }
    }

    private func commits(_ ledger: String) throws -> Int {
        Int(try LedgerVerification(of: ledger) { _, _ in }.log.commits)
    }

    private func append(_ batch: [[UInt8]], to files: SimulatedFileSystem) throws {
        let writer = try LogWriter(opening: "/ledger", files: files)
        _ = try writer.append(batch)
        try writer.close()
    }

    /// Puts a simulated ledger on the real disk and settles it: the payouts are those of the run without a crash.
    private func expectSettled(_ files: SimulatedFileSystem, in ledger: String, _ records: [[UInt8]]) throws {
        try FileManager.default.createDirectory(atPath: ledger + "/segments", withIntermediateDirectories: true)
        for path in files.filePaths where !path.contains("/quarantine/") {
            let bytes = try #require(files.bytes(of: path))
            try Data(bytes).write(to: URL(filePath: ledger + path.dropFirst("/ledger".count)))
        }
        try LedgerFixture.settle(ledger)
        #expect(try LedgerFixture.settlement(ledger).payouts.isEmpty)
        let log = try LogReader(opening: ledger, files: RealFileSystem())
        var found: [[UInt8]] = []
        try log.forEach(from: 0, to: log.head) { found.append([UInt8]($1)) }
        #expect(found == records)
    }
}
