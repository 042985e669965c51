import EventLog
import Foundation
import Histories
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@testable import Ledger

@Suite("What does not belong together is not put together")
struct ShardRefusalTests {
    /// The code with which work is refused.
    private func refusal(_ work: () throws -> Void) -> ShardError? {
        do {
            try work()
        } catch LedgerError.shard(let error) {
            return error
        } catch {
            Issue.record("refused otherwise: \(error)")
        }
        return nil
    }

    @Test("a result that is missing is named")
    func missing() throws {
        try LedgerFixture.withExamples { ledger in
            let work = try DividedWork(ledger, shards: 4)
            let paths = try [0, 3].map { try work.fold($0) }
            let error = try #require(refusal { _ = try work.merge(paths).rebuild() })
            #expect(error.code == .missing)
            #expect(error.shard == 1)
            #expect(error.message.contains("1 more"))
            #expect(error.exitStatus == 66)
            #expect(refusal { _ = try work.merge([]) }?.code == .missing)
        }
    }

    @Test("two results for a shard that say different things")
    func doubled() throws {
        try LedgerFixture.withExamples { ledger in
            let work = try DividedWork(ledger, shards: 2)
            let paths = try [0, 1].map { try work.fold($0) }
            // The same head over another leaf, as a faulty machine might give it.
            let file = try ShardFileReader(opening: paths[1], .partial)
            let writer = try ShardFileWriter(.partial, to: work.path(1, "-other"))
            for number in 0..<file.blockCount {
                var block = try file.block(number)
                if number == 0 { block[7] ^= 1 }
                try writer.append(block)
            }
            _ = try writer.finish()
            let error = try #require(refusal { _ = try work.merge(paths + [work.path(1, "-other")]) })
            #expect(error.code == .doubled)
            #expect(error.shard == 1)
        }
    }

    @Test("results of another plan, ledger, rulebook or work")
    func foreign() throws {
        try LedgerFixture.withExamples { ledger in
            let (work, other) = (try DividedWork(ledger, shards: 2), try DividedWork(ledger, shards: 3))
            let paths = try [0, 1].map { try work.fold($0) }
            #expect(refusal { _ = try work.merge([paths[0], try other.fold(1)]) }?.code == .foreign)
            let book = try BuiltInRulebooks.book(named: "cap-2025")
            let byBook = try work.fold(1, by: book, to: work.path(1, "-book"))
            #expect(refusal { _ = try work.merge([paths[0], byBook]) }?.code == .foreign)
            let compared = try (0...1).map { try work.fold($0, against: book, to: work.path($0, "-compared")) }
            #expect(refusal { _ = try work.merge([paths[0], compared[1]]) }?.code == .foreign)
            #expect(refusal { _ = try work.merge(compared).rebuild() }?.code == .foreign)
            #expect(refusal { _ = try work.merge(paths).comparison { _ in } }?.code == .foreign)
            #expect(refusal { _ = try work.merge(paths).rebuild(book) }?.code == .foreign)
            try LedgerFixture.withLedger { stranger in
                #expect(refusal { try work.fold(0, in: stranger) }?.code == .foreign)
                #expect(
                    refusal { _ = try ShardMerge(paths, of: work.plan, by: ShardPassage(to: stranger)) }?.code
                        == .foreign)
            }
        }
    }

    @Test("a shard that the plan does not have", arguments: [-1, 2, 4_096, .max])
    func noSuchShard(number: Int) throws {
        try LedgerFixture.withLedger { ledger in
            let work = try DividedWork(ledger, shards: 2)
            #expect(refusal { try work.fold(number) }?.code == .noSuchShard)
        }
    }

    @Test("segment files with other bytes than the plan's: changed, sealed since, cut, or missing")
    func segments() throws {
        try LedgerFixture.withExamples { ledger in
            let work = try DividedWork(ledger, shards: 2)
            let path = "\(ledger)/\(work.plan.plan.segments[0].fingerprint.file)"
            let whole = try Data(contentsOf: URL(filePath: path))
            func expectRefusal(_ comment: Comment, _ code: LogError.Code = .damaged) {
                do {
                    try work.fold(0)
                    Issue.record("taken: \(comment)")
                } catch LedgerError.log(let error) {
                    #expect(error.code == code, comment)
                } catch {
                    Issue.record("\(comment): \(error)")
                }
                #expect(!FileManager.default.fileExists(atPath: work.path(0)), comment)
            }
            for place in [0, 3_000, whole.count / 2, Int(work.plan.plan.segments[0].fingerprint.length) - 1] {
                var changed = whole
                changed[place] ^= 0x10
                try changed.write(to: URL(filePath: path))
                expectRefusal("byte \(place)")
            }
            try whole.prefix(whole.count / 2).write(to: URL(filePath: path))
            expectRefusal("cut")
            try whole.write(to: URL(filePath: path))
            try work.fold(1)
            _ = try SegmentSealing(ledger: ledger, includingOpen: true)
            expectRefusal("sealed")
            try FileManager.default.removeItem(atPath: path)
            expectRefusal("missing", .inputOutput(ENOENT))
        }
    }

    @Test("a plan or a result is not written into the ledger")
    func place() throws {
        try LedgerFixture.withExamples { ledger in
            let work = try DividedWork(ledger, shards: 1)
            #expect(throws: LedgerError.self) { try work.fold(0, to: ledger + "/0.part") }
            #expect(throws: LedgerError.self) { _ = try ShardPlanFile(writing: work.plan.plan, to: ledger + "/plan") }
            #expect(try FileManager.default.contentsOfDirectory(atPath: ledger).allSatisfy { !$0.contains("part") })
        }
    }

    @Test("only their owner may read a plan or a result, and no personal text is in them")
    func privacy() throws {
        try LedgerFixture.withExamples { ledger in
            let work = try DividedWork(ledger, shards: 1)
            for path in [work.directory + "/plan", try work.fold(0)] {
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == 0o600)
                let bytes = try Data(contentsOf: URL(filePath: path))
                for text in ["A123456789", "王小明"] { #expect(bytes.range(of: Data(text.utf8)) == nil) }
            }
        }
    }

    @Test("a question that leaves out what happened later has no plan")
    func happenedBy() throws {
        try LedgerFixture.withExamples { ledger in
            let reader = try LedgerReader(opening: ledger)
            let point = try reader.resolve(.head, happenedBy: .placeholder)
            #expect(throws: LedgerError.self) { _ = try reader.plan(shards: 2, at: point) }
        }
    }
}
