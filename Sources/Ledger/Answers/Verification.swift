import Access
package import EventLog
import Glibc
package import PersonalData
package import TrainingEvents

/// What reading and checking everything found.
package struct LedgerVerification: Sendable {
    /// What the log layer found: sectors, checksums, tree heads.
    package let log: VerificationReport
    /// Records that are whole but no events of this vocabulary, by position.
    package private(set) var records: [(position: UInt64, error: EventError)]
    /// Rulebooks that the ledger keeps and that are damaged, or that it has adopted and that are missing.
    package private(set) var rulebooks: [RulebookFault]
    /// Checkpoints that the ledger keeps and that are damaged, or that it contradicts.
    package private(set) var checkpoints: [CheckpointFault]
    /// Files of its keys that are damaged, where its keys are at hand, and the ledger's own stamp of erasures.
    package private(set) var keys: KeyFilesReport

    /// What is not as it was written in the logs of access beside the ledger.
    package private(set) var access: [AccessFault]

    package var isSound: Bool {
        log.isSound && records.isEmpty && rulebooks.isEmpty && checkpoints.isEmpty && keys.faults.isEmpty
            && access.isEmpty
    }
}

extension LedgerVerification {
    /// Reads and checks the whole ledger in `directory`; never stops at the first damage.
    ///
    /// - Parameters:
    ///   - keyOptions: where its keys are.
    ///   - request: who asks, where the ledger is under access control.
    ///   - progress: called now and then with bytes or records done and in all.
    package init(
        of directory: String, keys keyOptions: KeyOptions = .ofEnvironment, for request: AccessRequest? = nil,
        progress: @escaping (UInt64, UInt64) -> Void
    ) throws(LedgerError) {
        try AccessGate.pass(request, for: .verify, on: directory)
        try self.init(everythingIn: directory, keys: keyOptions, progress: progress)
    }

    /// The same for the program's own use.
    init(
        everythingIn directory: String, keys keyOptions: KeyOptions = .ofEnvironment,
        progress: @escaping (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(LedgerError) {
        var inspection = RecordInspection(formatVersion: Self.formatVersion(of: directory))
        log = try fromLog { () throws(LogError) in
            try verifyLog(directory: directory, files: RealFileSystem(), progress: progress) { position, record in
                inspection.look(at: record, position)
            }
        }
        access = try AccessLogs.faults(of: directory)
        let store = RulebookStore(ledger: directory)
        rulebooks = try store.faults()
        records = []
        checkpoints = []
        keys = try Self.keys(of: directory, keyOptions)
        guard log.isSound else { return }
        let reader = try LedgerReader(forOwnUse: directory, keys: nil)
        checkpoints = try CheckpointStore(ledger: directory, files: RealFileSystem()).faults(in: reader.log)
        // Behind the head there may be records of a batch that was never finished.
        let head = reader.head
        records = inspection.found.filter { $0.position < head }
        var adopted: [String] = []
        for book in inspection.adopted where book.position < head && !adopted.contains(book.digest) {
            adopted.append(book.digest)
        }
        for digest in adopted { if let fault = try store.absence(of: digest) { rulebooks.append(fault) } }
    }

    /// Looks at the files of keys; a ledger whose ID cannot be read has none to look at.
    private static func keys(of directory: String, _ options: KeyOptions) throws(LedgerError) -> KeyFilesReport {
        let files = RealFileSystem()
        guard let id = (try? LogReader(opening: directory, files: files))?.ledgerID.bytes else {
            return KeyFilesReport()
        }
        do throws(PersonalDataError) {
            guard let places = try options.places(of: directory, id: id, files: files) else {
                return KeyFilesReport(stampFault: KeyFilesCheck.stampFault(of: directory, ledger: id, files: files))
            }
            return try KeyFilesCheck(of: directory, ledger: id, at: places, files: files).report()
        } catch {
            guard [.noKeys, .ambiguous].contains(error.code) else { throw .personalData(error) }
            return KeyFilesReport(
                stampFault: KeyFilesCheck.stampFault(of: directory, ledger: id, files: files), note: error.reason)
        }
    }

    /// The format version, for what it promises of records; where it cannot be read, the log is not sound.
    private static func formatVersion(of directory: String) -> UInt16 {
        let reader = try? LogReader(opening: directory, files: RealFileSystem())
        return reader?.formatVersion ?? 0
    }
}

/// Looks at every record as an event.
private struct RecordInspection {
    let formatVersion: UInt16
    /// Records that are no events of this vocabulary, the first thousand.
    private(set) var found: [(position: UInt64, error: EventError)] = []
    /// Rulebooks adopted.
    private(set) var adopted: [(position: UInt64, digest: String)] = []
    private var known = KnownNumbers()
    private let quickLook: RecordLook

    init(formatVersion: UInt16) {
        self.formatVersion = formatVersion
        quickLook = RecordLook(takesClearTexts: formatVersion == 0)
    }

    mutating func look(at record: UnsafeRawBufferPointer, _ position: UInt64) {
        if quickLook.takes(record, known) { return }
        do throws(EventError) {
            let event = try Event(decoding: record)
            try check(event, record, at: position)
            if case .rulebookAdopted(let book) = event.body { adopted.append((position, book.digest)) }
        } catch {
            if found.count < 1_000 { found.append((position, error)) }
        }
    }

    /// A record must be the canonical bytes of an event whose references were introduced before it.
    private mutating func check(
        _ event: Event, _ record: UnsafeRawBufferPointer, at position: UInt64
    ) throws(EventError) {
        // What a faulty record introduces is introduced all the same: the events that name it are no faults.
        defer { known.note(event.subject) }
        let canonical = try event.encoded()
        guard canonical.withUnsafeBytes({ Self.areEqual($0, record) }) else {
            throw EventError(.malformedRecord, found: "bytes that are not the canonical form of their event")
        }
        if case .eventRetracted(let retraction) = event.body, UInt64(clamping: retraction.targetPosition) >= position {
            throw EventError(.malformedRecord, found: "a retraction of a later event")
        }
        if formatVersion >= 1, let lack = event.lackInVersion1 { throw lack }
        if let said = event.body.introducedNumber, let next = known.nextNumber(for: event.subject), said != next {
            throw EventError(
                .malformedRecord, field: "number", found: "the number \(said)",
                expected: "\(next), the next of its kind")
        }
        for reference in event.references where !known.knows(reference) {
            throw EventError(.unknownReference, found: "a number that was never given")
        }
    }

    private static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count, let start = left.baseAddress, let other = right.baseAddress else {
            return left.isEmpty && right.isEmpty
        }
        return memcmp(start, other, left.count) == 0
    }
}
