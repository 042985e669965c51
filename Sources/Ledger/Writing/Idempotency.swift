import TrainingEvents

extension LedgerWriter {
    /// The position of the event with this source and ID, if there is one.
    func existing(_ source: String, _ id: String) throws(AdmissionError) -> UInt64? {
        for position in try candidates(indexes.key(source, id)) {
            let envelope = try looked { () throws(LedgerError) -> Event in try event(at: position) }.envelope
            if envelope.source == source, envelope.id == id { return position }
        }
        return nil
    }

    /// The event with the draft's source and ID, if there is one.
    func existing(_ draft: EventDraft, key: UInt64) throws(AdmissionError) -> StoredRecord? {
        for position in try candidates(key) {
            let stored = StoredRecord(
                position: position, bytes: try looked { () throws(LedgerError) -> [UInt8] in try record(at: position) })
            guard let isSame = stored.bytes.withUnsafeBytes({ draft.hasKey(of: $0) }) else {
                // What is no record the full decoder refuses.
                _ = try looked { () throws(LedgerError) -> Event in try event(at: position) }
                continue
            }
            if isSame { return stored }
        }
        return nil
    }

    private func candidates(_ key: UInt64) throws(AdmissionError) -> [UInt64] {
        try looked { () throws(LedgerError) -> [UInt64] in
            try reading { () throws(DerivedFileAbsence) in try indexes.candidates(key) }
        }
    }

    /// The same content is a duplicate; other content is a conflict.
    func compare(_ draft: EventDraft, with stored: StoredRecord) throws(AdmissionError) -> Admission {
        // What the event refers to may have been retracted since: IDs decide, not present numbers.
        let registry = state.registry.includingRetracted
        let repeated: EventContent
        do throws(EventError) { repeated = try content(of: draft, registry, isRepeat: true) } catch {
            throw .refused(conflict(stored.position))
        }
        if try isRecord(stored, repeated, draft) { return .duplicate(position: stored.position) }
        let other = try looked { () throws(LedgerError) -> Event in try event(at: stored.position) }
        let compared = try comparison(other, repeated, draft)
        guard saysTheSame(compared.stored, draft, compared.repeated, registry) else {
            throw .refused(conflict(stored.position))
        }
        return .duplicate(position: stored.position)
    }

    /// Whether a repetition comes to the stored bytes: sealing gives the same ones for the same text.
    private func isRecord(
        _ stored: StoredRecord, _ repeated: EventContent, _ draft: EventDraft
    ) throws(AdmissionError) -> Bool {
        let sealed: EventContent
        do throws(AdmissionError) { sealed = try sealing(repeated, draft) } catch {
            // What a new event may not bring, a repetition may say: then its texts are looked at one by one.
            if case .refused = error { return false }
            throw error
        }
        return stored.bytes.withUnsafeBytes { draft.isRecord($0, sealed, with: &recordWriter) }
    }

    /// Whether a stored event says the same in other bytes.
    private func saysTheSame(
        _ stored: Event, _ draft: EventDraft, _ content: EventContent, _ registry: Registry
    ) -> Bool {
        let repeated = Event(
            envelope: Envelope(
                source: draft.source, id: draft.id, time: draft.time, recordedTime: stored.envelope.recordedTime),
            subject: content.subject, body: content.body)
        // What was shown without the author of a confidential complaint may come back as it was shown.
        let isShown = stored.hasAuthorWithheld(in: repeated)
        let shown = isShown ? stored.withholdingAuthor(from: nil) : stored
        return shown.hasSameContent(as: repeated) || isSame(shown, repeated, registry)
    }

    private func isSame(_ stored: Event, _ repeated: Event, _ registry: Registry) -> Bool {
        stored.envelope == repeated.envelope && stored.type == repeated.type
            && stored.subject.id(in: registry) == repeated.subject.id(in: registry)
            && stored.data(registry: registry).text == repeated.data(registry: registry).text
    }

    private func looked<Answer>(_ look: () throws(LedgerError) -> Answer) throws(AdmissionError) -> Answer {
        do throws(LedgerError) { return try look() } catch { throw .failed(error) }
    }

    private func conflict(_ position: UInt64) -> EventError {
        EventError(
            .conflict, field: "id", found: "another event at position \(position)",
            expected: "the same content, or a new id")
    }
}

/// The bytes of an event of the ledger, durable or pending.
struct StoredRecord {
    let position: UInt64
    let bytes: [UInt8]
}
