/// Everything that decides whether the next event is taken: which IDs exist, and the steps taken so far.
///
/// It is a fold of the live events, like the histories, but holds only what the door needs.
package struct AdmissionState: Sendable {
    /// The IDs that events introduced.
    package internal(set) var registry = Registry()
    var trainees = StepsTable<TraineeSteps>()
    var classes = StepsTable<ClassSteps>()

    package init() {}

    /// Whether the event is taken and changes nothing here, which is quick to see for most attendance. `false` says nothing.
    package func takesUnchanged(_ event: EventContent) -> Bool {
        guard case .attendanceRecorded(let attendance) = event.body, case .trainee(let number) = event.subject else {
            return false
        }
        return trainees.holds(number.value) { $0.enrolments[attendance.classNumber]?.wasStarted ?? false }
    }

    /// Takes the event, or throws and changes nothing. Retractions are taken by ``retract(_:live:)``.
    ///
    /// - Throws: ``EventError`` naming the field; see ``TraineeSteps`` and ``ClassSteps``.
    package mutating func take(_ event: Event) throws(EventError) {
        try take(EventContent(event))
    }

    /// Takes what an event says, or throws and changes nothing.
    ///
    /// - Throws: as ``take(_:)-(Event)``.
    package mutating func take(_ event: EventContent) throws(EventError) {
        try requireKnown(event.subject)
        switch event.subject {
        case .trainee(let number):
            try trainees[number.value].take(event.body, of: number)
            if event.body.canBeNeeded { trainees.noteChange(number.value) }
        case .class(let number):
            if case .eventRetracted = event.body { break }
            try classes[number.value].take(event.body)
            if event.body.canBeNeeded { classes.noteChange(number.value) }
        case .newTrainee: trainees.insert(TraineeSteps(), for: UInt32(registry.trainees.count))
        case .newClass:
            var steps = ClassSteps()
            try steps.take(event.body)
            let number = UInt32(registry.classes.count)
            classes.insert(steps, for: number)
            classes.noteChange(number)
        case .unit, .newUnit, .rulebook: break
        }
        registry.note(event.subject)
    }

    /// Takes an event that is retracted since: what it introduced keeps its number and stands no more.
    package mutating func takeRetracted(_ event: Event) {
        registry.note(event.subject)
        switch event.subject {
        case .newTrainee:
            let number = TraineeNumber(UInt32(registry.trainees.count - 1))
            trainees.insert(TraineeSteps(), for: number.value)
            registry.trainees.retract(number)
        case .newClass:
            let number = ClassNumber(UInt32(registry.classes.count - 1))
            classes.insert(ClassSteps(), for: number.value)
            registry.classes.retract(number)
        case .newUnit: registry.units.retract(UnitNumber(UInt32(registry.units.count - 1)))
        case .trainee, .class, .unit, .rulebook: break
        }
    }

    /// A record of a log of another ledger could name a number that was never given.
    private func requireKnown(_ subject: Subject) throws(EventError) {
        let isKnown =
            switch subject {
            case .trainee, .class: registry.knows(subject)
            default: true
            }
        guard isKnown else {
            throw EventError(.unknownReference, field: "subject", expected: "a subject introduced before")
        }
    }

    /// Folds as if `target` had not been: `live` are the other live events about the same subject, in order.
    ///
    /// - Returns: the positions of the events that need the target; if there are any, nothing was changed.
    package mutating func retract(_ target: Event, live: [(position: UInt64, event: Event)]) -> [UInt64] {
        var dependants: [UInt64] = []
        switch target.subject {
        case .trainee(let number):
            var steps = TraineeSteps()
            for (position, event) in live {
                do throws(EventError) { try steps.take(event.body, of: number) } catch { dependants.append(position) }
            }
            if dependants.isEmpty {
                trainees.insert(steps, for: number.value)
                trainees.noteChange(number.value)
            }
        case .class(let number):
            var steps = ClassSteps()
            for (position, event) in live {
                do throws(EventError) { try steps.take(event.body) } catch { dependants.append(position) }
            }
            if dependants.isEmpty {
                classes.insert(steps, for: number.value)
                classes.noteChange(number.value)
            }
        case .newTrainee(let id):
            dependants = live.map(\.position)
            if dependants.isEmpty, let number = registry.trainees[id] { registry.trainees.retract(number) }
        case .newClass(let id):
            dependants = live.map(\.position)
            if dependants.isEmpty, let number = registry.classes[id] { registry.classes.retract(number) }
        case .newUnit(let id):
            dependants = live.map(\.position)
            if dependants.isEmpty, let number = registry.units[id] { registry.units.retract(number) }
        case .unit, .rulebook: break
        }
        return dependants
    }
}
