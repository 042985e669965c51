import EventLog
import Foundation
import Histories
import Ledger
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

/// Work on a ledger divided into shards whose files lie beside it.
struct DividedWork {
    let ledger: String
    let plan: ShardPlanFile
    let directory: String

    /// Makes and writes a plan, and reads it back as another machine would.
    init(_ ledger: String, shards: Int, at asOf: AsOf = .head, rulebook: String? = nil, jobs: Int = 1) throws {
        self.ledger = ledger
        directory = "\(ledger).\(shards)-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let reader = try LedgerReader(opening: ledger)
        let made = try reader.plan(shards: shards, at: try reader.resolve(asOf), rulebook: rulebook, jobs: jobs)
        let written = try ShardPlanFile(writing: made, to: directory + "/plan")
        plan = try ShardPlanFile(reading: directory + "/plan")
        #expect(plan.digest == written.digest)
    }

    var count: Int { plan.plan.shards.count }

    func path(_ shard: Int, _ suffix: String = "") -> String { "\(directory)/\(shard)\(suffix).part" }

    /// Folds a shard and gives the path of its result.
    @discardableResult
    func fold(
        _ shard: Int, in place: String? = nil, by book: Rulebook? = nil, against other: Rulebook? = nil,
        to path: String? = nil, jobs: Int = 1
    ) throws -> String {
        let target = path ?? self.path(shard)
        _ = try ShardFold(
            plan, shard: shard, by: ShardPassage(to: place ?? ledger), rulebook: book, comparingWith: other,
            to: target, jobs: jobs)
        return target
    }

    func merge(_ paths: [String]) throws -> ShardMerge {
        try ShardMerge(paths, of: plan, by: ShardPassage(to: ledger))
    }

    /// Folds all shards in an order that the seed gives, and merges them in another.
    func rebuild(seed: UInt64 = 1, by book: Rulebook? = nil) throws -> Rebuild {
        var random = SeededGenerator(seed)
        let paths = try (0..<count).shuffled(using: &random).map { try fold($0, by: book) }
        return try merge(paths.shuffled(using: &random)).rebuild(book)
    }

    /// Refuses to be anything but what one process finds.
    static func expectSame(_ found: Rebuild, as expected: Rebuild, _ comment: Comment) {
        #expect(found.digest == expected.digest, comment)
        #expect(found.factsDigest == expected.factsDigest, comment)
        #expect(found.decisionsDigest == expected.decisionsDigest, comment)
        #expect(found.eventCount == expected.eventCount, comment)
        #expect(found.traineeCount == expected.traineeCount, comment)
        #expect(found.classCount == expected.classCount, comment)
        #expect(found.trialBalance == expected.trialBalance, comment)
    }

    /// What one process finds.
    static func rebuild(_ ledger: String, at asOf: AsOf = .head, by book: Rulebook? = nil) throws -> Rebuild {
        let reader = try LedgerReader(opening: ledger)
        let histories = try reader.histories(at: try reader.resolve(asOf))
        let book = try book ?? RulebookChoice.resolve(nil, adopted: histories.rulebooks, ledger: ledger)
        return try Rebuild(histories, book, jobs: 1)
    }
}

extension LedgerFixture {
    /// A ledger with the three examples.
    static func withExamples(_ work: (String) throws -> Void) throws {
        try withLedger { ledger in
            for example in ["coffee-2026", "semi-2022", "tip-classes"] {
                try append(try lines(example), to: ledger)
            }
            try work(ledger)
        }
    }

    /// A generated ledger with a segment boundary after each of `parts` parts; all but the last are sealed.
    static func withSegments(trainees: Int, seed: UInt64, parts: Int, _ work: (String) throws -> Void) throws {
        try withLedger { ledger in
            var lines: [[UInt8]] = []
            var generator = PopulationGenerator(trainees: trainees, seed: seed)
            while let line = generator.next() { lines.append(line) }
            for part in 0..<parts {
                let writer = try writer(ledger)
                for line in lines[lines.count * part / parts..<lines.count * (part + 1) / parts] {
                    _ = try writer.admit(draft(line), keepsRecordedTime: true)
                }
                try writer.commit()
                try writer.close()
                if part < parts - 1 { _ = try SegmentSealing(ledger: ledger, includingOpen: true) }
            }
            try work(ledger)
        }
    }
}
