/// The tree of RFC 6962, section 2.1: what its hashes are made of.
package enum MerkleTree {
    /// The root of the tree without leaves: SHA-256 of nothing.
    package static let emptyRoot = TreeHash(hashing: UnsafeRawBufferPointer(start: nil, count: 0))

    /// SHA-256(0x00 ‖ data).
    package static func leafHash(_ data: [UInt8]) -> TreeHash {
        ([0] + data).withUnsafeBytes { TreeHash(hashing: $0) }
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    package static func nodeHash(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { memory in
            memory[0] = 1
            left.withUnsafeBytes { memory.copy($0, at: 1) }
            right.withUnsafeBytes { memory.copy($0, at: 33) }
            return TreeHash(hashing: UnsafeRawBufferPointer(memory))
        }
    }

    /// The root over leaves whose hashes are given.
    package static func root(of leaves: some Sequence<TreeHash>) -> TreeHash {
        var range = CompactRange()
        for leaf in leaves { range.append(leaf) }
        return range.root
    }
}

/// The size and root of a tree: what a commit records, a checkpoint signs and a reader compares.
package struct TreeHead: Hashable, Sendable, CustomStringConvertible {
    /// The number of leaves.
    package var size: UInt64
    /// The RFC 6962 root over them.
    package var root: TreeHash

    /// A head from its parts.
    package init(size: UInt64, root: TreeHash) {
        self.size = size
        self.root = root
    }

    package var description: String { "\(size) \(root)" }
}

/// A tree that only grows, kept as the roots of its perfect subtrees: at most 64 hashes.
package struct CompactRange: Hashable, Sendable {
    /// The number of leaves.
    package private(set) var size: UInt64

    /// The roots of the perfect subtrees, the largest (leftmost) first: one for each 1 in `size`'s binary form.
    package private(set) var hashes: [TreeHash]

    /// The empty tree.
    package init() {
        size = 0
        hashes = []
    }

    /// A tree of `size` leaves with these subtree roots, or nil if their number does not fit the size.
    package init?(size: UInt64, hashes: [TreeHash]) {
        guard hashes.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.hashes = hashes
    }

    /// Adds a leaf by its hash.
    package mutating func append(_ leaf: TreeHash) {
        var hash = leaf
        // Each trailing 1 of the old size is a finished subtree as large as the one being carried.
        for _ in 0..<(~size).trailingZeroBitCount { hash = MerkleTree.nodeHash(hashes.removeLast(), hash) }
        hashes.append(hash)
        size += 1
    }

    /// Adds `count` leaves whose hashes stand in `memory` behind room for one, 32 bytes each; overwrites them.
    ///
    /// Level by level, so that all nodes of one are hashed in one call.
    mutating func append(
        _ count: Int, hashesIn memory: UnsafeMutableRawBufferPointer
    ) {
        let length = TreeHash.length
        precondition(memory.count >= (count + 1) * length)
        var finished: [TreeHash] = []
        var (level, start, nodes) = (0, length, count)
        while nodes > 0 {
            if size >> UInt64(level) & 1 == 1 {
                // The subtree finished before waits for its right neighbour.
                start -= length
                hashes.removeLast().withUnsafeBytes { memory.copy($0, at: start) }
                nodes += 1
            }
            if nodes % 2 == 1 {
                nodes -= 1
                let last = start + nodes * length
                finished.append(TreeHash(memory: UnsafeRawBufferPointer(memory).part(last..<last + length)))
            }
            NodeHashing.hash(nodes: nodes / 2, in: memory, from: start, to: length)
            (level, start, nodes) = (level + 1, length, nodes / 2)
        }
        hashes += finished.reversed()
        size += UInt64(count)
    }

    /// The root over all leaves.
    package var root: TreeHash {
        guard var root = hashes.last else { return MerkleTree.emptyRoot }
        for hash in hashes.dropLast().reversed() { root = MerkleTree.nodeHash(hash, root) }
        return root
    }

    /// Size and root together.
    package var head: TreeHead { TreeHead(size: size, root: root) }
}
