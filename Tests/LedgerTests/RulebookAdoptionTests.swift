import CivilTime
import Foundation
import Histories
import Ledger
import Rulebook
import Testing
import TrainingEvents

@Suite("The rulebook adopted in the log decides")
struct RulebookAdoptionTests {
    private func event(_ id: String, _ digest: String, from: String) -> [UInt8] {
        Array(
            """
            {"specversion":"1.0","id":"\(id)","source":"/agency","type":"rulebook.adopted","subject":"trial",\
            "time":"2026-10-01T09:00:00+08:00","data":{"digest":"\(digest)","from":"\(from)"}}
            """.utf8)
    }

    /// The ID of the rulebook that counts at a point.
    private func chosen(_ ledger: String, _ asOf: AsOf = .head) throws -> String {
        let reader = try LedgerReader(opening: ledger)
        let histories = try reader.histories(at: try reader.resolve(asOf))
        return try RulebookChoice.resolve(nil, adopted: histories.rulebooks, ledger: ledger).id
    }

    private func refusal(_ ledger: String, _ line: [UInt8]) throws -> EventError? {
        let writer = try LedgerFixture.writer(ledger)
        defer { try? writer.close() }
        let draft = try LedgerFixture.draft(line)
        do throws(AdmissionError) {
            _ = try writer.admit(draft, keepsRecordedTime: false)
            return nil
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            return refusal
        }
    }

    private func adopt(_ book: Rulebook, from: String?, in ledger: String, on today: String) throws -> RulebookAdoption
    {
        let now = try #require(Instant("\(today)T10:00:00+08:00"))
        let writer = try LedgerWriter(opening: ledger, now: { now })
        let adoption = try writer.adopt(book, from: try from.map { try #require(CivilDate($0)) }, note: nil)
        try writer.commit()
        try writer.close()
        return adoption
    }

    @Test("an event that adopts an unknown book is refused with a hint; once the book is kept it is taken")
    func unknown() throws {
        try LedgerFixture.withLedger { ledger in
            let book = try LedgerFixture.smallBook(cap: 90_000)
            let line = event("1", book.digest, from: "2026-01-01")
            let refused = try #require(try refusal(ledger, line))
            #expect(refused.code == .unknownRulebook)
            #expect(refused.field == "data.digest")
            #expect(refused.expected.contains("--store-only"))
            let writer = try LedgerFixture.writer(ledger)
            #expect(try writer.keep(book))
            try writer.close()
            try LedgerFixture.append([line], to: ledger)
            #expect(try chosen(ledger) == "trial-90000")
            #expect(try LedgerVerification(of: ledger) { _, _ in }.isSound)
        }
    }

    @Test("a built-in book is kept too when an event adopts it, with or without the algorithm before its digest")
    func builtIn() throws {
        try LedgerFixture.withLedger { ledger in
            let book = try BuiltInRulebooks.book(named: "cap-2025")
            let bare = String(book.digest.dropFirst("sha256:".count))
            try LedgerFixture.append([event("1", bare, from: "2026-01-01")], to: ledger)
            #expect(try chosen(ledger) == "cap-2025")
            #expect(try RulebookStore(ledger: ledger).book(book.digest) == book)
        }
    }

    @Test("of several the last recorded one counts whose first day has come, at every position")
    func lastCounts() throws {
        try LedgerFixture.withLedger { ledger in
            let (a, b) = (try LedgerFixture.smallBook(cap: 80_000), try LedgerFixture.smallBook(cap: 90_000))
            #expect(try chosen(ledger) == "base")
            #expect(try adopt(a, from: nil, in: ledger, on: "2026-02-01").position == 0)
            #expect(try adopt(b, from: "2026-06-01", in: ledger, on: "2026-03-01").isNew)
            #expect(try chosen(ledger) == "trial-80000", "its first day has not come")
            let retraction = """
                {"specversion":"1.0","id":"r","source":"/agency","type":"event.retracted","subject":"trial-90000",\
                "time":"2026-05-31T09:00:00+08:00","data":{"retractsSource":"/trainledger/rulebook",\
                "retractsId":"trial-90000/2","reason":"too early"}}
                """
            #expect(try adopt(a, from: "2026-05-31", in: ledger, on: "2026-05-31").isNew)
            #expect(try chosen(ledger) == "trial-80000")
            #expect(try adopt(b, from: "2026-06-01", in: ledger, on: "2026-06-01").isNew)
            #expect(try chosen(ledger) == "trial-90000")
            #expect(try chosen(ledger, .position(3)) == "trial-80000")
            #expect(try chosen(ledger, .position(0)) == "base")
            try LedgerFixture.append([Array(retraction.replacing("/2", with: "/4").utf8)], to: ledger)
            // The first adoption of the same book stands, but a later one of the other book does too.
            #expect(try chosen(ledger) == "trial-80000")
        }
    }

    @Test("adopting the same book again records nothing; going back to an earlier one does")
    func again() throws {
        try LedgerFixture.withLedger { ledger in
            let (a, b) = (try LedgerFixture.smallBook(cap: 80_000), try LedgerFixture.smallBook(cap: 90_000))
            #expect(try adopt(a, from: nil, in: ledger, on: "2026-02-01").isNew)
            #expect(try !adopt(a, from: nil, in: ledger, on: "2026-02-09").isNew)
            #expect(try adopt(b, from: nil, in: ledger, on: "2026-03-01").isNew)
            #expect(try adopt(a, from: nil, in: ledger, on: "2026-04-01").position == 2)
            #expect(try chosen(ledger) == "trial-80000")
        }
    }

    @Test("a damaged or missing file is an error that names it, never another book; verify names it too")
    func damaged() throws {
        try LedgerFixture.withLedger { ledger in
            let book = try LedgerFixture.smallBook(cap: 90_000)
            _ = try adopt(book, from: nil, in: ledger, on: "2026-02-01")
            let file = "rulebooks/\(book.digest.dropFirst("sha256:".count))"
            let path = "\(ledger)/\(file)"
            var bytes = try #require(FileManager.default.contents(atPath: path))
            bytes[bytes.count - 30] ^= 1
            try bytes.write(to: URL(filePath: path))
            do {
                _ = try chosen(ledger)
                Issue.record("a damaged rulebook decided")
            } catch LedgerError.damagedRulebook(let found, _) {
                #expect(found == file)
            }
            #expect(try LedgerVerification(of: ledger) { _, _ in }.rulebooks.map(\.file) == [file])
            try FileManager.default.removeItem(atPath: path)
            do {
                _ = try chosen(ledger)
                Issue.record("a missing rulebook decided")
            } catch LedgerError.noRulebook(let reason) {
                #expect(reason.contains(file))
            }
            let found = try LedgerVerification(of: ledger) { _, _ in }
            #expect(!found.isSound)
            #expect(found.rulebooks.map(\.file) == [file])
        }
    }
}
