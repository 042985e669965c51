import Access
package import CivilTime
import EventLog
import Glibc
package import TrainingEvents

/// One record of a log of access, with its place and time.
package struct PlacedEntry<Entry: FieldGroup>: Sendable {
    package let position: UInt64
    package let recordedTime: Instant
    package let entry: Entry

    /// The JSON form: `sequence`, `recordedTime`, and the entry's own fields.
    package var json: JSONValue {
        .object(
            [
                .init("sequence", .number(position)), .init("recordedTime", .string("\(recordedTime)")),
            ] + entry.fieldJSON)
    }
}

/// A log of access: a log of the ledger's own kind, with records in three parts, whose facts are entries.
struct AccessLog<Entry: FieldGroup> {
    let directory: String

    /// How often a writer that is in the way is waited for; each time as long as the lock is patient.
    private static var attempts: Int { 10 }

    /// Makes an empty log.
    ///
    /// - Returns: its ID.
    static func create(_ directory: String) throws(LogError) -> LedgerID {
        let files = RealFileSystem()
        var bytes = [UInt8](repeating: 0, count: LedgerID.length)
        var failure: LogError?
        bytes.withUnsafeMutableBytes { memory in
            do throws(LogError) { try files.random(into: memory) } catch { failure = error }
        }
        if let failure { throw failure }
        guard let id = LedgerID(bytes) else { preconditionFailure("an ID has 16 bytes") }
        try LogWriter.create(directory: directory, files: files, ledgerID: bytes)
        return id
    }

    /// Opens the log for reading.
    ///
    /// - Throws: `access` if it is not there, or not the one with this ID.
    func reader(_ id: LedgerID) throws(LedgerError) -> LogReader<RealFileSystem> {
        do throws(LogError) {
            let reader = try LogReader(opening: directory, files: RealFileSystem())
            if reader.ledgerID == id { return reader }
        } catch {
            guard error.code == .notALedger else { throw .access(AccessError(.damaged, "\(directory): \(error)")) }
        }
        throw .access(
            AccessError(
                .logsMissing,
                "\(directory) is not there or belongs to another ledger; put the logs of access back beside this one"))
    }

    /// Lends every entry in order.
    ///
    /// - Throws: `access` where a record is damaged or no entry.
    func forEach(
        _ id: LedgerID, _ body: (PlacedEntry<Entry>) -> Void
    ) throws(LedgerError) {
        let reader = try reader(id)
        do {
            try reader.forEach(from: 0, to: reader.head) { position, record in
                body(try Self.entry(record, position))
            }
        } catch {
            throw .access(AccessError(.damaged, "\(directory): \(error)"))
        }
    }

    /// Reads a record.
    static func entry(_ record: UnsafeRawBufferPointer, _ position: UInt64) throws(EventError) -> PlacedEntry<Entry> {
        guard let parts = RecordParts.split(record), parts.personal.isEmpty else {
            throw EventError(.malformedRecord, found: "record \(position)", expected: "an entry of this log")
        }
        let envelope = try EntryEnvelope(fieldBytes: UnsafeRawBufferPointer(rebasing: record[parts.envelope]))
        return PlacedEntry(
            position: position, recordedTime: envelope.recordedTime,
            entry: try Entry(fieldBytes: UnsafeRawBufferPointer(rebasing: record[parts.facts])))
    }

    /// Appends entries that are made under the log's lock, all together and durably before it returns.
    ///
    /// - Parameter make: gives the entries, and may look at the log meanwhile: nobody else writes.
    /// - Throws: `access`, `notLogged` where that is not possible; what `make` throws.
    func append(
        _ id: LedgerID, at now: Instant, _ make: () throws(LedgerError) -> [Entry]
    ) throws(LedgerError) {
        let open = try open(id)
        try open.append(try make(), at: now)
        try open.close()
    }

    /// The log opened for appending: nobody else writes to it until it is closed, or let go.
    ///
    /// - Throws: `access`, `notLogged`.
    func open(_ id: LedgerID) throws(LedgerError) -> OpenLog {
        _ = try reader(id)
        let writer = try Self.logging { () throws(LogError) in try openWriter() }
        return OpenLog(writer, lastTime: try lastTime(id))
    }

    /// See ``open(_:)``. Used by one thread at a time.
    final class OpenLog {
        private let writer: LogWriter<RealFileSystem>
        private var lastTime: Instant?

        fileprivate init(_ writer: LogWriter<RealFileSystem>, lastTime: Instant?) {
            self.writer = writer
            self.lastTime = lastTime
        }

        /// Appends entries, all together and durably before it returns.
        ///
        /// - Throws: `access`, `notLogged`; then the log has to be opened anew.
        func append(_ entries: [Entry], at now: Instant) throws(LedgerError) {
            let time = lastTime.map { max($0, now) } ?? now
            var records: [[UInt8]] = []
            for entry in entries { records.append(try AccessLog.record(entry, at: time)) }
            _ = try AccessLog.logging { () throws(LogError) in try writer.append(records) }
            lastTime = time
        }

        func close() throws(LedgerError) {
            try AccessLog.logging { () throws(LogError) in try writer.close() }
        }
    }

    /// Runs work while nobody else writes to the log.
    func whileLocked(_ work: () throws(LedgerError) -> Void) throws(LedgerError) {
        let writer = try Self.logging { () throws(LogError) in try openWriter() }
        try work()
        try Self.logging { () throws(LogError) in try writer.close() }
    }

    private func openWriter() throws(LogError) -> LogWriter<RealFileSystem> {
        var attempts = 1
        while true {
            do throws(LogError) { return try LogWriter(opening: directory, files: RealFileSystem()) } catch {
                guard error.code == .inUse, attempts < Self.attempts else { throw error }
                attempts += 1
            }
        }
    }

    private func lastTime(_ id: LedgerID) throws(LedgerError) -> Instant? {
        let reader = try reader(id)
        guard reader.head > 0 else { return nil }
        let bytes = try Self.logging { () throws(LogError) in try reader.record(at: reader.head - 1) }
        do throws(EventError) {
            return try bytes.withBytes { record throws(EventError) in try Self.entry(record, 0).recordedTime }
        } catch {
            throw .access(AccessError(.damaged, "\(directory): \(error.message)"))
        }
    }

    fileprivate static func record(_ entry: Entry, at time: Instant) throws(LedgerError) -> [UInt8] {
        let parts: RecordParts
        do throws(EventError) {
            parts = RecordParts(
                facts: try entry.fieldBytes(), envelope: try EntryEnvelope(recordedTime: time).fieldBytes())
        } catch {
            throw .refused(error)
        }
        return try logging { () throws(LogError) in try parts.merged() }
    }

    fileprivate static func logging<Value>(_ work: () throws(LogError) -> Value) throws(LedgerError) -> Value {
        do throws(LogError) { return try work() } catch {
            let code: AccessError.Code = error.code == .damaged ? .damaged : .notLogged
            throw .access(AccessError(code, "the access could not be recorded, so nothing is answered: \(error)"))
        }
    }
}
