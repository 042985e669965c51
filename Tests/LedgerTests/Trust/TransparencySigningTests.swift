import EventLog
import Foundation
import LedgerTestKit
import Testing
import Transparency

@testable import Ledger

@Suite("Checkpoints are signed of what was read back, and never of two histories")
struct TransparencySigningTests {
    static let key = SigningKey(generatingFor: "ledger.example")

    private func sign(_ ledger: String) throws -> SignedCheckpoint {
        let key = try #require(Self.key)
        let note = try CheckpointSigning(ledger: ledger, files: RealFileSystem()).sign(with: key)
        return try SignedCheckpoint(parsing: note.bytes, log: key.verifier(.note))
    }

    /// Whether signing is refused because the ledger is not what was signed.
    private func isContradiction(_ ledger: String) -> Bool {
        do {
            _ = try sign(ledger)
            return false
        } catch {
            if case .contradiction = error as? LedgerError { return true }
            return false
        }
    }

    @Test("a checkpoint has the head of the log, the same one again is the same, and a later one goes on from it")
    func heads() throws {
        try LedgerFixture.withDirectory { directory in
            let path = directory + "/ledger"
            let lines = DerivedLedger.lines(trainees: 10, seed: 3)
            try LedgerWriter.create(path)
            let empty = try sign(path)
            #expect(empty.checkpoint.head == TreeHead(size: 0, root: MerkleTree.emptyRoot))
            let ledger = DerivedLedger(continuing: path, lines: lines)
            try ledger.append(lines[..<600])
            let first = try sign(path)
            let reader = try LogReader(opening: path, files: RealFileSystem())
            #expect(first.checkpoint.head == (try reader.treeHead(at: 600)))
            #expect(try sign(path).bytes == first.bytes)
            try ledger.append(lines[600...])
            let second = try sign(path)
            #expect(second.checkpoint.head.size == UInt64(lines.count))
            let request = try CheckpointSigning(ledger: path, files: RealFileSystem()).request(from: 600)
            try TreeProof.verifyConsistency(from: first.checkpoint.head, to: second.checkpoint.head, by: request.proof)
            #expect(
                try CheckpointStore(ledger: path, files: RealFileSystem()).sizes() == [0, 600, UInt64(lines.count)])
        }
    }

    @Test("a ledger put in the place of the one that was signed, or an older copy of it, is not signed")
    func contradictions() throws {
        try LedgerFixture.withDirectory { directory in
            let manager = FileManager.default
            let path = directory + "/ledger"
            let other = try DerivedLedger(directory + "/other", trainees: 10, seed: 4)
            let lines = DerivedLedger.lines(trainees: 10, seed: 3)
            try LedgerWriter.create(path)
            let ledger = DerivedLedger(continuing: path, lines: lines)
            try ledger.append(lines[..<600])
            try manager.copyItem(atPath: path, toPath: directory + "/older")
            try ledger.append(lines[600...])
            _ = try sign(path)
            for place in ["/older", "/other"] {
                try manager.copyItem(atPath: path + "/checkpoints", toPath: directory + place + "/checkpoints")
                #expect(isContradiction(directory + place), "\(place)")
                let stored = try CheckpointStore(ledger: directory + place, files: RealFileSystem()).sizes()
                #expect(stored == [UInt64(lines.count)])
            }
            #expect(other.lines.count > lines.count - 200)
        }
    }

    @Test("without the record of what was signed, or with a damaged one, nothing is signed")
    func lostRecord() throws {
        try LedgerFixture.withDirectory { directory in
            let path = directory + "/ledger"
            _ = try DerivedLedger(path, trainees: 3)
            _ = try sign(path)
            let record = path + "/checkpoints/last-signed"
            let bytes = try Data(contentsOf: URL(filePath: record))
            for damaged in [nil, bytes.dropLast(), Data(), Data("ledger.example\n1\n".utf8) + bytes.suffix(45)] {
                try FileManager.default.removeItem(atPath: record)
                if let damaged { try damaged.write(to: URL(filePath: record)) }
                #expect(isContradiction(path))
                try bytes.write(to: URL(filePath: record))
            }
            #expect(!isContradiction(path))
        }
    }

    @Test("a key of another name does not sign, and two do not sign at once")
    func others() throws {
        try LedgerFixture.withDirectory { directory in
            let path = directory + "/ledger"
            _ = try DerivedLedger(path, trainees: 3)
            _ = try sign(path)
            let signing = try CheckpointSigning(ledger: path, files: RealFileSystem())
            let stranger = try #require(SigningKey(generatingFor: "stranger.example"))
            #expect(throws: LedgerError.self) { try signing.sign(with: stranger) }
            let store = CheckpointStore(ledger: path, files: RealFileSystem())
            try store.locked { () throws(LedgerError) in
                do throws(LedgerError) {
                    _ = try signing.newest()
                    try signing.completeSubtrees()
                    Issue.record("two at once")
                } catch {
                    guard case .log(let failure) = error else { throw error }
                    #expect(failure.code == .inUse)
                }
            }
        }
    }

    @Test("after a crash at every operation of signing, what was signed is on record, and signing goes on")
    func crash() throws {
        let key = try #require(Self.key)
        func store(_ files: SimulatedFileSystem) -> CheckpointStore<SimulatedFileSystem> {
            CheckpointStore(ledger: SimulatedLedger.path, files: files)
        }
        var number = 0
        var crashed = true
        while crashed {
            number += 1
            let files = SimulatedFileSystem()
            try SimulatedLedger.make(files, segments: [40, 30])
            _ = try CheckpointSigning(ledger: SimulatedLedger.path, files: files).sign(with: key)
            try SimulatedLedger.extend(files, segments: [20, 10])
            files.crash(at: files.operations + number)
            var released: SignedNote?
            do { released = try CheckpointSigning(ledger: SimulatedLedger.path, files: files).sign(with: key) } catch {}
            crashed = files.hasCrashed
            let changes = files.unsyncedChanges
            for subset in 0..<(1 << min(changes, 3)) {
                let left = files.afterCrash { $0 >= 3 || subset >> $0 & 1 == 1 }
                let lastSigned = try store(left).lastSigned()
                let recorded = try #require(lastSigned).head.size
                #expect(recorded == 70 || recorded == 100, "operation \(number), subset \(subset)")
                let stored = try store(left).sizes().last
                #expect(stored.map { $0 <= recorded } == true)
                if released != nil { #expect(recorded == 100) }
                let again = try CheckpointSigning(ledger: SimulatedLedger.path, files: left).sign(with: key)
                if let released { #expect(again == released) }
                #expect(try store(left).sizes() == [70, 100])
            }
        }
        #expect(number > 30)
    }
}
