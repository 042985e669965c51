package import EventLog

/// A tree whose perfect subtrees can be asked for.
package protocol SubtreeSource {
    /// What asking may fail with.
    associatedtype Failure: Error

    /// The root of the perfect subtree over leaves `index`·2^`level` up to (`index`+1)·2^`level`, all of which the tree
    /// has.
    mutating func subtreeRoot(level: Int, index: UInt64) throws(Failure) -> TreeHash
}

extension SubtreeSource {
    /// The root over the first `size` leaves. O(log size) subtrees.
    package mutating func root(size: UInt64) throws(Failure) -> TreeHash { try root(of: 0..<size) }

    /// PATH(index, D[size]) of RFC 6962, section 2.1.1: the leaf's sibling first, the root's child last.
    ///
    /// - Precondition: `index < size`.
    package mutating func inclusionProof(index: UInt64, size: UInt64) throws(Failure) -> [TreeHash] {
        precondition(index < size)
        var hashes: [TreeHash] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = Self.split(range)
            if index < middle {
                hashes.append(try root(of: middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                hashes.append(try root(of: range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        return hashes.reversed()
    }

    /// PROOF(old, D[size]) of RFC 6962, section 2.1.2; empty where the sizes are equal.
    ///
    /// - Precondition: `0 < old <= size`.
    package mutating func consistencyProof(old: UInt64, size: UInt64) throws(Failure) -> [TreeHash] {
        precondition(old > 0 && old <= size)
        var hashes: [TreeHash] = []
        var range = 0..<size
        while old < range.upperBound {
            let middle = Self.split(range)
            if old <= middle {
                hashes.append(try root(of: middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                hashes.append(try root(of: range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        // The old tree itself needs no hash; a subtree at its right end does.
        if range.lowerBound > 0 { hashes.append(try root(of: range)) }
        return hashes.reversed()
    }

    /// MTH over leaves of a range that arose from splitting.
    private mutating func root(of range: Range<UInt64>) throws(Failure) -> TreeHash {
        guard !range.isEmpty else { return MerkleTree.emptyRoot }
        var parts: [TreeHash] = []
        for subtree in Subtree.covering(range) {
            parts.append(try subtreeRoot(level: subtree.level, index: subtree.index))
        }
        let last = parts.removeLast()
        return parts.reversed().reduce(last) { MerkleTree.nodeHash($1, $0) }
    }

    /// Where a range of two leaves or more is split: behind the largest power of two that is less than its length.
    private static func split(_ range: Range<UInt64>) -> UInt64 {
        let length = range.upperBound - range.lowerBound
        return range.lowerBound + 1 << UInt64(63 - (length - 1).leadingZeroBitCount)
    }
}

/// A perfect subtree of a log: leaves `index`·2^`level` up to (`index`+1)·2^`level`.
package struct Subtree: Hashable, Sendable {
    /// Its height: 0 is a leaf.
    package var level: Int
    /// Its place among the subtrees of its height.
    package var index: UInt64

    /// A subtree from its parts.
    package init(level: Int, index: UInt64) {
        self.level = level
        self.index = index
    }

    /// The leaves in it.
    package var leaves: Range<UInt64> { index << UInt64(level)..<(index + 1) << UInt64(level) }

    /// The fewest subtrees of at most a height that cover a range of leaves, from left to right. O(their number).
    package static func covering(_ range: Range<UInt64>, upTo highest: Int = 62) -> [Subtree] {
        var subtrees: [Subtree] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let room = 63 - (range.upperBound - start).leadingZeroBitCount
            let level = min(highest, room, start.trailingZeroBitCount)
            subtrees.append(Subtree(level: level, index: start >> UInt64(level)))
            start += 1 << UInt64(level)
        }
        return subtrees
    }
}

extension CompactRange {
    /// The tree with a perfect subtree behind its last leaf.
    ///
    /// - Precondition: the tree's size is a multiple of the subtree's.
    package func appending(_ root: TreeHash, level: Int) -> CompactRange {
        precondition(size & (1 << UInt64(level) - 1) == 0)
        var hashes = hashes
        var hash = root
        var place = size >> UInt64(level)
        // Each trailing 1 of the size is a finished subtree as large as the one being carried.
        while place & 1 == 1 {
            hash = MerkleTree.nodeHash(hashes.removeLast(), hash)
            place >>= 1
        }
        hashes.append(hash)
        guard let grown = CompactRange(size: size + 1 << UInt64(level), hashes: hashes) else {
            preconditionFailure("carrying keeps one hash for each 1 of the size")
        }
        return grown
    }
}
