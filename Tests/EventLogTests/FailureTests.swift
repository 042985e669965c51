import EventLog
import Glibc
import LedgerTestKit
import Testing

/// Operations fail, once or from then on.
struct FailureTests {
    private static let failures: [(errno: Int32, isPermanent: Bool)] = [
        (EIO, false), (EIO, true), (ENOSPC, false), (ENOSPC, true), (EFBIG, false), (EROFS, true),
    ]

    @Test(arguments: failures)
    func `the k-th operation fails, for every k, and nothing acknowledged is lost`(
        errno: Int32, isPermanent: Bool
    ) throws {
        let seed = testSeed()
        var generator = SeededGenerator(seed)
        let whole = SimulatedFileSystem()
        var wholeWitness = Witness()
        try smallWorkload(whole, &wholeWitness)
        for operation in 1...whole.operations {
            let files = SimulatedFileSystem()
            files.fail(SimulatedFailure(at: operation, errno: errno, isPermanent: isPermanent))
            var witness = Witness()
            do {
                try smallWorkload(files, &witness)
            } catch {
                #expect(error is LogError)
            }
            files.fail(nil)
            let context = "errno \(errno) at operation \(operation), \(isPermanent ? "for ever" : "once")"
            // The process ends; then, instead, the power goes too.
            checkRecovery(files.copy(), witness, context)
            forEachSubset(of: files.unsyncedChanges, exhaustiveUpTo: 3, samples: 3, &generator) { subset, keeps in
                checkRecovery(files.afterCrash(keeping: keeps), witness, "\(context), then a crash with \(subset)")
            }
        }
    }

    @Test func `after a failed sync the writer takes nothing more and says why`() throws {
        let files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        _ = try writer.append(sampleRecords(0..<5))
        // reserve is done already, so: write, sync
        files.fail(SimulatedFailure(at: files.operations + 2, errno: EIO, isPermanent: false))
        let error = #expect(throws: LogError.self) { try writer.append(sampleRecords(5..<6)) }
        #expect(error?.code == .poisoned)
        #expect(error?.reason.contains("synchronise") == true)
        files.fail(nil)
        #expect(throws: LogError(.poisoned, "")) { try writer.append(sampleRecords(5..<6)) }
        #expect(throws: LogError(.poisoned, "")) { try writer.submit([]) }
        #expect(throws: LogError(.poisoned, "")) { try writer.treeHead() }
        #expect(writer.durableHead == 5)
        #expect(throws: LogError(.poisoned, "")) { try writer.close() }
        #expect(try SimulatedReader(opening: ledgerPath, files: files).head >= 5)
    }

    @Test func `pages that a failed sync calls clean are written again by the next writer`() throws {
        let files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        _ = try writer.append(sampleRecords(0..<5))
        files.fail(SimulatedFailure(at: files.operations + 2, errno: EIO, isPermanent: false))
        #expect(throws: LogError.self) { try writer.append(sampleRecords(5..<6)) }
        try? writer.close()
        // The commit reads well from memory, so the next writer counts it, and must make it durable.
        let next = try SimulatedWriter(opening: ledgerPath, files: files)
        #expect(next.head == 6)
        _ = try next.append(sampleRecords(6..<7))
        let after = files.afterCrash { _ in false }
        let reader = try SimulatedReader(opening: ledgerPath, files: after)
        #expect(try everything(reader) == sampleRecords(0..<7))
    }

    @Test func `a write that a limit cuts short is taken back before the clean close`() throws {
        let files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        _ = try writer.append(sampleRecords(0..<5))
        let size = files.bytes(of: segmentPath)?.count
        // Space is set aside already: the next operation is the write, of several sectors.
        files.fail(SimulatedFailure(at: files.operations + 1, errno: EFBIG, isPermanent: false))
        #expect(throws: LogError(.noSpace, "")) { try writer.append(sampleRecords(5..<90)) }
        #expect(files.bytes(of: segmentPath)?.count == size)
        #expect(throws: LogError(.noSpace, "")) { try writer.close() }
        #expect(try verifyLog(directory: ledgerPath, files: files).damages.isEmpty)
        #expect(try SimulatedWriter(opening: ledgerPath, files: files).recovery.wasClosedCleanly)
    }

    @Test func `a disk that fills up ends with a clean close, and takes records again once there is space`() throws {
        let files = SimulatedFileSystem()
        try SimulatedWriter.create(directory: ledgerPath, files: files, ledgerID: ledgerID)
        let writer = try SimulatedWriter(opening: ledgerPath, files: files)
        _ = try writer.append(sampleRecords(0..<5))
        files.fail(SimulatedFailure(at: files.operations + 1, errno: ENOSPC, isPermanent: true))
        // The space set aside lasts for a while.
        var head: UInt64 = 5
        let error = #expect(throws: LogError.self) {
            while true { head = try writer.append(sampleRecords(head..<head + 100, size: 2_000)).upperBound }
        }
        #expect(error?.code == .noSpace)
        #expect(throws: LogError(.noSpace, "")) { try writer.append([sampleRecord(head)]) }
        #expect(throws: LogError(.noSpace, "")) { try writer.close() }
        let report = try verifyLog(directory: ledgerPath, files: files)
        #expect(report.damages.isEmpty)
        #expect(report.records == head)
        files.fail(nil)
        let next = try SimulatedWriter(opening: ledgerPath, files: files)
        #expect(next.recovery.wasClosedCleanly)
        #expect(try next.append([sampleRecord(head)]) == head..<head + 1)
    }
}
