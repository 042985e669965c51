import EventLog
import Foundation
import LedgerTestKit
import Testing
import Transparency

@testable import Ledger

@Suite("An audit against checkpoints kept outside finds every rewriting and rollback")
struct TransparencyAuditTests {
    private static let key = SigningKey(generatingFor: "ledger.example")

    /// A ledger of records that say their numbers, in segments of 250, with the same secrets each time: what the keeper
    /// of a ledger could write in its place.
    private static func write(_ path: String, _ count: UInt64, changed: Set<UInt64> = []) throws {
        let files = SimulatedFileSystem()
        let simulated = SimulatedLedger.path
        let id = [UInt8](repeating: 9, count: LedgerID.length)
        try LogWriter.create(directory: simulated, files: files, ledgerID: id)
        let writer = try LogWriter(opening: simulated, files: files)
        for first in stride(from: 0, to: count, by: 250) {
            if first > 0 { try writer.beginPart() }
            _ = try writer.append(
                (first..<min(first + 250, count)).map {
                    try SimulatedLedger.record(changed.contains($0) ? $0 + 1_000_000 : $0)
                })
        }
        try writer.close()
        for file in files.filePaths where file.hasPrefix(simulated) {
            let target = URL(filePath: path + file.dropFirst(simulated.count))
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(files.bytes(of: file) ?? []).write(to: target)
        }
    }

    private static func checkpoint(_ path: String, _ size: UInt64) throws -> Checkpoint {
        let log = try LogReader(opening: path, files: RealFileSystem())
        return try #require(Checkpoint(origin: "ledger.example", head: try log.treeHead(at: size)))
    }

    @Test("a ledger that only grew is consistent with every checkpoint of it")
    func grown() throws {
        try LedgerFixture.withDirectory { directory in
            let path = directory + "/ledger"
            try Self.write(path, 1_100)
            let sizes: [UInt64] = [0, 1, 250, 256, 777, 1_100]
            let audit = try LogAudit(of: path, against: sizes.map { try Self.checkpoint(path, $0) })
            #expect(audit.isConsistent)
            #expect(audit.head == (try Self.checkpoint(path, 1_100).head))
        }
    }

    @Test("an older copy is named by the events that it lacks")
    func rollback() throws {
        try LedgerFixture.withDirectory { directory in
            let (path, older) = (directory + "/ledger", directory + "/older")
            try Self.write(older, 700)
            try FileManager.default.copyItem(atPath: older, toPath: path)
            let writer = try LogWriter(opening: path, files: RealFileSystem())
            _ = try writer.append((700..<900).map { try SimulatedLedger.record($0) })
            try writer.close()
            let checkpoints = try [Self.checkpoint(path, 600), Self.checkpoint(path, 900)]
            #expect(try LogAudit(of: path, against: checkpoints).isConsistent)
            #expect(try LogAudit(of: older, against: checkpoints).findings == [.missing(700..<900)])
        }
    }

    @Test("a rewritten history is found between two checkpoints, and named to the event where tiles are at hand")
    func rewritten() throws {
        try LedgerFixture.withDirectory { directory in
            let (path, other) = (directory + "/ledger", directory + "/other")
            try Self.write(path, 1_000)
            let key = try #require(Self.key)
            _ = try CheckpointSigning(ledger: path, files: RealFileSystem()).sign(with: key)
            let tiles = directory + "/tiles"
            _ = try TileExport(
                LedgerProofs(LedgerReader(opening: path)), to: tiles, includesEntries: false)
            // Its keeper writes the whole log anew, and it is sound in itself.
            try Self.write(other, 1_000, changed: [612, 613, 900])
            #expect(try verifyLog(directory: other, files: RealFileSystem()).isSound)
            let checkpoints = try [300, 600, 700, 1_000].map { try Self.checkpoint(path, $0) }
            #expect(try LogAudit(of: other, against: checkpoints).findings == [.rewritten(600..<700)])
            #expect(try LogAudit(of: other, against: [checkpoints[3]]).findings == [.rewritten(0..<1_000)])
            let exact = try LogAudit(of: other, against: [checkpoints[3]], tiles: ExportedTiles(tiles))
            #expect(exact.findings == [.rewritten(612..<614), .rewritten(900..<901)])
            #expect(try LogAudit(of: path, against: checkpoints, tiles: ExportedTiles(tiles)).isConsistent)

            // Or he puts one file of it in the place of the true one.
            let segment = "/segments/" + Format.segmentName(first: 500)
            let bytes = try Data(contentsOf: URL(filePath: other + segment))
            try bytes.write(to: URL(filePath: path + segment))
            #expect(
                try LogAudit(of: path, against: checkpoints).findings
                    == [.brokenSegment(500..<750), .rewritten(600..<700)])

            // Tiles that are not the checkpoint's are of no use.
            let tile = URL(filePath: tiles + "/tile/0/001")
            var hashes = try Data(contentsOf: tile)
            hashes[40] ^= 1
            try hashes.write(to: tile)
            #expect(throws: LedgerError.self) {
                try LogAudit(of: path, against: [checkpoints[3]], tiles: ExportedTiles(tiles))
            }
        }
    }

    @Test("a stored bit that flipped is named as damage, not as rewriting")
    func damage() throws {
        try LedgerFixture.withDirectory { directory in
            let path = directory + "/ledger"
            try Self.write(path, 600)
            let checkpoints = try [Self.checkpoint(path, 100), Self.checkpoint(path, 600)]
            let segment = path + "/segments/" + Format.segmentName(first: 250)
            var bytes = try Data(contentsOf: URL(filePath: segment))
            bytes[2_400] ^= 1
            try bytes.write(to: URL(filePath: segment))
            let findings = try LogAudit(of: path, against: checkpoints).findings
            #expect(findings.count == 1)
            #expect(findings.first?.isDamage == true)
        }
    }
}

extension LogAudit.Finding {
    fileprivate var isDamage: Bool {
        if case .damaged = self { return true }
        return false
    }
}
