import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents
import Transparency

@testable import Ledger

@Suite("Proofs about a ledger")
struct TransparencyProofTests {
    private static let key = SigningKey(generatingFor: "ledger.example")

    /// A ledger in short segments, signed.
    private static func withLedger(
        trainees: Int = 8, _ work: (String, VerifierKey, [[UInt8]]) throws -> Void
    ) throws {
        try LedgerFixture.withDirectory { directory in
            let ledger = try DerivedLedger(directory + "/ledger", trainees: trainees)
            let key = try #require(key)
            let signing = try CheckpointSigning(ledger: ledger.path, files: RealFileSystem())
            _ = try signing.sign(with: key)
            try work(ledger.path, key.verifier(.note), ledger.lines)
        }
    }

    private static func subtreeFiles(_ ledger: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: ledger + "/derived").filter { $0.hasPrefix("subtrees-") }
            .sorted().map { "\(ledger)/derived/\($0)" }
    }

    private static func proofs(_ ledger: String) throws -> LedgerProofs {
        try LedgerProofs(LedgerReader(opening: ledger))
    }

    @Test("every event is proved, with the files of subtree roots and without, by the same hashes")
    func everyEvent() throws {
        try Self.withLedger { ledger, key, lines in
            #expect(try Self.subtreeFiles(ledger).count == lines.count / DerivedLedger.segmentLength)
            var proofs = try Self.proofs(ledger)
            let reader = try LedgerReader(opening: ledger)
            let files = try (0..<UInt64(lines.count)).map { try proofs.file(at: $0) }
            for (position, file) in files.enumerated() where position % 7 == 0 || position > lines.count - 10 {
                let (checkpoint, entry) = try InclusionFile(parsing: file.bytes).verify(log: key)
                #expect(checkpoint.checkpoint.head.size == UInt64(lines.count))
                let event = try reader.event(at: UInt64(position))
                #expect(Array(entry[16...]) == (try event.encoded()))
            }
            try FileManager.default.removeItem(atPath: ledger + "/derived")
            var without = try Self.proofs(ledger)
            for (position, file) in files.enumerated() {
                #expect(try without.file(at: UInt64(position)) == file)
            }
            _ = try SegmentSealing(ledger: ledger, includingOpen: true)
            var sealed = try Self.proofs(ledger)
            for position in stride(from: 0, to: files.count, by: 97) {
                #expect(try sealed.file(at: UInt64(position)) == files[position])
            }
        }
    }

    @Test("where the files of subtree roots stand, a proof reads no record of other segments")
    func onlyItsOwn() throws {
        let files = SimulatedFileSystem()
        try SimulatedLedger.make(files, segments: [512, 512, 300])
        _ = try CheckpointSigning(ledger: SimulatedLedger.path, files: files).sign(with: #require(Self.key))
        let log = try SimulatedLedger.reader(files)
        var tree = LogTree(log, in: SimulatedLedger.directory(files))
        let expected = try tree.inclusionProof(index: 10, size: log.head)
        let other = SimulatedLedger.path + "/segments/" + Format.segmentName(first: 512)
        let file = try files.open(other, .readWrite)
        try [UInt8](repeating: 0xFF, count: 2_000).withUnsafeBytes { try files.write(file, $0, at: 2_048) }
        files.close(file)
        var again = LogTree(try SimulatedLedger.reader(files), in: SimulatedLedger.directory(files))
        #expect(try again.inclusionProof(index: 10, size: log.head) == expected)
        #expect(throws: LogError.self) { try again.inclusionProof(index: 512, size: log.head) }
        for path in files.filePaths where path.contains("/derived/") { try files.remove(path) }
        var without = LogTree(try SimulatedLedger.reader(files), in: SimulatedLedger.directory(files))
        #expect(throws: LogError.self) { try without.inclusionProof(index: 10, size: log.head) }
    }

    @Test("the tree of a log is that of its leaves, at every size")
    func sizes() throws {
        try Self.withLedger { ledger, _, lines in
            let log = try LogReader(opening: ledger, files: RealFileSystem())
            let directory = DerivedDirectory(ledger: ledger, files: RealFileSystem())
            var tree = LogTree(log, in: directory)
            var grown = CompactRange()
            for leaf in try log.leaves(of: 0..<log.head) {
                grown.append(leaf)
                #expect(try tree.root(size: grown.size) == grown.root)
                let proof = try tree.consistencyProof(old: grown.size, size: log.head)
                try TreeProof.verifyConsistency(from: grown.head, to: log.treeHead(at: log.head), by: proof)
            }
            #expect(grown.size == UInt64(lines.count))
        }
    }

    @Test("a damaged file of subtree roots changes no proof, and is made anew")
    func damagedSubtrees() throws {
        try Self.withLedger(trainees: 4) { ledger, _, lines in
            let file = try #require(try Self.subtreeFiles(ledger).first)
            let right = try Data(contentsOf: URL(filePath: file))
            var proofs = try Self.proofs(ledger)
            let last = UInt64(lines.count - 1)
            let expected = try proofs.file(at: last)
            let signing = try CheckpointSigning(ledger: ledger, files: RealFileSystem())
            for place in right.indices where place % 29 == 0 || place > 500 && place % 3 == 0 {
                var bytes = right
                bytes[place] ^= 0x10
                try bytes.write(to: URL(filePath: file))
                var damaged = try Self.proofs(ledger)
                #expect(try damaged.file(at: last) == expected, "byte \(place)")
            }
            for bytes in [Data(), right.prefix(600), right + right] {
                try bytes.write(to: URL(filePath: file))
                var damaged = try Self.proofs(ledger)
                #expect(try damaged.file(at: last) == expected)
                try signing.completeSubtrees()
                #expect(try Data(contentsOf: URL(filePath: file)) == right)
            }
            // Even one whose checksums fit.
            let log = try LogReader(opening: ledger, files: RealFileSystem())
            let end = log.segmentStarts[1]
            let tree = try #require(try log.tree(beforeSegmentAt: end))
            let directory = DerivedDirectory(ledger: ledger, files: RealFileSystem())
            let lies = try log.leaves(of: 0..<end).reversed()
            try SubtreeFile.write(Array(lies), from: 0, tree: tree, ledgerID: log.ledgerID, in: directory)
            #expect(try Data(contentsOf: URL(filePath: file)) != right)
            #expect(SubtreeFile.read(0..<end, in: directory, log: log) == nil)
            var deceived = try Self.proofs(ledger)
            #expect(try deceived.file(at: last) == expected)
        }
    }

    @Test("a proof is asked for within the checkpoint, and of the ledger that signed it")
    func outside() throws {
        try Self.withLedger { ledger, _, lines in
            var proofs = try Self.proofs(ledger)
            #expect(throws: LedgerError.self) { try proofs.file(at: UInt64(lines.count)) }
            let checkpoint = proofs.signedCheckpoint
            let other = ledger + "-other"
            _ = try DerivedLedger(other, trainees: 14, seed: 8)
            #expect(throws: LedgerError.self) { try Self.proofs(other) }
            var stranger = try LedgerProofs(LedgerReader(opening: other), checkpoint: checkpoint)
            do throws(LedgerError) {
                _ = try stranger.file(at: 5)
                Issue.record("another ledger's events were proved")
            } catch {
                guard case .contradiction = error else { throw error }
            }
        }
    }

    @Test("tiles lead to the signed root, bundles hold what is hashed, and a second export there is refused")
    func tiles() throws {
        try Self.withLedger { ledger, key, lines in
            let tiles = ledger + "-tiles"
            let proofs = try Self.proofs(ledger)
            let export = try TileExport(proofs, to: tiles, includesEntries: true)
            let bundles = (lines.count + 255) / 256
            #expect(export.files == 2 * bundles + 2)
            let signed = try SignedCheckpoint(
                parsing: Array(Data(contentsOf: URL(filePath: tiles + "/checkpoint"))), log: key)
            let log = try LogReader(opening: ledger, files: RealFileSystem())
            #expect(signed.checkpoint.head == (try log.treeHead(at: log.head)))
            var position: UInt64 = 0
            for index in 0..<UInt64(bundles) {
                let tile = try #require(Tile.of(level: 0, index: index, size: log.head))
                let bundle = try Array(Data(contentsOf: URL(filePath: "\(tiles)/\(tile.entriesPath)")))
                for entry in try EntryBundle.entries(of: bundle) {
                    #expect(Array(entry) == (try log.entry(at: position)))
                    position += 1
                }
            }
            #expect(position == log.head)
            #expect(throws: LedgerError.self) { try TileExport(proofs, to: tiles, includesEntries: true) }
            let bare = try TileExport(proofs, to: ledger + "-bare", includesEntries: false)
            #expect(bare.files == bundles + 2)
            #expect(!FileManager.default.fileExists(atPath: ledger + "-bare/tile/entries"))
        }
    }
}
