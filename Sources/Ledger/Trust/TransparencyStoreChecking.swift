package import EventLog
import Transparency

/// Something in `checkpoints/` that is not as it was written, or not what the ledger holds.
package struct CheckpointFault: Hashable, Sendable {
    /// The file, relative to the ledger's directory.
    package let file: String
    /// What is wrong with it.
    package let reason: String
}

// What is kept is checked as a whole: every signature by the keys kept beside it, every root against the records.
extension CheckpointStore {
    /// What is wrong with the checkpoints that are kept, in the order of their names; nothing if all is well.
    ///
    /// Hashes at most 65,536 records for each segment without a file of subtree roots, once.
    ///
    /// - Throws: `log` if the files cannot be read at all.
    package func faults(in log: LogReader<Files>) throws(LedgerError) -> [CheckpointFault] {
        var faults: [CheckpointFault] = []
        var tree = LogTree(log, in: DerivedDirectory(ledger: ledger, files: files))
        let sizes = try sizes()
        let keys = try found(Self.keysFile, &faults) { () throws(LedgerError) in try self.keys() } ?? []
        if keys.isEmpty, !sizes.isEmpty, faults.isEmpty {
            faults.append(.init(file: shown(Self.keysFile), reason: "it is missing, or holds no key"))
        }
        var newest: Checkpoint?
        for size in sizes {
            let name = Self.fileName(size)
            newest = try found(name, &faults) { () throws(LedgerError) in
                let checkpoint = try checked(size, by: keys)
                try check(checkpoint, log, &tree)
                return checkpoint
            }
        }
        let last = try found(Self.lastSignedFile, &faults) { () throws(LedgerError) in try lastSigned() } ?? nil
        if let last {
            _ = try found(Self.lastSignedFile, &faults) { () throws(LedgerError) in
                guard last != newest else { return }
                if let newest, newest.head.size == last.head.size || newest.origin != last.origin {
                    throw .contradiction("it is not what \(shown(Self.fileName(newest.head.size))) says")
                }
                try check(last, log, &tree)
            }
        }
        return faults.sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
    }

    /// The checkpoint of a size, if all its signatures are by keys that are kept and fit.
    ///
    /// - Throws: `proof`; `contradiction` if it is of another size than its name, or not spelt as it was.
    func checked(_ size: UInt64, by keys: [VerifierKey]) throws(LedgerError) -> Checkpoint {
        let file = shown(Self.fileName(size))
        guard let note = try note(size: size) else { throw .noCheckpoint }
        let checkpoint = try fromProof(file) { () throws(TransparencyError) in
            let signers = try note.verify(by: keys)
            guard signers.count == note.signatures.count else {
                throw TransparencyError(.badSignature, "a signature is by none of the keys that have signed here")
            }
            return try Checkpoint(parsing: note.text)
        }
        guard checkpoint.head.size == size else { throw .contradiction("it is of \(checkpoint.head.size) events") }
        return checkpoint
    }

    private func check(
        _ checkpoint: Checkpoint, _ log: LogReader<Files>, _ tree: inout LogTree<Files>
    ) throws(LedgerError) {
        let head = checkpoint.head
        guard head.size <= log.head else {
            throw .contradiction("\(head.size) events were signed, and the ledger has \(log.head)")
        }
        let root: TreeHash
        do throws(LogError) { root = try tree.root(size: head.size) } catch { throw .log(error) }
        guard root == head.root else {
            throw .contradiction("the first \(head.size) events of the ledger are not those that were signed")
        }
    }

    /// Does a piece of checking; what it finds wrong becomes a fault of the file.
    private func found<Value>(
        _ name: String, _ faults: inout [CheckpointFault], _ work: () throws(LedgerError) -> Value
    ) throws(LedgerError) -> Value? {
        do throws(LedgerError) {
            return try work()
        } catch {
            switch error {
            case .contradiction(let reason): faults.append(.init(file: shown(name), reason: reason))
            case .proof(let failure, _): faults.append(.init(file: shown(name), reason: failure.description))
            case .log(let failure) where failure.code == .damaged:
                faults.append(.init(file: shown(name), reason: failure.description))
            default: throw error
            }
            return nil
        }
    }
}
