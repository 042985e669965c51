import EventLog
import PersonalData
import TrainingEvents

// Personal texts at the door: sealed before anything is stored, opened before anything is compared.
extension LedgerWriter {
    /// What an event says, with every personal text sealed.
    ///
    /// - Throws: refused: `noKeys`, `erased`, `sealedText`, naming the field.
    func sealing(_ content: EventContent, _ draft: EventDraft) throws(AdmissionError) -> EventContent {
        guard draft.type.hasPersonalTexts else { return content }
        let identity = EventIdentity(
            type: draft.type, source: draft.source, id: draft.id, subject: content.subject, subjectID: draft.subjectID)
        var failure: AdmissionError?
        let keys = keys
        var sealed = content
        sealed.body = content.body.mappingPersonalTexts { field, text in
            guard failure == nil else { return text }
            do throws(AdmissionError) { return try Self.sealed(text, field, identity, keys) } catch {
                failure = error
                return text
            }
        }
        if let failure { throw failure }
        return sealed
    }

    private static func sealed(
        _ text: PersonalText, _ field: PersonalField, _ identity: EventIdentity, _ keys: LedgerKeys?
    ) throws(AdmissionError) -> PersonalText {
        guard let plain = text.text else {
            // What was destroyed elsewhere comes in as destroyed.
            if text == .erased { return text }
            throw .refused(
                EventError(
                    .sealedText, field: field.path, expected: "the text: export with the keys of the other ledger"))
        }
        guard text.isToBeSealed else { return text }
        guard let keys else {
            throw .refused(
                EventError(.noKeys, field: field.path, expected: "keys beside the ledger, or --keys, TRAINLEDGER_KEYS"))
        }
        let outcome = try admitting { () throws(PersonalDataError) in try keys.seal(plain, field, of: identity) }
        switch outcome {
        case .sealed(let sealed): return sealed
        case .erased:
            throw .refused(EventError(.erased, field: field.path, expected: "no text, or an empty one"))
        }
    }

    /// Takes down the national ID that an event said, so that it can be looked up.
    func noteNationalID(_ content: EventContent) throws(PersonalDataError) {
        guard let keys, content.body.mayGiveNationalID, let nationalID = content.body.nationalID else { return }
        switch content.subject {
        case .trainee(let number): try keys.note(nationalID: nationalID, of: number.value)
        case .newTrainee:
            try keys.note(nationalID: nationalID, of: UInt32(state.registry.trainees.count - 1))
        case .class, .unit, .rulebook, .newClass, .newUnit: break
        }
    }

    /// A stored event and its repetition as they are to be compared: with their texts in the clear; without any if the
    /// trainee was erased, or the repetition says only that they are there.
    ///
    /// - Throws: refused: `noKeys` if texts would have to be opened and cannot be.
    func comparison(
        _ stored: Event, _ repeated: EventContent, _ draft: EventDraft
    ) throws(AdmissionError) -> (stored: Event, repeated: EventContent) {
        guard draft.type.hasPersonalTexts else { return (stored, repeated) }
        let opened = try admitting { () throws(PersonalDataError) in
            try keys?.opened(stored, subjectID: draft.subjectID) ?? stored
        }
        let texts = opened.body.personalTexts.map(\.text)
        let isErased = try isErased(stored, draft) || texts.contains(.erased)
        if isErased || repeated.body.personalTexts.contains(where: \.text.isShownOnly) {
            var (bareStored, bareRepeated) = (stored, repeated)
            bareStored.body = stored.body.withoutPersonalTexts
            bareRepeated.body = repeated.body.withoutPersonalTexts
            return (bareStored, bareRepeated)
        }
        guard texts.allSatisfy({ $0.text != nil }) else {
            throw .refused(
                EventError(.noKeys, field: "data", expected: "the keys, to compare with the event that has this id"))
        }
        return (opened, repeated)
    }

    private func isErased(_ stored: Event, _ draft: EventDraft) throws(AdmissionError) -> Bool {
        guard let keys, stored.isAboutTrainee else { return false }
        return try admitting { () throws(PersonalDataError) in try keys.isErased(trainee: draft.subjectID) }
    }
}

/// Runs what throws errors of the keys at the door, and passes them on.
func admitting<Value>(_ work: () throws(PersonalDataError) -> Value) throws(AdmissionError) -> Value {
    do throws(PersonalDataError) { return try work() } catch { throw .failed(.personalData(error)) }
}

extension Event {
    /// Whether the event is about a trainee, just introduced or not.
    var isAboutTrainee: Bool {
        switch subject {
        case .trainee, .newTrainee: true
        case .class, .unit, .rulebook, .newClass, .newUnit: false
        }
    }
}
