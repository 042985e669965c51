import Access
import EventLog
import Transparency

/// Writes a ledger as a directory that tools for transparency logs read (C2SP tlog-tiles).
package struct TileExport {
    /// How many files were written.
    package private(set) var files = 0
    private let directory: String
    private let disk = RealFileSystem()
    private var made: Set<String> = []
    /// The hashes of each level that are not in a full tile yet, and how many full tiles it has.
    private var levels: [(hashes: [TreeHash], tiles: UInt64)] = []

    /// Writes tiles, entries and, last, the checkpoint.
    ///
    /// - Parameters:
    ///   - directory: is made; if it is there, it must be empty.
    ///   - includesEntries: write the records too, salts before them. Without them it tells nothing but hashes.
    /// - Throws: `notCreated` if something stands there; `contradiction` if the ledger is not the checkpoint's; `log`.
    package init(
        _ proofs: LedgerProofs, to directory: String, includesEntries: Bool,
        progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(LedgerError) {
        if includesEntries { try proofs.reader.warrant.requireEveryone(.proveEvents) }
        self.directory = directory
        try begin()
        let log = proofs.reader.log
        let head = proofs.checkpoint.head
        let width = UInt64(Tile.width)
        // Entries of a segment are read once: a bundle at a time would unpack its block again and again.
        var bundle: [UInt8] = []
        for piece in try fromLog({ () throws(LogError) in try log.segmentPieces(of: 0..<head.size) }) {
            try fromWalk {
                try log.forEachEntry(in: piece) { position, entry in
                    if includesEntries { EntryBundle.append(entry, to: &bundle) }
                    try add(MerkleTree.leafHash(entry), level: 0)
                    guard includesEntries, (position + 1) % width == 0 || position + 1 == head.size else { return }
                    try write(bundle, position / width, head.size)
                    bundle.removeAll(keepingCapacity: true)
                }
            }
            progress(piece.upperBound, head.size)
        }
        for level in levels.indices where !levels[level].hashes.isEmpty { try write(level: level) }
        var tiles = ExportedTiles(directory).tree(size: head.size)
        guard try tiles.root(size: head.size) == head.root else {
            throw .contradiction("the ledger is not the one of the checkpoint; trainledger audit says more")
        }
        try fromLog { () throws(LogError) in
            try disk.replace("\(directory)/checkpoint", in: directory, with: proofs.signedCheckpoint)
        }
        files += 1
    }

    private mutating func begin() throws(LedgerError) {
        do throws(LogError) {
            if try disk.exists(directory) {
                guard try disk.list(directory).isEmpty else { throw LogError(.alreadyExists, "not empty") }
            } else {
                try disk.makeDirectory(directory)
            }
        } catch {
            throw .notCreated("\(directory): tiles are written into a new or an empty directory only")
        }
    }

    private mutating func write(_ bundle: [UInt8], _ index: UInt64, _ size: UInt64) throws(LedgerError) {
        guard let tile = Tile.of(level: 0, index: index, size: size) else { return }
        try write(bundle, at: tile.entriesPath)
    }

    /// Adds a hash to a level, and full tiles' roots to the one above.
    private mutating func add(_ hash: TreeHash, level: Int) throws(LedgerError) {
        if levels.count == level { levels.append(([], 0)) }
        levels[level].hashes.append(hash)
        guard levels[level].hashes.count == Tile.width else { return }
        let root = MerkleTree.root(of: levels[level].hashes)
        try write(level: level)
        levels[level] = ([], levels[level].tiles + 1)
        try add(root, level: level + 1)
    }

    private mutating func write(level: Int) throws(LedgerError) {
        let tile = Tile(level: level, index: levels[level].tiles, width: levels[level].hashes.count)
        try write(levels[level].hashes.flatMap(\.bytes), at: tile.path)
    }

    private mutating func write(_ bytes: [UInt8], at path: String) throws(LedgerError) {
        let whole = "\(directory)/\(path)"
        let names = whole.split(separator: "/", omittingEmptySubsequences: false)
        let depth = path.split(separator: "/").count
        do throws(LogError) {
            for count in names.count - depth + 1..<names.count {
                let parent = names[..<count].joined(separator: "/")
                if made.insert(parent).inserted { try disk.makeDirectory(parent) }
            }
            let file = try disk.open(whole, .create)
            defer { disk.close(file) }
            try bytes.withBytes { memory throws(LogError) in try disk.write(file, memory, at: 0) }
        } catch {
            throw .log(error)
        }
        files += 1
    }
}

/// The hash tiles of a directory that ``TileExport`` or another program wrote.
package struct ExportedTiles: Sendable {
    private let directory: String

    /// - Parameter directory: the directory that holds `tile/`.
    package init(_ directory: String) { self.directory = directory }

    /// The tree of these tiles, for a size.
    func tree(size: UInt64) -> TiledTree<LedgerError> {
        let directory = directory
        return TiledTree(size: size) { tile throws(LedgerError) in
            let disk = RealFileSystem()
            do throws(LogError) {
                let bytes = try disk.content("\(directory)/\(tile.path)", limit: Tile.width * TreeHash.length)
                return TreeHash.tile(bytes, width: tile.width)
            } catch {
                if error.isNotFound || error.code == .damaged { return nil }
                throw .log(error)
            }
        } absent: { tile in
            .input(path: "\(directory)/\(tile.path)", reason: "there is no such tile of \(tile.width) hashes")
        }
    }

    /// The tree of these tiles, if they are those of a head.
    ///
    /// - Throws: `input` for a tile that is not there; `proof` if they lead to another root.
    func tree(of head: TreeHead) throws(LedgerError) -> TiledTree<LedgerError>? {
        var tree = tree(size: head.size)
        guard head.size > 0 else { return nil }
        // From the leaf hashes up: upper tiles say nothing that those do not.
        var grown = CompactRange()
        for index in 0..<Tile.count(level: 0, size: head.size) {
            for leaf in try tree.tile(level: 0, index: index) { grown.append(leaf) }
        }
        guard grown.root == head.root else {
            throw .proof(
                TransparencyError(.wrongRoot, "the tiles are not those of the checkpoint"), file: directory)
        }
        return tree
    }
}
