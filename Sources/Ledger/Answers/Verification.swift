package import EventLog
package import TrainingEvents

/// What reading and checking everything found.
package struct LedgerVerification: Sendable {
    /// What the log layer found: sectors, checksums, tree heads.
    package let log: VerificationReport
    /// Records that are whole but no events of this vocabulary, by position.
    package let records: [(position: UInt64, error: EventError)]
    /// Rulebooks that the ledger keeps and that are damaged, or that it has adopted and that are missing.
    package let rulebooks: [RulebookFault]

    package var isSound: Bool { log.isSound && records.isEmpty && rulebooks.isEmpty }
}

extension LedgerVerification {
    /// Reads and checks the whole ledger in `directory`; never stops at the first damage.
    ///
    /// - Parameter progress: called now and then with bytes or records done and in all.
    package init(of directory: String, progress: @escaping (UInt64, UInt64) -> Void) throws(LedgerError) {
        log = try fromLog { () throws(LogError) in
            try verifyLog(directory: directory, files: RealFileSystem(), progress: progress)
        }
        let store = RulebookStore(ledger: directory)
        guard log.isSound else {
            records = []
            rulebooks = try store.faults()
            return
        }
        var adopted: [String] = []
        var found: [(position: UInt64, error: EventError)] = []
        var registry = Registry()
        let reader = try LedgerReader(opening: directory)
        let head = reader.head
        try reader.forEachRecord(upTo: head) { position, record throws(LedgerError) in
            do throws(EventError) {
                let event = try Event(decoding: record)
                try Self.check(event, record, at: position, &registry)
                if case .rulebookAdopted(let book) = event.body, !adopted.contains(book.digest) {
                    adopted.append(book.digest)
                }
            } catch {
                if found.count < 1_000 { found.append((position, error)) }
            }
            if position % 65_536 == 0 { progress(position, head) }
        }
        records = found
        var faults = try store.faults()
        for digest in adopted { if let fault = try store.absence(of: digest) { faults.append(fault) } }
        rulebooks = faults
    }

    /// A record must be the canonical bytes of an event whose references were introduced before it.
    private static func check(
        _ event: Event, _ record: UnsafeRawBufferPointer, at position: UInt64, _ registry: inout Registry
    ) throws(EventError) {
        guard try event.encoded().elementsEqual(record) else {
            throw EventError(.malformedRecord, found: "bytes that are not the canonical form of their event")
        }
        if case .eventRetracted(let retraction) = event.body, UInt64(clamping: retraction.targetPosition) >= position {
            throw EventError(.malformedRecord, found: "a retraction of a later event")
        }
        for reference in event.references where !registry.knows(reference) {
            throw EventError(.unknownReference, found: "a number that was never given")
        }
        registry.note(event.subject)
    }
}
