package import EventLog

/// What a log signs: its name, its size and its root (C2SP tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
    /// The log's name.
    package let origin: String
    /// The tree.
    package let head: TreeHead
    /// Further lines. A ledger's checkpoints have none, and they mean nothing for its proofs.
    package let extensions: [String]

    /// A checkpoint of a tree; nil if the origin or a further line is empty or breaks the line, or the size is over 2^63.
    package init?(origin: String, head: TreeHead, extensions: [String] = []) {
        let isOneLine = { (text: String) in !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 } }
        guard isOneLine(origin), extensions.allSatisfy(isOneLine), head.size <= Decimal.largest else { return nil }
        self.origin = origin
        self.head = head
        self.extensions = extensions
    }

    /// Reads the text of a note.
    ///
    /// - Throws: `malformed` with the line.
    package init(parsing text: String) throws(TransparencyError) {
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String($0) ?? "" }
        guard lines.count >= 4, lines.last == "" else {
            throw TransparencyError(.malformed, "a checkpoint has three lines: origin, size, root")
        }
        for (number, line) in lines.dropLast().enumerated() where line.isEmpty {
            throw TransparencyError(.malformed, "a line of a checkpoint is empty", line: number + 1)
        }
        guard let size = Decimal.parse(lines[1]) else {
            throw TransparencyError(.malformed, "the size is no decimal number without leading zeros", line: 2)
        }
        guard let root = Base64.decode(lines[2]).flatMap({ TreeHash($0) }) else {
            throw TransparencyError(.malformed, "the root is not 32 bytes in base64", line: 3)
        }
        guard size > 0 || root == MerkleTree.emptyRoot else {
            throw TransparencyError(.malformed, "the root is not that of a tree without leaves", line: 3)
        }
        origin = lines[0]
        head = TreeHead(size: size, root: root)
        extensions = Array(lines[3..<lines.count - 1])
    }

    /// The text that is signed.
    package var text: String {
        ([origin, String(head.size), Base64.encode(head.root.bytes)] + extensions).map { $0 + "\n" }.joined()
    }
}

/// A checkpoint with the signature of its log checked, and of witnesses.
package struct SignedCheckpoint: Hashable, Sendable {
    /// What is signed.
    package let checkpoint: Checkpoint
    /// The note with every signature, also those of keys that are not known.
    package private(set) var note: SignedNote
    /// The keys that have signed, of those that were asked about.
    package let signers: [VerifierKey]

    /// Reads a signed checkpoint and checks it.
    ///
    /// - Parameters:
    ///   - log: the log's key; its name is the origin.
    ///   - witnesses: keys of witnesses; each one's cosignature is required.
    /// - Throws: `malformed`, `tooLong`, `notSigned`, `badSignature`, `otherOrigin`.
    package init(
        parsing bytes: [UInt8], log: VerifierKey, witnesses: [VerifierKey] = []
    ) throws(TransparencyError) {
        let note = try SignedNote(parsing: bytes)
        let signers = try note.verify(by: [log] + witnesses)
        for key in [log] + witnesses where !signers.contains(key) {
            throw TransparencyError(.notSigned, "\(key.name) has not signed the checkpoint")
        }
        let checkpoint = try Checkpoint(parsing: note.text)
        guard checkpoint.origin.utf8.elementsEqual(log.name.utf8) else {
            throw TransparencyError(.otherOrigin, "the checkpoint is of another log than the key", line: 1)
        }
        self.checkpoint = checkpoint
        self.note = note
        self.signers = signers
    }

    /// Signs a checkpoint as its log. The caller has made sure that it contradicts none signed before.
    ///
    /// - Throws: `otherOrigin` if the key has another name than the checkpoint's origin.
    package init(_ checkpoint: Checkpoint, signedWith key: SigningKey) throws(TransparencyError) {
        guard key.name == checkpoint.origin, var note = SignedNote(text: checkpoint.text) else {
            throw TransparencyError(.otherOrigin, "the key has another name than the log")
        }
        try note.sign(with: key)
        self.checkpoint = checkpoint
        self.note = note
        signers = [key.verifier(.note)]
    }

    /// Adds cosignatures that were made elsewhere, each of which must be by one of these keys.
    ///
    /// - Throws: `notSigned` if one is by another key; `badSignature`.
    package mutating func add(
        _ cosignatures: [NoteSignature], by witnesses: [VerifierKey]
    ) throws(TransparencyError) {
        for signature in cosignatures {
            guard let key = witnesses.first(where: { signature.isBy($0) }) else {
                throw TransparencyError(.notSigned, "\(signature.name) is none of the witnesses")
            }
            guard signature.isValid(over: note.text, by: key) else {
                throw TransparencyError(.badSignature, "the cosignature of \(key.name) does not fit the checkpoint")
            }
            try note.add(signature)
        }
    }

    /// The file.
    package var bytes: [UInt8] { note.bytes }
}
