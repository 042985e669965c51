import Access
package import EventLog
package import Transparency

/// Signs checkpoints of a ledger, and takes in what witnesses say of them.
///
/// A checkpoint is signed only of records that were read back from their files and hashed since the last one, whose
/// root the same records must give once more; then size and root are written down, and only then is it signed.
package struct CheckpointSigning<Files: FileSystem> {
    private let ledger: String
    private let files: Files
    private let log: LogReader<Files>
    private let store: CheckpointStore<Files>
    private let directory: DerivedDirectory<Files>

    /// - Throws: `log`.
    package init(ledger: String, files: Files, for request: AccessRequest? = nil) throws(LedgerError) {
        try AccessGate.pass(request, for: .signCheckpoint, on: ledger)
        self.ledger = ledger
        self.files = files
        log = try fromLog { () throws(LogError) in try LogReader(opening: ledger, files: files) }
        store = CheckpointStore(ledger: ledger, files: files)
        directory = DerivedDirectory(ledger: ledger, files: files)
    }

    /// Signs the head of the log; the same head again gives the same signature.
    ///
    /// - Parameters:
    ///   - key: the log's key; its name is the origin.
    ///   - progress: called now and then with the records hashed and to be hashed.
    /// - Returns: the checkpoint as it is kept, with the cosignatures that it has already.
    /// - Throws: `contradiction` if the log does not go on from what was signed last, or that was of another origin;
    ///   `log` with `damaged`, or with `inUse` while another process signs.
    package func sign(
        with key: SigningKey, progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(LedgerError) -> SignedNote {
        try store.locked { () throws(LedgerError) in
            try settle()
            let last = try store.lastSigned()
            if let last, !last.origin.utf8.elementsEqual(key.name.utf8) {
                throw .contradiction("this ledger has signed as \(last.origin), and the key is of \(key.name)")
            }
            let head = try hashed(from: last?.head, progress)
            guard let checkpoint = Checkpoint(origin: key.name, head: head) else {
                preconditionFailure("the name of a key is an origin, and a log ends before 2^48")
            }
            try store.keep([key.verifier(.note)])
            try store.willSign(checkpoint)
            let signed = try fromProof { () throws(TransparencyError) in
                try SignedCheckpoint(checkpoint, signedWith: key)
            }
            return try store.keep(signed)
        }
    }

    /// Makes sure that all that can be read is durable: what is signed must not be lost afterwards. A writer that is at
    /// work says itself how far it is; without one, opening the log syncs its end once more.
    private func settle() throws(LedgerError) {
        do throws(LogError) {
            try LogWriter(opening: ledger, files: files).close()
        } catch {
            guard error.code == .inUse else { throw .log(error) }
        }
        _ = try fromLog { () throws(LogError) in try log.refresh() }
    }

    /// Reads and hashes what was written since `last`; gives the head that comes of it.
    private func hashed(
        from last: TreeHead?, _ progress: (UInt64, UInt64) -> Void
    ) throws(LedgerError) -> TreeHead {
        let signed = last ?? CompactRange().head
        guard log.head >= signed.size else {
            throw .contradiction(
                "a checkpoint of \(signed.size) events was signed, and the ledger has \(log.head): it was rolled back, "
                    + "or its end is lost")
        }
        // From the beginning of the segment on, so that its header is checked against the signed root.
        let start = log.segmentStarts.last { $0 <= signed.size } ?? 0
        guard var tree = try fromLog({ () throws(LogError) in try log.tree(beforeSegmentAt: start) }) else {
            throw .log(LogError(.damaged, "a segment file is missing", .init(positions: start..<log.head)))
        }
        try check(tree, signed)
        for positions in try fromLog({ () throws(LogError) in try log.segmentPieces(of: start..<log.head) }) {
            let leaves = try fromLog { () throws(LogError) in try log.leaves(of: positions) }
            for leaf in leaves {
                tree.append(leaf)
                if tree.size == signed.size { try check(tree, signed) }
            }
            try finish(positions, leaves, tree)
            progress(tree.size - start, log.head - start)
        }
        return tree.head
    }

    private func check(_ tree: CompactRange, _ signed: TreeHead) throws(LedgerError) {
        guard tree.size != signed.size || tree.root == signed.root else {
            throw .contradiction(
                "the first \(signed.size) events are not those that were signed: the ledger was changed since; "
                    + "trainledger audit says more")
        }
    }

    /// Checks a finished segment's end against the next header, and keeps the roots of its subtrees.
    private func finish(
        _ positions: Range<UInt64>, _ leaves: [TreeHash], _ tree: CompactRange
    ) throws(LedgerError) {
        guard let next = try fromLog({ () throws(LogError) in try log.tree(beforeSegmentAt: positions.upperBound) })
        else { return }
        guard next == tree else {
            throw .log(
                LogError(
                    .damaged, "the records are not those that the next segment goes on from",
                    .init(positions: positions)))
        }
        if SubtreeFile.read(positions, in: directory, log: log) == nil { keep(leaves, positions.lowerBound, tree) }
    }

    /// Keeps the roots of a segment's subtrees. Nothing depends on it, so a failure is passed over.
    private func keep(_ leaves: [TreeHash], _ first: UInt64, _ tree: CompactRange) {
        try? SubtreeFile.write(leaves, from: first, tree: tree, ledgerID: log.ledgerID, in: directory)
    }

    /// Makes the files of subtree roots that are lacking or damaged: O(1) for each segment that has a good one.
    ///
    /// - Throws: `log` with `damaged`, or with `inUse` while another process signs.
    package func completeSubtrees(progress: (UInt64, UInt64) -> Void = { _, _ in }) throws(LedgerError) {
        try store.locked { () throws(LedgerError) in
            let starts = log.segmentStarts
            for (first, end) in zip(starts, starts.dropFirst()) {
                if SubtreeFile.read(first..<end, in: directory, log: log) != nil { continue }
                let leaves = try fromLog { () throws(LogError) in try log.leaves(of: first..<end) }
                guard var tree = try fromLog({ () throws(LogError) in try log.tree(beforeSegmentAt: first) }) else {
                    continue
                }
                for leaf in leaves { tree.append(leaf) }
                try finish(first..<end, leaves, tree)
                progress(end, log.head)
            }
        }
    }

    // MARK: Witnesses

    /// What a witness is sent that has cosigned this many events last: the checkpoint signed last, and the proof that it
    /// goes on from there.
    ///
    /// - Parameter oldSize: 0 for a witness that has cosigned nothing.
    /// - Throws: `noCheckpoint`; `asOf` for a size beyond the checkpoint's; `contradiction`.
    package func request(from oldSize: UInt64) throws(LedgerError) -> WitnessRequest {
        let (note, checkpoint) = try latest()
        guard oldSize <= checkpoint.head.size else {
            throw .asOf("the checkpoint is of \(checkpoint.head.size) events; \(oldSize) is beyond it")
        }
        var tree = LogTree(log, in: directory)
        var proof: [TreeHash] = []
        if oldSize > 0 {
            proof = try fromLog { () throws(LogError) in
                try tree.consistencyProof(old: oldSize, size: checkpoint.head.size)
            }
            let old = try fromLog { () throws(LogError) in
                TreeHead(size: oldSize, root: try tree.root(size: oldSize))
            }
            // What this log cannot prove of itself, it does not send.
            do throws(TransparencyError) {
                try TreeProof.verifyConsistency(from: old, to: checkpoint.head, by: proof)
            } catch { throw .contradiction("the ledger contradicts its own checkpoint: \(error)") }
        }
        return WitnessRequest(oldSize: oldSize, proof: proof, checkpoint: note.bytes)
    }

    /// Adds cosignatures to a checkpoint that is kept.
    ///
    /// - Parameter bytes: a checkpoint with the cosignatures, or signature lines alone: then of the one signed last.
    /// - Throws: `proof` if none is by one of the witnesses, or one of theirs does not fit; `contradiction` for a
    ///   checkpoint that this ledger has not signed.
    package func add(_ bytes: [UInt8], by witnesses: [VerifierKey]) throws(LedgerError) -> SignedNote {
        try store.locked { () throws(LedgerError) in
            var brought = bytes
            if bytes.starts(with: Array("\u{2014} ".utf8)) {
                brought = Array((try latest().note.text + "\n").utf8) + bytes
            }
            let (text, found, signers, size) = try fromProof { () throws(TransparencyError) in
                let brought = try SignedNote(parsing: brought)
                let signers = try brought.verify(by: witnesses)
                let found = brought.signatures.filter { signature in signers.contains { signature.isBy($0) } }
                return (brought.text, found, signers, try Checkpoint(parsing: brought.text).head.size)
            }
            guard var note = try store.note(size: size), note.text.utf8.elementsEqual(text.utf8) else {
                throw .contradiction("this ledger has not signed that checkpoint")
            }
            try fromProof { () throws(TransparencyError) in for signature in found { try note.add(signature) } }
            try store.keep(signers)
            try store.replace(note, size: size)
            return note
        }
    }

    /// The newest checkpoint that is kept, with its signatures.
    ///
    /// - Throws: `noCheckpoint`.
    package func newest() throws(LedgerError) -> SignedNote { try latest().note }

    private func latest() throws(LedgerError) -> (note: SignedNote, checkpoint: Checkpoint) {
        guard let size = try store.sizes().last, let note = try store.note(size: size) else {
            throw .noCheckpoint
        }
        return (note, try store.checked(size, by: try store.keys()))
    }
}
