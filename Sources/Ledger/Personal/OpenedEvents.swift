import Access
import EventLog
import Histories
import PersonalData
import TrainingEvents

extension LedgerReader {
    /// An event with its personal texts as far as they can be opened: without keys, or without the key-encryption key,
    /// sealed ones stay sealed; and those that the role does not see are masked.
    ///
    /// - Parameter registry: knows the subject.
    /// - Throws: `personalData` if a text does not open, though its key is there.
    func opened(_ event: Event, _ registry: Registry) throws(LedgerError) -> Event {
        guard let keys, event.type.hasPersonalTexts else { return warrant.masking(event) }
        let id = event.subject.id(in: registry)
        do throws(PersonalDataError) { return warrant.masking(try keys.opened(event, subjectID: id)) } catch {
            if error.code == .noKeys { return warrant.masking(event) }
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
        try warrant.require(.findTrainee)
        let numbers = try fromKeys { () throws(PersonalDataError) in try keys.trainees(nationalID: nationalID) }
        guard !numbers.isEmpty else { return [] }
        let found: [String]
        do throws(LedgerError) {
            found = try trainees(numbers, nationalID, usesIndex: true)
        } catch {
            guard case .derived = error else { throw error }
            found = try trainees(numbers, nationalID, usesIndex: false)
        }
        var within: [String] = []
        for id in found where try isWithinReach(trainee: id) { within.append(id) }
        return within
    }

    /// Whether a trainee who was found may be named; written down like any other request.
    private func isWithinReach(trainee id: String) throws(LedgerError) -> Bool {
        guard warrant.isControlled, var request else { return true }
        request.subject = .trainee(id)
        do throws(LedgerError) {
            _ = try AccessGate.warrant(for: request, on: directory, position: head) {
                subject throws(LedgerError) in try self.look(at: subject)
            }
            return true
        } catch {
            if case .access(let error) = error, case .denied = error.code { return false }
            throw error
        }
    }

    private func trainees(
        _ numbers: [UInt32], _ nationalID: String, usesIndex: Bool
    ) throws(LedgerError) -> [String] {
        let lookup = try SubjectLookup(self, upTo: head, usesIndex: usesIndex)
        var ids: [String] = []
        for number in numbers {
            let positions = try lookup.positions(of: number, .trainee).ascendingOnce
            let events = zip(positions, try events(at: positions)).map { (position: $0, event: $1) }
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
