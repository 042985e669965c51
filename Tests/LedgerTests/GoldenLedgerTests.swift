import EventLog
import Foundation
import Histories
import Ledger
import Rulebook
import Testing

/// Ledgers of every file format ever shipped, with what they must read to.
@Suite("Golden ledgers read to the same tree head and facts for ever")
struct GoldenLedgerTests {
    struct Golden: Decodable {
        let ledger: String
        let events: UInt64
        let treeHead: String
        let factsDigest: String
        /// The root over all events as they are shown with the keys, where the golden ledger has keys.
        let shownDigest: String?
    }

    static let folder = LedgerFixture.root.appending(path: "EventLogs/golden")

    static let all: [Golden] = {
        let file = folder.appending(path: "digests.json")
        guard let bytes = try? Data(contentsOf: file) else { return [] }
        return (try? JSONDecoder().decode([Golden].self, from: bytes)) ?? []
    }()

    /// What is beside a ledger and belongs to it.
    private static let besides = ["", ".keys", ".keys.kek", ".keys.register"]

    /// A copy of a golden ledger with its keys. Checking out sets the mode of no file; keys must be their owner's alone.
    static func withCopy(_ name: String, _ work: (String) throws -> Void) throws {
        try LedgerFixture.withDirectory { directory in
            let ledger = directory + "/ledger"
            for beside in besides {
                let golden = folder.appending(path: name + beside).path
                guard FileManager.default.fileExists(atPath: golden) else { continue }
                try FileManager.default.copyItem(atPath: golden, toPath: ledger + beside)
                let mode = beside.hasSuffix(".kek") ? 0o600 : 0o700
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: ledger + beside)
            }
            try work(ledger)
        }
    }

    private static func answers(_ ledger: String, _ name: String) throws -> Golden {
        let found = try LedgerVerification(of: ledger) { _, _ in }
        #expect(found.isSound, "\(name): \(found.log.damages) \(found.records)")
        let reader = try LedgerReader(opening: ledger)
        let histories = try reader.histories(at: try reader.resolve(.head))
        let rebuild = try Rebuild(histories, try BuiltInRulebooks.book(named: "base"), jobs: 2)
        var shown = CompactRange()
        for line in try PersonalFixture.shown(ledger) { shown.append(MerkleTree.leafHash(Array(line.utf8))) }
        let hasKeys = FileManager.default.fileExists(atPath: ledger + ".keys")
        return Golden(
            ledger: name, events: histories.eventCount,
            treeHead: found.log.treeHead.map { "sha256:\($0.root)" } ?? "none",
            factsDigest: "sha256:\(rebuild.factsDigest)", shownDigest: hasKeys ? "sha256:\(shown.root)" : nil)
    }

    @Test("each of EventLogs/golden/digests.json, where it stands and sealed anew", arguments: all.map(\.ledger))
    func golden(name: String) throws {
        let golden = try #require(Self.all.first { $0.ledger == name })
        try Self.withCopy(name) { ledger in
            for isSealed in [false, true] {
                if isSealed { _ = try SegmentSealing(ledger: ledger, includingOpen: true) }
                let found = try Self.answers(ledger, name)
                #expect(found.events == golden.events)
                #expect(found.treeHead == golden.treeHead)
                #expect(found.factsDigest == golden.factsDigest)
                #expect(found.shownDigest == golden.shownDigest)
            }
        }
    }

    @Test("those of format version 0 and 1 are written on in their own version", arguments: ["v0-open", "v1-open"])
    func writtenOn(name: String) throws {
        try Self.withCopy(name) { ledger in
            try LedgerFixture.append(
                [PersonalFixture.event("g-1", "survey.submitted", "T-COFFEE-01", Self.survey)], to: ledger)
            let reader = try LogReader(opening: ledger, files: RealFileSystem())
            #expect(reader.formatVersion == (name == "v0-open" ? 0 : 1))
            let golden = try #require(Self.all.first { $0.ledger == name })
            #expect(reader.head == golden.events + 1)
            let found = try LedgerVerification(of: ledger) { _, _ in }
            #expect(found.isSound)
        }
    }

    private static let survey = #"{"class":"NTPC-115-COFFEE-2","on":"2026-07-15"}"#

    @Test("an erased trainee of a golden ledger is shown as erased, and the others' texts open")
    func erased() throws {
        try Self.withCopy("v1-erased") { ledger in
            let lines = try PersonalFixture.shown(ledger)
            #expect(lines.contains { $0.contains("\"T-9\"") && $0.contains("{\"erased\":true}") })
            #expect(lines.contains { $0.contains("林大同先生") })
            #expect(!lines.contains { $0.contains("阮氏梅花") || $0.contains("\"sealed\"") })
        }
        try Self.withCopy("v1-keys") { ledger in
            let lines = try PersonalFixture.shown(ledger)
            #expect(lines.contains { $0.contains("阮氏梅花") })
        }
    }

    /// Makes golden ledgers of the present format: `TRAINLEDGER_GOLDEN=v2 Tools/test --filter GoldenLedgerTests`, and
    /// prints their lines of `digests.json`. The ones that are there are never made again: a new format gets a name of
    /// its own.
    @Test(
        "making new golden ledgers",
        .enabled(if: ProcessInfo.processInfo.environment["TRAINLEDGER_GOLDEN"] != nil))
    func make() throws {
        let version = try #require(ProcessInfo.processInfo.environment["TRAINLEDGER_GOLDEN"])
        for form in ["open", "sealed", "keys", "erased"] {
            let name = "\(version)-\(form)"
            let path = Self.folder.appending(path: name).path
            try #require(!FileManager.default.fileExists(atPath: path), "golden ledgers are kept as they are")
            try LedgerWriter.create(path)
            for example in ["coffee-2026", "semi-2022", "tip-classes"] {
                try LedgerFixture.append(try LedgerFixture.lines(example), to: path)
                if form != "open", example != "tip-classes" {
                    _ = try SegmentSealing(ledger: path, includingOpen: true)
                }
            }
            if form == "keys" || form == "erased" { try LedgerFixture.append(PersonalFixture.lines, to: path) }
            if form == "erased" { try PersonalFixture.erase(path) }
            if form == "open" || form == "sealed" { try Self.removeKeys(path) }
            try? FileManager.default.removeItem(atPath: path + "/derived")
            let found = try Self.answers(path, name)
            let shown = found.shownDigest.map { ", \"shownDigest\": \"\($0)\"" } ?? ""
            print(
                """
                {"ledger": "\(name)", "events": \(found.events), "treeHead": "\(found.treeHead)", \
                "factsDigest": "\(found.factsDigest)"\(shown)}
                """)
        }
    }

    private static func removeKeys(_ path: String) throws {
        for beside in besides.dropFirst() { try FileManager.default.removeItem(atPath: path + beside) }
    }
}
