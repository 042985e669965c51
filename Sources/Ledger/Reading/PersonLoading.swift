import Access
import EventLog
package import Histories
package import TrainingEvents

/// The events that bear on one person: their own under every ID, those about their classes and the units of these, and
/// adoptions of rulebooks. In the order of the log, retracted ones and retractions included.
package struct PersonEvents {
    /// One of the events.
    package struct Placed {
        package let position: UInt64
        package let event: Event
        /// The number of its subject; 0 for a rulebook.
        package let number: UInt32
    }

    package fileprivate(set) var events: [Placed] = []

    /// Adds an event behind the others.
    mutating func append(_ event: Event, about number: UInt32, at position: UInt64) {
        events.append(Placed(position: position, event: event, number: number))
    }

    /// The positions of the retracted ones.
    package var retracted: Set<UInt64> {
        var targets: Set<UInt64> = []
        for placed in events {
            if case .eventRetracted(let retraction) = placed.event.body {
                targets.insert(UInt64(clamping: retraction.targetPosition))
            }
        }
        return targets
    }

    /// The facts that they leave; other trainees, classes and units are left empty.
    package func histories(at point: LedgerPoint) -> LedgerHistories {
        var histories = LedgerHistories()
        let live = PersonEvents(events: events.filter { !point.leavesOut($0.event) })
        let retracted = live.retracted
        for placed in events {
            let isLive = !point.leavesOut(placed.event) && !retracted.contains(placed.position)
            histories.fold(placed.event, about: placed.number, at: placed.position, isLive: isLive)
        }
        histories.stand(at: point.eventCount, recordedTime: point.recordedTime)
        return histories
    }
}

/// The events that were looked up for one question.
struct BearingEvents {
    struct Question: Equatable {
        let traineeID: String
        let classIDs: [String]
        let eventCount: UInt64
    }

    let question: Question
    let events: PersonEvents
}

extension LedgerReader {
    /// The events that bear on the person whom a trainee ID belongs to, known at a point. Of the log only the blocks
    /// that hold them are read, and what was written since the index.
    ///
    /// - Parameter classIDs: classes that are wanted too, whether or not the person has to do with them.
    /// - Throws: `unknown` if no trainee of this ID was registered by then.
    func events(
        bearingOn traineeID: String, at point: LedgerPoint, alsoOf classIDs: [String] = []
    ) throws(LedgerError) -> PersonEvents {
        let question = BearingEvents.Question(traineeID: traineeID, classIDs: classIDs, eventCount: point.eventCount)
        if let last = lastBearing, last.question == question { return last.events }
        let events = try lookingUp(at: point) { positions throws(LedgerError) in
            var search = PersonSearch(reader: self, positions: positions)
            for number in try positions.numbers(of: traineeID, .trainee) { try search.addPerson(number) }
            guard search.knows(traineeID) else { throw try unknownTrainee(traineeID, at: point) }
            for id in classIDs {
                for number in try positions.numbers(of: id, .class) { try search.add(.class, number) }
            }
            return PersonEvents(events: try search.finish())
        }
        lastBearing = BearingEvents(question: question, events: events)
        return events
    }

    /// The events that bear on one person, without deciding anything about them.
    ///
    /// - Throws: as ``timeline(of:at:choosing:)``.
    package func personEvents(of traineeID: String, at point: LedgerPoint) throws(LedgerError) -> PersonEvents {
        try warrant.require(trainee: traineeID, .readTimeline)
        return try events(bearingOn: traineeID, at: point)
    }

    /// The events about a class and the unit that holds it, known at a point; none if there is no such class.
    func events(ofClass id: String, at point: LedgerPoint) throws(LedgerError) -> PersonEvents {
        try lookingUp(at: point) { positions throws(LedgerError) in
            var search = PersonSearch(reader: self, positions: positions)
            for number in try positions.numbers(of: id, .class) { try search.add(.class, number) }
            return PersonEvents(events: try search.finish())
        }
    }

    /// Whether an ID was given to a subject of a kind.
    func isKnown(_ id: String, _ kind: SubjectKind, at point: LedgerPoint) throws(LedgerError) -> Bool {
        try lookingUp(at: point) { positions throws(LedgerError) in
            var search = PersonSearch(reader: self, positions: positions)
            for number in try positions.numbers(of: id, kind) where try search.introduces(id, kind, number) {
                return true
            }
            return false
        }
    }

    /// Runs a look-up with the index, and without it if the index turns out damaged.
    func lookingUp<Found>(
        at point: LedgerPoint, _ look: (SubjectLookup) throws(LedgerError) -> Found
    ) throws(LedgerError) -> Found {
        do throws(LedgerError) {
            return try look(SubjectLookup(self, upTo: point.eventCount, usesIndex: true))
        } catch {
            guard case .derived = error else { throw error }
            return try look(SubjectLookup(self, upTo: point.eventCount, usesIndex: false))
        }
    }

    /// The error for an ID that no trainee has, with the one that was perhaps meant if there are not too many to ask.
    private func unknownTrainee(_ id: String, at point: LedgerPoint) throws(LedgerError) -> LedgerError {
        var suggestion: String?
        if point.eventCount <= Self.eventsSearchedForSuggestion {
            let known = try grantedHistories(at: point).registry.trainees.ids
            suggestion = Suggestion.nearest(to: id, among: known)
        }
        return .unknown(noun: "trainee", id: id, suggestion: suggestion)
    }

    /// Nobody waits for a suggestion longer than it takes to fold so many.
    private static var eventsSearchedForSuggestion: UInt64 { 2_000_000 }

    /// The facts at a point of the person whom a trainee ID belongs to, of their classes and the units of these; all
    /// others are left empty.
    ///
    /// - Throws: `unknown` if no such trainee stands at the point.
    package func histories(
        of traineeID: String, at point: LedgerPoint, alsoOf classIDs: [String] = []
    ) throws(LedgerError) -> (histories: LedgerHistories, members: [TraineeNumber]) {
        try warrant.require(trainee: traineeID, .readTimeline, .readBalance, .decide)
        let histories = try events(bearingOn: traineeID, at: point, alsoOf: classIDs).histories(at: point)
        guard let number = histories.registry.trainees[traineeID], histories.trainee(number) != nil else {
            throw try unknownTrainee(traineeID, at: point)
        }
        return (histories, histories.linkedTrainees(number))
    }
}

/// Follows references from a person's events to what else bears on them.
private struct PersonSearch {
    let reader: LedgerReader
    let positions: SubjectLookup
    private var found: [UInt64: PersonEvents.Placed] = [:]
    private var seen: Set<Subject> = []

    init(reader: LedgerReader, positions: SubjectLookup) {
        self.reader = reader
        self.positions = positions
    }

    /// Whether a trainee of this ID was found.
    func knows(_ traineeID: String) -> Bool { found.values.contains { $0.event.subject == .newTrainee(traineeID) } }

    /// Whether a number was given to this ID: look-ups may name others too.
    mutating func introduces(_ id: String, _ kind: SubjectKind, _ number: UInt32) throws(LedgerError) -> Bool {
        try add(kind, number).contains { event in
            switch event.subject {
            case .newTrainee(let own), .newClass(let own), .newUnit(let own): own == id
            default: false
            }
        }
    }

    /// Adds the events of a trainee and of all who were ever linked to them, of their classes and units.
    mutating func addPerson(_ number: UInt32) throws(LedgerError) {
        var open = [number]
        while let next = open.popLast() {
            for event in try add(.trainee, next) {
                for reference in event.references {
                    switch reference {
                    case .trainee(let other) where other.value != next: open.append(other.value)
                    case .class(let number): try add(.class, number.value)
                    default: break
                    }
                }
            }
        }
    }

    /// Adds the events about one subject; gives those that were not there yet.
    @discardableResult
    mutating func add(_ kind: SubjectKind, _ number: UInt32) throws(LedgerError) -> [Event] {
        guard seen.insert(kind.subject(number)).inserted else { return [] }
        let found = try positions.positions(of: number, kind).ascendingOnce
        let added = try reader.events(at: found)
        for (position, event) in zip(found, added) {
            // A link stands in the lists of both; it is about the one who was linked.
            if case .trainee(let subject) = event.subject, kind == .trainee, subject.value != number { continue }
            self.found[position] = PersonEvents.Placed(position: position, event: event, number: number)
            guard kind == .class else { continue }
            for case .unit(let unit) in event.references { try add(.unit, unit.value) }
        }
        return added
    }

    mutating func finish() throws(LedgerError) -> [PersonEvents.Placed] {
        let rulebooks = try positions.rulebookPositions().ascendingOnce
        for (position, event) in zip(rulebooks, try reader.events(at: rulebooks)) {
            found[position] = PersonEvents.Placed(position: position, event: event, number: 0)
        }
        return found.values.sorted { $0.position < $1.position }
    }
}

extension SubjectKind {
    fileprivate func subject(_ number: UInt32) -> Subject {
        switch self {
        case .trainee: .trainee(TraineeNumber(number))
        case .class: .class(ClassNumber(number))
        case .unit: .unit(UnitNumber(number))
        }
    }
}
