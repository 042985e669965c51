import Access
import EventLog
import Glibc

/// The grants of logs that this process folded last. A change of a log's files, by whoever, is seen at the next request:
/// appending makes them longer, and any other writing leaves a later time of change.
enum GrantsMemory {
    /// What the files of a log look like from outside.
    private struct Look: Hashable {
        let log: LedgerID
        let files: [FileLook]
    }

    private struct FileLook: Hashable {
        let name: String
        let device: UInt
        let inode: UInt
        let size: Int
        /// Of the last change of content or attributes, in nanoseconds.
        let changed: Int64
    }

    private static let memory = Mutexed<[String: (look: Look, grants: Grants)]>([:])
    /// Logs that are remembered at most: a process has one ledger open, tests have many.
    private static let limit = 64
    /// Times of change are as coarse as the system's clock: files that changed a moment ago may change once more
    /// without showing it. In nanoseconds.
    private static let moment: Int64 = 200_000_000

    /// The grants of a log, folded anew if its files are not those of the last time.
    static func grants(
        of directory: String, _ log: LedgerID, folding fold: () throws(LedgerError) -> Grants
    ) throws(LedgerError) -> Grants {
        // Looked at before it is read: what is appended meanwhile is then seen the next time.
        let look = Self.look(at: directory, log)
        if let look, let known = memory.value[directory], known.look == look { return known.grants }
        let grants = try fold()
        memory.update { memory in
            if memory.count >= limit { memory.removeAll() }
            memory[directory] = look.flatMap { isSettled($0) ? ($0, grants) : nil }
        }
        return grants
    }

    /// `nil` if there is something that cannot be looked at; reading it then says what.
    private static func look(at directory: String, _ log: LedgerID) -> Look? {
        guard let names = try? RealFileSystem().list(directory + "/segments") else { return nil }
        let paths = ["ledger.json", "durable"] + names.map { "segments/\($0)" }
        var files: [FileLook] = []
        for name in paths {
            var found = stat()
            guard stat(directory + "/" + name, &found) == 0 else { return nil }
            files.append(
                FileLook(
                    name: name, device: found.st_dev, inode: found.st_ino, size: found.st_size,
                    changed: Int64(found.st_ctim.tv_sec) * 1_000_000_000 + Int64(found.st_ctim.tv_nsec)))
        }
        return Look(log: log, files: files)
    }

    private static func isSettled(_ look: Look) -> Bool {
        var now = timespec()
        guard clock_gettime(CLOCK_REALTIME, &now) == 0 else { return false }
        let time = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
        return look.files.allSatisfy { $0.changed < time - moment }
    }
}
