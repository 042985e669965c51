import EventLog
import Foundation
import LedgerTestKit
import Testing
import Transparency

@testable import Ledger

@Suite("What is kept of signed checkpoints is checked as a whole")
struct TransparencyStoreTests {
    private static let key = SigningKey(generatingFor: "ledger.example")
    private static let witness = SigningKey(generatingFor: "witness.example")

    private typealias Store = CheckpointStore<SimulatedFileSystem>

    private func store(_ files: SimulatedFileSystem) -> Store { Store(ledger: SimulatedLedger.path, files: files) }

    private func faults(_ files: SimulatedFileSystem) throws -> [CheckpointFault] {
        try store(files).faults(in: SimulatedLedger.reader(files))
    }

    /// A ledger with checkpoints of 40 and 70 events, the second cosigned.
    private func ledger() throws -> SimulatedFileSystem {
        let files = SimulatedFileSystem()
        let (key, witness) = (try #require(Self.key), try #require(Self.witness))
        try SimulatedLedger.make(files, segments: [40])
        let sign = { try CheckpointSigning(ledger: SimulatedLedger.path, files: files).sign(with: key) }
        _ = try sign()
        try SimulatedLedger.extend(files, segments: [20, 10])
        var note = try sign()
        try note.cosign(with: witness, at: 1_700_000_000)
        _ = try CheckpointSigning(ledger: SimulatedLedger.path, files: files)
            .add(note.bytes, by: [witness.verifier(.cosignature)])
        return files
    }

    /// Puts other bytes in the place of a file; nil removes it.
    private func put(_ bytes: [UInt8]?, _ path: String, _ files: SimulatedFileSystem) throws {
        if files.bytes(of: path) != nil { try files.remove(path) }
        guard let bytes else { return }
        try files.replace(path, in: SimulatedLedger.path + "/checkpoints", with: bytes)
    }

    @Test("a changed bit anywhere in any file is noticed, and its file is named")
    func changedBits() throws {
        let files = try ledger()
        #expect(try faults(files).isEmpty)
        let directory = SimulatedLedger.path + "/checkpoints/"
        let paths = files.filePaths.filter { $0.hasPrefix(directory) && !$0.hasSuffix("LOCK") }
        #expect(paths.count == 4)
        for path in paths {
            let right = try #require(files.bytes(of: path))
            // One bit of each byte; which one goes round.
            for bit in 0..<right.count * 8 where bit % 8 == bit / 8 % 8 {
                var bytes = right
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                try put(bytes, path, files)
                let found = try faults(files).map(\.file)
                #expect(found.contains("checkpoints/" + path.dropFirst(directory.count)), "bit \(bit) of \(path)")
            }
            try put(right, path, files)
        }
        #expect(try faults(files).isEmpty)
    }

    @Test("a file that is gone, exchanged or of another ledger is noticed")
    func files() throws {
        let files = try ledger()
        let directory = SimulatedLedger.path + "/checkpoints/"
        let newest = directory + "00000000000000000070.checkpoint"
        let older = directory + "00000000000000000040.checkpoint"
        for name in ["keys", "last-signed"] {
            let right = files.bytes(of: directory + name)
            try put(nil, directory + name, files)
            #expect(try faults(files).map(\.file).contains("checkpoints/\(name)"))
            try put(right, directory + name, files)
        }
        let right = files.bytes(of: newest)
        try put(files.bytes(of: older), newest, files)
        #expect(try faults(files).map(\.file) == ["checkpoints/00000000000000000070.checkpoint"])
        try put(right, newest, files)
        let other = SimulatedFileSystem()
        try SimulatedLedger.make(other, segments: [40, 30], from: 7)
        let reader = try SimulatedLedger.reader(other)
        let all = ["00000000000000000040.checkpoint", "00000000000000000070.checkpoint", "last-signed"]
        #expect(try store(files).faults(in: reader).map(\.file) == all.map { "checkpoints/" + $0 })
        let short = SimulatedFileSystem()
        try SimulatedLedger.make(short, segments: [40, 10])
        let shorter = try store(files).faults(in: SimulatedLedger.reader(short))
        #expect(shorter.map(\.file) == all.dropFirst().map { "checkpoints/" + $0 })
    }
}
