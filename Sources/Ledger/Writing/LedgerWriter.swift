package import CivilTime
import EventLog
import Rulebook
package import TrainingEvents

/// The one writer of a ledger: checks every event at the door and makes it durable.
///
/// Events are admitted one after the other, against the state that all earlier ones left, and written in
/// batches; ``commit()`` waits until the batch is durable.
package final class LedgerWriter {
    let log: LogWriter<RealFileSystem>
    let reader: LogReader<RealFileSystem>
    var state = AdmissionState()
    var keys = KeyIndex()
    /// The positions of the events about each trainee and each class, for retractions.
    var positionsByTrainee: [[UInt32]] = []
    var positionsByClass: [[UInt32]] = []
    var retracted: Set<UInt64> = []
    /// The positions of all adoptions of rulebooks, retracted since or not.
    private(set) var adoptionPositions: [UInt64] = []
    let rulebooks: RulebookStore<RealFileSystem>
    /// Built-in rulebooks that admitted events adopt: kept before those are durable.
    private var rulebooksToKeep: [Rulebook] = []
    /// The recorded time of the last event, admitted or stored.
    private(set) var lastRecordedTime: Instant?
    /// Admitted and not yet durable, from position ``durableHead`` on.
    var pending: [Event] = []
    private var pendingRecords: [[UInt8]] = []
    private var pendingBytes = 0
    private(set) var durableHead: UInt64
    private let isDryRun: Bool
    let now: () -> Instant

    /// What an event came to at the door.
    package enum Admission: Hashable, Sendable {
        case admitted(position: UInt64)
        /// The same source, ID and content stand at this position.
        case duplicate(position: UInt64)
    }

    /// Makes an empty ledger in `directory`.
    package static func create(_ directory: String) throws(LedgerError) {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        do throws(LogError) {
            try LogWriter.create(directory: directory, files: RealFileSystem(), ledgerID: id)
        } catch {
            throw error.code == .inUse ? .log(error) : .notCreated(error.description)
        }
    }

    /// Opens the ledger for writing and reads it once. O(events).
    ///
    /// - Parameters:
    ///   - isDryRun: admit, and write nothing. The batch is kept in memory.
    ///   - now: the clock that stamps recorded times.
    package init(
        opening directory: String, isDryRun: Bool = false, now: @escaping () -> Instant,
        progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) {
        log = try fromLog { () throws(LogError) in try LogWriter(opening: directory, files: RealFileSystem()) }
        reader = try fromLog { () throws(LogError) in try LogReader(opening: directory, files: RealFileSystem()) }
        durableHead = log.durableHead
        rulebooks = RulebookStore(ledger: directory)
        self.isDryRun = isDryRun
        self.now = now
        try load(progress)
    }

    /// The number of events admitted, durable or not.
    package var head: UInt64 { durableHead + UInt64(pending.count) }

    /// How many admitted events wait for ``commit()``.
    package var pendingCount: Int { pending.count }

    /// Whether the batch is large enough to be committed: some thousand events or a megabyte.
    package var isBatchFull: Bool { !isDryRun && (pending.count >= 8_192 || pendingBytes >= 1 << 20) }

    /// Folds the log: retractions are collected first, so that only live events take steps. O(events).
    private func load(_ progress: (UInt64) -> Void) throws(LedgerError) {
        let end = reader.head
        try fromWalk {
            try reader.forEach(from: 0, to: end) { position, record in
                if let peek = EventPeek(record), peek.type != .eventRetracted { return }
                let event = try LedgerReader.decode(record, at: position)
                guard case .eventRetracted(let retraction) = event.body else { return }
                let target = UInt64(clamping: retraction.targetPosition)
                guard target < position else {
                    throw LedgerError.record(
                        EventError(.malformedRecord, found: "a retraction of a later event"), position: position)
                }
                retracted.insert(target)
            }
            try reader.forEach(from: 0, to: end) { position, record in
                let event = try LedgerReader.decode(record, at: position)
                do throws(EventError) {
                    if retracted.contains(position) { state.takeRetracted(event) } else { try state.take(event) }
                } catch {
                    throw LedgerError.record(error, position: position)
                }
                note(event, at: position)
                if position % 65_536 == 0 { progress(position) }
            }
        }
    }

    /// Admits an event that came in, or throws and changes nothing.
    ///
    /// - Parameter keepsRecordedTime: take the brought recorded time (a migration); otherwise it is stamped with
    ///   the later of now and the last one.
    package func admit(_ draft: EventDraft, keepsRecordedTime: Bool) throws(AdmissionError) -> Admission {
        if let position = try existing(draft.source, draft.id) {
            return try compare(draft, with: position)
        }
        guard head < KeyIndex.capacity else {
            throw .refused(EventError(.outOfRange, found: "\(head) events", expected: "a ledger that is not full"))
        }
        let recordedTime = try recordedTime(of: draft, keepsRecordedTime)
        do throws(EventError) {
            let event = try draft.event(registry: state.registry, recordedTime: recordedTime, isRepeat: false) {
                (source, id) throws(EventError) in try self.retractionTarget(source, id)
            }
            let record = try event.encoded()
            if case .rulebookAdopted(let adopted) = event.body { try requireRulebook(adopted.digest) }
            if case .eventRetracted(let retraction) = event.body {
                try admitRetraction(of: UInt64(clamping: retraction.targetPosition))
            } else {
                try state.take(event)
            }
            let position = head
            note(event, at: position)
            pending.append(event)
            if !isDryRun { pendingRecords.append(record) }
            pendingBytes += record.count
            return .admitted(position: position)
        } catch {
            throw .refused(error)
        }
    }

    /// Makes the admitted events durable. After an error the writer takes nothing more: what the disk holds is
    /// known only after opening the ledger anew.
    package func commit() throws(LedgerError) {
        guard !isDryRun, !pendingRecords.isEmpty else { return }
        for book in rulebooksToKeep { try rulebooks.keep(book) }
        rulebooksToKeep.removeAll()
        let records = pendingRecords
        let range = try fromLog { () throws(LogError) in try log.append(records) }
        precondition(range.lowerBound == durableHead, "the log gave other positions than were admitted")
        durableHead = range.upperBound
        pending.removeAll(keepingCapacity: true)
        pendingRecords.removeAll(keepingCapacity: true)
        pendingBytes = 0
    }

    /// Closes the log cleanly. What was admitted and not committed is dropped.
    package func close() throws(LedgerError) {
        try fromLog { () throws(LogError) in try log.close() }
    }

    /// A rulebook may be adopted only if it can be read for ever: built in, or kept by the ledger.
    private func requireRulebook(_ digest: String) throws(EventError) {
        do throws(LedgerError) {
            if let book = try RulebookChoice.builtIn(digest) {
                rulebooksToKeep.append(book)
            } else if try rulebooks.book(digest) == nil {
                throw LedgerError.noRulebook(shown(digest))
            }
        } catch {
            throw EventError(
                .unknownRulebook, field: "data.digest", found: error.message,
                expected: "a built-in rulebook or one that the ledger keeps; store it first with "
                    + "trainledger rulebook adopt LEDGER BOOK --store-only")
        }
    }

    private func recordedTime(of draft: EventDraft, _ keepsRecordedTime: Bool) throws(AdmissionError) -> Instant {
        let now = now()
        let stamp = lastRecordedTime.map { max($0, now) } ?? now
        guard keepsRecordedTime else { return stamp }
        let found: Instant?
        do throws(EventError) { found = try draft.recordedTime() } catch { throw .refused(error) }
        guard let brought = found else { return stamp }
        if let last = lastRecordedTime, brought < last {
            throw .refused(
                EventError(
                    .recordedTimeOutOfOrder, field: "recordedtime", found: brought.description,
                    expected: "a time from \(last) on, the last in the ledger"))
        }
        guard brought <= now else {
            throw .refused(
                EventError(
                    .recordedTimeOutOfOrder, field: "recordedtime", found: brought.description,
                    expected: "a time up to now, \(now)"))
        }
        return brought
    }

    private func note(_ event: Event, at position: UInt64) {
        keys.insert(event.envelope.source, event.envelope.id, at: position)
        lastRecordedTime = event.envelope.recordedTime
        if case .rulebookAdopted = event.body { adoptionPositions.append(position) }
        let short = UInt32(truncatingIfNeeded: position)
        switch event.subject {
        case .newTrainee: positionsByTrainee.append([])
        case .newClass: positionsByClass.append([short])
        case .trainee(let number): positionsByTrainee[Int(number.value)].append(short)
        case .class(let number): positionsByClass[Int(number.value)].append(short)
        case .unit, .newUnit, .rulebook: break
        }
    }

    /// The event at a position, durable or pending.
    func event(at position: UInt64) throws(LedgerError) -> Event {
        if position >= durableHead { return pending[Int(position - durableHead)] }
        if position >= reader.head { try fromLog { () throws(LogError) in try reader.refresh() } }
        let bytes = try fromLog { () throws(LogError) in try reader.record(at: position) }
        do throws(EventError) {
            return try Event(decoding: bytes)
        } catch {
            throw .record(error, position: position)
        }
    }
}

/// Why an event was not admitted.
package enum AdmissionError: Error, Sendable {
    /// It was refused; nothing was changed.
    case refused(EventError)
    /// The ledger itself failed.
    case failed(LedgerError)
}
