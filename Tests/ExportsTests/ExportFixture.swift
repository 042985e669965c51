import CivilTime
import Foundation
import GRDB
import Histories
import Ledger
import Rulebook
import Testing
import TrainingEvents

@testable import Exports

/// Ledgers with the examples, and what is exported from them.
struct ExportFixture {
    let directory: String
    var ledger: String { directory + "/ledger" }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let examples = ["coffee-2026", "semi-2022", "tip-classes"]
    /// A clock that stands still, so that runs are equal.
    static let now = Instant("2026-11-01T12:00:00+08:00") ?? .earliest

    /// A ledger with the examples and `more` lines; gone when the test is over.
    static func with(_ more: [String] = [], _ work: (ExportFixture) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "trainledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let fixture = ExportFixture(directory: directory.path)
        try LedgerWriter.create(fixture.ledger)
        try fixture.append(examples.flatMap { try lines($0) } + more)
        try work(fixture)
    }

    private static func lines(_ example: String) throws -> [String] {
        try String(contentsOf: root.appending(path: "EventLogs/\(example).jsonl"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    func append(_ lines: [String]) throws {
        let writer = try LedgerWriter(opening: ledger, now: { Self.now })
        var importer = Importer(writer)
        for (index, line) in lines.enumerated() {
            #expect(try importer.take(Array(line.utf8), path: "lines", line: index + 1))
        }
        #expect(try importer.finish().refused == 0)
        try writer.close()
    }

    func source(asOf: String? = nil, jobs: Int = 1) throws -> ExportSource {
        let reader = try LedgerReader(opening: ledger)
        let point = try reader.resolve(try asOf.map { try AsOf($0) } ?? .head)
        let histories = try reader.histories(at: point)
        let book = try RulebookChoice.resolve(nil, adopted: histories.rulebooks, ledger: ledger)
        return try ExportSource(
            reader, histories, AnswerContext(rulebook: book, point: point, registry: histories.registry), jobs: jobs)
    }

    /// The path of a new database.
    func database(_ name: String = "tables.sqlite", asOf: String? = nil, jobs: Int = 1) throws -> String {
        let path = "\(directory)/\(name)"
        try SQLiteExport.write(try source(asOf: asOf, jobs: jobs), to: try ExportPlace(path))
        return path
    }

    func path(_ name: String) -> String { "\(directory)/\(name)" }

    func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

    /// What stands in the directory besides the ledger and its keys.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).filter { !$0.hasPrefix("ledger") }.sorted()
    }

    /// The rows of a query, their values with tabs between them.
    static func rows(_ path: String, _ query: String) throws -> [String] {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read { database in
            try Row.fetchAll(database, sql: query).map { row in
                row.databaseValues.map { value in
                    switch value.storage {
                    case .null: ""
                    case .int64(let number): "\(number)"
                    case .double(let number): "double \(number)"
                    case .string(let text): text
                    case .blob: "blob"
                    }
                }.joined(separator: "\t")
            }
        }
    }
}
