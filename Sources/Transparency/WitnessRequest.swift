package import EventLog

/// What a log sends a witness: the body of `add-checkpoint` (C2SP tlog-witness), here as a file.
package struct WitnessRequest: Hashable, Sendable {
    /// The size that the witness cosigned last; 0 if it has cosigned nothing of this log.
    package var oldSize: UInt64
    /// The consistency proof from there; empty for 0 and for equal sizes.
    package var proof: [TreeHash]
    /// The signed checkpoint, byte for byte.
    package var checkpoint: [UInt8]

    /// Bytes of the longest request that is read.
    package static let limit = SignedNote.limit + (1 << 16)

    /// A request from its parts.
    package init(oldSize: UInt64, proof: [TreeHash], checkpoint: [UInt8]) {
        self.oldSize = oldSize
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// The body.
    package var bytes: [UInt8] {
        let lines = ["old \(oldSize)"] + proof.map { Base64.encode($0.bytes) }
        return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint
    }

    /// Reads a body. The checkpoint in it is not looked at.
    ///
    /// - Throws: `malformed` with the line, `tooLong`.
    package init(parsing bytes: [UInt8]) throws(TransparencyError) {
        var lines = try LineReader(bytes, limit: Self.limit)
        let first = try lines.next()
        guard first.hasPrefix("old "), let size = Decimal.parse(first.dropFirst(4)) else {
            throw lines.malformed("the request does not begin with old and a size")
        }
        oldSize = size
        proof = try lines.hashes()
        checkpoint = lines.rest
    }
}

/// What a witness does with a request. Whoever calls keeps what comes out before the cosignature is handed on.
package enum Witness {
    /// What became of a request.
    package enum Answer: Hashable, Sendable {
        /// The checkpoint goes on from the last one. It is what must be kept now, and may then be cosigned.
        case accepted(SignedCheckpoint)
        /// The witness has cosigned another size than the request begins with (status 409 of the protocol).
        case conflict(lastSize: UInt64)
    }

    /// Checks a request against what the witness cosigned last.
    ///
    /// - Parameters:
    ///   - last: the last checkpoint that it cosigned of this log; nil if none.
    ///   - log: the log's key.
    /// - Throws: `malformed`, `tooLong`; `notSigned`, `badSignature`, `otherOrigin` for the new checkpoint; `outOfRange`,
    ///   `wrongLength`, `wrongRoot` if it does not go on from the last.
    package static func check(
        _ request: WitnessRequest, after last: Checkpoint?, log: VerifierKey
    ) throws(TransparencyError) -> Answer {
        let signed = try SignedCheckpoint(parsing: request.checkpoint, log: log)
        let new = signed.checkpoint.head
        guard request.oldSize <= new.size else {
            throw TransparencyError(.outOfRange, "the old size \(request.oldSize) lies beyond the new one, \(new.size)")
        }
        if let last, last.origin != log.name {
            throw TransparencyError(.otherOrigin, "the last checkpoint that was cosigned is of another log")
        }
        let lastSize = last?.head.size ?? 0
        guard request.oldSize == lastSize else { return .conflict(lastSize: lastSize) }
        if let old = last?.head, old.size > 0 {
            try TreeProof.verifyConsistency(from: old, to: new, by: request.proof)
        } else if !request.proof.isEmpty {
            throw TransparencyError(.wrongLength, "from a tree without leaves there is nothing to prove")
        }
        return .accepted(signed)
    }
}
