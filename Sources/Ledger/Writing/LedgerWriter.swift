package import CivilTime
import EventLog
package import PersonalData
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
    /// What is found without going through the log.
    var indexes: LedgerIndexes<RealFileSystem>
    var derived: DerivedDirectory<RealFileSystem>
    /// The derived file that could not be read just now.
    var failedFile: DerivedFileAbsence?
    /// Why derived files were not used or not written, in English.
    package internal(set) var derivedNotes: [String] = []
    /// Whether derived files are written: not after a failure.
    var writesDerived: Bool
    var retracted: Set<UInt64> = []
    /// What of it is not in a derived file yet, in order of the retractions.
    var newlyRetracted: [UInt64] = []
    /// The positions of all adoptions of rulebooks, retracted since or not.
    var adoptionPositions: [UInt64] = []
    let rulebooks: RulebookStore<RealFileSystem>
    /// Built-in rulebooks that admitted events adopt: kept before those are durable.
    private var rulebooksToKeep: [Rulebook] = []
    /// The recorded time of the last event, admitted or stored.
    var lastRecordedTime: Instant?
    /// Admitted and not yet handed to the log.
    private var pending: [[UInt8]] = []
    private var pendingBytes = 0
    var writing: BatchWriting<RealFileSystem>
    var recordWriter = RecordWriter()
    let isDryRun: Bool
    /// Seals personal texts; `nil` where there are no keys of this ledger, and then no personal text is taken.
    let keys: LedgerKeys?
    /// What was granted to whoever writes.
    var warrant: Warrant
    /// The training units of classes, as far as somebody with a bounded reach wrote about them.
    var unitOfClass: [UInt32: String] = [:]
    /// Whether erasures of the register are recorded once more, which are known to it already.
    var isRecordingAgain = false
    let now: () -> Instant

    /// What an event came to at the door.
    package enum Admission: Hashable, Sendable {
        case admitted(position: UInt64)
        /// The same source, ID and content stand at this position.
        case duplicate(position: UInt64)
    }

    /// Makes an empty ledger in `directory`, and its keys.
    ///
    /// - Parameter options: where the keys are made; by default beside the ledger.
    /// - Throws: `notCreated`; `personalData` if the keys cannot be made there.
    package static func create(_ directory: String, keys options: KeyOptions = .ofEnvironment) throws(LedgerError) {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let files = RealFileSystem()
        // The keys first: a ledger never stands without them.
        let places = try fromKeys { () throws(PersonalDataError) in
            let places = try options.places(forNewLedger: directory)
            try LedgerKeys.create(for: id, at: places, files: files)
            return places
        }
        do throws(LogError) {
            try LogWriter.create(directory: directory, files: files, ledgerID: id)
        } catch {
            try fromKeys { () throws(PersonalDataError) in try LedgerKeys.remove(for: id, at: places, files: files) }
            throw error.code == .inUse ? .log(error) : .notCreated(error.description)
        }
    }

    /// Opens the ledger for writing. What derived files cover is not read: O(events behind them), some hundred
    /// thousand at most; without them, O(events), and they are made anew.
    ///
    /// - Parameters:
    ///   - keyUse: where its keys are.
    ///   - request: who writes and what for; written down before this returns, if the ledger is under access control.
    ///   - isDryRun: admit, and write nothing. The batch is kept in memory.
    ///   - now: the clock that stamps recorded times.
    /// - Throws: `log`, `record`, `derived`; `personalData` if an erasure is not applied; `access` if the request is
    ///   denied.
    package convenience init(
        opening directory: String, keys keyUse: KeyUse = KeyUse(), for request: AccessRequest? = nil,
        isDryRun: Bool = false, now: @escaping () -> Instant, progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) {
        let warrant = try AccessGate.warrant(forWriting: request, on: directory)
        try self.init(directory, keyUse, warrant, isDryRun: isDryRun, now: now, progress: progress)
    }

    /// Opens the ledger for callers whose requests are granted one by one; see ``warrant``.
    ///
    /// - Parameter epoch: the writer's epoch if a lease has given one.
    convenience init(
        forOwnUse directory: String, keys keyUse: KeyUse, epoch: UInt32? = nil, now: @escaping () -> Instant
    ) throws(LedgerError) {
        try self.init(directory, keyUse, .uncontrolled, isDryRun: false, epoch: epoch, now: now, progress: { _ in })
    }

    private init(
        _ directory: String, _ keyUse: KeyUse, _ warrant: Warrant, isDryRun: Bool, epoch: UInt32? = nil,
        now: @escaping () -> Instant, progress: (UInt64) -> Void
    ) throws(LedgerError) {
        self.warrant = warrant
        log = try fromLog { () throws(LogError) in
            try LogWriter(opening: directory, files: RealFileSystem(), epoch: epoch)
        }
        reader = try fromLog { () throws(LogError) in try LogReader(opening: directory, files: RealFileSystem()) }
        keys = try keyUse.keys(of: directory, reader.ledgerID, forWriting: !isDryRun)
        writing = BatchWriting(log)
        rulebooks = RulebookStore(ledger: directory)
        self.isDryRun = isDryRun
        writesDerived = !isDryRun
        self.now = now
        derived = DerivedDirectory(ledger: directory, files: RealFileSystem())
        indexes = try Self.openIndexes(derived, reader)
        try load(progress)
    }

    deinit {
        // Whoever opens the ledger next finds it unlocked; what the batch came to, it reads in the log.
        try? writing.finish()
    }

    /// The number of events admitted, durable or not.
    package var head: UInt64 { writing.submittedHead + UInt64(pending.count) }

    /// The number of events that are known to be durable.
    var durableHead: UInt64 { writing.durableHead }

    /// Whether the batch is large enough to be submitted: some thousand events or a megabyte.
    package var isBatchFull: Bool { !isDryRun && (pending.count >= 8_192 || pendingBytes >= 1 << 20) }

    /// Admits an event that came in, or throws and changes nothing.
    ///
    /// - Parameter keepsRecordedTime: take the brought recorded time (a migration); otherwise it is stamped with
    ///   the later of now and the last one.
    package func admit(_ draft: EventDraft, keepsRecordedTime: Bool) throws(AdmissionError) -> Admission {
        do throws(AdmissionError) {
            return try admitOnce(draft, keepsRecordedTime)
        } catch {
            guard let failedFile else { throw error }
            do throws(LedgerError) { try reload(without: failedFile) } catch { throw .failed(error) }
        }
        return try admit(draft, keepsRecordedTime: keepsRecordedTime)
    }

    private func admitOnce(_ draft: EventDraft, _ keepsRecordedTime: Bool) throws(AdmissionError) -> Admission {
        let fingerprint = indexes.fingerprint
        let key = draft.key { fingerprint($0, $1) }
        if let stored = try existing(draft, key: key) { return try compare(draft, with: stored) }
        let recordedTime = try recordedTime(of: draft, keepsRecordedTime)
        let said: EventContent
        do throws(EventError) { said = try content(of: draft, state.registry, isRepeat: false) } catch {
            throw .refused(error)
        }
        try requireGranted(said)
        if draft.type == .traineeErased { try requireErasable(said, draft) }
        let event = try sealing(said, draft)
        let record: [UInt8]
        do throws(EventError) {
            record = try draft.encoded(event, recordedTime: recordedTime, with: &recordWriter)
            // The type first: taking a payload out of a body copies it, and nearly all events are of other types.
            if draft.type == .rulebookAdopted, case .rulebookAdopted(let adopted) = event.body {
                try requireRulebook(adopted.digest)
            }
            if draft.type == .eventRetracted, case .eventRetracted(let retraction) = event.body {
                try admitRetraction(of: UInt64(clamping: retraction.targetPosition))
            } else {
                try takeStep(event)
            }
        } catch {
            throw .refused(error)
        }
        let noted = NotedEvent(key: key, recordedTime: recordedTime, content: event)
        if draft.type == .traineeErased, !isDryRun { return try admitErasure(record, noted, said, draft) }
        let position = head
        take(record, noted, at: position)
        if said.body.mayGiveNationalID {
            try admitting { () throws(PersonalDataError) in try noteNationalID(said) }
        }
        return .admitted(position: position)
    }

    /// What a draft says, with what it refers to looked up.
    func content(of draft: EventDraft, _ registry: Registry, isRepeat: Bool) throws(EventError) -> EventContent {
        if let attendance = draft.attendance(registry: registry) { return attendance }
        return try draft.content(registry: registry, isRepeat: isRepeat) {
            (source, id) throws(EventError) in try self.retractionTarget(source, id)
        }
    }

    /// Puts the record of an event whose step was taken into the batch.
    func take(_ record: [UInt8], _ noted: NotedEvent, at position: UInt64) {
        pending.append(record)
        note(noted, at: position)
        pendingBytes += record.count
    }

    /// Hands the admitted events to the log, which makes them durable while others are admitted; waits for those
    /// handed over before. Errors as from ``commit()``, which says when they are durable.
    package func submit() throws(LedgerError) {
        guard !isDryRun, !pending.isEmpty else { return }
        for book in rulebooksToKeep { try rulebooks.keep(book) }
        rulebooksToKeep.removeAll()
        try fromLog { () throws(LogError) in
            try writing.finish()
            try writing.submit(pending, after: keys?.takeUnwritten())
        }
        pending.removeAll(keepingCapacity: true)
        pendingBytes = 0
        writeDerived(atLeast: Self.derivedInterval)
    }

    /// Makes the admitted events durable. After an error the writer takes nothing more: what the disk holds is
    /// known only after opening the ledger anew.
    package func commit() throws(LedgerError) {
        try submit()
        try fromLog { () throws(LogError) in try writing.finish() }
        writeDerived(atLeast: Self.derivedInterval)
    }

    /// Makes the admitted events durable and lets the log go on in a new segment, so that the present one can be
    /// sealed before it is full.
    package func beginSegment() throws(LedgerError) {
        try commit()
        try fromLog { () throws(LogError) in try log.beginPart() }
        freeze(at: durableHead)
        writeDerived(atLeast: 1)
    }

    /// Closes the log cleanly. What was admitted and not committed is dropped.
    package func close() throws(LedgerError) {
        // If it failed, closing the log says so.
        try? writing.finish()
        writeDerived(atLeast: 1)
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

    /// The event at a position, durable or pending.
    func event(at position: UInt64) throws(LedgerError) -> Event {
        let bytes = try record(at: position)
        do throws(EventError) {
            return try Event(decoding: bytes)
        } catch {
            throw .record(error, position: position)
        }
    }

    /// The canonical bytes of the event at a position, durable or pending.
    func record(at position: UInt64) throws(LedgerError) -> [UInt8] {
        if position >= writing.submittedHead { return pending[Int(position - writing.submittedHead)] }
        if let record = writing.record(at: position) { return record }
        return try fromLog { () throws(LogError) in
            if position >= reader.head { try reader.refresh() }
            return try reader.record(at: position)
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
