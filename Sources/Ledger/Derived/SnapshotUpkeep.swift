import EventLog
import Histories
import TrainingEvents

/// Keeps a snapshot near the end of the log, and a few at earlier points.
package struct SnapshotUpkeep {
    /// A snapshot is made when so many events were recorded since the last one, and an eighth of the whole.
    static let leastEvents: UInt64 = 4 * 65_536

    /// Makes a snapshot at the end of the last finished segment, if the last one lies far enough behind it and no other
    /// process is writing; removes older ones that lie close together.
    ///
    /// - Returns: whether one was made.
    /// - Throws: `log`, `record`.
    package static func run(ledger: String, jobs: Int) throws(LedgerError) -> Bool {
        let reader = try LedgerReader(forOwnUse: ledger, keys: nil)
        guard let end = reader.log.segmentStarts.last, isDue(end, FactsSnapshotFile.all(of: reader, before: end)) else {
            return false
        }
        guard let writer = try lock(ledger) else { return false }
        let result: Result<Void, LedgerError>
        do throws(LedgerError) {
            result = .success(try make(at: end, reader, jobs: jobs))
        } catch {
            result = .failure(error)
        }
        try fromLog { () throws(LogError) in try writer.close() }
        try result.get()
        return true
    }

    private static func isDue(_ end: UInt64, _ files: [FactsSnapshotFile]) -> Bool {
        let since = end - (files.first?.position ?? 0)
        return since >= leastEvents && since >= end / 8
    }

    /// The writer's lock; `nil` if another process has it.
    private static func lock(_ ledger: String) throws(LedgerError) -> LogWriter<RealFileSystem>? {
        do throws(LogError) {
            return try LogWriter(opening: ledger, files: RealFileSystem())
        } catch {
            if [.inUse, .readOnly, .notTheWriter].contains(error.code) { return nil }
            throw .log(error)
        }
    }

    private static func make(at end: UInt64, _ reader: LedgerReader, jobs: Int) throws(LedgerError) {
        let histories = try reader.histories(upTo: end, usingSnapshots: true, jobs: jobs)
        let directory = DerivedDirectory(ledger: reader.directory, files: RealFileSystem())
        try fromLog { () throws(LogError) in
            guard let head = try reader.log.treeHead(beforeSegmentAt: end) else { return }
            try FactsSnapshotFile.write(histories, head: head, ledgerID: reader.log.ledgerID, in: directory)
            let ends = try directory.positions(of: FactsSnapshotFile.kind).filter { $0.lowerBound == 0 }
                .map(\.upperBound)
            for end in Self.replaced(ends) { try directory.remove(FactsSnapshotFile.kind, 0..<end) }
        }
    }

    /// Which of the snapshots can go: all but the last and those that are at most half as long as the next kept one.
    static func replaced(_ ends: [UInt64]) -> [UInt64] {
        var replaced: [UInt64] = []
        var next: UInt64?
        for end in ends.sorted().reversed() {
            if let kept = next, end > kept / 2 { replaced.append(end) } else { next = end }
        }
        return replaced
    }
}
