import EventLog
import Glibc
package import Transparency

/// A file with a private key, in the text form of notes (`PRIVATE+KEY+name+id+seed`), for its owner's eyes only.
///
/// Whoever can read it can sign. It must not lie in a ledger's directory: whoever copies or restores that must not get
/// the key with it.
package enum KeyFile {
    private static let limit = 4_096

    /// Writes a new key's file, mode 0600.
    ///
    /// - Throws: `notCreated` if the name is taken, no file can be made there, or the place is within a ledger.
    package static func write(_ key: SigningKey, to path: String) throws(LedgerError) {
        guard !FilePath.isInLedger(path) else {
            throw .notCreated("\(path): a key must not lie within a ledger's directory")
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw .notCreated("\(path): \(String(cString: strerror(errno)))")
        }
        let bytes = Array((key.text + "\n").utf8)
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

    /// Reads a key.
    ///
    /// - Throws: `input` if others than the owner may read or write the file, or it lies within a ledger; `proof` if it
    ///   holds no key. Nothing of its content is told.
    package static func read(_ path: String) throws(LedgerError) -> SigningKey {
        guard !FilePath.isInLedger(path) else {
            throw .input(path: path, reason: "a key must not lie within a ledger's directory")
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
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { memory, count in
            count = max(0, Glibc.read(descriptor, memory.baseAddress, limit))
        }
        return try fromProof(path) { () throws(TransparencyError) in
            try SigningKey(String(decoding: bytes, as: UTF8.self))
        }
    }
}
