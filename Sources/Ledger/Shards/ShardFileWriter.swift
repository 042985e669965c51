import EventLog
import Glibc
import Histories

/// Writes a plan or a partial result under a name of its own, and gives it its name when it is whole: whoever is ended in
/// between, or runs beside another that does the same, leaves nothing that could be taken for a result.
///
/// Only its owner may read the file. Not for use by several threads.
final class ShardFileWriter {
    private let path: String
    private let temporary: String
    private let descriptor: Int32
    private let magic: [UInt8]
    private var entries: [UInt8] = []
    private var count: UInt64 = 0
    private var tree = CompactRange()
    private var isFinished = false

    /// - Throws: `notCreated` for a place within a ledger or one that cannot be written.
    init(_ kind: ShardFileKind, to path: String) throws(LedgerError) {
        guard !FilePath.isInLedger(path) else {
            throw .notCreated("\(path): what is made of a ledger must not lie within its directory")
        }
        self.path = path
        temporary = "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
        magic = kind.magic
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .notCreated("\(path): \(String(cString: strerror(errno)))") }
        tree.append(MerkleTree.leafHash(magic))
        try write(magic)
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(temporary) }
    }

    /// Adds a block of at most 64 MiB.
    ///
    /// - Throws: `output`.
    func append(_ block: [UInt8]) throws(LedgerError) {
        precondition(block.count <= ShardFileKind.maximumBlockLength && count < ShardFileKind.maximumBlockCount)
        let hash = MerkleTree.leafHash(block)
        withUnsafeBytes(of: UInt32(block.count).littleEndian) { entries += $0 }
        entries += hash.bytes
        tree.append(hash)
        count += 1
        try write(block)
    }

    /// Adds a block that `work` writes.
    func append(_ work: (inout SnapshotWriter) throws(SnapshotFault) -> Void) throws(LedgerError) {
        var writer = SnapshotWriter()
        do throws(SnapshotFault) { try work(&writer) } catch {
            preconditionFailure("what was made here can be written: \(error.reason)")
        }
        try append(writer.bytes)
    }

    /// Writes what follows the blocks, makes the file durable, and puts it in its place.
    ///
    /// - Returns: the digest.
    /// - Throws: `output`.
    func finish() throws(LedgerError) -> TreeHash {
        var end = entries
        withUnsafeBytes(of: count.littleEndian) { end += $0 }
        try write(end + tree.root.bytes)
        guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw .output(path: path) }
        isFinished = true
        try fromLog { () throws(LogError) in
            try RealFileSystem().synchroniseDirectory(FilePath.parent(of: path))
        }
        return tree.root
    }

    private func write(_ bytes: [UInt8]) throws(LedgerError) {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .output(path: path) }
            done += count
        }
    }
}
