import CivilTime
import Foundation
import Histories
import Ledger
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

/// Ledgers in directories that are gone when the test is over.
enum LedgerFixture {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A clock that stands still, so that runs are equal.
    static let now = Instant("2026-11-01T12:00:00+08:00") ?? .earliest

    static func withDirectory<Value>(_ work: (String) throws -> Value) throws -> Value {
        let directory = FileManager.default.temporaryDirectory.appending(path: "trainledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        return try work(directory.path)
    }

    static func withLedger<Value>(_ work: (String) throws -> Value) throws -> Value {
        try withDirectory { directory in
            let ledger = directory + "/ledger"
            try LedgerWriter.create(ledger)
            return try work(ledger)
        }
    }

    static func lines(_ example: String) throws -> [[UInt8]] {
        let text = try String(contentsOf: root.appending(path: "EventLogs/\(example).jsonl"), encoding: .utf8)
        return text.split(separator: "\n").map { Array($0.utf8) }
    }

    static func draft(_ line: [UInt8]) throws -> EventDraft {
        try EventDraft(json: try JSONParser.parse(String(decoding: line, as: UTF8.self)))
    }

    static func writer(_ ledger: String) throws -> LedgerWriter {
        try LedgerWriter(opening: ledger, now: { now })
    }

    /// Appends lines; each must be taken.
    static func append(_ lines: [[UInt8]], to ledger: String) throws {
        let writer = try writer(ledger)
        var importer = Importer(writer)
        for (index, line) in lines.enumerated() {
            #expect(try importer.take(line, path: "lines", line: index + 1))
        }
        let report = try importer.finish()
        #expect(report.refused == 0, "\(report.refusals.map(\.error.message))")
        try writer.close()
    }
}

extension LedgerFixture {
    /// A rulebook file on top of `base` with another quota cap in NT$.
    static func smallBookText(cap: Int) -> [UInt8] {
        Array(
            """
            rulebook: trial-\(cap)
            title: {zh: 試, en: trial}
            extends: base
            parameters:
              quota.cap:
                - value: \(cap)
                  source: TIP T14

            """.utf8)
    }

    /// The book of ``smallBookText(cap:)``.
    static func smallBook(cap: Int) throws -> Rulebook {
        try Rulebook.parse(smallBookText(cap: cap), fileName: "trial.yaml")
    }
}

extension LedgerFixture {
    /// Appends a generated population with its own recorded times.
    ///
    /// - Returns: the number of events.
    static func generate(into ledger: String, trainees: Int, seed: UInt64) throws -> UInt64 {
        let writer = try writer(ledger)
        var importer = Importer(writer, .init(keepsRecordedTime: true))
        var population = PopulationGenerator(trainees: trainees, seed: seed)
        var line = 0
        while let text = population.next() {
            line += 1
            try #require(try importer.take(text, path: "generated", line: line))
        }
        let report = try importer.finish()
        try writer.close()
        return report.head
    }
}

extension LedgerFixture {
    /// Makes a ledger with the events of a story, recorded when the story says.
    static func withLedger<Value>(of story: Story, _ work: (String) throws -> Value) throws -> Value {
        try withLedger { ledger in
            try append(story, to: ledger)
            return try work(ledger)
        }
    }

    /// Appends the events of a story that the ledger does not hold yet; each must be taken.
    static func append(_ story: Story, to ledger: String) throws {
        let registry = try story.histories().registry
        let writer = try writer(ledger)
        var importer = Importer(writer, .init(keepsRecordedTime: true))
        for (index, event) in story.events.enumerated() {
            let line = Array(event.json(sequence: UInt64(index), registry: registry).text.utf8)
            #expect(try importer.take(line, path: "story", line: index + 1))
        }
        let report = try importer.finish()
        #expect(report.refused == 0, "\(report.refusals.map(\.error.message))")
        try writer.close()
    }

    /// What a class comes to at the head of a ledger.
    static func settlement(_ ledger: String, of classID: String = "C-1") throws -> Settlement {
        let reader = try LedgerReader(opening: ledger)
        let point = try reader.resolve(.head)
        let histories = try reader.histories(at: point)
        let number = try #require(histories.registry.classes[classID])
        let book = try BuiltInRulebooks.book(named: "base")
        return Settlement(
            of: number, histories, taken: try reader.payoutIDs(of: number, at: point),
            AnswerContext(rulebook: book, point: point, registry: histories.registry))
    }

    /// Settles a class and records its payouts, which the ledger learns of at the time of its last event.
    @discardableResult
    static func settle(_ ledger: String, _ classID: String = "C-1") throws -> Settlement {
        let settlement = try settlement(ledger, of: classID)
        let time = settlement.context.point.recordedTime ?? .earliest
        let writer = try LedgerWriter(opening: ledger, now: { time })
        try writer.record(settlement)
        try writer.close()
        return settlement
    }
}
