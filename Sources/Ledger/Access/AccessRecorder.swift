import Access
import CivilTime
import Dispatch
import Glibc

/// Writes to the log of reads for many callers at once: whoever comes while others are being written shares the next
/// write and its sync.
///
/// The log stays open for a moment behind the last write, and never for long, so that other programs get their turn.
package final class AccessRecorder: @unchecked Sendable {
    // Sendable: `queue` guards what changes.
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
    // Only within the queue:
    private var open: AccessLog<AccessEntry>.OpenLog?
    private var openedAt = DispatchTime.now()
    private var uses: UInt64 = 0
    /// How long the log stays open behind the last write.
    private static let patience = DispatchTimeInterval.milliseconds(200)
    /// How long it stays open at most, in nanoseconds.
    private static let limit: UInt64 = 1_000_000_000
    /// Microseconds that it is left to others then: those who wait for a lock look every twenty milliseconds.
    private static let turn: UInt32 = 30_000

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
            try opened(logs).append(batch.map(\.entry), at: latest)
            outcome = .success(())
        } catch {
            open = nil
            outcome = .failure(error)
        }
        for one in batch { one.outcome.update { $0 = outcome } }
        uses += 1
        let use = uses
        queue.asyncAfter(deadline: .now() + Self.patience) { if self.uses == use { self.letGo() } }
    }

    private func opened(_ logs: AccessLogs) throws(LedgerError) -> AccessLog<AccessEntry>.OpenLog {
        if open != nil, DispatchTime.now().uptimeNanoseconds - openedAt.uptimeNanoseconds > Self.limit {
            letGo()
            usleep(Self.turn)
        }
        if let open { return open }
        let opened = try logs.reads.open(mark.reads)
        open = opened
        openedAt = .now()
        return opened
    }

    /// Leaves the log to others. What was written is durable, whether it closes well or not.
    private func letGo() {
        try? open?.close()
        open = nil
    }

    /// Leaves the log to others now; the next entry opens it again.
    package func close() { queue.sync { letGo() } }
}
