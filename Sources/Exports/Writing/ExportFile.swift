import Ledger

import Glibc

/// A file that is written from its beginning to its end, in large pieces.
final class ExportFile {
    private let path: String
    private let descriptor: Int32
    private var bytes: [UInt8] = []

    /// Makes a new file, mode 0600.
    ///
    /// - Throws: `notCreated` with the reason.
    init(_ path: String) throws(LedgerError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .notCreated("\(path): \(String(cString: strerror(errno)))") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds what a writer appends to a buffer.
    func add(_ append: (inout [UInt8]) -> Void) throws(LedgerError) {
        append(&bytes)
        if bytes.count > 1 << 18 { try flush() }
    }

    /// Writes the rest and makes it durable.
    func finish() throws(LedgerError) {
        try flush()
        guard fsync(descriptor) == 0 else { throw failed() }
    }

    private func flush() throws(LedgerError) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failed() }
            offset += count
        }
        bytes.removeAll(keepingCapacity: true)
    }

    private func failed() -> LedgerError { .notCreated("\(path): \(String(cString: strerror(errno)))") }
}
