import EventLog
import Glibc
import LedgerTestKit
import Testing

/// Finished segments are rewritten in blocks, and nobody sees a difference.
struct SealingTests {
    private static let secondPart = ledgerPath + "/segments/00000000000000000400.seg"

    /// Two finished parts, of 400 and 300 records, and a last one of 10.
    private func threeParts() throws -> (files: SimulatedFileSystem, records: [[UInt8]]) {
        let files = SimulatedFileSystem()
        var records: [[UInt8]] = []
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        for (part, count) in [400, 300, 10].enumerated() {
            if part > 0 { try writer.beginPart() }
            // Among small records some that fill most of a block, the longest there is, and empty parts.
            let first = UInt64(records.count)
            var new = (first..<first + UInt64(count)).map { sampleRecord($0, size: $0 % 50 == 7 ? 60_000 : 60) }
            new[3] = try RecordParts(facts: [UInt8](repeating: 1, count: 65_529), envelope: []).merged()
            new[4] = try RecordParts(facts: [], envelope: []).merged()
            new[5] = try RecordParts(facts: [], envelope: [], personal: [1, 2]).merged()
            _ = try writer.append(new)
            records += new
        }
        try writer.close()
        return (files, records)
    }

    private func seal(_ files: SimulatedFileSystem) throws {
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        for first in try writer.sealableSegments() { try writer.seal(segmentAt: first) }
        try writer.close()
    }

    @Test func `sealed segments hold the same records, tree heads and positions`() throws {
        let (files, records) = try threeParts()
        let before = try SimulatedReader(opening: ledgerPath, files: files)
        let sizes: [UInt64] = [0, 1, 7, 399, 400, 401, 555, 700, 710]
        let heads = try sizes.map { try before.treeHead(at: $0) }
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        #expect(try writer.sealableSegments() == [0, 400])
        try writer.seal(segmentAt: 0)
        try writer.seal(segmentAt: 400)
        #expect(try writer.sealableSegments().isEmpty)
        try writer.seal(segmentAt: 0)
        // A reader from before goes on, and one opened now sees the same.
        for reader in [before, try SimulatedReader(opening: ledgerPath, files: files)] {
            #expect(try everything(reader) == records)
            #expect(try everything(reader, from: 123) == Array(records[123...]))
            for position: UInt64 in [0, 3, 4, 5, 57, 399, 400, 699, 700, 709, 1] {
                #expect(try reader.record(at: position) == records[Int(position)])
            }
            #expect(try sizes.map { try reader.treeHead(at: $0) } == heads)
        }
        _ = try writer.append([sampleRecord(710)])
        try writer.close()
        let report = try verifyLog(directory: ledgerPath, files: files)
        #expect(report.damages.isEmpty, "\(report.damages)")
        #expect(report.records == 711)
        #expect(try SimulatedWriter(opening: ledgerPath, files: files).head == 711)
    }

    @Test func `the last segment and unknown ones are not sealed`() throws {
        let (files, _) = try threeParts()
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        #expect(throws: LogError(.outOfRange, "")) { try writer.seal(segmentAt: 700) }
        #expect(throws: LogError(.outOfRange, "")) { try writer.seal(segmentAt: 5) }
    }

    @Test func `a damaged segment is not sealed and stays as it is`() throws {
        let (files, _) = try threeParts()
        files.flip(Self.secondPart, bit: 40_000)
        let before = files.bytes(of: Self.secondPart)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        #expect(throws: LogError(.damaged, "")) { try writer.seal(segmentAt: 400) }
        #expect(files.bytes(of: Self.secondPart) == before)
        #expect(!files.filePaths.contains { $0.hasSuffix(".tmp") })
    }

    @Test func `a crash or a failure while sealing changes nothing that can be read`() throws {
        var generator = SeededGenerator(testSeed())
        let (files, records) = try threeParts()
        let whole = files.copy()
        try seal(whole)
        for operation in 1...whole.operations {
            for fails in [false, true] {
                let trial = files.copy()
                if fails {
                    trial.fail(SimulatedFailure(at: operation, errno: EIO, isPermanent: operation % 2 == 0))
                } else {
                    trial.crash(at: operation)
                }
                try? seal(trial)
                trial.fail(nil)
                let keep = UInt64.random(in: 0...3, using: &generator)
                let after = trial.afterCrash { _ in keep == 0 || (keep == 1 && Bool.random(using: &generator)) }
                let reader = try SimulatedReader(opening: ledgerPath, files: after)
                #expect(try everything(reader) == records, "operation \(operation)")
                try seal(after)
                #expect(try verifyLog(directory: ledgerPath, files: after).damages.isEmpty, "operation \(operation)")
            }
        }
    }

    // Every byte, one bit of each; the bit moves on from byte to byte.
    @Test func `every byte of a sealed segment is checked`() throws {
        let files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        let records = sampleRecords(0..<60, size: 50)
        _ = try writer.append(records)
        try writer.beginPart()
        try writer.seal(segmentAt: 0)
        _ = try writer.append([sampleRecord(60)])
        try writer.close()
        let size = try #require(files.bytes(of: segmentPath)).count
        for byte in 0..<size {
            let bit = byte * 8 + byte % 8
            files.flip(segmentPath, bit: bit)
            let report = try verifyLog(directory: ledgerPath, files: files)
            #expect(report.names("segments/00000000000000000000.seg", byte: byte), "byte \(byte): \(report.damages)")
            if let reader = try? SimulatedReader(opening: ledgerPath, files: files) {
                for position: UInt64 in [0, 30, 59] {
                    if let record = try? reader.record(at: position) {
                        #expect(record == records[Int(position)], "byte \(byte)")
                    }
                }
            }
            files.flip(segmentPath, bit: bit)
        }
        for length in stride(from: 0, to: size, by: 7) {
            let cut = files.copy()
            cut.overwrite(segmentPath, with: Array(try #require(files.bytes(of: segmentPath)).prefix(length)))
            #expect(try !verifyLog(directory: ledgerPath, files: cut).isSound, "\(length) bytes")
        }
    }
}
