package import Ledger
package import TrainingEvents

/// Records what a spreadsheet says: all of it, or nothing.
package struct SpreadsheetImport: Sendable {
    /// The most events that a file may stand for.
    package static let eventLimit = 100_000
    /// The most faults that are listed; all are counted.
    package static let faultsKept = 1_000

    /// Events that are new.
    package private(set) var appended = 0
    /// Events that the ledger has.
    package private(set) var duplicates = 0
    /// Everything that is wrong, in the order of the lines, at most ``faultsKept``.
    package private(set) var faults: [SpreadsheetFault] = []
    package private(set) var faultCount = 0
    /// How many events the ledger holds now.
    package private(set) var head: UInt64 = 0
    /// Whether the new events were recorded; not where a row is wrong, unless that was asked for.
    package private(set) var isRecorded = false

    /// Reads the file, tries every event at the ledger's door, and records them if nothing is wrong.
    ///
    /// - Parameters:
    ///   - classID: the class of rows that name none.
    ///   - writer: opened with a request for `recordEvents`; is closed by the caller. With a dry run nothing is recorded.
    ///   - keepsGoing: record the rows that are right.
    ///   - records: whether to record anything; otherwise everything is tried only, and the caller drops it.
    /// - Throws: `log` and others where the ledger itself fails; what is wrong with the file is in ``faults``.
    package init(
        _ bytes: [UInt8], as kind: SpreadsheetKind, classID: String?, into writer: LedgerWriter, keepsGoing: Bool,
        records: Bool = true
    ) throws(LedgerError) {
        let before = writer.head
        let events = SheetEvents(SheetReading(kind, classID: classID, bytes), kind)
        var found = events.faults
        if events.events.count > Self.eventLimit {
            found.append(
                SpreadsheetFault(
                    .tooLarge, line: 1, found: "\(events.events.count) events",
                    expected: "at most \(Self.eventLimit)"))
        } else {
            try admit(events.events, kind, writer, &found)
        }
        faultCount = found.count
        faults = Array(found.sorted { ($0.line, $0.column) < ($1.line, $1.column) }.prefix(Self.faultsKept))
        guard records, found.isEmpty || keepsGoing else {
            head = before
            return
        }
        try writer.commit()
        head = writer.head
        isRecorded = true
    }

    private mutating func admit(
        _ events: [SheetEvent], _ kind: SpreadsheetKind, _ writer: LedgerWriter, _ faults: inout [SpreadsheetFault]
    ) throws(LedgerError) {
        var isRefused = false
        for event in events where !(event.followsOther && isRefused) {
            do throws(AdmissionError) {
                switch try Self.admit(event, kind.source, writer) {
                case .admitted: appended += 1
                case .duplicate: duplicates += 1
                }
                isRefused = false
            } catch {
                switch error {
                case .failed(let failure): throw failure
                case .refused(let reason):
                    let place = event.place(of: reason.field)
                    faults.append(SpreadsheetFault(reason, line: place.line, column: place.column))
                    isRefused = true
                }
            }
        }
    }

    /// The last thing said of the same decides whether this is known or a correction. O(corrections) look-ups.
    private static func admit(
        _ event: SheetEvent, _ source: String, _ writer: LedgerWriter
    ) throws(AdmissionError) -> LedgerWriter.Admission {
        var revision = 1
        if event.isCorrectable {
            while try writer.holds(source: source, id: event.id(revision + 1)) { revision += 1 }
        }
        do throws(AdmissionError) {
            return try writer.admit(try draft(of: event, source, revision), keepsRecordedTime: false)
        } catch {
            guard event.isCorrectable, case .refused(let reason) = error, reason.code == .conflict else { throw error }
        }
        return try writer.admit(try draft(of: event, source, revision + 1), keepsRecordedTime: false)
    }

    private static func draft(
        of event: SheetEvent, _ source: String, _ revision: Int
    ) throws(AdmissionError) -> EventDraft {
        do throws(EventError) {
            return try EventDraft(json: event.json(source: source, revision: revision))
        } catch {
            throw .refused(error)
        }
    }

    /// The answer as JSON.
    ///
    /// - Parameter isDryRun: whether the writer recorded nothing in any case.
    package func json(isDryRun: Bool) -> JSONValue {
        .members([
            "new": .number(appended), "duplicates": .number(duplicates), "wrong": .number(faultCount),
            "recorded": .bool(isRecorded && !isDryRun), "head": .number(head),
            "faults": .array(faults.map(\.json)),
        ])
    }
}
