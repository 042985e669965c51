package import Ledger

import EventLog
import Glibc

/// Where an export is going to stand: it is written beside it under another name, and gets its own when it is complete.
///
/// Only its owner may read it: it tells of everyone.
package struct ExportPlace: Sendable {
    package let path: String
    /// The name until it is complete.
    let temporary: String
    private let isReplacing: Bool

    /// - Parameter isReplacing: whether a file that stands there may go; a directory never goes.
    /// - Throws: `notCreated` if something stands there, or it is within a ledger.
    package init(_ path: String, replacing isReplacing: Bool = false) throws(LedgerError) {
        self.path = FilePath.withoutSlash(path)
        self.isReplacing = isReplacing
        guard !FilePath.isInLedger(self.path) else {
            throw .notCreated("\(path): an export must not lie within a ledger's directory")
        }
        if !isReplacing, access(self.path, F_OK) == 0, !Self.isEmptyDirectory(self.path) {
            throw .notCreated("\(path): something stands there already; name another place, or give --replace")
        }
        let name = self.path.split(separator: "/").last.map(String.init) ?? ""
        temporary = "\(FilePath.parent(of: self.path))/.\(name).partial-\(getpid())"
    }

    /// Makes the empty file, mode 0600.
    func makeFile() throws(LedgerError) {
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failed() }
        close(descriptor)
    }

    /// Makes the directory, mode 0700.
    func makeDirectory() throws(LedgerError) {
        guard mkdir(temporary, 0o700) == 0 else { throw failed() }
    }

    /// Makes durable what was written, and gives it its name.
    ///
    /// - Throws: `notCreated` with the reason; what stood there still does.
    func publish() throws(LedgerError) {
        try synchronise(temporary)
        guard isNamed() else { throw failed() }
        try synchronise(FilePath.parent(of: path))
    }

    /// A new file gets its name by a link, which never takes the place of another; a directory takes that of an empty
    /// one only. Where the file system has no links, it is renamed.
    private func isNamed() -> Bool {
        if isReplacing || Self.isDirectory(temporary) { return rename(temporary, path) == 0 }
        if link(temporary, path) == 0 { return unlink(temporary) == 0 }
        return errno == EPERM && access(path, F_OK) != 0 && rename(temporary, path) == 0
    }

    /// Removes what was written so far.
    func discard() {
        for name in Self.names(in: temporary) { unlink("\(temporary)/\(name)") }
        unlink(temporary)
        rmdir(temporary)
    }

    private func synchronise(_ path: String) throws(LedgerError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failed() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failed() }
    }

    private func failed() -> LedgerError { .notCreated("\(path): \(String(cString: strerror(errno)))") }

    private static func isEmptyDirectory(_ path: String) -> Bool { isDirectory(path) && names(in: path).isEmpty }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func names(in directory: String) -> [String] {
        (try? RealFileSystem().list(directory)) ?? []
    }
}
