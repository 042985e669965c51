import CivilTime
package import Decisions
package import Histories
import Rulebook
package import TrainingEvents

/// A history told event by event, the way events come in: every one goes through ``EventDraft``, the vocabulary
/// and ``AdmissionState``, and is given the next position.
///
/// Sentences (`story.starts("T-1", in: "C-1")`) do not throw; what the door refused is kept in ``refusals``, and
/// asking the story for anything throws the first of them.
///
/// ```swift
/// var story = Story()
/// story.approve("C-1", .industryTalent, fee: 10_000, from: "2026-03-02", to: "2026-03-31")
/// story.register("T-1", born: "1990-01-01")
/// story.starts("T-1", in: "C-1")
/// let decision = try story.decide(.tuitionSubsidy, "T-1", in: "C-1")
/// ```
package struct Story: Sendable {
    /// What the door refused.
    package struct Refusal: Error, Sendable, CustomStringConvertible {
        /// How many events stood before it.
        package let position: Int
        package let type: String
        package let error: EventError
        package var description: String { "event \(position), \(type): \(error)" }
    }

    /// The day on which the next events happen, and on which the ledger learns of them.
    package var today: Day = "2026-01-02"
    /// The day on which the next events happen, where it is another than the one on which they are recorded.
    package var happenedOn: Day?

    package private(set) var events: [Event] = []
    package private(set) var refusals: [Refusal] = []
    /// Position of a retracted event, and the one of its retraction.
    private var retractions: [Int: Int] = [:]
    private var positions: [Key: Int] = [:]
    private var admission = AdmissionState()

    private struct Key: Hashable {
        let source: String
        let id: String
    }

    package init() {}

    /// The position of the last event.
    package var last: UInt64 { UInt64(max(0, events.count - 1)) }

    /// Tells an event with `data` about `subject`; recorded ``today``.
    ///
    /// - Returns: the position of the event; if it was refused, the one that it would have had.
    @discardableResult
    package mutating func tell(
        _ type: EventType, about subject: String, _ data: KeyValuePairs<String, JSONValue?>
    ) -> UInt64 {
        tell(type, about: subject, object: data.compactMap { key, value in value.map { JSONValue.Member(key, $0) } })
    }

    /// The same with the members of `data`.
    @discardableResult
    package mutating func tell(_ type: EventType, about subject: String, object data: [JSONValue.Member]) -> UInt64 {
        let number = events.count + refusals.count
        let recorded = Self.instant(today.date, number)
        let happened = Self.instant((happenedOn ?? today).date, number)
        let json = JSONValue.members([
            "specversion": "1.0", "id": .string("e-\(number)"), "source": "/story", "type": .string(type.name),
            "subject": .string(subject), "time": .string(happened.description), "data": .object(data),
        ])
        return tell(json, recorded: recorded)
    }

    /// Tells an event as a line of JSON Lines; recorded at its `recordedtime`, or when it happened.
    @discardableResult
    package mutating func tell(line: String) -> UInt64 {
        do throws(EventError) {
            return tell(try JSONParser.parse(line), recorded: nil)
        } catch {
            return refuse("line", error)
        }
    }

    private mutating func tell(_ json: JSONValue, recorded: Instant?) -> UInt64 {
        var type = ""
        do throws(EventError) {
            let draft = try EventDraft(json: json)
            type = draft.type.name
            let key = Key(source: draft.source, id: draft.id)
            if let known = positions[key] { return UInt64(known) }
            let registry = admission.registry
            let brought = try draft.recordedTime()
            let event = try draft.event(
                registry: registry, recordedTime: recorded ?? brought ?? draft.time, isRepeat: false
            ) { source, id throws(EventError) in target(Key(source: source, id: id), registry) }
            try take(event)
            positions[key] = events.count
            events.append(event)
            return last
        } catch {
            return refuse(type, error)
        }
    }

    /// The event at a position is retracted.
    @discardableResult
    package mutating func retract(_ position: UInt64) -> UInt64 {
        let event = events[Int(position)]
        return tell(
            .eventRetracted, about: event.subject.id(in: admission.registry.includingRetracted),
            [
                "retractsSource": .string(event.envelope.source), "retractsId": .string(event.envelope.id),
                "reason": "entered by mistake",
            ])
    }

    /// Forgets what the door refused, where a refusal was what the test wanted.
    package mutating func forgetRefusals() { refusals = [] }

    private func target(_ key: Key, _ registry: Registry) -> RetractionTarget? {
        guard let position = positions[key] else { return nil }
        let event = events[position]
        return RetractionTarget(
            position: UInt64(position), subject: subject(of: event), subjectID: event.subject.id(in: registry))
    }

    private mutating func take(_ event: Event) throws(EventError) {
        guard case .eventRetracted(let retraction) = event.body else { return try admission.take(event) }
        let position = Int(retraction.targetPosition)
        guard retractions[position] == nil, events[position].type != .eventRetracted else {
            throw EventError(.stepNotAllowed, field: "data.retractsId", expected: "an event that stands")
        }
        let target = events[position]
        let about = subject(of: target)
        let live = events.indices.filter { index in
            index != position && retractions[index] == nil && events[index].type != .eventRetracted
                && (events[index].subject == about
                    || isIntroduction(target) && events[index].references.contains(about))
        }
        let dependants = admission.retract(target, live: live.map { (UInt64($0), events[$0]) })
        guard dependants.isEmpty else {
            throw EventError(
                .stepNotAllowed, field: "data.retractsId", found: "needed by \(dependants)", expected: "no dependants")
        }
        retractions[position] = events.count
    }

    private func isIntroduction(_ event: Event) -> Bool {
        switch event.subject {
        case .newTrainee, .newClass, .newUnit: true
        case .trainee, .class, .unit, .rulebook: false
        }
    }

    /// What an event is about; for an introduction, what it introduced.
    private func subject(of event: Event) -> Subject {
        let registry = admission.registry.includingRetracted
        return switch event.subject {
        case .newTrainee(let id): registry.trainees[id].map { .trainee($0) } ?? event.subject
        case .newClass(let id): registry.classes[id].map { .class($0) } ?? event.subject
        case .newUnit(let id): registry.units[id].map { .unit($0) } ?? event.subject
        case .trainee, .class, .unit, .rulebook: event.subject
        }
    }

    private mutating func refuse(_ type: String, _ error: EventError) -> UInt64 {
        refusals.append(Refusal(position: events.count, type: type, error: error))
        return UInt64(events.count)
    }

    private static func instant(_ day: CivilDate, _ number: Int) -> Instant {
        // Nine in the morning, and a millisecond for each event, so that no two are at one time.
        let start = Instant(startOf: day).microseconds + 9 * 3_600 * 1_000_000
        return Instant(microseconds: start + Int64(number) * 1_000) ?? .latest
    }
}

extension Story {
    /// The facts as the first `count` events tell them, without those that happened after `day`.
    ///
    /// - Throws: the first ``Refusal``.
    package func histories(first count: Int? = nil, happenedBy day: Day? = nil) throws -> LedgerHistories {
        if let refusal = refusals.first { throw refusal }
        let end = min(count ?? events.count, events.count)
        var histories = LedgerHistories()
        for (position, event) in events[..<end].enumerated() {
            let isRetracted = retractions[position].map { $0 < end && !isLeftOut(events[$0], day) } ?? false
            histories.fold(event, at: UInt64(position), isLive: !isRetracted && !isLeftOut(event, day))
        }
        return histories
    }

    private func isLeftOut(_ event: Event, _ day: Day?) -> Bool {
        day.map { event.envelope.time.taipeiDate > $0.date } ?? false
    }

    /// Decides by a built-in rulebook.
    ///
    /// - Throws: the first ``Refusal``, or ``StoryError`` for a name that the story does not tell of.
    package func decide(
        _ kind: DecisionKind, _ trainee: String = "T-1", in classID: String = "C-1", by rulebook: String = "base",
        first count: Int? = nil, happenedBy day: Day? = nil
    ) throws -> Decision {
        let book = try BuiltInRulebooks.book(named: rulebook)
        let engine = DecisionEngine(histories: try histories(first: count, happenedBy: day), rulebook: book)
        return try engine.decide(kind, trainee, in: classID)
    }

    /// The minutes of one enrolment.
    package func attendance(_ trainee: String = "T-1", in classID: String = "C-1") throws -> AttendanceSummary {
        let histories = try histories()
        guard let number = histories.registry.trainees[trainee], let classNumber = histories.registry.classes[classID],
            let classHistory = histories.class(classNumber),
            let enrolment = histories.trainee(number)?.enrolment(in: classNumber)
        else { throw StoryError.unknown(trainee: trainee, class: classID) }
        return AttendanceSummary(of: enrolment, in: classHistory)
    }
}

extension DecisionEngine {
    /// Decides one kind for the IDs of a trainee and a class.
    ///
    /// - Throws: ``StoryError`` where they have nothing to do with each other, or the kind is not decided.
    package func decide(_ kind: DecisionKind, _ trainee: String, in classID: String) throws -> Decision {
        guard let number = histories.registry.trainees[trainee], let classNumber = histories.registry.classes[classID],
            let decisionCase = decisionCase(number, in: classNumber)
        else { throw StoryError.unknown(trainee: trainee, class: classID) }
        guard let decision = decide(kind, decisionCase) else { throw StoryError.notDecided(kind) }
        return decision
    }
}

/// What a test asked a story for and it could not answer.
package enum StoryError: Error, Hashable {
    case unknown(trainee: String, class: String)
    case notDecided(DecisionKind)
}

extension Decision {
    /// The reason that a clause gave, the last if it gave several.
    package func reason(_ clause: String) -> Reason? { reasons.last { $0.clause == clause } }

    /// The result of a clause, `nil` if it was not applied.
    package func result(of clause: String) -> Reason.Result? { reason(clause)?.result }

    /// A fact that a clause used.
    package func fact(_ name: String, of clause: String) -> JSONValue? {
        reason(clause)?.facts.first { $0.key == name }?.value
    }
}
