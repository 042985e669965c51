import Access
import CivilTime
import Decisions
package import Histories
package import Rulebook
package import TrainingEvents

/// The events of one person in order, and between them what they changed.
///
/// Effects are as the ledger knew things when it recorded each event: a late approval of leave shows where it
/// was recorded, a retraction undoes what its target had changed.
package struct Timeline: Sendable {
    /// One event, and its effects.
    package struct Entry: Sendable {
        package let position: UInt64
        package let event: Event
        package let effects: [Effect]
    }

    /// One value that an event changed.
    package struct Effect: Hashable, Sendable {
        /// `enrolment`, `attendance`, `attendanceLimits`, `quota`, `allowanceMonths`, `payout`, or the kind of a
        /// decision.
        package let subject: String
        /// The class, where the subject is about one.
        package let classID: String?
        /// What changed, `truancyMinutes`.
        package let value: String
        package let before: JSONValue
        package let after: JSONValue

        package var json: JSONValue {
            .members([
                "subject": .string(subject), "class": classID.map { .string($0) }, "value": .string(value),
                "before": before, "after": after,
            ])
        }
    }

    package let entries: [Entry]
    /// What the last event left.
    package let summary: JSONValue
    /// The IDs at the point asked for.
    package let registry: Registry

    /// The JSON answer of the contract.
    package func json(trainee: String, _ context: AnswerContext) -> JSONValue {
        .members([
            "trainee": .string(trainee),
            "asOf": context.asOf,
            "rulebook": context.rulebookJSON,
            "entries": .array(
                entries.map { entry in
                    .members([
                        "sequence": .number(entry.position),
                        "time": .string("\(entry.event.envelope.time)"),
                        "recordedTime": .string("\(entry.event.envelope.recordedTime)"),
                        "type": .string(entry.event.type.name),
                        "subject": .string(entry.event.subject.id(in: registry)),
                        "source": .string(entry.event.envelope.source),
                        "id": .string(entry.event.envelope.id),
                        "data": entry.event.data(registry: registry),
                        "effects": .array(entry.effects.map(\.json)),
                    ])
                }),
            "summary": summary,
        ])
    }
}

extension LedgerReader {
    /// The timeline of the person whom a trainee ID belongs to.
    ///
    /// Besides the person's own events it holds those about their classes that changed something for them, such
    /// as the closing of a class. Reads the blocks that hold these events, and decides after each of them.
    ///
    /// - Parameter choose: the rulebook to decide by, given what the ledger has adopted.
    /// - Throws: `unknown` if no such trainee stands at the point.
    package func timeline(
        of traineeID: String, at point: LedgerPoint,
        choosing choose: (LedgerHistories) throws(LedgerError) -> Rulebook
    ) throws(LedgerError) -> (timeline: Timeline, rulebook: Rulebook) {
        try warrant.require(trainee: traineeID, .readTimeline)
        let bearing = try events(bearingOn: traineeID, at: point)
        let final = bearing.histories(at: point)
        guard let number = final.registry.trainees[traineeID], final.trainee(number) != nil else {
            throw .unknown(noun: "trainee", id: traineeID, suggestion: nil)
        }
        let members = final.linkedTrainees(number)
        let rulebook = try choose(final)
        let classes = Set(members.compactMap { final.trainee($0) }.flatMap(\.enrolments).map(\.classNumber))
        let reach = ClassReach(warrant, final)
        var fold = ReplayFold()
        var state = TimelineState()
        var rules: [CivilDate: DatedRules] = [:]
        var entries: [Timeline.Entry] = []
        for placed in bearing.events {
            // What is left out keeps its number and changes nothing.
            fold.take(placed, isLive: !point.leavesOut(placed.event))
            if point.leavesOut(placed.event) { continue }
            let isOwn = placed.isAbout(members)
            guard isOwn || placed.isAbout(classes) else { continue }
            let next = TimelineState(fold.histories, members, rulebook, &rules)
            let effects = next.effects(since: state).filter { $0.classID.map { reach.contains($0) } ?? true }
            state = next
            guard reach.contains(placed.event) else { continue }
            if isOwn || !effects.isEmpty {
                let event = try opened(placed.event, final.registry)
                entries.append(Timeline.Entry(position: placed.position, event: event, effects: effects))
            }
        }
        let last = TimelineState(final, members, rulebook, &rules)
        return (Timeline(entries: entries, summary: last.summary, registry: final.registry), rulebook)
    }
}

extension PersonEvents.Placed {
    fileprivate func isAbout(_ members: [TraineeNumber]) -> Bool {
        switch event.subject {
        case .trainee, .newTrainee: members.contains(TraineeNumber(number))
        case .class, .unit, .rulebook, .newClass, .newUnit: false
        }
    }

    fileprivate func isAbout(_ classes: Set<ClassNumber>) -> Bool {
        if case .class = event.subject { return classes.contains(ClassNumber(number)) }
        return false
    }
}

/// Folds events as the ledger learnt them: a retraction takes back what its target had brought.
private struct ReplayFold {
    private(set) var histories = LedgerHistories()
    private var taken: [(placed: PersonEvents.Placed, isLive: Bool)] = []
    private var retracted: Set<UInt64> = []

    mutating func take(_ placed: PersonEvents.Placed, isLive: Bool) {
        taken.append((placed, isLive))
        fold(placed, isLive: isLive)
        guard isLive, case .eventRetracted(let retraction) = placed.event.body else { return }
        let target = UInt64(clamping: retraction.targetPosition)
        guard retracted.insert(target).inserted, taken.contains(where: { $0.placed.position == target }) else { return }
        histories = LedgerHistories()
        for (placed, isLive) in taken { fold(placed, isLive: isLive && !retracted.contains(placed.position)) }
    }

    private mutating func fold(_ placed: PersonEvents.Placed, isLive: Bool) {
        histories.fold(placed.event, about: placed.number, at: placed.position, isLive: isLive)
    }
}
