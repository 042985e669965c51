import EventLog
import LedgerTestKit
import Testing

@testable import Ledger

@Suite("A derived file gives back what was written, or says why not")
struct DerivedFileTests {
    static let kind = DerivedFileKind(name: "sample", layout: 3)
    static let positions: Range<UInt64> = 0..<4
    static let path = "/ledger/derived/sample-000000000000000-000000000000004.tld"
    static let blocks: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 7, count: 600)]
    static let evenBlocks: [[UInt8]] = [[1, 2, 3, 4], [5, 6, 7, 8]]

    /// A ledger of 4 and 2 records.
    static func ledger() throws -> SimulatedFileSystem {
        let files = SimulatedFileSystem()
        try SimulatedLedger.make(files, segments: [4, 2])
        return files
    }

    static func write(_ blocks: [[UInt8]], length: Int? = nil, _ files: SimulatedFileSystem) throws {
        let reader = try SimulatedLedger.reader(files)
        let head = try #require(try reader.treeHead(beforeSegmentAt: positions.upperBound))
        var writer = try DerivedFileWriter(
            kind, positions: positions, head: head, ledgerID: reader.ledgerID, blockLength: length,
            in: SimulatedLedger.directory(files))
        for block in blocks { try writer.append(block) }
        try writer.finish()
    }

    static func open(
        _ files: SimulatedFileSystem, _ kind: DerivedFileKind = kind, _ positions: Range<UInt64> = positions
    ) throws -> SimulatedFile {
        try SimulatedFile(
            opening: kind, positions: positions, in: SimulatedLedger.directory(files),
            log: try SimulatedLedger.reader(files))
    }

    static func content(_ files: SimulatedFileSystem) throws -> [[UInt8]] {
        let file = try open(files)
        return try (0..<file.blockCount).map { [UInt8](try file.block($0)) }
    }

    static func absence(_ files: SimulatedFileSystem) throws -> DerivedFileAbsence.Reason? {
        do {
            _ = try content(files)
            return nil
        } catch let error as DerivedFileAbsence {
            return error.reason
        }
    }

    @Test("blocks come back as they were appended", arguments: [blocks, [], [[]]])
    func roundTrip(blocks: [[UInt8]]) throws {
        let files = try Self.ledger()
        try Self.write(blocks, files)
        #expect(try Self.content(files) == blocks)
    }

    @Test("blocks of one length need no index", arguments: [evenBlocks, []])
    func even(blocks: [[UInt8]]) throws {
        let files = try Self.ledger()
        try Self.write(blocks, length: 4, files)
        #expect(try Self.content(files) == blocks)
        #expect(files.bytes(of: Self.path)?.count == 512 + 8 * blocks.count)
    }

    @Test("the same content makes the same bytes")
    func deterministic() throws {
        let files = try Self.ledger()
        try Self.write(Self.blocks, files)
        let first = files.bytes(of: Self.path)
        try Self.write(Self.blocks, files)
        #expect(files.bytes(of: Self.path) == first)
    }

    @Test("a block that is not there is no trap")
    func beyond() throws {
        let files = try Self.ledger()
        try Self.write(Self.blocks, files)
        let file = try Self.open(files)
        for number in [-1, 3, Int.max] {
            #expect(throws: DerivedFileAbsence.self) { _ = try file.block(number) }
        }
    }

    @Test("no file, no directory: it is missing")
    func missing() throws {
        let files = try Self.ledger()
        #expect(try Self.absence(files) == .missing)
        #expect(try SimulatedLedger.directory(files).positions(of: Self.kind).isEmpty)
    }

    @Test("every bit flipped is noticed", arguments: [nil, 4])
    func flipped(length: Int?) throws {
        let files = try Self.ledger()
        try Self.write(length == nil ? Self.blocks : Self.evenBlocks, length: length, files)
        let size = try #require(files.bytes(of: Self.path)).count
        for bit in 0..<size * 8 {
            files.flip(Self.path, bit: bit)
            #expect(try Self.absence(files) != nil, "bit \(bit)")
            files.flip(Self.path, bit: bit)
        }
        #expect(try Self.absence(files) == nil)
    }

    @Test("every truncation and every byte too many is noticed", arguments: [nil, 4])
    func truncated(length: Int?) throws {
        let files = try Self.ledger()
        try Self.write(length == nil ? Self.blocks : Self.evenBlocks, length: length, files)
        let bytes = try #require(files.bytes(of: Self.path))
        for count in 0..<bytes.count {
            files.overwrite(Self.path, with: Array(bytes.prefix(count)))
            #expect(try Self.absence(files) != nil, "\(count) bytes")
        }
        files.overwrite(Self.path, with: bytes + [0])
        #expect(try Self.absence(files) != nil)
    }

    @Test("bytes with right checksums and mad lengths are refused before memory is asked for")
    func mad() throws {
        let files = try Self.ledger()
        try Self.write(Self.blocks, files)
        let good = try #require(files.bytes(of: Self.path))
        for place in [28, 96, 104] {
            for value in [1, 0xFF, 0xFFFF_FFFF, UInt64.max, UInt64.max / 4, 1 << 62] {
                var bytes = good
                let width = place == 28 ? 4 : 8
                for index in 0..<width { bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
                let checksum = bytes[..<508].withUnsafeBytes { crc32c($0) }
                for index in 0..<4 { bytes[508 + index] = UInt8(truncatingIfNeeded: checksum >> (8 * index)) }
                if bytes == good { continue }
                files.overwrite(Self.path, with: bytes)
                #expect(try Self.absence(files) != nil, "\(value) at \(place)")
            }
        }
    }

    @Test("two blocks that changed places are noticed")
    func swapped() throws {
        let files = try Self.ledger()
        try Self.write(Self.evenBlocks, length: 4, files)
        let bytes = try #require(files.bytes(of: Self.path))
        files.overwrite(Self.path, with: Array(bytes[..<512] + bytes[520..<528] + bytes[512..<520]))
        #expect(try Self.absence(files) == .damaged("block 0 is not as it was written"))
    }

    @Test("a file of another ledger, kind or layout is not used")
    func foreign() throws {
        let files = try Self.ledger()
        try Self.write(Self.blocks, files)
        let bytes = try #require(files.bytes(of: Self.path))
        let other = SimulatedFileSystem()
        try SimulatedLedger.make(other, segments: [4, 2], id: 2)
        try Self.write(Self.blocks, other)
        other.overwrite(Self.path, with: bytes)
        #expect(try Self.absence(other) == .otherLedger)
        #expect(throws: DerivedFileAbsence(file: "derived/\(Self.path.split(separator: "/")[2])", reason: .otherLayout))
        {
            _ = try Self.open(files, DerivedFileKind(name: "sample", layout: 4))
        }
        #expect(throws: DerivedFileAbsence.self) { _ = try Self.open(files, DerivedFileKind(name: "other", layout: 3)) }
        let renamed = Self.path.replacing("000000000000000-", with: "000000000000001-")
        try files.rename(Self.path, to: renamed)
        #expect(throws: DerivedFileAbsence.self) { _ = try Self.open(files, Self.kind, 1..<4) }
    }

    @Test("a file made from other records of the same ledger is not used")
    func otherTree() throws {
        let files = try Self.ledger()
        try Self.write(Self.blocks, files)
        let bytes = try #require(files.bytes(of: Self.path))
        let other = SimulatedFileSystem()
        try SimulatedLedger.make(other, segments: [4, 2], from: 100)
        try Self.write(Self.blocks, other)
        other.overwrite(Self.path, with: bytes)
        #expect(try Self.absence(other) == .otherTree)
    }

    @Test("a file that covers more than the log has is not used, and one of an earlier point is")
    func otherLength() throws {
        let files = try Self.ledger()
        let older = SimulatedFileSystem()
        try SimulatedLedger.make(older, segments: [2])
        try Self.write(Self.blocks, files)
        try older.makeDirectory("/ledger/derived")
        older.close(try older.open(Self.path, .create))
        older.overwrite(Self.path, with: try #require(files.bytes(of: Self.path)))
        #expect(try Self.absence(older) == .notInLog)
        try SimulatedLedger.extend(files, segments: [0, 5, 5])
        #expect(try Self.content(files) == Self.blocks)
    }

    @Test("an input error while reading is an absence, at every operation")
    func failedReading() throws {
        let files = try Self.ledger()
        try Self.write(Self.blocks, files)
        let reader = try SimulatedLedger.reader(files)
        let before = files.operations
        for number in 1...20 {
            files.fail(.init(at: files.operations + number, errno: 5, isPermanent: false))
            defer { files.fail(nil) }
            do {
                let file = try SimulatedFile(
                    opening: Self.kind, positions: Self.positions, in: SimulatedLedger.directory(files), log: reader)
                for block in 0..<file.blockCount { _ = try file.block(block) }
            } catch {
                guard case .unreadable = error.reason else {
                    Issue.record("\(error)")
                    continue
                }
            }
        }
        #expect(files.operations > before)
    }
}
