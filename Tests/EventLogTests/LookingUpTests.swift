@testable import EventLog
import LedgerTestKit
import Testing

/// Records that are looked up by their positions are those that are there.
struct LookingUpTests {
    /// Two sealed parts of 90 and 400 records, the second of two blocks, and an open one of 20.
    private func ledger<Files: FileSystem>(_ files: Files, _ directory: String) throws -> [[UInt8]] {
        try LogWriter.create(directory: directory, files: files, ledgerID: ledgerID)
        let writer = try LogWriter(opening: directory, files: files)
        var records: [[UInt8]] = []
        for (part, count) in [90, 400, 20].enumerated() {
            if part > 0 { try writer.beginPart() }
            let first = UInt64(records.count)
            let new = (first..<first + UInt64(count)).map { sampleRecord($0, size: $0 % 40 == 11 ? 3_000 : 160) }
            for batch in stride(from: 0, to: new.count, by: 25) {
                _ = try writer.append(Array(new[batch..<min(new.count, batch + 25)]))
            }
            records += new
        }
        for first in try writer.sealableSegments() { try writer.seal(segmentAt: first) }
        try writer.close()
        return records
    }

    private func expectFound<Files: FileSystem>(
        _ records: [[UInt8]], _ reader: LogReader<Files>, _ chance: inout SeededGenerator
    ) throws {
        let end = UInt64(records.count)
        #expect(try reader.records(at: Array(0..<end)) == records)
        #expect(try reader.records(at: []) == [])
        for position in stride(from: 0, to: end, by: 7) {
            #expect(try reader.records(at: [position]) == [records[Int(position)]], "position \(position)")
        }
        for _ in 0..<40 {
            let share = Int.random(in: 1...100, using: &chance)
            let positions = (0..<end).filter { _ in Int.random(in: 0..<share, using: &chance) == 0 }
            #expect(try reader.records(at: positions) == positions.map { records[Int($0)] }, "\(positions)")
        }
        let error = #expect(throws: LogError.self) { try reader.records(at: [end - 1, end]) }
        #expect(error?.code == .outOfRange)
    }

    @Test func `any positions give their records, sealed or open, on the simulated and on the real disk`() throws {
        var chance = SeededGenerator(testSeed())
        let files = SimulatedFileSystem()
        let records = try ledger(files, ledgerPath)
        try expectFound(records, SimulatedReader(opening: ledgerPath, files: files), &chance)
        let directory = try TemporaryDirectory()
        let path = directory.path + "/ledger"
        let stored = try ledger(RealFileSystem(), path)
        try expectFound(stored, LogReader(opening: path, files: RealFileSystem()), &chance)
    }

    @Test func `a flipped bit in a sealed segment is an error or leaves the records as they are`() throws {
        let files = SimulatedFileSystem()
        let records = try ledger(files, ledgerPath)
        let positions: [UInt64] = [0, 7, 11, 89, 90, 130, 131, 260, 411, 489]
        let expected = positions.map { records[Int($0)] }
        var refused = 0
        for name in ["00000000000000000000", "00000000000000000090"] {
            let path = ledgerPath + "/segments/\(name).seg"
            let size = try #require(files.bytes(of: path)).count
            for byte in stride(from: 0, to: size, by: 7) {
                let bit = byte * 8 + byte % 8
                files.flip(path, bit: bit)
                defer { files.flip(path, bit: bit) }
                do throws(LogError) {
                    let reader = try SimulatedReader(opening: ledgerPath, files: files)
                    let found = try reader.records(at: positions)
                    #expect(found == expected, "\(name), byte \(byte)")
                } catch {
                    #expect(error.code == .damaged || error.code == .formatTooNew, "\(name), byte \(byte): \(error)")
                    refused += 1
                }
            }
        }
        #expect(refused > 100, "most bytes matter")
    }
}
