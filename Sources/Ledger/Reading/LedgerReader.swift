import Access
package import CivilTime
import EventLog
import TrainingEvents

/// Reads a ledger: events, and histories at any point. Changes nothing of it and takes no lock.
///
/// Answers what was asked for when it was opened, and nothing else, where the ledger is under access control
/// (`docs/access.md`).
package final class LedgerReader {
    let log: LogReader<RealFileSystem>
    package let directory: String
    /// Opens personal texts; `nil` where there are no keys of this ledger.
    let keys: LedgerKeys?
    /// What was granted.
    private(set) var warrant: Warrant
    /// What was asked for.
    let request: AccessRequest?
    /// The open log and what is kept with it between questions; `nil` where each question opens the ledger.
    let kept: KeptLog?
    /// What was looked up last: the gate asks for the same person as the answer.
    var lastBearing: BearingEvents?

    /// Opens the ledger in `directory`, as it is durable now.
    ///
    /// - Parameters:
    ///   - keyUse: where its keys are; `nil` to do without them.
    ///   - request: who asks for what; written down before this returns, if the ledger is under access control.
    /// - Throws: `log` with the reason; `personalData` if an erasure is not applied; `access` if the request is denied.
    package convenience init(
        opening directory: String, keys keyUse: KeyUse? = KeyUse(), for request: AccessRequest? = nil
    ) throws(LedgerError) {
        try self.init(reading: directory, keys: keyUse, request: request)
        try passGate()
    }

    /// Reads a ledger by the open log that a process keeps between questions.
    ///
    /// - Throws: as ``init(opening:keys:for:)``.
    convenience init(
        on kept: KeptLog, keys keyUse: KeyUse?, for request: AccessRequest?
    ) throws(LedgerError) {
        try self.init(kept.log, of: kept.directory, keys: keyUse, request: request, kept: kept)
        try passGate()
    }

    /// Opens the ledger for the program's own work, such as copying it: what it reads is shown to nobody, or was granted
    /// before.
    convenience init(forOwnUse directory: String, keys keyUse: KeyUse? = KeyUse()) throws(LedgerError) {
        try self.init(reading: directory, keys: keyUse, request: nil)
    }

    private convenience init(
        reading directory: String, keys keyUse: KeyUse?, request: AccessRequest?
    ) throws(LedgerError) {
        let log = try fromLog { () throws(LogError) in
            try LogReader(opening: directory, files: RealFileSystem())
        }
        try self.init(log, of: directory, keys: keyUse, request: request, kept: nil)
    }

    private init(
        _ log: LogReader<RealFileSystem>, of directory: String, keys keyUse: KeyUse?, request: AccessRequest?,
        kept: KeptLog?
    ) throws(LedgerError) {
        self.directory = directory
        self.request = request
        self.kept = kept
        warrant = .uncontrolled
        self.log = log
        keys = try keyUse?.keys(of: directory, log.ledgerID, forWriting: false)
    }

    private func passGate() throws(LedgerError) {
        warrant = try AccessGate.warrant(for: request, on: directory, position: head) {
            subject throws(LedgerError) in try self.look(at: subject)
        }
    }

    /// How many events a ledger holds; nobody's record is read.
    ///
    /// - Throws: `log`.
    package static func head(of directory: String) throws(LedgerError) -> UInt64 {
        try fromLog { () throws(LogError) in try LogReader(opening: directory, files: RealFileSystem()).head }
    }

    /// How many events are durable.
    package var head: UInt64 { log.head }

    /// The event at a position below ``head``.
    func event(at position: UInt64) throws(LedgerError) -> Event {
        let bytes = try fromLog { () throws(LogError) in try log.record(at: position) }
        do throws(EventError) {
            return try Event(decoding: bytes)
        } catch {
            throw .record(error, position: position)
        }
    }

    /// The point that `asOf` resolves to. O(log n) records are read.
    ///
    /// - Throws: `asOf` for a position beyond the head.
    package func resolve(_ asOf: AsOf, happenedBy: CivilDate? = nil) throws(LedgerError) -> LedgerPoint {
        let count: UInt64
        switch asOf {
        case .head: count = head
        case .position(let position):
            guard position <= head else {
                throw .asOf("the ledger has \(head) events; @\(position) is beyond them")
            }
            count = position
        case .instant(let instant): count = try firstRecorded(after: instant)
        }
        let recordedTime = count == 0 ? nil : try event(at: count - 1).envelope.recordedTime
        return LedgerPoint(eventCount: count, recordedTime: recordedTime, happenedBy: happenedBy)
    }

    /// Recorded times never go back, so the first later one is found by halving.
    private func firstRecorded(after instant: Instant) throws(LedgerError) -> UInt64 {
        var low: UInt64 = 0
        var high = head
        while low < high {
            let middle = low + (high - low) / 2
            if try event(at: middle).envelope.recordedTime <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Lends the raw records of a point, in order.
    func forEachRecord(
        upTo count: UInt64, _ body: (UInt64, UnsafeRawBufferPointer) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        try fromWalk {
            try log.forEach(from: 0, to: count) { position, record in try body(position, record) }
        }
    }

    static func decode(_ record: UnsafeRawBufferPointer, at position: UInt64) throws(LedgerError) -> Event {
        do throws(EventError) {
            return try Event(decoding: record)
        } catch {
            throw .record(error, position: position)
        }
    }
}

extension LedgerPoint {
    /// Whether the event happened too late for the question.
    func leavesOut(_ event: Event) -> Bool {
        guard let happenedBy else { return false }
        return event.envelope.time > Instant(endOf: happenedBy)
    }
}
