package import CivilTime
import EventLog
package import PersonalData
package import TrainingEvents

// The erasure of a trainee's personal data, however its event comes in.
extension LedgerWriter {
    /// The source of the erasures that this program records itself.
    package static var erasureSource: String { "/trainledger/erasure" }

    /// Refuses an erasure that could not be carried out, before anything is changed.
    ///
    /// - Throws: refused: `noKeys`, `erased`; `stepNotAllowed` where texts about the trainee stand in the clear.
    func requireErasable(_ said: EventContent, _ draft: EventDraft) throws(AdmissionError) {
        guard let keys else {
            throw .refused(EventError(.noKeys, field: "type", expected: "the keys that are to be destroyed"))
        }
        let isErased = try admitting { () throws(PersonalDataError) in
            try keys.isErased(trainee: draft.subjectID)
        }
        if isErased, !isRecordingAgain {
            throw .refused(EventError(.erased, field: "subject", expected: "a trainee who was not erased before"))
        }
        let clear = try positionsInTheClear(said.subject)
        if let first = clear.first {
            throw .refused(
                EventError(
                    .stepNotAllowed, field: "type",
                    found: "\(clear.count) events with texts in the clear, from position \(first) on",
                    expected: "a ledger in which they are sealed; record its events in a new one"))
        }
    }

    /// The positions of the events about a trainee whose texts no key protects: they are of before texts were sealed.
    private func positionsInTheClear(_ subject: Subject) throws(AdmissionError) -> [UInt64] {
        guard case .trainee(let number) = subject else { return [] }
        do throws(LedgerError) {
            let positions = try reading { () throws(DerivedFileAbsence) in
                try indexes.positions(of: .trainee(number.value))
            }
            var clear: [UInt64] = []
            for position in positions {
                let texts = try event(at: position).body.personalTexts
                if texts.contains(where: \.text.isToBeSealed) { clear.append(position) }
            }
            return clear
        } catch {
            throw .failed(error)
        }
    }

    /// Carries out an erasure whose step was taken: fence, event, keys. Each is durable before the next begins, and
    /// what a crash leaves undone is done by ``applyErasures(to:keys:now:)``.
    func admitErasure(
        _ record: [UInt8], _ noted: NotedEvent, _ said: EventContent, _ draft: EventDraft
    ) throws(AdmissionError) -> Admission {
        guard let keys else { preconditionFailure("an erasure without keys is refused before its step") }
        do throws(LedgerError) {
            try commit()
            let position = head
            let event = Event(
                envelope: Envelope(
                    source: draft.source, id: draft.id, time: draft.time, recordedTime: noted.recordedTime),
                subject: said.subject, body: said.body)
            let text = Array(event.json(sequence: position, registry: state.registry).text.utf8)
            if !isRecordingAgain {
                try fromKeys { () throws(PersonalDataError) in
                    try keys.beginErasure(of: draft.subjectID, event: text)
                }
            }
            take(record, noted, at: position)
            try commit()
            if !isRecordingAgain {
                try finishErasure(of: draft.subjectID)
                try fromKeys { () throws(PersonalDataError) in try keys.stampErasures() }
            }
            return .admitted(position: position)
        } catch {
            throw .failed(error)
        }
    }

    /// Destroys the keys of a trainee whose erasure is in the register and in the log.
    private func finishErasure(of traineeID: String) throws(LedgerError) {
        let number = state.registry.includingRetracted.trainees[traineeID]?.value
        try fromKeys { () throws(PersonalDataError) in
            _ = try keys?.finishErasure(of: traineeID, number: number)
        }
    }

    /// What applying the register of erasures came to.
    package struct AppliedErasures: Sendable {
        /// Erasures in the register.
        package var erasures = 0
        /// Those that the register had lost.
        package var restoredToRegister = 0
        /// Those whose events the ledger had lost, recorded again.
        package var recordedAgain = 0
        /// Those whose events the ledger does not take any more, and why; their keys are destroyed all the same.
        package var notRecorded: [EventError] = []
    }

    /// Brings ledger, keys and register of erasures to the same erasure again, after one of them was put back from an
    /// older copy or an erasure was cut off: what any of them knows to be erased is erased in all. Doing it again changes
    /// nothing.
    ///
    /// - Throws: `personalData`: `noKeys` if the ledger has none; `log`, `record`.
    package static func applyErasures(
        to directory: String, keys options: KeyOptions = .ofEnvironment, for request: AccessRequest? = nil,
        now: @escaping () -> Instant
    ) throws(LedgerError) -> AppliedErasures {
        let writer = try LedgerWriter(
            opening: directory, keys: KeyUse(options, applyingErasures: true), for: request, now: now)
        let result: Result<AppliedErasures, LedgerError>
        do throws(LedgerError) { result = .success(try writer.applyErasures(directory)) } catch {
            result = .failure(error)
        }
        try writer.close()
        return try result.get()
    }

    private func applyErasures(_ directory: String) throws(LedgerError) -> AppliedErasures {
        guard let keys else { throw .personalData(.absent(directory)) }
        var applied = AppliedErasures()
        applied.restoredToRegister = try fromKeys { () throws(PersonalDataError) in try keys.recoverRegister() }
        for event in try loggedErasures() {
            let id = event.subject.id(in: state.registry)
            let isKnown = try fromKeys { () throws(PersonalDataError) in try keys.isErased(trainee: id) }
            if isKnown { continue }
            let text = Array(event.json(sequence: 0, registry: state.registry).text.utf8)
            try fromKeys { () throws(PersonalDataError) in try keys.beginErasure(of: id, event: text) }
            applied.restoredToRegister += 1
        }
        isRecordingAgain = true
        defer { isRecordingAgain = false }
        for text in try fromKeys({ () throws(PersonalDataError) in try keys.registeredErasures }) {
            applied.erasures += 1
            let draft = try Self.draft(text)
            do throws(AdmissionError) {
                if try existing(draft.source, draft.id) == nil {
                    _ = try admit(draft, keepsRecordedTime: false)
                    applied.recordedAgain += 1
                }
            } catch {
                switch error {
                case .refused(let reason): applied.notRecorded.append(reason)
                case .failed(let failure): throw failure
                }
            }
            try finishErasure(of: draft.subjectID)
        }
        try fromKeys { () throws(PersonalDataError) in try keys.stampErasures() }
        return applied
    }

    private static func draft(_ text: [UInt8]) throws(LedgerError) -> EventDraft {
        do throws(EventError) {
            return try EventDraft(json: try JSONParser.parse(String(decoding: text, as: UTF8.self)))
        } catch {
            throw .refused(error)
        }
    }

    /// The erasures in the log, with their texts as far as they open. A walk over the log.
    private func loggedErasures() throws(LedgerError) -> [Event] {
        var found: [Event] = []
        try fromWalk {
            try reader.forEach(from: 0, to: reader.head) { position, record in
                if let peek = EventPeek(record), peek.type != .traineeErased { return }
                let event = try LedgerReader.decode(record, at: position)
                if case .traineeErased = event.body { found.append(event) }
            }
        }
        var opened: [Event] = []
        for event in found {
            let id = event.subject.id(in: state.registry)
            opened.append(
                try fromKeys { () throws(PersonalDataError) in try keys?.opened(event, subjectID: id) ?? event })
        }
        return opened
    }
}
