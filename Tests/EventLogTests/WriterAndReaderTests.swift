import EventLog
import Glibc
import Testing

/// The log on the real file system, when nothing goes wrong.
struct WriterAndReaderTests {
    let directory: TemporaryDirectory
    let files = RealFileSystem()
    var path: String { directory.path + "/ledger" }

    init() throws { directory = try TemporaryDirectory() }

    private func writer() throws -> LogWriter<RealFileSystem> { try LogWriter(opening: path, files: files) }
    private func reader() throws -> LogReader<RealFileSystem> { try LogReader(opening: path, files: files) }

    private func create() throws {
        try LogWriter.create(directory: path, files: files, ledgerID: ledgerID)
    }

    @Test func `what is appended is read back, in order and by position`() throws {
        try create()
        let writer = try writer()
        #expect(try writer.append(sampleRecords(0..<3)) == 0..<3)
        #expect(try writer.append(sampleRecords(3..<1_000)) == 3..<1_000)
        #expect(writer.head == 1_000)
        #expect(writer.durableHead == 1_000)
        let reader = try reader()
        #expect(reader.head == 1_000)
        #expect(try everything(reader) == sampleRecords(0..<1_000))
        for position: UInt64 in [0, 2, 3, 500, 999, 1] {
            #expect(try reader.record(at: position) == sampleRecord(position))
        }
        #expect(throws: LogError(.outOfRange, "")) { try reader.record(at: 1_000) }
        try writer.close()
    }

    @Test func `a log goes on after it was closed`() throws {
        try create()
        for round: UInt64 in 0..<4 {
            let writer = try writer()
            #expect(writer.head == round * 10)
            #expect(writer.recovery.wasClosedCleanly == (round > 0))
            #expect(writer.recovery.cuts.isEmpty)
            _ = try writer.append(sampleRecords(round * 10..<round * 10 + 10))
            try writer.close()
        }
        #expect(try everything(try reader()) == sampleRecords(0..<40))
    }

    @Test func `a batch that crosses into the next segment is read as one`() throws {
        try create()
        let writer = try writer()
        _ = try writer.append(sampleRecords(0..<65_000, size: 8))
        #expect(try writer.append(sampleRecords(65_000..<66_000, size: 8)) == 65_000..<66_000)
        try writer.close()
        let reader = try reader()
        #expect(try everything(reader, from: 64_990) == sampleRecords(64_990..<66_000, size: 8))
        #expect(try reader.record(at: 65_535) == sampleRecord(65_535, size: 8))
        #expect(try reader.record(at: 65_536) == sampleRecord(65_536, size: 8))
        #expect(try files.list(path + "/segments").count == 2)
        let again = try self.writer()
        #expect(again.head == 66_000)
        #expect(try again.treeHead() == reader.treeHead(at: 66_000))
    }

    @Test func `a batch larger than a commit is taken whole`() throws {
        try create()
        let records = sampleRecords(0..<200, size: 120_000)
        let writer = try writer()
        #expect(try writer.append(records) == 0..<200)
        try writer.close()
        #expect(try everything(try reader()) == records)
    }

    @Test func `a second writer is refused, with exit status 75`() throws {
        try create()
        let first = try writer()
        let error = #expect(throws: LogError.self) { try writer() }
        #expect(error?.code == .inUse)
        #expect(error?.exitStatus == 75)
        try first.close()
        try writer().close()
    }

    @Test func `a reader follows the living writer and sees nothing that is only submitted`() throws {
        try create()
        let writer = try writer()
        _ = try writer.append(sampleRecords(0..<10))
        let reader = try reader()
        let range = try writer.submit(sampleRecords(10..<20))
        try reader.refresh()
        #expect(reader.head == 10)
        try writer.waitUntilDurable(through: range.upperBound)
        #expect(reader.head == 10)
        try reader.refresh()
        #expect(reader.head == 20)
        #expect(try reader.record(at: 19) == sampleRecord(19))
    }

    @Test func `many threads at once get gapless positions and share commits`() async throws {
        try create()
        let writer = try writer()
        let perThread: UInt64 = 50
        let threads = (0..<8).map { thread in
            Thread {
                for number in 0..<perThread {
                    let record = sampleRecord(UInt64(thread) << 32 | number)
                    guard let range = try? writer.append([record]) else { return }
                    precondition(writer.durableHead >= range.upperBound)
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(writer.durableHead == 8 * perThread)
        let found = try everything(try reader())
        let expected = (0..<8).flatMap { thread in
            (0..<perThread).map { sampleRecord(UInt64(thread) << 32 | $0) }
        }
        #expect(Set(found) == Set(expected))
        #expect(found.count == expected.count)
        for thread in 0..<8 {
            let own = Set((0..<perThread).map { sampleRecord(UInt64(thread) << 32 | $0) })
            #expect(
                found.filter { own.contains($0) } == (0..<perThread).map { sampleRecord(UInt64(thread) << 32 | $0) })
        }
    }

    @Test func `records that are not canonical are refused and change nothing`() throws {
        try create()
        let writer = try writer()
        #expect(throws: LogError(.malformedRecord, "")) { try writer.append([sampleRecord(0), [1, 2, 3]]) }
        #expect(throws: LogError(.recordTooLarge, "")) {
            try writer.append([[UInt8](repeating: 0, count: 65_536)])
        }
        #expect(writer.head == 0)
        #expect(try writer.append([sampleRecord(0)]) == 0..<1)
    }

    @Test func `create refuses a ledger and a directory of something else`() throws {
        try create()
        #expect(throws: LogError(.alreadyExists, "")) { try create() }
        let other = directory.path + "/other"
        try files.makeDirectory(other)
        files.close(try files.open(other + "/letter.txt", .create))
        #expect(throws: LogError(.notALedger, "")) {
            try LogWriter.create(directory: other, files: files, ledgerID: ledgerID)
        }
        #expect(throws: LogError(.notALedger, "")) { try LogWriter(opening: other, files: files) }
        #expect(throws: LogError(.notALedger, "")) { try LogReader(opening: other, files: files) }
    }

    @Test func `a closed writer takes nothing more`() throws {
        try create()
        let writer = try writer()
        try writer.close()
        #expect(throws: LogError(.closed, "")) { try writer.append([sampleRecord(0)]) }
        try writer.close()
    }
}

/// A thread to join, since blocking calls do not belong on the cooperative pool.
final class Thread: @unchecked Sendable {
    // Sendable: `work` is read once, by the new thread; the handle only by the one that joins.
    private var handle = pthread_t()
    private let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) {
        self.work = work
        let me = Unmanaged.passRetained(self).toOpaque()
        let failure = pthread_create(
            &handle, nil,
            { argument in
                Unmanaged<Thread>.fromOpaque(argument!).takeRetainedValue().work()
                return nil
            }, me)
        precondition(failure == 0)
    }

    func join() { pthread_join(handle, nil) }
}
