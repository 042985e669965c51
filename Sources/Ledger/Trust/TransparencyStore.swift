package import EventLog
package import Transparency

/// The directory `checkpoints/` of a ledger: what was signed.
///
/// | name | content |
/// | --- | --- |
/// | `last-signed` | the text (three lines) of the checkpoint signed last, written before its signature is given out |
/// | `<20 digits>.checkpoint` | the signed checkpoint of that size, with the cosignatures added since |
/// | `keys` | the public keys of all whose signatures are kept, one a line, so that damage to these is found |
/// | `LOCK` | empty; locked by whoever signs |
package struct CheckpointStore<Files: FileSystem>: Sendable {
    /// The directory's name in the ledger's.
    package static var name: String { "checkpoints" }
    static var lastSignedFile: String { "last-signed" }
    static var keysFile: String { "keys" }
    private static var lockFile: String { "LOCK" }
    private static var suffix: String { ".checkpoint" }
    private static var digits: Int { 20 }

    let ledger: String
    let files: Files

    /// - Parameter ledger: the directory of the ledger.
    package init(ledger: String, files: Files) {
        self.ledger = ledger
        self.files = files
    }

    private var directory: String { "\(ledger)/\(Self.name)" }

    /// The name of a file from the ledger's directory on, for messages.
    func shown(_ name: String) -> String { "\(Self.name)/\(name)" }

    /// Does what only one may do at a time.
    ///
    /// - Throws: `log` with `inUse` while another does it; what the work throws.
    func locked<Value>(_ work: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
        let lock = try fromLog { () throws(LogError) in
            if try !files.exists(directory) {
                try files.makeDirectory(directory)
                try files.synchroniseDirectory(ledger)
            }
            let path = "\(directory)/\(Self.lockFile)"
            return try files.open(path, try files.exists(path) ? .readWrite : .create)
        }
        defer { files.close(lock) }
        let isMine = try fromLog { () throws(LogError) in try files.lock(lock) }
        guard isMine else { throw .log(LogError(.inUse, "another process is signing for this ledger")) }
        return try work()
    }

    /// The checkpoint signed last; nil if none was ever signed.
    ///
    /// - Throws: `contradiction` if the file is damaged or gone: what was signed is not known then.
    package func lastSigned() throws(LedgerError) -> Checkpoint? {
        let newest = try sizes().last
        guard let bytes = try content(Self.lastSignedFile) else {
            guard let newest else { return nil }
            throw .contradiction(
                "\(shown(Self.lastSignedFile)) is missing, though a checkpoint of \(newest) events was signed; put "
                    + "back the first three lines of the last checkpoint that was ever given out")
        }
        let last: Checkpoint
        do throws(TransparencyError) {
            last = try Checkpoint(parsing: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw .contradiction("\(shown(Self.lastSignedFile)) is damaged: \(error)")
        }
        if let newest, newest > last.head.size {
            throw .contradiction(
                "\(shown(Self.lastSignedFile)) is older than the checkpoint of \(newest) events beside it")
        }
        return last
    }

    /// Writes down what is about to be signed; durable when the call returns.
    func willSign(_ checkpoint: Checkpoint) throws(LedgerError) {
        try replace(Self.lastSignedFile, with: Array(checkpoint.text.utf8))
    }

    /// The public keys of all whose signatures are kept; none if nothing was signed.
    ///
    /// - Throws: `proof` if the file is damaged.
    package func keys() throws(LedgerError) -> [VerifierKey] {
        guard let bytes = try content(Self.keysFile) else { return [] }
        return try fromProof(shown(Self.keysFile)) { () throws(TransparencyError) in
            var lines = try LineReader(bytes, limit: SignedNote.limit)
            var keys: [VerifierKey] = []
            while !lines.rest.isEmpty { keys.append(try VerifierKey(lines.next())) }
            return keys
        }
    }

    /// Takes down keys, durable when the call returns, before anything that they have signed is kept.
    func keep(_ keys: [VerifierKey]) throws(LedgerError) {
        let known = try self.keys()
        let new = keys.filter { !known.contains($0) }
        guard !new.isEmpty else { return }
        try replace(Self.keysFile, with: Array((known + new).map { "\($0)\n" }.joined().utf8))
    }

    /// Keeps a signed checkpoint, durable when the call returns; cosignatures of one that is kept already are taken over.
    ///
    /// - Returns: the checkpoint with all its signatures.
    func keep(_ signed: SignedCheckpoint) throws(LedgerError) -> SignedNote {
        var note = signed.note
        if let earlier = try self.note(size: signed.checkpoint.head.size), earlier.text == note.text {
            try fromProof { () throws(TransparencyError) in
                for signature in earlier.signatures where !note.signatures.contains(signature) {
                    try note.add(signature)
                }
            }
        }
        try replace(note, size: signed.checkpoint.head.size)
        return note
    }

    /// Keeps a note in the place of the one of its size.
    func replace(_ note: SignedNote, size: UInt64) throws(LedgerError) {
        try replace(Self.fileName(size), with: note.bytes)
    }

    /// The sizes of the checkpoints that are kept, ascending.
    package func sizes() throws(LedgerError) -> [UInt64] {
        do throws(LogError) {
            return try files.list(directory).compactMap { name in
                guard name.hasSuffix(Self.suffix), let size = UInt64(name.dropLast(Self.suffix.utf8.count)) else {
                    return nil
                }
                return Self.fileName(size) == name ? size : nil
            }
        } catch {
            if error.isNotFound { return [] }
            throw .log(error)
        }
    }

    /// The checkpoint of a size as it is kept; nil if there is none. Its signatures are not checked.
    ///
    /// - Throws: `proof` if the file is no note.
    package func note(size: UInt64) throws(LedgerError) -> SignedNote? {
        guard let bytes = try content(Self.fileName(size)) else { return nil }
        return try fromProof(shown(Self.fileName(size))) { () throws(TransparencyError) in
            try SignedNote(parsing: bytes)
        }
    }

    static func fileName(_ size: UInt64) -> String {
        let text = String(size)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text + suffix
    }

    private func content(_ name: String) throws(LedgerError) -> [UInt8]? {
        do throws(LogError) {
            return try files.content("\(directory)/\(name)", limit: SignedNote.limit)
        } catch {
            if error.isNotFound { return nil }
            throw .log(error)
        }
    }

    private func replace(_ name: String, with bytes: [UInt8]) throws(LedgerError) {
        try fromLog { () throws(LogError) in
            try files.replace("\(directory)/\(name)", in: directory, with: bytes)
        }
    }
}

/// Runs what throws errors of proofs, and passes them on as errors of the ledger.
package func fromProof<Value>(
    _ file: String? = nil, _ work: () throws(TransparencyError) -> Value
) throws(LedgerError) -> Value {
    do throws(TransparencyError) { return try work() } catch { throw .proof(error, file: file) }
}
