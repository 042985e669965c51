@testable import EventLog
import LedgerTestKit
import Testing

/// Reading the facts alone gives what reading whole records gives, or an error.
struct FactsReadingTests {
    /// Two parts of 90 and 60 records, the first one sealed, and an open one of 7.
    private func ledger() throws -> (files: SimulatedFileSystem, records: [[UInt8]]) {
        let files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        var records: [[UInt8]] = []
        for (part, count) in [90, 60, 7].enumerated() {
            if part > 0 { try writer.beginPart() }
            let first = UInt64(records.count)
            let new = (first..<first + UInt64(count)).map { sampleRecord($0, size: $0 % 40 == 11 ? 3_000 : 60) }
            for batch in stride(from: 0, to: new.count, by: 25) {
                _ = try writer.append(Array(new[batch..<min(new.count, batch + 25)]))
            }
            records += new
        }
        try writer.seal(segmentAt: 0)
        try writer.close()
        return (files, records)
    }

    /// The facts of positions, as the streams hold them.
    private func facts(_ reader: SimulatedReader, _ positions: Range<UInt64>) throws -> [[UInt8]] {
        var found: [[UInt8]] = []
        for range in try reader.segmentRanges(to: positions.upperBound) where range.overlaps(positions) {
            let wanted = range.clamped(to: positions)
            var next = wanted.lowerBound
            try reader.forEachFacts(in: wanted) { batch in
                #expect(batch.first == next)
                next += UInt64(batch.count)
                found += Self.parts(batch)
            }
            #expect(next == wanted.upperBound)
        }
        return found
    }

    /// The parts of a batch one by one.
    private static func parts(_ batch: FactsBatch) -> [[UInt8]] {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 70_000, alignment: 8)
        defer { memory.deallocate() }
        var stream: UnsafeRawBufferPointer
        switch batch.stream {
        case .plain(let bytes): stream = bytes
        case .columns(let reader):
            guard let length = reader.writePlain(to: memory) else { return [] }
            stream = UnsafeRawBufferPointer(memory).part(0..<length)
        }
        var found: [[UInt8]] = []
        for _ in 0..<batch.count {
            guard let entry = BlockDecoder.entry(stream, at: 0, end: stream.count) else { return [] }
            let start = entry.count > 128 + 1 ? 2 : 1
            found.append([UInt8](stream.part(start..<entry.upperBound)))
            stream = stream.part(entry.upperBound..<stream.count)
        }
        #expect(stream.isEmpty)
        return found
    }

    private func expected(_ records: [[UInt8]], _ positions: Range<UInt64>) throws -> [[UInt8]] {
        try records[Int(positions.lowerBound)..<Int(positions.upperBound)].map { try Record($0).parts.facts }
    }

    @Test func `every range of positions gives its records' facts, sealed or open`() throws {
        let (files, records) = try ledger()
        let reader = try SimulatedReader(opening: ledgerPath, files: files).fork()
        for first in stride(from: UInt64(0), to: 157, by: 13) {
            for end in stride(from: first + 1, through: 157, by: 11) {
                #expect(try facts(reader, first..<end) == expected(records, first..<end), "\(first)..<\(end)")
            }
        }
        #expect(throws: LogError.self) { try reader.segmentRanges(to: 158) }
        #expect(try reader.segmentRanges(to: 0).isEmpty)
    }

    @Test func `a flipped bit in a segment is an error or leaves the facts as they are, never other facts`() throws {
        let (files, records) = try ledger()
        for name in ["00000000000000000000", "00000000000000000090"] {
            let path = ledgerPath + "/segments/\(name).seg"
            let size = try #require(files.bytes(of: path)).count
            let range: Range<UInt64> = name.hasSuffix("90") ? 90..<150 : 0..<90
            var refused = 0
            for byte in stride(from: 0, to: size, by: 3) {
                let bit = byte * 8 + byte % 8
                files.flip(path, bit: bit)
                defer { files.flip(path, bit: bit) }
                do {
                    let reader = try SimulatedReader(opening: ledgerPath, files: files)
                    #expect(try facts(reader, range) == expected(records, range), "\(name), byte \(byte)")
                } catch let error as LogError {
                    #expect(error.code == .damaged || error.code == .formatTooNew, "\(name), byte \(byte): \(error)")
                    refused += 1
                }
            }
            #expect(refused > 100, "most bytes matter")
        }
    }
}
