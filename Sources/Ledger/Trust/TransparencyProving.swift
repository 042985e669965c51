import Access
package import EventLog
package import Transparency

/// Makes proofs about a ledger's events for people who do not have the ledger.
///
/// Every proof is checked against the checkpoint before it is given out.
package struct LedgerProofs {
    let reader: LedgerReader
    /// The checkpoint that proofs lead to.
    package let checkpoint: Checkpoint
    /// The same with its signatures, byte for byte.
    package let signedCheckpoint: [UInt8]
    fileprivate var tree: LogTree<RealFileSystem>

    /// - Parameter checkpoint: a signed checkpoint of this ledger; nil for the newest that the ledger keeps.
    /// - Throws: `noCheckpoint`; `proof` if the bytes are none; `contradiction` if the ledger is shorter.
    package init(_ reader: LedgerReader, checkpoint: [UInt8]? = nil) throws(LedgerError) {
        try reader.warrant.require(.proveEvents, .auditHashes)
        self.reader = reader
        let note: SignedNote
        if let checkpoint {
            note = try fromProof { () throws(TransparencyError) in try SignedNote(parsing: checkpoint) }
        } else {
            let store = CheckpointStore(ledger: reader.directory, files: RealFileSystem())
            guard let size = try store.sizes().last, let newest = try store.note(size: size) else {
                throw .noCheckpoint
            }
            _ = try store.checked(size, by: try store.keys())
            note = newest
        }
        signedCheckpoint = note.bytes
        self.checkpoint = try fromProof { () throws(TransparencyError) in try Checkpoint(parsing: note.text) }
        guard self.checkpoint.head.size <= reader.head else {
            throw .contradiction(
                "the checkpoint is of \(self.checkpoint.head.size) events, and the ledger has \(reader.head): it was "
                    + "rolled back, or its end is lost")
        }
        tree = LogTree(reader.log, in: DerivedDirectory(ledger: reader.directory, files: RealFileSystem()))
    }

    /// The proof that the event at a position is in the log, with the event itself. Hashes at most 65,536 records, and
    /// 256 where the files of subtree roots reach.
    ///
    /// - Throws: `asOf` for a position behind the checkpoint; `log`; `contradiction` if the ledger is not the one signed.
    package mutating func file(at position: UInt64) throws(LedgerError) -> InclusionFile {
        try reader.warrant.requireEveryone(.proveEvents)
        return try proof(of: position)
    }

    /// As ``file(at:)``, for a record that was granted.
    mutating func proof(of position: UInt64) throws(LedgerError) -> InclusionFile {
        let head = checkpoint.head
        guard position < head.size else {
            throw .asOf(
                "event \(position) is not among the \(head.size) of the checkpoint; sign a new one with trainledger "
                    + "checkpoint")
        }
        let log = reader.log
        var tree = tree
        let (entry, proof) = try fromLog { () throws(LogError) in
            (try log.entry(at: position), try tree.inclusionProof(index: position, size: head.size))
        }
        self.tree = tree
        do throws(TransparencyError) {
            try TreeProof.verifyInclusion(of: MerkleTree.leafHash(entry), at: position, in: head, by: proof)
        } catch {
            throw .contradiction(
                "the ledger is not the one of the checkpoint (\(error)); trainledger audit says more")
        }
        return InclusionFile(extra: entry, index: position, proof: proof, checkpoint: signedCheckpoint)
    }
}

extension LedgerProofs {
    /// The tree over the first `size` events, computed from the records.
    ///
    /// - Throws: `log`.
    package mutating func head(of size: UInt64) throws(LedgerError) -> TreeHead {
        var tree = tree
        let root = try fromLog { () throws(LogError) in try tree.root(size: size) }
        self.tree = tree
        return TreeHead(size: size, root: root)
    }

    /// The hashes that lead from the tree over the first `old` events to that over the first `new`.
    ///
    /// - Throws: `asOf` unless 0 < `old` ≤ `new` ≤ the number of events; `log`.
    package mutating func consistencyProof(old: UInt64, new: UInt64) throws(LedgerError) -> [TreeHash] {
        guard old > 0, old <= new, new <= reader.head else {
            throw .asOf("there is no proof from \(old) to \(new) events")
        }
        var tree = tree
        let proof = try fromLog { () throws(LogError) in try tree.consistencyProof(old: old, size: new) }
        self.tree = tree
        return proof
    }
}
