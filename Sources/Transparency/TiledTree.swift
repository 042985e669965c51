package import EventLog

/// A tree whose hashes stand in tiles: somebody's copy of a log without its entries.
package struct TiledTree<Failure: Error>: SubtreeSource {
    /// The number of leaves.
    package let size: UInt64
    private let read: (Tile) throws(Failure) -> [TreeHash]?
    private let absent: (Tile) -> Failure
    /// The tiles that were read last, by level.
    private var kept: [Int: (tile: Tile, hashes: [TreeHash])] = [:]

    /// - Parameters:
    ///   - size: how many leaves the tiles are for.
    ///   - read: gives a tile's hashes; nil if there is no such file or it has another length.
    ///   - absent: the error for a tile that is not there.
    package init(
        size: UInt64, read: @escaping (Tile) throws(Failure) -> [TreeHash]?, absent: @escaping (Tile) -> Failure
    ) {
        self.size = size
        self.read = read
        self.absent = absent
    }

    package mutating func subtreeRoot(level: Int, index: UInt64) throws(Failure) -> TreeHash {
        let tileLevel = level / Tile.height
        let height = level % Tile.height
        // Of the tile's hashes, those of the leaves of a subtree of this height.
        let first = index << UInt64(height)
        let start = Int(first % UInt64(Tile.width))
        let hashes = try tile(level: tileLevel, index: first / UInt64(Tile.width))
        precondition(start + 1 << height <= hashes.count, "the subtree is part of the tree")
        return MerkleTree.root(of: hashes[start..<start + 1 << height])
    }

    /// The hashes of the tile at this place, as many as a tree of this size has there.
    ///
    /// - Precondition: the tree reaches there.
    package mutating func tile(level: Int, index: UInt64) throws(Failure) -> [TreeHash] {
        guard let tile = Tile.of(level: level, index: index, size: size) else {
            preconditionFailure("the tree has no tile \(level)/\(index)")
        }
        if let known = kept[level], known.tile == tile { return known.hashes }
        // The full tile may have taken the place of the partial one since.
        var found = try read(tile)
        if found == nil, tile.width < Tile.width { found = try read(Tile(level: level, index: index)) }
        guard let hashes = found, hashes.count >= tile.width else { throw absent(tile) }
        let needed = Array(hashes.prefix(tile.width))
        kept[level] = (tile, needed)
        return needed
    }
}

extension TreeHash {
    /// The hashes of a tile's bytes; nil if these are not so many times 32.
    package static func tile(_ bytes: [UInt8], width: Int) -> [TreeHash]? {
        guard bytes.count == width * length else { return nil }
        return (0..<width).compactMap { TreeHash(bytes[$0 * length..<($0 + 1) * length]) }
    }
}
