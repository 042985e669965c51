import Decisions
import EventLog
import Foundation
import Histories
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@testable import Ledger

@Suite("Shards put together give what one process gives")
struct ShardDigestTests {
    @Test("the examples, in 1, 2, 7 and 64 shards, done and merged in any order", arguments: [1, 2, 7, 64])
    func examples(shards: Int) throws {
        try LedgerFixture.withExamples { ledger in
            let expected = try DividedWork.rebuild(ledger)
            let work = try DividedWork(ledger, shards: shards)
            #expect(work.plan.plan.shards.count == shards)
            DividedWork.expectSame(try work.rebuild(seed: UInt64(shards)), as: expected, "\(shards) shards")
            for paths in [(0..<shards).map { work.path($0) }, (0..<shards).reversed().map { work.path($0) }] {
                DividedWork.expectSame(try work.merge(paths).rebuild(), as: expected, "\(shards) shards")
            }
        }
    }

    @Test("a generated population over sealed and open segments", arguments: [1, 2, 7, 64])
    func generated(shards: Int) throws {
        let seed: UInt64 = 31
        try LedgerFixture.withSegments(trainees: 90, seed: seed, parts: 5) { ledger in
            let expected = try DividedWork.rebuild(ledger)
            let work = try DividedWork(ledger, shards: shards, jobs: 2)
            #expect(work.plan.plan.segments.count == 5)
            DividedWork.expectSame(try work.rebuild(seed: seed), as: expected, "seed \(seed)")
        }
    }

    @Test("at points before the head, and one without an event")
    func earlier() throws {
        try LedgerFixture.withSegments(trainees: 40, seed: 5, parts: 3) { ledger in
            let head = try LedgerReader(opening: ledger).head
            for position in [0, 1, head / 3, head / 3 + 1, head / 2, head - 1] {
                let expected = try DividedWork.rebuild(ledger, at: .position(position))
                let work = try DividedWork(ledger, shards: 4, at: .position(position))
                DividedWork.expectSame(try work.rebuild(), as: expected, "@\(position)")
            }
        }
    }

    @Test("one person under IDs in several shards, linked and unlinked again")
    func linked() throws {
        var story = Story()
        story.register(unit: "U-1")
        story.approve("C-1", .industryTalent, fee: 10_000, from: "2026-03-02", to: "2026-03-31")
        for number in 1...12 { story.register("T-\(number)", born: "1990-01-01") }
        for number in 1...12 { story.applies("T-\(number)", to: "C-1") }
        // Across the ledger, over a third ID, within one shard, one that ends, and one that is taken back.
        story.link("T-1", "T-12")
        story.link("T-12", "T-6")
        story.link("T-3", "T-4")
        story.link("T-2", "T-11")
        story.unlink("T-2", "T-11")
        story.retract(story.link("T-5", "T-10"))
        story.starts("T-12", in: "C-1", on: "2026-03-02")
        try LedgerFixture.withLedger(of: story) { ledger in
            let expected = try DividedWork.rebuild(ledger)
            for shards in [1, 2, 3, 5, 12, 30] {
                let work = try DividedWork(ledger, shards: shards)
                DividedWork.expectSame(try work.rebuild(), as: expected, "\(shards) shards")
            }
            let borders = try DividedWork(ledger, shards: 12).plan.plan.shards.filter { !$0.trainees.guests.isEmpty }
            #expect(!borders.isEmpty)
        }
    }

    @Test("every trainee in a shard of their own")
    func single() throws {
        try LedgerFixture.withExamples { ledger in
            let expected = try DividedWork.rebuild(ledger)
            DividedWork.expectSame(try DividedWork(ledger, shards: 200).rebuild(), as: expected, "200 shards")
        }
    }

    @Test("by another rulebook than the plan's, and by the one that the plan names")
    func rulebooks() throws {
        try LedgerFixture.withExamples { ledger in
            let other = try BuiltInRulebooks.book(named: "cap-2025")
            let expected = try DividedWork.rebuild(ledger, by: other)
            DividedWork.expectSame(try DividedWork(ledger, shards: 3).rebuild(by: other), as: expected, "asked")
            let planned = try DividedWork(ledger, shards: 3, rulebook: "cap-2025")
            DividedWork.expectSame(try planned.rebuild(), as: expected, "planned")
            #expect(expected.digest != (try DividedWork.rebuild(ledger)).digest)
        }
    }

    @Test("a shard done twice gives the same bytes, for any number of jobs, and counts once")
    func twice() throws {
        try LedgerFixture.withSegments(trainees: 40, seed: 9, parts: 3) { ledger in
            let work = try DividedWork(ledger, shards: 3)
            var paths: [String] = []
            for shard in 0..<3 {
                let first = try work.fold(shard)
                let second = try work.fold(shard, to: work.path(shard, "-again"), jobs: 3)
                #expect(FileManager.default.contentsEqual(atPath: first, andPath: second))
                paths += [first, second]
            }
            DividedWork.expectSame(
                try work.merge(paths.reversed()).rebuild(), as: try DividedWork.rebuild(ledger), "twice")
        }
    }

    @Test("two plans of one ledger are the same bytes, however many threads read")
    func samePlan() throws {
        try LedgerFixture.withSegments(trainees: 30, seed: 3, parts: 4) { ledger in
            let (one, other) = (try DividedWork(ledger, shards: 5), try DividedWork(ledger, shards: 5, jobs: 3))
            #expect(one.plan.digest == other.plan.digest)
        }
    }

    @Test("a worker that has only the segment files of its shard, and no ledger")
    func workers() throws {
        try LedgerFixture.withSegments(trainees: 60, seed: 12, parts: 6) { ledger in
            let work = try DividedWork(ledger, shards: 6)
            var isNarrower = false
            let paths = try (0..<6).map { shard in
                let place = "\(work.directory)/worker-\(shard)"
                try FileManager.default.createDirectory(
                    atPath: place + "/segments", withIntermediateDirectories: true)
                let segments = work.plan.plan.shards[shard].segments
                if segments.count < 6 { isNarrower = true }
                for segment in segments {
                    let file = work.plan.plan.segments[segment].fingerprint.file
                    try FileManager.default.copyItem(atPath: "\(ledger)/\(file)", toPath: "\(place)/\(file)")
                }
                return try work.fold(shard, in: place)
            }
            #expect(isNarrower, "every shard reads every segment")
            DividedWork.expectSame(try work.merge(paths).rebuild(), as: try DividedWork.rebuild(ledger), "workers")
        }
    }

    @Test("what is appended after the plan changes nothing of it")
    func growing() throws {
        try LedgerFixture.withLedger { ledger in
            try LedgerFixture.append(try LedgerFixture.lines("coffee-2026"), to: ledger)
            let expected = try DividedWork.rebuild(ledger)
            let work = try DividedWork(ledger, shards: 3)
            try LedgerFixture.append(try LedgerFixture.lines("tip-classes"), to: ledger)
            DividedWork.expectSame(try work.rebuild(), as: expected, "grown")
        }
    }
}

@Suite("A comparison in shards tells what one process tells")
struct ShardComparisonTests {
    private func lines(_ ledger: String, _ other: Rulebook) throws -> (rows: [String], totals: ComparisonTotals) {
        let reader = try LedgerReader(opening: ledger)
        let histories = try reader.histories(at: try reader.resolve(.head))
        let comparison = Comparison(
            from: DecisionEngine(histories: histories, rulebook: try BuiltInRulebooks.book(named: "base")),
            to: DecisionEngine(histories: histories, rulebook: other))
        var rows: [String] = []
        let totals = comparison.run(jobs: 1) { rows.append($0.row(comparison.registry).json.text) }
        return (rows, totals)
    }

    @Test("the same rows in the same order, and the same totals", arguments: [1, 2, 7, 64])
    func rows(shards: Int) throws {
        try LedgerFixture.withExamples { ledger in
            let other = try LedgerFixture.smallBook(cap: 9_000)
            let expected = try lines(ledger, other)
            #expect(expected.rows.count > 3)
            let work = try DividedWork(ledger, shards: shards)
            let paths = try (0..<shards).map { try work.fold($0, against: other) }
            let merge = try work.merge(paths.reversed())
            var rows: [String] = []
            let totals = try merge.comparison { rows.append($0.json.text) }
            #expect(rows == expected.rows)
            #expect(totals == expected.totals)
        }
    }
}
