import EventLog
import LedgerTestKit
import Testing

let copyPath = "/copy"

/// The records that readers of a copy see.
func read(_ copy: SimulatedFileSystem) throws -> [[UInt8]] {
    try everything(SimulatedReader(opening: copyPath, files: copy))
}

/// A log that is written, and what is in it.
final class Leader {
    let files: SimulatedFileSystem
    var records: [[UInt8]] = []

    init() throws {
        files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
    }

    init(_ files: SimulatedFileSystem) { self.files = files }

    var source: DirectorySegments<SimulatedFileSystem> {
        get throws { try DirectorySegments(of: ledgerPath, files: files) }
    }

    func head() throws -> (head: TreeHead, epoch: UInt32) { try GrowingLog(opening: ledgerPath, files: files).head() }

    /// Appends as one batch, in a session of its own.
    func append(_ count: UInt64, from first: UInt64? = nil) throws {
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        let start = first ?? writer.head
        let new = sampleRecords(start..<start + count)
        _ = try writer.append(new)
        records += new
        try writer.close()
    }

    func beginPartAndSeal() throws {
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        try writer.beginPart()
        for first in try writer.sealableSegments() { try writer.seal(segmentAt: first) }
        try writer.close()
    }

    /// Appends batches, ends a segment early, seals what is finished.
    func doSomething(_ chance: inout SeededGenerator) throws {
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        for _ in 0...chance.next() % 3 {
            switch chance.next() % 5 {
            case 0: try writer.beginPart()
            case 1: for first in try writer.sealableSegments() { try writer.seal(segmentAt: first) }
            default:
                let new = sampleRecords(writer.head..<writer.head + 1 + chance.next() % 40)
                _ = try writer.append(new)
                records += new
            }
        }
        if chance.next() % 2 == 0 { try writer.close() }
    }

    /// A follower of the copy, which is made if it is not there.
    func newFollower(_ copy: SimulatedFileSystem) throws -> LogFollower<SimulatedFileSystem> {
        if copy.bytes(of: copyPath + "/ledger.json") == nil {
            let log = try GrowingLog(opening: ledgerPath, files: files)
            try LogFollower.create(
                directory: copyPath, ledgerID: log.ledgerID, version: log.formatVersion, files: copy)
        }
        return try LogFollower(opening: copyPath, files: copy)
    }
}

/// Changes one bit of what goes by.
final class ChangingSource<Source: SegmentSource>: SegmentSource {
    private let source: Source
    private var chance: SeededGenerator
    private var pieces: Int

    init(_ source: Source, _ seed: UInt64) {
        self.source = source
        chance = SeededGenerator(seed)
        pieces = Int(chance.next() % 2)
    }

    func segmentStarts() throws(LogError) -> [UInt64] { try source.segmentStarts() }

    func bytes(ofSegmentAt first: UInt64, from offset: UInt64) throws(LogError) -> SegmentPiece {
        let piece = try source.bytes(ofSegmentAt: first, from: offset)
        defer { pieces -= 1 }
        guard pieces == 0, !piece.bytes.isEmpty else { return piece }
        var bytes = piece.bytes
        bytes[Int(chance.next() % UInt64(bytes.count))] ^= 1 << UInt8(chance.next() % 8)
        return SegmentPiece(isSealed: piece.isSealed, length: piece.length, bytes: bytes)
    }
}
