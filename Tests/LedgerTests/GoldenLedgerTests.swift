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
            let rebuild = Rebuild(histories, try BuiltInRulebooks.book(named: "base"), jobs: 2)
            #expect("sha256:\(rebuild.factsDigest)" == golden.factsDigest)
        }
    }
}
