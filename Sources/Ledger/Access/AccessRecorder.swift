import Access
import CivilTime
import Dispatch

/// Writes to the log of reads for many callers at once: whoever comes while others are being written shares the next
/// write and its sync.
///
/// Between writes the log is closed, so that other programs get their turn.
package final class AccessRecorder: Sendable {
    /// One entry, and what became of it.
    private final class Waiting: Sendable {
        let entry: AccessEntry
        let time: Instant
        let outcome = Mutexed<Result<Void, LedgerError>?>(nil)

        init(_ entry: AccessEntry, _ time: Instant) {
            self.entry = entry
            self.time = time
        }
    }

    private let mark: AccessMark
    private let queue = DispatchQueue(label: "log of reads")
    private let waiting = Mutexed<[Waiting]>([])

    /// - Throws: `access`: `wrongState` if the ledger is not under access control.
    package init(of ledger: String) throws(LedgerError) {
        mark = try AccessLogs(requiredOf: ledger).mark
    }

    /// Writes an entry durably.
    ///
    /// - Throws: as ``AccessLogs/record(_:at:)``; then none of those who shared the write may be answered.
    func record(_ entry: AccessEntry, at now: Instant, in logs: AccessLogs) throws(LedgerError) {
        guard logs.mark == mark else { return try logs.record(entry, at: now) }
        let own = Waiting(entry, now)
        waiting.update { $0.append(own) }
        queue.sync { writeAll(logs) }
        guard let outcome = own.outcome.value else {
            preconditionFailure("whoever enters the queue writes all that wait")
        }
        try outcome.get()
    }

    private func writeAll(_ logs: AccessLogs) {
        let batch = waiting.update { waiting in
            defer { waiting.removeAll() }
            return waiting
        }
        guard let latest = batch.map(\.time).max() else { return }
        let outcome: Result<Void, LedgerError>
        do throws(LedgerError) {
            try logs.reads.append(mark.reads, at: latest) { () throws(LedgerError) in batch.map(\.entry) }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        for one in batch { one.outcome.update { $0 = outcome } }
    }
}
