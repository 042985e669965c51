import EventLog
import Histories

/// What a file of divided work holds, and the form of it.
///
/// Eight bytes say kind and version, blocks follow, then for each block its length (4 bytes) and leaf hash (32 bytes), then
/// the number of blocks (8 bytes) and the digest (32 bytes), all integers little-endian. The digest is the RFC 6962 root
/// over the eight bytes and the blocks, so that one hash stands for all of it and a block is checked when it is read.
enum ShardFileKind: String {
    case plan = "TLPLAN"
    case partial = "TLPART"

    /// The version of the form and of what is in the blocks.
    static let version = 1

    var magic: [UInt8] { Array((rawValue + (Self.version < 10 ? "0" : "") + String(Self.version)).utf8) }

    /// Bytes of a block's entry behind the blocks.
    static let entryLength = 4 + TreeHash.length
    /// Bytes behind the entries.
    static let trailerLength = 8 + TreeHash.length
    /// The longest block.
    static let maximumBlockLength = 1 << 26
    /// The most blocks.
    static let maximumBlockCount: UInt64 = 1 << 22
}

/// Reads a plan or a partial result, block by block.
///
/// Whatever its bytes are, reading gives what was written or a ``ShardError``. Keeps no file open between two reads: a
/// merge reads thousands of them side by side.
struct ShardFileReader: Sendable {
    let path: String
    /// The root over kind and blocks.
    let digest: TreeHash
    /// Where each block begins, and where the last ends.
    private let offsets: [UInt64]
    private let hashes: [TreeHash]

    /// Opens a file of a kind and checks all but the content of its blocks.
    ///
    /// - Throws: `shard` – `damaged`, `tooNew`; `input` if it cannot be read.
    init(opening path: String, _ kind: ShardFileKind) throws(LedgerError) {
        self.path = path
        let trailer = ShardFileKind.trailerLength
        let magic = kind.magic
        let size = try Self.size(path)
        func damaged(_ reason: String) -> LedgerError { .shard(ShardError(.damaged, reason, file: path)) }
        guard size >= UInt64(magic.count + trailer) else { throw damaged("the file is too short") }
        let start = try Self.bytes(path, at: 0, count: magic.count)
        guard start == magic else {
            guard start.prefix(6).elementsEqual(magic.prefix(6)) else {
                throw damaged("this is no \(kind == .plan ? "plan" : "partial result") of trainledger")
            }
            throw .shard(ShardError(.tooNew, "the file was written by another version of this program", file: path))
        }
        let end = try Self.bytes(path, at: size - UInt64(trailer), count: trailer)
        let count = end.withBytes { $0.integer(at: 0, as: UInt64.self) }
        let room = size - UInt64(magic.count + trailer)
        guard count <= ShardFileKind.maximumBlockCount, count * UInt64(ShardFileKind.entryLength) <= room else {
            throw damaged("the number of its blocks does not fit its size")
        }
        let length = Int(count) * ShardFileKind.entryLength
        let index = try Self.bytes(path, at: size - UInt64(trailer + length), count: length)
        var (offsets, hashes) = ([UInt64(magic.count)], [TreeHash]())
        var tree = CompactRange()
        tree.append(MerkleTree.leafHash(magic))
        for entry in stride(from: 0, to: length, by: ShardFileKind.entryLength) {
            let size = index.withBytes { $0.integer(at: entry, as: UInt32.self) }
            guard size <= ShardFileKind.maximumBlockLength,
                let hash = TreeHash(index[entry + 4..<entry + ShardFileKind.entryLength])
            else { throw damaged("a block is longer than any") }
            offsets.append(offsets[offsets.count - 1] + UInt64(size))
            hashes.append(hash)
            tree.append(hash)
        }
        guard offsets[offsets.count - 1] + UInt64(length + trailer) == size else {
            throw damaged("its blocks do not fit its size")
        }
        guard tree.root.bytes == Array(end[8...]) else { throw damaged("its digest is not that of its content") }
        (self.offsets, self.hashes, digest) = (offsets, hashes, tree.root)
    }

    var blockCount: Int { hashes.count }

    /// The content of a block below ``blockCount``.
    ///
    /// - Throws: `shard` – `damaged`; `input`.
    func block(_ number: Int) throws(LedgerError) -> [UInt8] {
        let bytes = try Self.bytes(
            path, at: offsets[number], count: Int(offsets[number + 1] - offsets[number]))
        guard MerkleTree.leafHash(bytes) == hashes[number] else {
            throw damaged("block \(number) is not as it was written")
        }
        return bytes
    }

    /// What `work` reads from a block, which has to be all of it.
    ///
    /// - Throws: `shard` – `damaged`; `input`.
    func read<Value>(
        _ number: Int, _ work: (inout SnapshotReader) throws(SnapshotFault) -> Value
    ) throws(LedgerError) -> Value {
        guard number >= 0, number < blockCount else { throw damaged("it has no block \(number)") }
        let bytes = try block(number)
        do throws(SnapshotFault) {
            return try bytes.withBytes { memory throws(SnapshotFault) in
                var reader = SnapshotReader(memory)
                let value = try work(&reader)
                guard reader.isAtEnd else { throw SnapshotFault(reason: "bytes after the last field") }
                return value
            }
        } catch {
            throw damaged("block \(number): \(error.reason)")
        }
    }

    func damaged(_ reason: String) -> LedgerError { .shard(ShardError(.damaged, reason, file: path)) }

    private static func size(_ path: String) throws(LedgerError) -> UInt64 {
        try withFile(path) { files, file throws(LogError) in try files.size(file) }
    }

    private static func bytes(_ path: String, at offset: UInt64, count: Int) throws(LedgerError) -> [UInt8] {
        let found = try withFile(path) { files, file throws(LogError) in try files.bytes(file, at: offset, count: count)
        }
        guard found.count == count else { throw .shard(ShardError(.damaged, "the file ends too early", file: path)) }
        return found
    }

    private static func withFile<Value>(
        _ path: String, _ work: (RealFileSystem, RealFileSystem.File) throws(LogError) -> Value
    ) throws(LedgerError) -> Value {
        let files = RealFileSystem()
        do throws(LogError) {
            let file = try files.open(path, .read)
            defer { files.close(file) }
            return try work(files, file)
        } catch {
            throw .input(path: path, reason: error.isNotFound ? "there is no such file" : error.reason)
        }
    }
}
