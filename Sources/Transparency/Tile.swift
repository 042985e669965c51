/// A tile of a log: up to 256 hashes of one height (C2SP tlog-tiles).
///
/// Hash `i` of tile (L, N) is the root over leaves (N·256+i)·256^L up to (N·256+i+1)·256^L.
package struct Tile: Hashable, Sendable {
    /// Hashes in a full tile, and entries in a full bundle.
    package static let width = 256
    /// How many levels of the tree one level of tiles takes.
    package static let height = 8
    /// The highest level that a tree of 2^63 leaves has tiles on.
    package static let highestLevel = 7

    /// L: 0 holds leaf hashes.
    package var level: Int
    /// N: the place among the tiles of the level.
    package var index: UInt64
    /// W: how many hashes there are, 1 to 256.
    package var width: Int

    /// A tile from its parts.
    package init(level: Int, index: UInt64, width: Int = Tile.width) {
        self.level = level
        self.index = index
        self.width = width
    }

    /// Where the tile stands: `tile/1/x001/234.p/5`.
    package var path: String { "tile/\(level)/\(Self.path(index, width))" }

    /// Where the entries stand whose hashes a tile of level 0 holds: `tile/entries/x001/234.p/5`.
    package var entriesPath: String { "tile/entries/\(Self.path(index, width))" }

    private static func path(_ index: UInt64, _ width: Int) -> String {
        var rest = index
        var groups: [String] = []
        repeat {
            let digits = String(rest % 1_000)
            let padded = String(repeating: "0", count: 3 - digits.utf8.count) + digits
            groups.append(groups.isEmpty ? padded : "x" + padded)
            rest /= 1_000
        } while rest > 0
        let path = groups.reversed().joined(separator: "/")
        return width == Tile.width ? path : "\(path).p/\(width)"
    }

    /// The subtrees whose roots are the tile's hashes.
    package var subtrees: [Subtree] {
        (0..<UInt64(width)).map { Subtree(level: level * Self.height, index: index * UInt64(Self.width) + $0) }
    }

    /// How many tiles, the last perhaps partial, a level has in a tree of `size` leaves.
    package static func count(level: Int, size: UInt64) -> UInt64 {
        let hashes = size >> UInt64(level * height)
        return (hashes + UInt64(width) - 1) / UInt64(width)
    }

    /// The tile with this place in a tree of `size` leaves; nil if it has no hash yet.
    package static func of(level: Int, index: UInt64, size: UInt64) -> Tile? {
        guard (0...highestLevel).contains(level) else { return nil }
        let hashes = size >> UInt64(level * height)
        let (start, overflow) = index.multipliedReportingOverflow(by: UInt64(width))
        guard !overflow, start < hashes else { return nil }
        return Tile(level: level, index: index, width: Int(min(hashes - start, UInt64(width))))
    }
}

/// A file of entries: each after its length in two bytes, big-endian.
package enum EntryBundle {
    /// Adds an entry of at most 65,535 bytes to a bundle.
    package static func append(_ entry: some Collection<UInt8>, to bundle: inout [UInt8]) {
        precondition(entry.count <= 65_535)
        bundle.append(UInt8(entry.count >> 8))
        bundle.append(UInt8(entry.count & 255))
        bundle.append(contentsOf: entry)
    }

    /// The entries of a bundle.
    ///
    /// - Throws: `malformed` if the lengths do not add up, or there are more than 256.
    package static func entries(of bundle: [UInt8]) throws(TransparencyError) -> [ArraySlice<UInt8>] {
        var entries: [ArraySlice<UInt8>] = []
        var place = 0
        while place < bundle.count {
            guard entries.count < Tile.width, bundle.count - place >= 2 else {
                throw TransparencyError(.malformed, "the bundle has more than 256 entries or a cut length")
            }
            let length = Int(bundle[place]) << 8 | Int(bundle[place + 1])
            guard bundle.count - place - 2 >= length else {
                throw TransparencyError(.malformed, "an entry of the bundle is cut")
            }
            entries.append(bundle[place + 2..<place + 2 + length])
            place += 2 + length
        }
        return entries
    }
}
