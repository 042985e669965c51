package import EventLog

/// A file that shows, without the log, that an entry stands in it (C2SP tlog-proof, version 1).
package struct InclusionFile: Hashable, Sendable {
    /// Free bytes; ours are the entry itself, salt and record. Nothing vouches for them but the hash they give.
    package var extra: [UInt8]?
    /// The entry's place in the log, from 0.
    package var index: UInt64
    /// The inclusion proof, the leaf's sibling first.
    package var proof: [TreeHash]
    /// The signed checkpoint, byte for byte.
    package var checkpoint: [UInt8]

    /// The first line.
    package static let header = "c2sp.org/tlog-proof@v1"
    /// Bytes of the longest file that is read.
    package static let limit = 2 << 20

    /// A file from its parts.
    package init(extra: [UInt8]?, index: UInt64, proof: [TreeHash], checkpoint: [UInt8]) {
        self.extra = extra
        self.index = index
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// The file's bytes.
    package var bytes: [UInt8] {
        var text = Self.header + "\n"
        if let extra { text += "extra \(Base64.encode(extra))\n" }
        text += "index \(index)\n"
        for hash in proof { text += Base64.encode(hash.bytes) + "\n" }
        return Array(text.utf8) + [0x0A] + checkpoint
    }

    /// Reads a file. The checkpoint in it is not looked at.
    ///
    /// - Throws: `malformed` with the line, `tooLong`.
    package init(parsing bytes: [UInt8]) throws(TransparencyError) {
        var lines = try LineReader(bytes, limit: Self.limit)
        guard try lines.next() == Self.header else {
            throw TransparencyError(.malformed, "the file does not begin with \(Self.header)", line: 1)
        }
        var line = try lines.next()
        if line.hasPrefix("extra ") {
            guard let found = Base64.decode(line.dropFirst(6)) else {
                throw lines.malformed("what follows extra is no base64")
            }
            extra = found
            line = try lines.next()
        }
        guard line.hasPrefix("index "), let index = Decimal.parse(line.dropFirst(6)) else {
            throw lines.malformed("a line with the index is wanted, in decimal without leading zeros")
        }
        self.index = index
        proof = try lines.hashes()
        checkpoint = lines.rest
    }

    /// Checks the file: the checkpoint is signed, and the entry stands in it.
    ///
    /// - Parameter entry: the entry, where the file does not bring it as `extra`.
    /// - Returns: the checkpoint and the entry.
    /// - Throws: as ``SignedCheckpoint`` and ``TreeProof``; `malformed` if there is no entry to check.
    package func verify(
        log: VerifierKey, witnesses: [VerifierKey] = [], entry: [UInt8]? = nil
    ) throws(TransparencyError) -> (checkpoint: SignedCheckpoint, entry: [UInt8]) {
        let signed = try SignedCheckpoint(parsing: checkpoint, log: log, witnesses: witnesses)
        guard let content = entry ?? extra else {
            throw TransparencyError(.malformed, "the file does not hold the entry; it must be given beside it")
        }
        let leaf = MerkleTree.leafHash(content)
        try TreeProof.verifyInclusion(of: leaf, at: index, in: signed.checkpoint.head, by: proof)
        return (signed, content)
    }
}

/// The lines of a small text, one after the other.
package struct LineReader {
    private let bytes: [UInt8]
    private var place = 0
    /// The number of the line that was read last, from 1.
    package private(set) var line = 0

    /// - Throws: `tooLong`.
    package init(_ bytes: [UInt8], limit: Int) throws(TransparencyError) {
        guard bytes.count <= limit else { throw TransparencyError(.tooLong, "the file has more than \(limit) bytes") }
        self.bytes = bytes
    }

    /// The next line without its newline.
    ///
    /// - Throws: `malformed` at the end, or where a line is not UTF-8.
    package mutating func next() throws(TransparencyError) -> String {
        line += 1
        guard let end = bytes[place...].firstIndex(of: 0x0A) else { throw malformed("the file ends too early") }
        defer { place = end + 1 }
        guard let text = String(validating: bytes[place..<end], as: UTF8.self) else {
            throw malformed("this is no UTF-8")
        }
        return text
    }

    /// Hashes, one a line, and the empty line behind them.
    ///
    /// - Throws: `malformed` for anything else, or more of them than the highest tree has levels.
    package mutating func hashes() throws(TransparencyError) -> [TreeHash] {
        var hashes: [TreeHash] = []
        while true {
            let line = try next()
            if line.isEmpty { return hashes }
            guard hashes.count < 63 else { throw malformed("there are more than 63 hashes") }
            guard let hash = Base64.decode(line).flatMap({ TreeHash($0) }) else {
                throw malformed("this is no hash: 32 bytes in base64")
            }
            hashes.append(hash)
        }
    }

    /// What has not been read.
    package var rest: [UInt8] { Array(bytes[place...]) }

    /// An error at the line that was read last.
    package func malformed(_ reason: String) -> TransparencyError { TransparencyError(.malformed, reason, line: line) }
}
