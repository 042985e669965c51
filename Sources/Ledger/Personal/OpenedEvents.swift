import EventLog
import PersonalData
package import TrainingEvents

extension LedgerReader {
    /// An event with its personal texts as far as they can be opened: without keys, or without the key-encryption key,
    /// sealed ones stay sealed.
    ///
    /// - Parameter registry: knows the subject.
    /// - Throws: `personalData` if a text does not open, though its key is there.
    package func opened(_ event: Event, _ registry: Registry) throws(LedgerError) -> Event {
        guard let keys, event.type.hasPersonalTexts else { return event }
        let id = event.subject.id(in: registry)
        do throws(PersonalDataError) { return try keys.opened(event, subjectID: id) } catch {
            if error.code == .noKeys { return event }
            throw .personalData(error)
        }
    }

    /// Whether the personal data of a trainee were erased; `nil` where the keys do not say.
    package func isErased(trainee id: String) throws(LedgerError) -> Bool? {
        guard let keys else { return nil }
        do throws(PersonalDataError) { return try keys.isErased(trainee: id) } catch {
            if error.code == .noKeys { return nil }
            throw .personalData(error)
        }
    }

    /// The IDs of the trainees who gave a national ID, in the order of their registration. Their events say so: the
    /// look-up table only tells where to look.
    ///
    /// - Parameter nationalID: in canonical form.
    /// - Throws: `personalData`: `noKeys` without keys.
    package func trainees(nationalID: String) throws(LedgerError) -> [String] {
        guard let keys else { throw .personalData(.absent(directory)) }
        let numbers = try fromKeys { () throws(PersonalDataError) in try keys.trainees(nationalID: nationalID) }
        guard !numbers.isEmpty else { return [] }
        do throws(LedgerError) {
            return try trainees(numbers, nationalID, usesIndex: true)
        } catch {
            guard case .derived = error else { throw error }
            return try trainees(numbers, nationalID, usesIndex: false)
        }
    }

    private func trainees(
        _ numbers: [UInt32], _ nationalID: String, usesIndex: Bool
    ) throws(LedgerError) -> [String] {
        let lookup = try SubjectLookup(self, upTo: head, usesIndex: usesIndex)
        var ids: [String] = []
        for number in numbers {
            var events: [(position: UInt64, event: Event)] = []
            for position in try lookup.positions(of: number, .trainee) {
                events.append((position, try event(at: position)))
            }
            guard case .newTrainee(let id) = events.first?.event.subject else { continue }
            if try gave(nationalID, id, events) { ids.append(id) }
        }
        return ids
    }

    /// Whether one of these live events of a trainee says this national ID.
    private func gave(
        _ nationalID: String, _ id: String, _ events: [(position: UInt64, event: Event)]
    ) throws(LedgerError) -> Bool {
        let retracted = events.compactMap { placed -> UInt64? in
            guard case .eventRetracted(let retraction) = placed.event.body else { return nil }
            return UInt64(clamping: retraction.targetPosition)
        }
        for (position, event) in events where !retracted.contains(position) && event.body.mayGiveNationalID {
            let opened = try fromKeys { () throws(PersonalDataError) in
                try keys?.opened(event, subjectID: id) ?? event
            }
            if opened.body.nationalID == nationalID { return true }
        }
        return false
    }
}

extension EventBody {
    /// Whether events of this type may say a national ID.
    var mayGiveNationalID: Bool { type == .traineeRegistered || type == .traineeAmended }

    /// The national ID that the event says in the clear.
    var nationalID: String? {
        switch self {
        case .traineeRegistered(let registered): registered.fields.nationalID?.text
        case .traineeAmended(let amended): amended.fields.nationalID?.text
        default: nil
        }
    }
}

extension PersonalDataError {
    /// There are no keys of the ledger in `directory`.
    static func absent(_ directory: String) -> PersonalDataError {
        PersonalDataError(.noKeys, "no keys of the ledger \(directory) were found (--keys, TRAINLEDGER_KEYS)")
    }
}
