import CivilTime
import Decisions
import Histories
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@testable import Ledger

@Suite("Facts kept current: what depends on an event is decided anew, and nothing else has changed")
struct CurrentDecisionsTests {
    /// A decision with its reasons in outline.
    struct Told: Equatable {
        let decision: Decision
        let outline: DecisionOutline
    }

    /// Everything decided, by whom and what it is about.
    struct Everything: Equatable {
        var persons: [TraineeNumber: [Told]] = [:]
        var admissions: [ClassNumber: [Told]] = [:]
        var units: [UnitNumber: UnitDecision] = [:]

        mutating func decide(persons: [[TraineeNumber]], _ engine: DecisionEngine) {
            for members in persons {
                for member in members { self.persons[member] = nil }
                guard let first = members.first, engine.histories.stands(first) else { continue }
                var told: [Told] = []
                engine.forEachOutline(of: members[...]) { told.append(Told(decision: $0, outline: $1)) }
                self.persons[first] = told
            }
        }

        mutating func decide(classes: [ClassNumber], _ roster: ClassRoster, _ engine: DecisionEngine) {
            for number in classes {
                let rows = engine.admissionOutlines(to: number, of: engine.applicants(to: number, roster: roster))
                admissions[number] = rows.isEmpty ? nil : rows.map { Told(decision: $0.decision, outline: $0.evidence) }
            }
        }

        mutating func decide(units: [UnitNumber], _ engine: DecisionEngine) {
            for number in units { self.units[number] = engine.unitEligibility(number, on: closing) }
        }

        init() {}

        init(_ engine: DecisionEngine) {
            let histories = engine.histories
            let persons = Persons(histories)
            decide(persons: (0..<persons.count).map { Array(persons[$0]) }, engine)
            decide(classes: histories.classes.indices.map { ClassNumber(UInt32($0)) }, ClassRoster(histories), engine)
            decide(units: histories.units.indices.map { UnitNumber(UInt32($0)) }, engine)
        }
    }

    private static let closing = Day("2026-06-30").date

    /// The events of a population, with amendments, links and retractions strewn in by chance.
    static func story(seed: UInt64, trainees: Int) -> Story {
        var generator = PopulationGenerator(trainees: trainees, seed: seed)
        var chance = SplitMix(seed: seed)
        var story = Story()
        while let line = generator.next() {
            story.tell(line: String(decoding: line, as: UTF8.self))
            guard let time = story.events.last?.envelope.recordedTime, chance.next() % 12 == 0 else { continue }
            story.today = Day(time.taipeiDate)
            disturb(&story, &chance)
        }
        story.forgetRefusals()
        return story
    }

    /// Something out of the ordinary; much of it the door refuses.
    private static func disturb(_ story: inout Story, _ chance: inout SplitMix) {
        var histories = LedgerHistories()
        for (position, event) in story.events.enumerated() {
            histories.fold(event, at: UInt64(position), isLive: true)
        }
        let (trainees, classes) = (histories.registry.trainees.ids, histories.registry.classes.ids)
        let (one, other) = (chance.pick(trainees), chance.pick(trainees))
        switch chance.next() % 5 {
        case 0, 1: story.retract(chance.next() % UInt64(story.events.count))
        case 2:
            guard let classID = chance.pick(classes) else { return }
            story.tell(.classAmended, about: classID, ["fee": .number(chance.next() % 60_000), "reason": "a slip"])
        case 3:
            guard let one, let other, one != other else { return }
            story.tell(
                .traineeLinked, about: one,
                ["other": .string(other), "evidence": "idCard", "on": .string("\(story.today.date)")])
        default:
            guard let one, let other, one != other else { return }
            story.tell(
                .traineeUnlinked, about: one,
                ["other": .string(other), "evidence": "idCard", "on": .string("\(story.today.date)")])
        }
    }

    /// Takes the events of a story one by one, and holds what it comes to after each to deciding everything.
    ///
    /// - Returns: how many persons were decided anew by each type of event, at most.
    private func follow(_ story: Story, _ comment: Comment) throws -> [EventType: Int] {
        let base = try BuiltInRulebooks.book(named: "base")
        let raised = try BuiltInRulebooks.book(named: "cap-2025")
        var current = try CurrentDecisions(LedgerHistories()) { adopted in adopted.isEmpty ? base : raised }
        var held = Everything()
        var retracted: Set<UInt64> = []
        var most: [EventType: Int] = [:]
        for (position, told) in story.events.enumerated() {
            // A ledger learns one event after the other.
            var event = told
            if let last = current.histories.lastRecordedTime, event.envelope.recordedTime < last {
                event.envelope.recordedTime = last
            }
            let before = current.histories.lastRecordedTime?.taipeiDate
            if case .eventRetracted(let retraction) = event.body {
                retracted.insert(UInt64(clamping: retraction.targetPosition))
            }
            let dependants = try current.take(event) { subject in
                Self.live(story.events[..<position], about: subject, without: retracted)
            }
            let engine = current.engine
            if dependants.isEverything {
                held = Everything(engine)
            } else {
                held.decide(persons: dependants.persons, engine)
                held.decide(classes: dependants.classes, ClassRoster(engine.histories), engine)
                held.decide(units: dependants.units, engine)
                if before == event.envelope.recordedTime.taipeiDate {
                    most[event.type] = max(most[event.type] ?? 0, dependants.persons.count)
                }
            }
            let book = current.histories.rulebooks.isEmpty ? base : raised
            let fresh = Everything(DecisionEngine(histories: current.histories, rulebook: book))
            guard held == fresh else {
                Issue.record("\(comment): after event \(position), \(event.type.name), something else has changed")
                return most
            }
            if case .eventRetracted = event.body { try expectSameFacts(current.histories, story, position + 1) }
        }
        try expectSameFacts(current.histories, story, story.events.count)
        return most
    }

    private func expectSameFacts(_ found: LedgerHistories, _ story: Story, _ count: Int) throws {
        let expected = try story.histories(first: count)
        #expect(found.trainees == expected.trainees)
        #expect(found.classes == expected.classes)
        #expect(found.units == expected.units)
        #expect(found.complaints == expected.complaints)
        #expect(found.adoptions == expected.adoptions)
        for number in expected.trainees.indices.map({ TraineeNumber(UInt32($0)) }) {
            #expect(found.linkedTrainees(number) == expected.linkedTrainees(number))
        }
    }

    /// The events about a subject that count, its introduction among them.
    private static func live(
        _ events: ArraySlice<Event>, about subject: Subject, without retracted: Set<UInt64>
    ) -> [LiveEvent] {
        var registry = Registry()
        var live: [LiveEvent] = []
        for (position, event) in events.enumerated() {
            let introduced: Subject? =
                switch event.subject {
                case .newTrainee: .trainee(TraineeNumber(UInt32(registry.trainees.count)))
                case .newClass: .class(ClassNumber(UInt32(registry.classes.count)))
                case .newUnit: .unit(UnitNumber(UInt32(registry.units.count)))
                default: nil
                }
            registry.note(event.subject)
            guard introduced ?? event.subject == subject, !retracted.contains(UInt64(position)) else { continue }
            live.append(LiveEvent(position: UInt64(position), event: event))
        }
        return live
    }

    @Test("in generated histories with amendments, links and retractions", arguments: [1, 2, 3, 4] as [UInt64])
    func generated(seed: UInt64) throws {
        let most = try follow(Self.story(seed: seed, trainees: 4), "seed \(seed)")
        #expect(most[.attendanceRecorded] == 1, "seed \(seed)")
        #expect(most[.payoutMade] ?? 1 == 1, "seed \(seed)")
    }

    @Test("when a rulebook is adopted, from its day on, and when the adoption is retracted")
    func adoption() throws {
        var story = Story()
        story.register("T-1")
        story.passes("T-1", "C-1", fee: 90_000, from: "2026-03-07")
        let digest = try BuiltInRulebooks.book(named: "cap-2025").digest
        story.today = "2026-07-01"
        let adopted = story.tell(
            .rulebookAdopted, about: "cap-2025", ["digest": .string(digest), "from": "2026-07-03"])
        for day in ["2026-07-02", "2026-07-03", "2026-07-04"] as [Day] {
            story.today = day
            story.tell(.jobSearchRegistered, about: "T-1", ["on": .string("\(day.date)")])
        }
        story.retract(adopted)
        #expect(story.refusals.isEmpty)
        _ = try follow(story, "adoption")
    }

    @Test("a late attendance record has one person decided anew, and no class")
    func lateAttendance() throws {
        var story = Story()
        for trainee in ["T-1", "T-2", "T-3"] { story.register(trainee) }
        story.passes("T-1", "C-1", fee: 9_000, from: "2026-03-07")
        for trainee in ["T-2", "T-3"] { story.starts(trainee, in: "C-1", on: "2026-03-07") }
        let base = try BuiltInRulebooks.book(named: "base")
        var current = try CurrentDecisions(try story.histories()) { _ in base }
        let count = story.events.count
        story.attends(on: "2026-03-07", minutes: 10)
        let dependants = try current.take(story.events[count]) { _ in [] }
        #expect(dependants.persons == [[TraineeNumber(0)]])
        #expect(dependants.classes.isEmpty && dependants.units.isEmpty && !dependants.isEverything)
    }
}

/// A small generator of numbers, so that a seed replays.
private struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[Int(next() % UInt64(elements.count))]
    }
}
