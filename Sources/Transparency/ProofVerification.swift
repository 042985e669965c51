package import EventLog

/// Proofs about trees of RFC 6962, and whether they hold (RFC 9162, sections 2.1.3.2 and 2.1.4.2).
///
/// Stricter than some implementations where they differ: a consistency proof from size 0 is refused, since it would
/// prove nothing; so are hashes too many or too few.
package enum TreeProof {
    /// How many hashes the inclusion proof of leaf `index` takes in a tree of `size` leaves.
    ///
    /// - Precondition: `index < size`.
    package static func inclusionLength(index: UInt64, size: UInt64) -> Int {
        precondition(index < size)
        let inner = bitLength(index ^ (size - 1))
        return inner + (inner < 64 ? (index >> UInt64(inner)).nonzeroBitCount : 0)
    }

    /// Checks that the leaf with this hash stands at `index` of the tree.
    ///
    /// - Throws: `outOfRange` for an index beyond the tree; `wrongLength`; `wrongRoot`.
    package static func verifyInclusion(
        of leaf: TreeHash, at index: UInt64, in head: TreeHead, by proof: [TreeHash]
    ) throws(TransparencyError) {
        guard index < head.size else {
            throw TransparencyError(.outOfRange, "index \(index) lies beyond a tree of \(head.size) leaves")
        }
        let length = inclusionLength(index: index, size: head.size)
        guard proof.count == length else {
            throw TransparencyError(.wrongLength, "the proof has \(proof.count) hashes, not \(length)")
        }
        var walk = Walk(index, head.size - 1)
        var root = leaf
        for sibling in proof {
            root = walk.isRightEdge ? MerkleTree.nodeHash(sibling, root) : MerkleTree.nodeHash(root, sibling)
            walk.ascend()
        }
        guard root == head.root else {
            throw TransparencyError(.wrongRoot, "the hashes lead to another root than the checkpoint's")
        }
    }

    /// Checks that the tree `new` begins with all leaves of the tree `old`.
    ///
    /// - Throws: `outOfRange` for an old size of 0 or beyond the new one; `wrongLength`; `wrongRoot`.
    package static func verifyConsistency(
        from old: TreeHead, to new: TreeHead, by proof: [TreeHash]
    ) throws(TransparencyError) {
        guard old.size > 0 else { throw TransparencyError(.outOfRange, "a tree without leaves proves nothing") }
        guard old.size <= new.size else {
            throw TransparencyError(.outOfRange, "the old tree has \(old.size) leaves, the new one \(new.size)")
        }
        if old.size == new.size {
            guard proof.isEmpty else { throw TransparencyError(.wrongLength, "trees of one size take no hashes") }
            guard old.root == new.root else {
                throw TransparencyError(.wrongRoot, "two trees of one size have different roots")
            }
            return
        }
        var walk = Walk(old.size - 1, new.size - 1)
        while walk.index & 1 == 1 { walk.shift() }
        // A whole subtree is its own beginning: its root is known and not sent.
        let isWhole = old.size.nonzeroBitCount == 1
        var rest = proof[...]
        guard let seed = isWhole ? old.root : rest.popFirst() else {
            throw TransparencyError(.wrongLength, "the proof has no hashes")
        }
        var (oldRoot, newRoot) = (seed, seed)
        for sibling in rest {
            guard walk.last != 0 else { throw TransparencyError(.wrongLength, "the proof has hashes too many") }
            if walk.isRightEdge {
                oldRoot = MerkleTree.nodeHash(sibling, oldRoot)
                newRoot = MerkleTree.nodeHash(sibling, newRoot)
            } else {
                newRoot = MerkleTree.nodeHash(newRoot, sibling)
            }
            walk.ascend()
        }
        guard walk.last == 0 else { throw TransparencyError(.wrongLength, "the proof has hashes too few") }
        guard oldRoot == old.root else {
            throw TransparencyError(.wrongRoot, "the hashes lead to another root than the old checkpoint's")
        }
        guard newRoot == new.root else {
            throw TransparencyError(.wrongRoot, "the hashes lead to another root than the new checkpoint's")
        }
    }

    private static func bitLength(_ value: UInt64) -> Int { 64 - value.leadingZeroBitCount }

    /// The way from a leaf up, with the way of the tree's last leaf beside it (`fn` and `sn` in RFC 9162).
    private struct Walk {
        var index: UInt64
        var last: UInt64

        init(_ index: UInt64, _ last: UInt64) {
            self.index = index
            self.last = last
        }

        /// Whether the sibling stands to the left.
        var isRightEdge: Bool { index & 1 == 1 || index == last }

        mutating func shift() {
            index >>= 1
            last >>= 1
        }

        /// Goes up, at the right edge over all levels that have no sibling.
        mutating func ascend() {
            if isRightEdge { while index & 1 == 0, index != 0 { shift() } }
            shift()
        }
    }
}
