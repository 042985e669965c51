import EventLog
import Glibc

/// A small file that only its owner may read, and that never lies in a ledger: whoever copies or restores that must not
/// get it along.
enum PrivateFile {
    /// Writes a new file, mode 0600, durably.
    ///
    /// - Parameter what: what it is, in English, for messages.
    /// - Throws: `notCreated` if the name is taken, no file can be made there, or the place is within a ledger.
    static func write(_ bytes: [UInt8], to path: String, _ what: String) throws(LedgerError) {
        guard !FilePath.isInLedger(path) else {
            throw .notCreated("\(path): \(what) must not lie within a ledger's directory")
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw .notCreated("\(path): \(String(cString: strerror(errno)))")
        }
        let isWritten = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) == $0.count }
        let isSafe = isWritten && fsync(descriptor) == 0
        close(descriptor)
        guard isSafe else {
            unlink(path)
            throw .output(path: path)
        }
        let files = RealFileSystem()
        try fromLog { () throws(LogError) in try files.synchroniseDirectory(FilePath.parent(of: path)) }
    }

    /// Reads a file.
    ///
    /// - Throws: `input` if others than the owner may read or write it, or it lies within a ledger.
    static func read(_ path: String, limit: Int, _ what: String) throws(LedgerError) -> [UInt8] {
        guard !FilePath.isInLedger(path) else {
            throw .input(path: path, reason: "\(what) must not lie within a ledger's directory")
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .input(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .input(path: path, reason: "it is no file")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .input(path: path, reason: "others than its owner may open it; make it private (chmod 600)")
        }
        return [UInt8](unsafeUninitializedCapacity: limit) { memory, count in
            count = max(0, Glibc.read(descriptor, memory.baseAddress, limit))
        }
    }
}
