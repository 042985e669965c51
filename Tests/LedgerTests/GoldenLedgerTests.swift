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
    }

    static let folder = LedgerFixture.root.appending(path: "EventLogs/golden")

    @Test("each of EventLogs/golden/digests.json")
    func golden() throws {
        let file = Self.folder.appending(path: "digests.json")
        let all = try JSONDecoder().decode([Golden].self, from: Data(contentsOf: file))
        #expect(!all.isEmpty)
        for golden in all {
            let path = Self.folder.appending(path: golden.ledger).path
            let found = try LedgerVerification(of: path) { _, _ in }
            #expect(found.isSound)
            #expect(found.log.treeHead.map { "sha256:\($0.root)" } == golden.treeHead)
            let reader = try LedgerReader(opening: path)
            let histories = try reader.histories(at: try reader.resolve(.head))
            #expect(histories.eventCount == golden.events)
            let rebuild = try Rebuild(histories, try BuiltInRulebooks.book(named: "base"), jobs: 2)
            #expect("sha256:\(rebuild.factsDigest)" == golden.factsDigest)
        }
    }

    /// Makes golden ledgers of the present format: `TRAINLEDGER_GOLDEN=v0 Tools/test --filter GoldenLedgerTests`.
    /// The ones that are there are never made again: a new format gets a name of its own.
    @Test(
        "making new golden ledgers",
        .enabled(if: ProcessInfo.processInfo.environment["TRAINLEDGER_GOLDEN"] != nil))
    func make() throws {
        let name = try #require(ProcessInfo.processInfo.environment["TRAINLEDGER_GOLDEN"])
        for form in ["open", "sealed"] {
            let path = Self.folder.appending(path: "\(name)-\(form)").path
            try #require(!FileManager.default.fileExists(atPath: path), "golden ledgers are kept as they are")
            try LedgerWriter.create(path)
            for example in ["coffee-2026", "semi-2022", "tip-classes"] {
                try LedgerFixture.append(try LedgerFixture.lines(example), to: path)
                if form == "sealed", example != "tip-classes" { try Self.seal(path) }
            }
            let found = try LedgerVerification(of: path) { _, _ in }
            #expect(found.isSound)
            let reader = try LedgerReader(opening: path)
            let histories = try reader.histories(at: try reader.resolve(.head))
            let rebuild = try Rebuild(histories, try BuiltInRulebooks.book(named: "base"), jobs: 1)
            let root = try #require(found.log.treeHead).root
            print(
                """
                {"ledger": "\(name)-\(form)", "events": \(reader.head), "treeHead": "sha256:\(root)", \
                "factsDigest": "sha256:\(rebuild.factsDigest)"}
                """)
        }
    }

    private static func seal(_ path: String) throws {
        let writer = try LogWriter(opening: path, files: RealFileSystem())
        try writer.beginPart()
        for first in try writer.sealableSegments() { try writer.seal(segmentAt: first) }
        try writer.close()
    }
}
