import LedgerTestKit
import EventLog
import Glibc
import Testing

/// The real file system at its limits: killed processes, a full disk, a file-size limit, a read-only mount.
@Suite(.serialized)
struct RealDiskTests {
    private let files = RealFileSystem()

    /// The workload program, built beside the tests.
    private var program: String {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = buffer.withUnsafeMutableBytes { readlink("/proc/self/exe", $0.baseAddress!, $0.count) }
        let tests = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        let here = tests.split(separator: "/").dropLast().joined(separator: "/")
        // swift test may run the bundle through a helper of the toolchain; then the package's own directory helps.
        let package = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let candidates = ["/" + here + "/LogWorkload", package + "/.build/debug/LogWorkload"]
        return candidates.first { access($0, X_OK) == 0 } ?? candidates[0]
    }

    /// Starts a shell command; its process ID.
    private func start(_ command: String) throws -> pid_t {
        var child = pid_t()
        let words = ["/bin/sh", "-c", "exec " + command]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { (word: String) in strdup(word) }
        defer { for argument in arguments { free(argument) } }
        arguments.append(nil)
        let failure = posix_spawn(&child, "/bin/sh", nil, nil, arguments, environ)
        if failure != 0 { throw LogError.system(failure, "start", command) }
        return child
    }

    /// Waits for a process to end; its exit status, or nil if a signal ended it.
    @discardableResult
    private func wait(_ child: pid_t) -> Int32? {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
    }

    private func text(_ path: String) throws -> String {
        let file = try files.open(path, .read)
        defer { files.close(file) }
        var bytes = [UInt8](repeating: 0, count: Int(try files.size(file)))
        let count = try bytes.withUnsafeMutableBytes { try files.read(file, into: $0, at: 0) }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// The record that Tests/LogWorkload hands in.
    private func workloadRecord(writer: UInt64, batch: UInt64, index: UInt64) throws -> [UInt8] {
        let text = "writer \(writer) batch \(batch) record \(index)"
        let filler = [UInt8](repeating: UInt8(truncatingIfNeeded: batch), count: Int((batch * 37 + index * 11) % 200))
        return try RecordParts(facts: Array(text.utf8) + filler, envelope: Array("e\(batch)".utf8)).merged()
    }

    @Test func `whatever was acknowledged before kill -9 is there, whole and unaltered`() throws {
        var generator = SeededGenerator(testSeed())
        let directory = try TemporaryDirectory()
        let path = directory.path + "/ledger"
        let list = directory.path + "/acknowledged"
        try LogWriter.create(directory: path, files: files, ledgerID: ledgerID)
        let rounds = environment("TRAINLEDGER_LONG") == nil ? 12 : 200
        var checked = 0
        var cuts = 0
        for round in 0..<rounds {
            let child = try start("'\(program)' append '\(path)' \(1 + round % 4) >> '\(list)'")
            usleep(UInt32.random(in: 5_000...120_000, using: &generator))
            kill(child, SIGKILL)
            #expect(wait(child) == nil, "the workload ended by itself: \((try? text(list).suffix(200)) ?? "")")
            // The outside list: what the process had been told before it died, this round and all before.
            let reader = try LogReader(opening: path, files: files)
            let lines = try text(list).split(separator: "\n")
            for line in lines.dropFirst(max(0, checked - 200)) {
                let numbers = line.split(separator: " ").compactMap { UInt64($0) }
                try #require(numbers.count == 4, "\(line)")
                for index in 0..<numbers[1] {
                    let expected = try workloadRecord(writer: numbers[2], batch: numbers[3], index: index)
                    #expect(try reader.record(at: numbers[0] + index) == expected, "round \(round): \(line)")
                }
            }
            checked = lines.count
            let writer = try LogWriter(opening: path, files: files)
            cuts += writer.recovery.cuts.count
            #expect(writer.head == reader.head)
            try writer.close()
        }
        let report = try verifyLog(directory: path, files: files)
        #expect(report.damages.isEmpty)
        #expect(checked > 0)
        print("\(rounds) kills, \(checked) acknowledged batches, \(report.records) records, \(cuts) tails cut")
    }

    @Test func `a killed writer's lock is free, a living one's is not`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/ledger"
        try LogWriter.create(directory: path, files: files, ledgerID: ledgerID)
        let list = directory.path + "/acknowledged"
        let child = try start("'\(program)' append '\(path)' 1 > '\(list)'")
        while try !files.list(directory.path).contains("acknowledged") || text(list).isEmpty { usleep(1_000) }
        #expect(throws: LogError(.inUse, "")) { try LogWriter(opening: path, files: files) }
        let second = try start("'\(program)' append '\(path)' 1 > /dev/null")
        #expect(wait(second) == 75)
        let reader = try LogReader(opening: path, files: files)
        let before = reader.head
        // The living writer goes on, however slow the machine is: a minute without a commit is a fault.
        for _ in 0..<60_000 where reader.head == before {
            usleep(1_000)
            try reader.refresh()
        }
        #expect(reader.head > before)
        #expect(try everything(reader).count == Int(reader.head))
        #expect(try verifyLog(directory: path, files: files).damages.isEmpty)
        kill(child, SIGKILL)
        wait(child)
        try LogWriter(opening: path, files: files).close()
    }

    @Test func `a file-size limit stops the writer cleanly`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/ledger"
        try LogWriter.create(directory: path, files: files, ledgerID: ledgerID)
        let output = directory.path + "/output"
        // In blocks of 512 bytes, not at a commit's end.
        let child = try start("sh -c \"ulimit -f 333; '\(program)' fill '\(path)'\" > '\(output)'")
        #expect(wait(child) == 0)
        let words = try text(output).split(separator: " ")
        let durable = try #require(words.first.flatMap { UInt64($0) })
        #expect(words.last?.hasPrefix("noSpace") == true, "\(words)")
        let report = try verifyLog(directory: path, files: files)
        #expect(report.damages.isEmpty, "\(report.damages)")
        #expect(report.records == durable)
        let writer = try LogWriter(opening: path, files: files)
        #expect(writer.head == durable)
        _ = try writer.append([sampleRecord(0)])
        try writer.close()
    }

    /// Mounts a tmpfs of this size; false, with the reason printed, where that is not allowed.
    private func mountTemporary(_ path: String, _ options: String, _ flags: UInt = 0) -> Bool {
        if mount("tmpfs", path, "tmpfs", flags, options) == 0 { return true }
        print("skipped: mounting a tmpfs: \(String(cString: strerror(errno)))")
        return false
    }

    @Test func `a full disk ends with a clean close, and more space with more records`() throws {
        let directory = try TemporaryDirectory()
        guard mountTemporary(directory.path, "size=3m") else { return }
        defer { umount2(directory.path, Int32(MNT_DETACH)) }
        let path = directory.path + "/ledger"
        try LogWriter.create(directory: path, files: files, ledgerID: ledgerID)
        let writer = try LogWriter(opening: path, files: files)
        let error = #expect(throws: LogError.self) {
            while true { _ = try writer.append(sampleRecords(writer.head..<writer.head + 100, size: 400)) }
        }
        #expect(error?.code == .noSpace)
        let durable = writer.durableHead
        #expect(durable > 1_000)
        #expect(throws: LogError(.noSpace, "")) { try writer.close() }
        #expect(try verifyLog(directory: path, files: files).damages.isEmpty)
        #expect(try everything(try LogReader(opening: path, files: files)) == sampleRecords(0..<durable, size: 400))
        try #require(mount("tmpfs", directory.path, "tmpfs", UInt(MS_REMOUNT), "size=8m") == 0)
        let next = try LogWriter(opening: path, files: files)
        #expect(next.recovery.wasClosedCleanly)
        #expect(next.head == durable)
        _ = try next.append(sampleRecords(durable..<durable + 100, size: 400))
        try next.close()
    }

    @Test func `a read-only disk is read and verified, and refuses a writer with the right word`() throws {
        let directory = try TemporaryDirectory()
        guard mountTemporary(directory.path, "size=3m") else { return }
        defer { umount2(directory.path, Int32(MNT_DETACH)) }
        let path = directory.path + "/ledger"
        try LogWriter.create(directory: path, files: files, ledgerID: ledgerID)
        do {
            let writer = try LogWriter(opening: path, files: files)
            _ = try writer.append(sampleRecords(0..<10))
            try writer.close()
        }
        // A child process of another test holds the writer's files for a moment, between fork and exec.
        var isReadOnly = false
        for _ in 0..<3_000 where !isReadOnly {
            isReadOnly = mount("tmpfs", directory.path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), "size=3m") == 0
            if !isReadOnly { usleep(20_000) }
        }
        try #require(isReadOnly)
        #expect(throws: LogError(.readOnly, "")) { try LogWriter(opening: path, files: files) }
        #expect(throws: LogError(.readOnly, "")) {
            try LogWriter.create(directory: directory.path + "/other", files: files, ledgerID: ledgerID)
        }
        #expect(try everything(try LogReader(opening: path, files: files)) == sampleRecords(0..<10))
        #expect(try verifyLog(directory: path, files: files).damages.isEmpty)
    }
}
