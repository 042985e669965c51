import Dispatch
import EventLog

/// Writes one batch of records while the next is gathered, on a thread of its own, which spends most of its time
/// waiting for the disk.
///
/// The order of records is that of ``submit(_:)``; the thread decides nothing.
struct BatchWriting<Files: FileSystem> {
    private let log: LogWriter<Files>
    private let thread = DispatchQueue(label: "log")
    /// The batch that is being written, from position ``durableHead`` on.
    private var records: [[UInt8]] = []
    private var outcome: Outcome?
    private var failure: LogError?
    /// All before is durable.
    private(set) var durableHead: UInt64

    init(_ log: LogWriter<Files>) {
        self.log = log
        durableHead = log.durableHead
    }

    /// What a batch came to, once it is written.
    private final class Outcome: Sendable {
        private let isDone = DispatchSemaphore(value: 0)
        private let error = Mutexed<LogError?>(nil)

        func end(_ failure: LogError?) {
            error.update { $0 = failure }
            isDone.signal()
        }

        /// Waits for the end; once.
        func wait() throws(LogError) {
            isDone.wait()
            if let error = error.value { throw error }
        }
    }

    /// The number of records in the log, durable or being written.
    var submittedHead: UInt64 { durableHead + UInt64(records.count) }

    /// The record at a position below ``submittedHead``, if it is being written.
    func record(at position: UInt64) -> [UInt8]? {
        position >= durableHead ? records[Int(position - durableHead)] : nil
    }

    /// Begins to write a batch, when the one before is durable.
    ///
    /// - Parameter preparing: what has to be durable before the batch is handed to the log: the keys that its texts are
    ///   sealed under.
    /// - Throws: what kept the batch before from being durable.
    mutating func submit(
        _ batch: [[UInt8]], after preparing: (@Sendable () throws(LogError) -> Void)? = nil
    ) throws(LogError) {
        try finish()
        let first = durableHead
        records = batch
        let outcome = Outcome()
        self.outcome = outcome
        thread.async { [log] in
            do throws(LogError) {
                try preparing?()
                let range = try log.submit(batch)
                precondition(range.lowerBound == first, "the log gave other positions than were admitted")
                try log.waitUntilDurable(through: range.upperBound)
                outcome.end(nil)
            } catch {
                outcome.end(error)
            }
        }
    }

    /// Returns when everything submitted is durable.
    ///
    /// - Throws: what kept it from being so.
    mutating func finish() throws(LogError) {
        if let failure { throw failure }
        guard let outcome else { return }
        self.outcome = nil
        do throws(LogError) {
            try outcome.wait()
        } catch {
            failure = error
            throw error
        }
        durableHead += UInt64(records.count)
        records.removeAll()
    }
}
