import Access
import EventLog
import Histories
import TrainingEvents

// What the gate has to know of a subject before it decides. Read for the gate alone, and only once the caller is known.
extension LedgerReader {
    /// Which kind of subject is meant, and what the ledger knows of it. Of what it does not know there are no facts; to
    /// those with a bounded reach that is out of reach, like what is somebody else's.
    func look(at subject: AccessSubject) throws(LedgerError) -> (subject: AccessSubject, facts: SubjectFacts) {
        switch subject {
        case .nobody, .everyone, .unit: return (subject, SubjectFacts())
        case .trainee(let id): return (subject, try traineeFacts(id))
        case .class(let id): return (subject, SubjectFacts(ids: [id], units: try units(ofClass: id)))
        case .enrolment(let trainee, let classID): return (subject, try enrolmentFacts(trainee, classID))
        case .named(let id): return try look(at: try known(id))
        }
    }

    private func known(_ id: String) throws(LedgerError) -> AccessSubject {
        let point = try resolve(.head)
        if try isKnown(id, .trainee, at: point) { return .trainee(id) }
        if try isKnown(id, .class, at: point) { return .class(id) }
        return try isKnown(id, .unit, at: point) ? .unit(id) : .trainee(id)
    }

    /// The events that bear on a trainee; `nil` if there is none of this ID.
    private func bearing(on id: String, alsoOf classIDs: [String] = []) throws(LedgerError) -> PersonEvents? {
        do throws(LedgerError) {
            return try events(bearingOn: id, at: try resolve(.head), alsoOf: classIDs)
        } catch {
            if case .unknown = error { return nil }
            throw error
        }
    }

    private func traineeFacts(_ id: String) throws(LedgerError) -> SubjectFacts {
        guard let events = try bearing(on: id) else { return SubjectFacts(ids: [id]) }
        let histories = events.histories(at: try resolve(.head))
        return SubjectFacts(
            ids: Self.personIDs(of: id, histories),
            units: Self.units(ofClasses: events.liveClasses, histories))
    }

    /// The class counts only if the trainee has to do with it.
    private func enrolmentFacts(_ id: String, _ classID: String) throws(LedgerError) -> SubjectFacts {
        guard let events = try bearing(on: id, alsoOf: [classID]) else { return SubjectFacts(ids: [id]) }
        let histories = events.histories(at: try resolve(.head))
        let isMember = histories.registry.classes[classID].map { events.liveClasses.contains($0) }
        let classes = isMember == true ? [histories.registry.classes[classID]].compactMap(\.self) : []
        return SubjectFacts(
            ids: Self.personIDs(of: id, histories), units: Self.units(ofClasses: Set(classes), histories))
    }

    private func units(ofClass id: String) throws(LedgerError) -> Set<String> {
        let histories = try events(ofClass: id, at: try resolve(.head)).histories(at: try resolve(.head))
        guard let number = histories.registry.classes[id] else { return [] }
        return Self.units(ofClasses: [number], histories)
    }

    private static func personIDs(of id: String, _ histories: LedgerHistories) -> [String] {
        guard let number = histories.registry.trainees[id], histories.trainee(number) != nil else { return [id] }
        let others = histories.linkedTrainees(number).map { $0.id(in: histories.registry) }.filter { $0 != id }
        return [id] + others.sorted()
    }

    private static func units(ofClasses classes: Set<ClassNumber>, _ histories: LedgerHistories) -> Set<String> {
        Set(
            classes.compactMap { histories.class($0)?.fields.unit }.map { histories.registry.units.id(of: $0) })
    }
}

extension PersonEvents {
    /// The classes that the events about trainees name, retracted ones left out.
    fileprivate var liveClasses: Set<ClassNumber> {
        let retracted = retracted
        var classes: Set<ClassNumber> = []
        for placed in events where placed.event.isAboutTrainee && !retracted.contains(placed.position) {
            for case .class(let number) in placed.event.references { classes.insert(number) }
        }
        return classes
    }
}
