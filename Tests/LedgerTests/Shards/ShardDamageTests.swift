import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

@Suite("Damaged plans and results are named, and nothing that they say is believed")
struct ShardDamageTests {
    private static let seed =
        ProcessInfo.processInfo.environment["TRAINLEDGER_SEED"].flatMap(UInt64.init) ?? .random(in: 0...(.max))

    /// What a change of a file leads to: refused as data, or taken.
    private func isRefused(_ work: () throws -> Void) -> Bool {
        do {
            try work()
            return false
        } catch LedgerError.shard(let error) {
            return [.damaged, .tooNew].contains(error.code)
        } catch {
            Issue.record("refused otherwise: \(error)")
            return true
        }
    }

    @Test("any flipped bit of a result, and any cut of it")
    func partial() throws {
        try LedgerFixture.withExamples { ledger in
            print("partial: TRAINLEDGER_SEED=\(Self.seed)")
            var random = SeededGenerator(Self.seed)
            let work = try DividedWork(ledger, shards: 9)
            let path = try work.fold(2)
            func readAll() throws {
                let result = try PartialResult(opening: path, of: work.plan)
                for number in 0..<result.file.blockCount { _ = try result.file.block(number) }
            }
            try readAll()
            let whole = try Data(contentsOf: URL(filePath: path))
            for place in whole.indices {
                var changed = whole
                changed[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
                try changed.write(to: URL(filePath: path))
                #expect(isRefused(readAll), "byte \(place)")
            }
            for length in stride(from: 0, to: whole.count, by: 7) {
                try whole.prefix(length).write(to: URL(filePath: path))
                #expect(isRefused(readAll), "\(length) bytes")
            }
            try (whole + [0]).write(to: URL(filePath: path))
            #expect(isRefused(readAll))
        }
    }

    @Test("a merge refuses a damaged result, wherever the damage is")
    func mergedDamage() throws {
        try LedgerFixture.withExamples { ledger in
            let work = try DividedWork(ledger, shards: 2)
            let paths = try (0..<2).map { try work.fold($0) }
            let whole = try Data(contentsOf: URL(filePath: paths[1]))
            for part in 0..<12 {
                var changed = whole
                changed[(whole.count - 1) * part / 11] ^= 4
                try changed.write(to: URL(filePath: paths[1]))
                #expect(isRefused { _ = try work.merge(paths).rebuild() }, "part \(part)")
            }
        }
    }

    @Test("any flipped bit of a plan, and any cut of it")
    func plan() throws {
        var story = Story()
        story.register(unit: "U-1")
        story.approve("C-1", .industryTalent, fee: 10_000, from: "2026-03-02", to: "2026-03-31")
        story.register("T-1", born: "1990-01-01")
        try LedgerFixture.withLedger(of: story) { ledger in
            var random = SeededGenerator(Self.seed)
            let path = try DividedWork(ledger, shards: 2).directory + "/plan"
            let whole = try Data(contentsOf: URL(filePath: path))
            // Most of it is the rulebook's text: all of the rest, and every 499th byte of that.
            for place in whole.indices where place < 300 || place > whole.count - 300 || place % 499 == 0 {
                var changed = whole
                changed[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
                try changed.write(to: URL(filePath: path))
                #expect(
                    isRefused { _ = try ShardPlanFile(reading: path) }, "byte \(place), TRAINLEDGER_SEED=\(Self.seed)")
            }
            for length in stride(from: 0, to: whole.count, by: 4_999) {
                try whole.prefix(length).write(to: URL(filePath: path))
                #expect(isRefused { _ = try ShardPlanFile(reading: path) }, "\(length) bytes")
            }
        }
    }

    @Test("blocks that were changed and given a right digest are refused or come to another digest; nothing traps")
    func forged() throws {
        try LedgerFixture.withExamples { ledger in
            print("forged: TRAINLEDGER_SEED=\(Self.seed)")
            var random = SeededGenerator(Self.seed)
            let work = try DividedWork(ledger, shards: 3)
            let paths = try (0..<3).map { try work.fold($0) }
            let expected = try work.merge(paths).rebuild().digest
            var (refused, other) = (0, 0)
            for _ in 0..<120 {
                let forgery = try forge(paths[1], to: work.path(1, "-forged"), using: &random)
                do {
                    let found = try work.merge([paths[0], forgery, paths[2]]).rebuild()
                    if found.digest != expected { other += 1 }
                } catch is LedgerError {
                    refused += 1
                }
            }
            #expect(refused > 10 && other > 10, "\(refused) refused, \(other) with another digest")
        }
    }

    @Test("plans that were changed and given a right digest do no harm")
    func forgedPlan() throws {
        try LedgerFixture.withExamples { ledger in
            print("forgedPlan: TRAINLEDGER_SEED=\(Self.seed)")
            var random = SeededGenerator(Self.seed)
            let work = try DividedWork(ledger, shards: 3)
            let path = work.directory + "/forged"
            var refused = 0
            for _ in 0..<60 {
                // Not the rulebook, whose text is held to its own rules elsewhere.
                _ = try forge(work.directory + "/plan", .plan, to: path, blocks: [0, 1, 2], using: &random)
                do {
                    let plan = try ShardPlanFile(reading: path)
                    for shard in plan.plan.shards.indices.prefix(4) {
                        _ = try ShardFold(
                            plan, shard: shard, by: ShardPassage(to: ledger), to: work.path(shard, "-forged"))
                    }
                } catch is LedgerError {
                    refused += 1
                }
            }
            #expect(refused > 20, "\(refused) refused")
        }
    }

    /// Changes some bytes of a block and writes the file anew, with the digest of what it now holds.
    private func forge(
        _ path: String, _ kind: ShardFileKind = .partial, to target: String, blocks: [Int]? = nil,
        using random: inout SeededGenerator
    ) throws -> String {
        let file = try ShardFileReader(opening: path, kind)
        let writer = try ShardFileWriter(kind, to: target)
        let chosen = try #require((blocks ?? Array(0..<file.blockCount)).randomElement(using: &random))
        for number in 0..<file.blockCount {
            var block = try file.block(number)
            if number == chosen, !block.isEmpty {
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let place = Int.random(in: block.indices, using: &random)
                    block[place] = UInt8.random(in: 0...255, using: &random)
                }
                if Int.random(in: 0..<8, using: &random) == 0 {
                    block.removeLast(Int.random(in: 1...block.count, using: &random))
                }
            }
            try writer.append(block)
        }
        _ = try writer.finish()
        return target
    }
}
