import EventLog
package import Transparency

/// A witness's memory of one log: the checkpoint that it cosigned last, as a file.
///
/// What is accepted is written down before it is cosigned, so that no crash makes a witness sign two histories.
package struct WitnessState {
    private let path: String
    private let files = RealFileSystem()

    /// - Parameter path: the file; it is made with the first checkpoint.
    package init(path: String) { self.path = path }

    /// What became of a request.
    package enum Answer: Sendable {
        /// The checkpoint with the witness's cosignature.
        case cosigned(SignedNote)
        /// The request begins at another size than the witness has cosigned last.
        case conflict(lastSize: UInt64)
    }

    /// The checkpoint cosigned last; nil if there is none.
    ///
    /// - Throws: `proof` if the file holds none that the log has signed.
    package func last(of log: VerifierKey) throws(LedgerError) -> Checkpoint? {
        let bytes: [UInt8]
        do throws(LogError) { bytes = try files.content(path, limit: SignedNote.limit) } catch {
            if error.isNotFound { return nil }
            throw .log(error)
        }
        return try fromProof(path) { () throws(TransparencyError) in
            try SignedCheckpoint(parsing: bytes, log: log).checkpoint
        }
    }

    /// Checks a request, remembers its checkpoint and cosigns it.
    ///
    /// - Parameter seconds: the time, in seconds since 1970.
    /// - Throws: `proof` if it is not signed by the log or does not go on from the last; `log` with `inUse` while
    ///   another process answers for the same file.
    package func answer(
        _ request: WitnessRequest, of log: VerifierKey, with key: SigningKey, at seconds: UInt64
    ) throws(LedgerError) -> Answer {
        let lockPath = path + ".lock"
        let lock = try fromLog { () throws(LogError) in
            try files.open(lockPath, try files.exists(lockPath) ? .readWrite : .create)
        }
        defer { files.close(lock) }
        guard try fromLog({ () throws(LogError) in try files.lock(lock) }) else {
            throw .log(LogError(.inUse, "another process is cosigning for this log"))
        }
        let last = try last(of: log)
        let answer = try fromProof { () throws(TransparencyError) in
            try Witness.check(request, after: last, log: log)
        }
        switch answer {
        case .conflict(let lastSize): return .conflict(lastSize: lastSize)
        case .accepted(let signed):
            try fromLog { () throws(LogError) in
                try files.replace(path, in: FilePath.parent(of: path), with: signed.bytes)
            }
            var note = signed.note
            try fromProof { () throws(TransparencyError) in try note.cosign(with: key, at: seconds) }
            return .cosigned(note)
        }
    }
}
