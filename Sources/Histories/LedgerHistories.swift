package import CivilTime
package import TrainingEvents

/// The facts of everyone and everything at a position of the log.
package struct LedgerHistories: Sendable {
    /// By number; `nil` where the registration is retracted or left out.
    package private(set) var trainees: [TraineeHistory?] = []
    package private(set) var classes: [ClassHistory?] = []
    package private(set) var units: [UnitHistory?] = []
    package private(set) var complaints: [ComplaintFact] = []
    /// Every rulebook adopted, in the order of the log.
    package private(set) var adoptions: [AdoptedRulebook] = []
    /// The IDs by their numbers.
    package private(set) var registry = Registry()
    /// How many positions were folded, live or not.
    package private(set) var eventCount: UInt64 = 0
    /// The recorded time of the last event.
    package private(set) var lastRecordedTime: Instant?

    /// Which IDs are linked directly, both ways.
    private(set) var linkedIDs: [TraineeNumber: Set<TraineeNumber>] = [:]

    package init() {}

    /// The adopted rulebooks whose first day has come by the day of the last event, in the order of the log: the
    /// last of them counts.
    package var rulebooks: [AdoptedRulebook] {
        guard let today = lastRecordedTime?.taipeiDate else { return [] }
        return adoptions.filter { $0.from <= today }
    }

    /// The trainee with this number, if it stands.
    package func trainee(_ number: TraineeNumber) -> TraineeHistory? {
        Int(number.value) < trainees.count ? trainees[Int(number.value)] : nil
    }

    /// The class with this number, if it stands.
    package func `class`(_ number: ClassNumber) -> ClassHistory? {
        Int(number.value) < classes.count ? classes[Int(number.value)] : nil
    }

    /// The unit with this number, if it stands.
    package func unit(_ number: UnitNumber) -> UnitHistory? {
        Int(number.value) < units.count ? units[Int(number.value)] : nil
    }

    /// Folds the event at the next position.
    ///
    /// Events must come in the order of the log. One that is not `isLive` – retracted, or left out because it
    /// happened later than asked for – keeps its number and its place and changes nothing else.
    package mutating func fold(_ event: Event, at position: UInt64, isLive: Bool) {
        eventCount = position + 1
        lastRecordedTime = event.envelope.recordedTime
        registry.note(event.subject)
        switch event.subject {
        case .newTrainee:
            var history: TraineeHistory?
            if isLive, case .traineeRegistered(let registered) = event.body {
                let number = TraineeNumber(UInt32(trainees.count))
                history = TraineeHistory(number: number, registered: registered.fields, at: position)
            }
            trainees.append(history)
        case .newClass:
            var history: ClassHistory?
            if isLive, case .classApproved(let approved) = event.body {
                let number = ClassNumber(UInt32(classes.count))
                history = ClassHistory(number: number, approved: approved.fields, at: position)
            }
            classes.append(history)
        case .newUnit:
            var history: UnitHistory?
            if isLive, case .unitRegistered(let registered) = event.body {
                let number = UnitNumber(UInt32(units.count))
                history = UnitHistory(number: number, registered: registered.fields, at: position)
            }
            units.append(history)
        case .trainee(let number):
            guard isLive, Int(number.value) < trainees.count else { return }
            trainees[Int(number.value)]?.fold(event, at: position)
            noteLink(event.body, of: number)
        case .class(let number):
            guard isLive else { return }
            noteComplaint(event, at: position)
            guard Int(number.value) < classes.count else { return }
            classes[Int(number.value)]?.fold(event.body, at: position)
        case .unit(let number):
            guard isLive else { return }
            noteComplaint(event, at: position)
            guard Int(number.value) < units.count else { return }
            units[Int(number.value)]?.fold(event.body, at: position)
        case .rulebook(let id):
            guard isLive, case .rulebookAdopted(let adopted) = event.body else { return }
            adoptions.append(AdoptedRulebook(id: id, digest: adopted.digest, from: adopted.from, position: position))
        }
    }

    private mutating func noteLink(_ body: EventBody, of number: TraineeNumber) {
        switch body {
        case .traineeLinked(let link):
            linkedIDs[number, default: []].insert(link.other)
            linkedIDs[link.other, default: []].insert(number)
        case .traineeUnlinked(let link):
            linkedIDs[number]?.remove(link.other)
            // The link may also stand from the other side; an unlinking ends only the one of its own subject.
            guard trainee(link.other)?.links.contains(where: { $0.other == number }) != true else {
                linkedIDs[number]?.insert(link.other)
                return
            }
            linkedIDs[link.other]?.remove(number)
        default: break
        }
    }

    private mutating func noteComplaint(_ event: Event, at position: UInt64) {
        guard case .complaintFiled(let filed) = event.body else { return }
        complaints.append(
            ComplaintFact(
                complaint: filed.complaint, about: event.subject, on: filed.on, county: filed.county,
                isConfidential: filed.confidential, position: position))
    }
}
