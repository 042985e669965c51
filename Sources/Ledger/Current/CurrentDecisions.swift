import CivilTime
package import Decisions
package import Histories
package import Rulebook
package import TrainingEvents

/// Keeps the facts current in a running process, and says after each event which decisions depend on it.
///
/// A decision is a function of the facts of its person, of the classes of that person, of the rulebook and of the day
/// of the last event; what none of these changes for is not decided anew. Only the instant that the reason of a
/// waiting alternate names (PRE-10) stays that of the last event on which its class was decided.
package struct CurrentDecisions {
    /// The rulebook to decide by, of those that count.
    package typealias BookChoice = ([AdoptedRulebook]) throws(LedgerError) -> Rulebook

    package private(set) var histories: LedgerHistories
    private var rules: PreparedRules
    private let choose: BookChoice
    /// The IDs that have to do with a class, by its number.
    private var members: [[TraineeNumber]] = []
    /// The first IDs of the persons for whom a later day can change a decision.
    private var awaitingDays: Set<TraineeNumber> = []
    /// The classes whose alternates have not lapsed yet, the next to lapse last.
    private var lapses: [(at: Instant, classNumber: ClassNumber)] = []

    /// O(facts).
    ///
    /// - Parameter choose: also asked when another rulebook counts.
    /// - Throws: what `choose` throws.
    package init(_ histories: LedgerHistories, by choose: @escaping BookChoice) throws(LedgerError) {
        self.histories = histories
        self.choose = choose
        rules = PreparedRules(try choose(histories.rulebooks), histories)
        for index in histories.trainees.indices {
            let number = TraineeNumber(UInt32(index))
            noteClasses(of: number, before: [])
        }
        noteEveryone()
    }

    /// Decides by the facts as they are now. O(1). Let go of it before the next event is taken, or the facts are
    /// copied then.
    package var engine: DecisionEngine { DecisionEngine(histories: histories, rules) }

    /// Folds the event at the next position, and says what depends on it.
    ///
    /// Costs what the event changes: a late attendance record the facts of its trainee, an event of a class its
    /// members. A retraction folds its subject anew.
    ///
    /// - Parameter live: every event about a subject that still counts after a retraction, in the order of the log;
    ///   asked for at retractions only.
    /// - Throws: what `live` and the choice of the rulebook throw; then nothing has changed.
    package mutating func take(
        _ event: Event, live: (Subject) throws(LedgerError) -> [LiveEvent]
    ) throws(LedgerError) -> Dependants {
        let before = histories.rulebooks.last
        let after = histories.rulebooks(after: event)
        let book = before == after.last ? nil : try choose(after)
        let reach = Reach(event, histories)
        let (yesterday, last) = (day, histories.lastRecordedTime)
        if case .eventRetracted = event.body {
            histories.fold(retraction: event, at: histories.eventCount, refolding: try live(event.subject))
        } else {
            histories.fold(event, at: histories.eventCount, isLive: true)
        }
        noteSubject(of: reach)
        if let book {
            rules = PreparedRules(book, histories)
            noteEveryone()
            return .everything
        }
        var dependants = dependants(of: reach)
        if day != yesterday { dependants.add(persons: awaitingDays.sorted().map { histories.linkedTrainees($0) }) }
        noteDays(of: dependants.persons)
        dependants.add(classes: takeLapsed(since: last))
        return dependants
    }

    private var day: CivilDate? { histories.lastRecordedTime?.taipeiDate }
}

// What depends on what.
extension CurrentDecisions {
    private func dependants(of reach: Reach) -> Dependants {
        var dependants = Dependants()
        switch reach.subject {
        case .trainee(let number):
            let persons = persons(of: [number] + reach.linked)
            dependants.add(persons: persons)
            if reach.isAboutAdmission { dependants.add(classes: reach.classes + applications(of: persons)) }
        case .class(let number):
            let persons = persons(of: members[Int(number.value)])
            dependants.add(persons: persons)
            dependants.add(classes: [number] + applications(of: persons))
            dependants.add(unit: reach.unit)
            dependants.add(unit: histories.class(number)?.fields.unit)
        case .unit(let number): dependants.add(unit: number)
        case .newTrainee: dependants.add(persons: [[TraineeNumber(UInt32(histories.trainees.count - 1))]])
        case .newClass:
            let number = ClassNumber(UInt32(histories.classes.count - 1))
            dependants.add(classes: [number])
            dependants.add(unit: histories.class(number)?.fields.unit)
        case .newUnit: dependants.add(unit: UnitNumber(UInt32(histories.units.count - 1)))
        case .rulebook: break
        }
        return dependants
    }

    /// The persons whom these IDs belong to now, each with all their IDs; an ID that does not stand is alone.
    private func persons(of numbers: [TraineeNumber]) -> [[TraineeNumber]] {
        var persons: [[TraineeNumber]] = []
        var seen: Set<TraineeNumber> = []
        for number in numbers where !seen.contains(number) {
            let group = histories.stands(number) ? histories.linkedTrainees(number) : [number]
            seen.formUnion(group)
            persons.append(group)
        }
        return persons
    }

    /// The classes that these persons have applied to.
    private func applications(of persons: [[TraineeNumber]]) -> [ClassNumber] {
        var classes: [ClassNumber] = []
        for number in persons.joined() {
            for enrolment in histories.trainee(number)?.enrolments ?? [] where enrolment.application != nil {
                classes.append(enrolment.classNumber)
            }
        }
        return classes
    }
}

// What has to be kept to know it.
extension CurrentDecisions {
    private mutating func noteSubject(of reach: Reach) {
        switch reach.subject {
        case .trainee(let number): noteClasses(of: number, before: reach.classes)
        case .class(let number): noteClass(number)
        case .newClass: noteClass(ClassNumber(UInt32(histories.classes.count - 1)))
        case .newTrainee, .newUnit, .unit, .rulebook: break
        }
    }

    private mutating func noteClass(_ number: ClassNumber) {
        while members.count <= Int(number.value) { members.append([]) }
        rules.prepare(number, histories)
        lapses.removeAll { $0.classNumber == number }
        guard let at = engine.lapse(of: number), histories.lastRecordedTime.map({ $0 < at }) ?? true else { return }
        lapses.insert((at, number), at: lapses.firstIndex { $0.at <= at } ?? lapses.count)
    }

    private mutating func noteClasses(of number: TraineeNumber, before: [ClassNumber]) {
        let after = histories.classes(of: number)
        guard before != after else { return }
        for classNumber in before where !after.contains(classNumber) {
            members[Int(classNumber.value)].removeAll { $0 == number }
        }
        for classNumber in after where !before.contains(classNumber) {
            while members.count <= Int(classNumber.value) { members.append([]) }
            members[Int(classNumber.value)].append(number)
        }
    }

    /// Notes who waits for a later day among persons who are going to be decided.
    private mutating func noteDays(of persons: [[TraineeNumber]]) {
        let engine = engine
        for group in persons {
            for number in group { awaitingDays.remove(number) }
            guard let first = group.first, let person = histories.person(joining: group[...]) else { continue }
            if engine.cases(of: person).contains(where: engine.dependsOnDay) { awaitingDays.insert(first) }
        }
    }

    /// Notes for everyone what depends on the day and the hour.
    private mutating func noteEveryone() {
        awaitingDays = []
        let persons = Persons(histories)
        noteDays(of: (0..<persons.count).map { Array(persons[$0]) })
        let engine = engine
        lapses = []
        for index in histories.classes.indices {
            let number = ClassNumber(UInt32(index))
            if let at = engine.lapse(of: number), histories.lastRecordedTime.map({ $0 < at }) ?? true {
                lapses.append((at, number))
            }
        }
        lapses.sort { ($0.at, $0.classNumber) > ($1.at, $1.classNumber) }
    }

    /// The classes whose alternates have lapsed by now.
    private mutating func takeLapsed(since last: Instant?) -> [ClassNumber] {
        guard let now = histories.lastRecordedTime, now != last else { return [] }
        var lapsed: [ClassNumber] = []
        while let next = lapses.last, next.at <= now {
            lapsed.append(next.classNumber)
            lapses.removeLast()
        }
        return lapsed
    }
}
