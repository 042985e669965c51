import EventLog
import Glibc
import LedgerTestKit
import Testing

/// Records are hashed while the commit that holds them is written.
struct HashingWhileWritingTests {
    @Test func `after commits of any number of records the writer and a reader have the same tree`() throws {
        let files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        // From 256 records on another thread hashes them while they are written.
        for count: UInt64 in [1, 255, 256, 257, 2, 3_000, 62_000, 1_000] {
            _ = try writer.append(sampleRecords(writer.head..<writer.head + count))
            let reader = try SimulatedReader(opening: ledgerPath, files: files)
            #expect(try writer.treeHead() == reader.treeHead(at: reader.head), "\(count) records")
        }
        try writer.close()
        #expect(try verifyLog(directory: ledgerPath, files: files).damages.isEmpty)
    }

    @Test func `a commit of many records that fails leaves the tree of those before it`() throws {
        let files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        _ = try writer.append(sampleRecords(0..<300))
        files.fail(SimulatedFailure(at: files.operations + 2, errno: EIO, isPermanent: false))
        let error = #expect(throws: LogError.self) { try writer.append(sampleRecords(300..<5_000)) }
        #expect(error?.code == .poisoned)
        files.fail(nil)
        #expect(writer.durableHead == 300)
        try? writer.close()
        let again = try SimulatedWriter(opening: ledgerPath, files: files)
        let reader = try SimulatedReader(opening: ledgerPath, files: files)
        #expect(try again.treeHead() == reader.treeHead(at: again.durableHead))
        #expect(again.durableHead == 300 || again.durableHead == 5_000)
    }
}
