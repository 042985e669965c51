import Access
import Histories
import TrainingEvents

extension LedgerReader {
    /// The facts of a trainee ID as they stand at a point, with its personal texts as far as the keys are there and the
    /// role sees them.
    ///
    /// - Parameters:
    ///   - classID: the class that a list was asked for of; the trainee has to do with it.
    ///   - histories: the facts at the point.
    /// - Throws: `access` if no list of this class was asked for, or the trainee has nothing to do with it;
    ///   `personalData` if a text does not open, though its key is there; `log`, `record`.
    func fields(
        of number: TraineeNumber, inClass classID: String, _ histories: LedgerHistories, at point: LedgerPoint
    ) throws(LedgerError) -> TraineeFields {
        try requireList(of: classID)
        let members = histories.linkedTrainees(number)
        let isMember = members.contains { member in
            guard let classNumber = histories.registry.classes[classID] else { return false }
            let history = histories.trainee(member)
            return history?.enrolment(in: classNumber) != nil
                || history?.payouts.contains { $0.classNumber == classNumber } == true
        }
        guard isMember else { throw .access(AccessError(.notPermitted, warrant.operation ?? .listPayments)) }
        return try lookingUp(at: point) { positions throws(LedgerError) in
            var fields = TraineeFields()
            for event in try self.liveEvents(of: number, positions, at: point) {
                switch event.body {
                case .traineeRegistered(let registered): fields = fields.amended(by: registered.fields)
                case .traineeAmended(let amended): fields = fields.amended(by: amended.fields)
                default: continue
                }
            }
            return fields
        }
    }

    /// The registrations and amendments of a trainee ID that stand, opened.
    private func liveEvents(
        of number: TraineeNumber, _ lookup: SubjectLookup, at point: LedgerPoint
    ) throws(LedgerError) -> [Event] {
        var events: [(position: UInt64, event: Event)] = []
        var retracted: Set<UInt64> = []
        let positions = try lookup.positions(of: number.value, .trainee).ascendingOnce
        for (position, event) in zip(positions, try self.events(at: positions)) {
            if point.leavesOut(event) { continue }
            if case .eventRetracted(let retraction) = event.body {
                retracted.insert(UInt64(clamping: retraction.targetPosition))
            }
            // A link stands in the lists of both.
            if case .trainee(number) = event.subject { events.append((position, event)) }
            if case .newTrainee = event.subject { events.append((position, event)) }
        }
        var live: [Event] = []
        var registry = Registry()
        for (position, event) in events where !retracted.contains(position) {
            if case .newTrainee(let id) = event.subject { registry.trainees.add(id, as: number) }
            live.append(try opened(event, registry))
        }
        return live
    }

    /// Refuses anything but a list of this class.
    func requireList(of classID: String) throws(LedgerError) {
        try warrant.require(.matchInsurance, .listPayments, .readRoster)
        guard let subject = warrant.subject, subject != .everyone, subject != .class(classID) else { return }
        throw .access(AccessError(.notPermitted, warrant.operation ?? .listPayments))
    }

    /// The number of a class that stands.
    ///
    /// - Throws: `unknown`.
    func standingClass(_ id: String, in histories: LedgerHistories) throws(LedgerError) -> ClassHistory {
        guard let number = histories.registry.classes[id], let history = histories.class(number) else {
            throw .unknown(
                noun: "class", id: id, suggestion: Suggestion.nearest(to: id, among: histories.registry.classes.ids))
        }
        return history
    }
}

extension PersonalText {
    /// The text; what stands for it where it is not shown.
    var listed: JSONValue { json(kind: .freeText, registry: Registry()) }
}
