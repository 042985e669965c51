import Access
import EventLog

/// The grants of logs that this process folded last. A change of a log's files, by whoever, is seen at the next request.
enum GrantsMemory {
    private struct Known {
        let log: LedgerID
        let look: FilesLook
        let grants: Grants
    }

    private static let memory = Mutexed<[String: Known]>([:])
    /// Logs that are remembered at most: a process has one ledger open, tests have many.
    private static let limit = 64

    /// The grants of a log, folded anew if its files are not those of the last time.
    static func grants(
        of directory: String, _ log: LedgerID, folding fold: () throws(LedgerError) -> Grants
    ) throws(LedgerError) -> Grants {
        // Looked at before it is read: what is appended meanwhile is then seen the next time.
        let look = Self.look(at: directory)
        if let look, let known = memory.value[directory], known.log == log, known.look == look { return known.grants }
        let grants = try fold()
        memory.update { memory in
            if memory.count >= limit { memory.removeAll() }
            memory[directory] = look.flatMap { $0.isSettled ? Known(log: log, look: $0, grants: grants) : nil }
        }
        return grants
    }

    /// At all segments: what is granted is never taken from a file that somebody changed.
    private static func look(at directory: String) -> FilesLook? {
        guard let names = try? RealFileSystem().list("\(directory)/segments") else { return nil }
        return FilesLook(at: ["ledger.json", "durable"] + names.map { "segments/\($0)" }, in: directory)
    }
}
