package import EventLog
internal import Glibc
internal import Synchronization

/// Files in memory that behave as the contract of `FileSystem` allows at its worst.
///
/// Written sectors are durable only after a sync, names only after the sync of their directory; a crash keeps
/// any subset of what was not. After a failed sync, what it should have written reads well and is never made
/// durable by a later sync. Operations can be counted, made to fail, and cut off by a crash.
package final class SimulatedFileSystem: FileSystem {
    /// An open file.
    package struct File: Sendable {
        let handle: Int
        let inode: Int
        let path: String
        let isWritable: Bool
    }

    /// The disk, for one operation at a time.
    let state: Mutex<SimulatedDisk>

    /// An empty disk with the directory `/`.
    package convenience init() { self.init(SimulatedDisk()) }

    /// A file system on this disk.
    init(_ disk: SimulatedDisk) { state = Mutex(disk) }

    /// Another file system with the same content, durable and not, and no open file.
    package func copy() -> SimulatedFileSystem {
        SimulatedFileSystem(state.withLock { disk in disk.reopened() })
    }

    /// The number of operations so far: all that may fail, reading included.
    package var operations: Int { state.withLock { $0.operations } }

    /// Whether the crash that was planned has happened.
    package var hasCrashed: Bool { state.withLock { $0.hasCrashed } }

    /// The power goes during operation `number` (counted from 1): it takes effect but is not durable, it and all
    /// later ones throw.
    package func crash(at number: Int) { state.withLock { $0.crashAt = number } }

    /// Makes operations fail.
    package func fail(_ failure: SimulatedFailure?) { state.withLock { $0.failure = failure } }

    package func open(_ path: String, _ access: FileAccess) throws(LogError) -> File {
        try perform("open", path, access == .create ? .allocating : .reading) { disk throws(LogError) in
            try disk.open(path, access)
        }
    }

    package func close(_ file: File) {
        state.withLock { $0.close(file) }
    }

    package func size(_ file: File) throws(LogError) -> UInt64 {
        try perform("examine", file.path, .reading) { disk throws(LogError) in
            UInt64(disk.inodes[file.inode].content.count)
        }
    }

    package func read(
        _ file: File, into memory: UnsafeMutableRawBufferPointer, at offset: UInt64
    ) throws(LogError) -> Int {
        try perform("read", file.path, .reading) { disk throws(LogError) in
            let content = disk.inodes[file.inode].content
            guard offset < content.count else { return 0 }
            let part = content[Int(offset)..<min(content.count, Int(offset) + memory.count)]
            memory.copyBytes(from: part)
            return part.count
        }
    }

    package func write(_ file: File, _ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(LogError) {
        precondition(file.isWritable, "\(file.path) was opened for reading")
        // What a failing write leaves behind: half of it. Within the file that is whole sectors, at its end it
        // may stop anywhere.
        let isInside = state.withLock { Int(offset) + bytes.count <= $0.inodes[file.inode].content.count }
        let length = isInside ? bytes.count / 1_024 * 512 : bytes.count / 2
        let half = UnsafeRawBufferPointer(rebasing: bytes[..<length])
        let end = Int(offset) + bytes.count
        let hasSpace = state.withLock {
            end <= max($0.inodes[file.inode].reserved, $0.inodes[file.inode].content.count)
        }
        try perform("write", file.path, hasSpace ? .changing : .allocating) { disk throws(LogError) in
            disk.inodes[file.inode].write([UInt8](bytes), at: Int(offset))
        } shortened: { disk in
            disk.inodes[file.inode].write([UInt8](half), at: Int(offset))
        }
    }

    package func truncate(_ file: File, to size: UInt64) throws(LogError) {
        precondition(file.isWritable, "\(file.path) was opened for reading")
        try perform("truncate", file.path, .changing) { disk throws(LogError) in
            disk.inodes[file.inode].truncate(to: Int(size))
        }
    }

    package func reserve(_ file: File, upTo end: UInt64) throws(LogError) {
        try perform("reserve space for", file.path, .allocating) { disk throws(LogError) in
            disk.inodes[file.inode].reserved = Int(end)
        }
    }

    package func synchroniseData(_ file: File) throws(LogError) { try synchroniseAll(file) }

    package func synchroniseAll(_ file: File) throws(LogError) {
        try perform("synchronise", file.path, .synchronising) { disk throws(LogError) in
            disk.inodes[file.inode].synchronise()
        } shortened: { disk in
            disk.inodes[file.inode].loseUnsynced()
        }
    }

    package func lock(_ file: File) throws(LogError) -> Bool {
        try perform("lock", file.path, .reading) { disk throws(LogError) in disk.lock(file) }
    }

    package func isLocked(_ file: File) throws(LogError) -> Bool {
        try perform("look at the lock of", file.path, .reading) { disk throws(LogError) in
            disk.locks[file.inode].map { $0 != file.handle } ?? false
        }
    }

    package func rename(_ path: String, to newPath: String) throws(LogError) {
        try perform("rename", path, .changing) { disk throws(LogError) in try disk.rename(path, to: newPath) }
    }

    package func remove(_ path: String) throws(LogError) {
        try perform("remove", path, .changing) { disk throws(LogError) in try disk.remove(path) }
    }

    package func makeDirectory(_ path: String) throws(LogError) {
        try perform("make directory", path, .allocating) { disk throws(LogError) in try disk.makeDirectory(path) }
    }

    package func list(_ path: String) throws(LogError) -> [String] {
        try perform("list", path, .reading) { disk throws(LogError) in try disk.list(path) }
    }

    package func synchroniseDirectory(_ path: String) throws(LogError) {
        try perform("synchronise", path, .synchronising) { disk throws(LogError) in
            disk.synchroniseDirectory(path)
        }
    }

    package func random(into memory: UnsafeMutableRawBufferPointer) throws(LogError) {
        // Drawn from a counter: runs repeat exactly.
        state.withLock { disk in
            for index in memory.indices { memory[index] = disk.nextRandomByte() }
        }
    }

    /// Counts the operation and lets it happen, fail or crash. `shortened` is what a failing one leaves behind.
    private func perform<Answer: Sendable>(
        _ operation: String, _ path: String, _ kind: SimulatedFailure.Kind,
        _ body: (inout SimulatedDisk) throws(LogError) -> Answer,
        shortened: (inout SimulatedDisk) -> Void = { _ in }
    ) throws(LogError) -> Answer {
        let answer: Result<Answer, LogError> = state.withLock { disk in
            let crash = LogError(.inputOutput(ESHUTDOWN), "the power is off: \(operation) \(path)")
            if disk.hasCrashed { return .failure(crash) }
            disk.operations += 1
            if disk.crashAt == disk.operations {
                disk.hasCrashed = true
                if kind != .synchronising { _ = try? body(&disk) }
                return .failure(crash)
            }
            if let errno = disk.errno(kind) {
                shortened(&disk)
                return .failure(LogError.system(errno, operation, path))
            }
            do throws(LogError) {
                return .success(try body(&disk))
            } catch {
                return .failure(error)
            }
        }
        return try answer.get()
    }
}
