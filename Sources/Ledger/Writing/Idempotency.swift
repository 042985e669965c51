import TrainingEvents

extension LedgerWriter {
    /// The position of the event with this source and ID, if there is one.
    func existing(_ source: String, _ id: String) throws(AdmissionError) -> UInt64? {
        let candidates: [UInt64]
        do throws(LedgerError) {
            candidates = try reading { () throws(DerivedFileAbsence) in try indexes.candidates(source, id) }
        } catch {
            throw .failed(error)
        }
        for position in candidates {
            let envelope: Envelope
            do throws(LedgerError) { envelope = try event(at: position).envelope } catch { throw .failed(error) }
            if envelope.source == source, envelope.id == id { return position }
        }
        return nil
    }

    /// The same content is a duplicate; other content is a conflict.
    func compare(_ draft: EventDraft, with position: UInt64) throws(AdmissionError) -> Admission {
        let stored: Event
        do throws(LedgerError) { stored = try event(at: position) } catch { throw .failed(error) }
        do throws(EventError) {
            // What the event refers to may have been retracted since: IDs decide, not present numbers.
            let registry = state.registry.includingRetracted
            let repeated = try draft.event(
                registry: registry, recordedTime: stored.envelope.recordedTime, isRepeat: true
            ) { (source, id) throws(EventError) in try self.retractionTarget(source, id) }
            // What was shown without the author of a confidential complaint may come back as it was shown.
            let isShown = stored.hasAuthorWithheld(in: repeated)
            let stored = isShown ? stored.withholdingAuthor(from: nil) : stored
            if stored.hasSameContent(as: repeated) || isSame(stored, repeated, registry) {
                return .duplicate(position: position)
            }
        } catch {
            throw .refused(conflict(draft, position))
        }
        throw .refused(conflict(draft, position))
    }

    private func isSame(_ stored: Event, _ repeated: Event, _ registry: Registry) -> Bool {
        stored.envelope == repeated.envelope && stored.type == repeated.type
            && stored.subject.id(in: registry) == repeated.subject.id(in: registry)
            && stored.data(registry: registry).text == repeated.data(registry: registry).text
    }

    private func conflict(_ draft: EventDraft, _ position: UInt64) -> EventError {
        EventError(
            .conflict, field: "id", found: "another event at position \(position)",
            expected: "the same content, or a new id")
    }
}
