internal import CLibCrypto

/// Hashes the nodes of a tree, many in one call.
enum NodeHashing {
    /// Writes the hashes of `count` nodes to `target`, whose children stand from `source` on, which is `target`
    /// or one hash before it.
    static func hash(
        nodes count: Int, in memory: UnsafeMutableRawBufferPointer, from source: Int, to target: Int
    ) {
        guard count > 0, let base = memory.baseAddress else { return }
        trainledger_node_hashes(base + source, count, base + target)
    }
}

/// Makes leaf hashes of one segment's records, in memory that it uses again for each.
///
/// leaf = SHA-256(0x00 ‖ salt ‖ record), where salt is the first 16 bytes of SHA-256(secret ‖ position as 8
/// bytes, big-endian). The salt keeps a published leaf from confirming a guess at its record, and goes with
/// the secret when a segment is destroyed.
package final class LeafHasher {
    private let memory: UnsafeMutableRawBufferPointer
    private let hashes = Scratch()
    // memory: secret 16, position 8 | 0x00, salt 16, record
    private static let leafStart = 24
    private static let recordStart = leafStart + 17

    /// A hasher for the segment with this secret of 16 bytes.
    package init(secret: SegmentSecret) {
        memory = .allocate(byteCount: Self.recordStart + Format.maximumRecordLength, alignment: 64)
        secret.withUnsafeBytes { memory.copy($0, at: 0) }
        memory[Self.leafStart] = 0
    }

    deinit { memory.deallocate() }

    /// Adds the leaves of `count` records, each after its length in two bytes, at positions from `first` on.
    ///
    /// - Precondition: `records` are as many.
    func append(
        _ records: UnsafeRawBufferPointer, count: Int, from first: UInt64, to tree: inout CompactRange
    ) {
        let room = hashes.memory((count + 1) * TreeHash.length)
        let target = UnsafeMutableRawBufferPointer(rebasing: room[TreeHash.length...])
        let areAll = trainledger_leaf_hashes(
            memory.baseAddress, first, records.baseAddress, records.count, count, target.baseAddress)
        precondition(areAll)
        tree.append(count, hashesIn: room)
    }

    /// The leaf hash of `record`, of at most 65,535 bytes, at `position`.
    package func leaf(_ record: UnsafeRawBufferPointer, at position: UInt64) -> TreeHash {
        memory.storeBytes(of: position.bigEndian, toByteOffset: SegmentSecret.length, as: UInt64.self)
        let salt = TreeHash(hashing: UnsafeRawBufferPointer(memory).part(0..<Self.leafStart))
        salt.withUnsafeBytes { memory.copy($0.part(0..<16), at: Self.leafStart + 1) }
        memory.copy(record, at: Self.recordStart)
        return TreeHash(
            hashing: UnsafeRawBufferPointer(memory).part(Self.leafStart..<Self.recordStart + record.count))
    }
}
