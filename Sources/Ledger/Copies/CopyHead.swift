package import EventLog
package import Transparency

/// What a leader tells those who follow its log: how far it is durable, under which root, and as which writer; signed with
/// a key that is for nothing else (C2SP tlog-checkpoint, with further lines).
package struct CopyHead: Hashable, Sendable {
    package let ledgerID: LedgerID
    package let formatVersion: UInt16
    /// The epoch of the leader's writer: who leads later has a higher one.
    package let epoch: UInt32
    package let head: TreeHead

    private static let names = ["ledger", "format", "epoch"]

    package init(ledgerID: LedgerID, formatVersion: UInt16, epoch: UInt32, head: TreeHead) {
        self.ledgerID = ledgerID
        self.formatVersion = formatVersion
        self.epoch = epoch
        self.head = head
    }

    /// The signed note.
    package func signed(with key: SigningKey) throws(LedgerError) -> [UInt8] {
        let values = ["\(ledgerID)", "\(formatVersion)", "\(epoch)"]
        let lines = zip(Self.names, values).map { "\($0) \($1)" }
        guard let checkpoint = Checkpoint(origin: key.name, head: head, extensions: lines) else {
            preconditionFailure("the name of a key is an origin, and a log ends before 2^48")
        }
        return try fromProof { () throws(TransparencyError) in
            try SignedCheckpoint(checkpoint, signedWith: key).bytes
        }
    }

    /// Reads a note that one of the keys has signed.
    ///
    /// - Throws: `proof` if none has, or the note is another one.
    package init(parsing bytes: [UInt8], signedByOneOf keys: [VerifierKey]) throws(LedgerError) {
        let checkpoint = try fromProof { () throws(TransparencyError) in
            let note = try SignedNote(parsing: bytes)
            guard let key = try note.verify(by: keys).first else {
                throw TransparencyError(.notSigned, "none of the leaders' keys has signed the head")
            }
            return try SignedCheckpoint(parsing: bytes, log: key).checkpoint
        }
        let values = zip(Self.names, checkpoint.extensions).compactMap { name, line in
            line.hasPrefix("\(name) ") ? line.dropFirst(name.utf8.count + 1) : nil
        }
        guard checkpoint.extensions.count == Self.names.count, values.count == Self.names.count,
            let ledgerID = LedgerID(hexadecimal: Array(values[0].utf8)[...]), let formatVersion = UInt16(values[1]),
            let epoch = UInt32(values[2])
        else { throw .proof(TransparencyError(.malformed, "this is no head for those who follow", line: 4), file: nil) }
        self.init(ledgerID: ledgerID, formatVersion: formatVersion, epoch: epoch, head: checkpoint.head)
    }
}
