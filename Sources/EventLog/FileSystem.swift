/// The few file operations that the log is built on, so that the tests can run it on a simulated disk.
///
/// Everything the log promises rests on this contract and on nothing else. Paths are absolute or relative to
/// the working directory, separated by `/`. Every operation throws `LogError` made by `LogError.system`; a
/// thrown error means that the operation may have taken place in part.
package protocol FileSystem: Sendable {
    /// An open file; usable from any thread.
    associatedtype File: Sendable

    /// Opens the file at `path`. `create` makes an empty one and fails with EEXIST if the name is taken; the
    /// new name is durable only after `synchroniseDirectory`. A file opened to `read` cannot be written.
    func open(_ path: String, _ access: FileAccess) throws(LogError) -> File

    /// Closes the file and gives up its lock. Says nothing about durability. Never fails: what mattered was
    /// synchronised before.
    func close(_ file: File)

    /// Bytes in the file.
    func size(_ file: File) throws(LogError) -> UInt64

    /// Fills `memory` from byte `offset` on; returns fewer bytes only where the file ends.
    func read(_ file: File, into memory: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(LogError) -> Int

    /// Writes all of `bytes` at `offset`, growing the file if need be. Later reads see them at once, a crash
    /// may keep any subset of their sectors until `synchroniseData` has returned.
    func write(_ file: File, _ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(LogError)

    /// Cuts or extends (with zeros) the file to `size` bytes; durable after `synchroniseAll`.
    func truncate(_ file: File, to size: UInt64) throws(LogError)

    /// Sets disk space aside up to byte `end` without changing the file's size or content. Returns without
    /// effect where the file system cannot do it; throws `noSpace` if there is none.
    func reserve(_ file: File, upTo end: UInt64) throws(LogError)

    /// Makes the file's content and size durable (fdatasync). After an error nothing is known of what was
    /// written since the last success, and a second call may falsely succeed.
    func synchroniseData(_ file: File) throws(LogError)

    /// Makes the file's content and all its metadata durable (fsync).
    func synchroniseAll(_ file: File) throws(LogError)

    /// Takes the exclusive lock on the file, held until it is closed or the process ends; false if another
    /// open file, of this process or another, has it. Never waits.
    func lock(_ file: File) throws(LogError) -> Bool

    /// Whether another open file holds the lock; takes none itself, so it never disturbs a writer.
    func isLocked(_ file: File) throws(LogError) -> Bool

    /// Gives the file another name, replacing what had it, atomically; durable after `synchroniseDirectory`.
    func rename(_ path: String, to newPath: String) throws(LogError)

    /// Removes the file's name; durable after `synchroniseDirectory`.
    func remove(_ path: String) throws(LogError)

    /// Makes a directory; fails with EEXIST if the name is taken. Durable after the parent's
    /// `synchroniseDirectory`.
    func makeDirectory(_ path: String) throws(LogError)

    /// The names in a directory, without `.` and `..`, in ascending byte order.
    func list(_ path: String) throws(LogError) -> [String]

    /// Makes the names in a directory durable.
    func synchroniseDirectory(_ path: String) throws(LogError)

    /// Fills `memory` with bytes that nobody can guess.
    func random(into memory: UnsafeMutableRawBufferPointer) throws(LogError)
}

/// What a file is opened for.
package enum FileAccess: Sendable {
    /// Reading only.
    case read
    /// Reading and writing a file that is there.
    case readWrite
    /// Reading and writing a new file.
    case create
}

extension FileSystem {
    /// Whether a file or directory of that name is there.
    package func exists(_ path: String) throws(LogError) -> Bool {
        do {
            close(try open(path, .read))
            return true
        } catch {
            if error.isNotFound { return false }
            throw error
        }
    }

    /// The whole content of a small file; throws `damaged` if it has more than `limit` bytes.
    package func content(_ path: String, limit: Int) throws(LogError) -> [UInt8] {
        let file = try open(path, .read)
        defer { close(file) }
        guard try size(file) <= limit else { throw LogError(.damaged, "\(path) is longer than \(limit) bytes") }
        var failure: LogError?
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { memory, count in
            do throws(LogError) {
                count = try read(file, into: UnsafeMutableRawBufferPointer(memory), at: 0)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Writes `bytes` to a new file, synchronised, then puts it in the place of `path` and makes that durable.
    package func replace(_ path: String, in directory: String, with bytes: [UInt8]) throws(LogError) {
        let temporary = path + Format.temporarySuffix
        if try exists(temporary) { try remove(temporary) }
        let file = try open(temporary, .create)
        do throws(LogError) {
            try write(file, bytes)
            try synchroniseAll(file)
        } catch {
            close(file)
            throw error
        }
        close(file)
        try rename(temporary, to: path)
        try synchroniseDirectory(directory)
    }

    /// Writes an array of bytes at `offset`.
    func write(_ file: File, _ bytes: [UInt8], at offset: UInt64 = 0) throws(LogError) {
        var failure: LogError?
        bytes.withUnsafeBytes { memory in
            do throws(LogError) {
                try write(file, memory, at: offset)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }
}
