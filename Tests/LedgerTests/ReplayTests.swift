import CivilTime
import EventLog
import Foundation
import Histories
@testable import Ledger
import Rulebook
import Testing
import TrainingEvents

@Suite("Replay to a position equals a ledger that holds only those events")
struct ReplayTests {
    private func digest(_ ledger: String, _ asOf: AsOf) throws -> TreeHash {
        let reader = try LedgerReader(opening: ledger)
        let histories = try reader.histories(at: try reader.resolve(asOf))
        return try Rebuild(histories, try BuiltInRulebooks.book(named: "base"), jobs: 1).digest
    }

    @Test("every position of the TIP examples")
    func everyPosition() throws {
        let lines = try LedgerFixture.lines("tip-classes")
        try LedgerFixture.withLedger { ledger in
            var grown = [try digest(ledger, .head)]
            let writer = try LedgerFixture.writer(ledger)
            for line in lines {
                _ = try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: false)
                try writer.commit()
                grown.append(try digest(ledger, .head))
            }
            try writer.close()
            for (count, expected) in grown.enumerated() {
                #expect(try digest(ledger, .position(UInt64(count))) == expected, "as of @\(count)")
            }
        }
    }

    @Test("an instant or a date resolves to the last event recorded by then")
    func instants() throws {
        try LedgerFixture.withLedger { ledger in
            let lines = try LedgerFixture.lines("coffee-2026").prefix(6)
            var clock = try #require(Instant("2026-01-01T10:00:00+08:00"))
            let writer = try LedgerWriter(opening: ledger, now: { clock })
            for line in lines {
                _ = try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: false)
                clock = try #require(Instant(microseconds: clock.microseconds + 24 * 3_600_000_000))
            }
            try writer.commit()
            try writer.close()
            let reader = try LedgerReader(opening: ledger)
            for (text, count) in [
                ("2025-12-31", 0), ("2026-01-01", 1), ("115-01-03", 3), ("2026-01-03T09:59:59.999999+08:00", 2),
                ("2026-01-03T10:00:00+08:00", 3), ("2027-01-01", 6), ("@4", 4),
            ] {
                #expect(try reader.resolve(AsOf(text)).eventCount == count, "\(text)")
            }
        }
    }

    @Test("a clock that went back does not take recorded times back")
    func clockGoesBack() throws {
        try LedgerFixture.withLedger { ledger in
            let lines = try LedgerFixture.lines("coffee-2026").prefix(2)
            var clock = try #require(Instant("2026-05-01T10:00:00+08:00"))
            let writer = try LedgerWriter(opening: ledger, now: { clock })
            for line in lines {
                _ = try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: false)
                clock = try #require(Instant("2020-01-01T00:00:00Z"))
            }
            try writer.commit()
            try writer.close()
            let reader = try LedgerReader(opening: ledger)
            #expect(try reader.event(at: 1).envelope.recordedTime == reader.event(at: 0).envelope.recordedTime)
        }
    }

    @Test("brought recorded times are refused when they run back or ahead of now")
    func broughtTimes() throws {
        try LedgerFixture.withLedger { ledger in
            let lines = try LedgerFixture.lines("coffee-2026").prefix(3).map { line in
                String(decoding: line, as: UTF8.self).dropFirst()
            }
            let writer = try LedgerFixture.writer(ledger)
            func admit(_ index: Int, _ time: String) throws -> EventError.Code? {
                let text = "{\"recordedtime\":\"\(time)\"," + lines[index]
                let draft = try LedgerFixture.draft(Array(text.utf8))
                do throws(AdmissionError) {
                    _ = try writer.admit(draft, keepsRecordedTime: true)
                    return nil
                } catch {
                    guard case .refused(let refusal) = error else { throw error }
                    return refusal.code
                }
            }
            #expect(try admit(0, "2026-05-01T10:00:00+08:00") == nil)
            #expect(try admit(1, "2026-05-01T09:59:59+08:00") == .recordedTimeOutOfOrder)
            #expect(try admit(1, "2026-05-01T10:00:00+08:00") == nil)
            #expect(try admit(2, "2026-11-01T12:00:00.000001+08:00") == .recordedTimeOutOfOrder)
            #expect(try admit(2, "2026-11-01T12:00:00+08:00") == nil)
            try writer.close()
        }
    }
}
