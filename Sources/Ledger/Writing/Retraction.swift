import TrainingEvents

extension LedgerWriter {
    /// The event that a retraction names, as a reference that later events can be about.
    func retractionTarget(_ source: String, _ id: String) throws(EventError) -> RetractionTarget? {
        do throws(AdmissionError) {
            guard let position = try existing(source, id) else { return nil }
            let target = try stored(at: position)
            let registry = state.registry
            return RetractionTarget(
                position: position, subject: reference(target.subject, at: position),
                subjectID: target.subject.id(in: registry))
        } catch {
            switch error {
            case .refused(let refusal): throw refusal
            case .failed(let failure): throw EventError(.malformedRecord, found: failure.message)
            }
        }
    }

    private func stored(at position: UInt64) throws(AdmissionError) -> Event {
        do throws(LedgerError) { return try event(at: position) } catch { throw .failed(error) }
    }

    /// A retraction of a registration is about the trainee, class or unit with the number given then.
    private func reference(_ subject: Subject, at position: UInt64) -> Subject {
        switch subject {
        case .newTrainee(let id): state.registry.includingRetracted.trainees[id].map { .trainee($0) } ?? subject
        case .newClass(let id): state.registry.includingRetracted.classes[id].map { .class($0) } ?? subject
        case .newUnit(let id): state.registry.includingRetracted.units[id].map { .unit($0) } ?? subject
        case .trainee, .class, .unit, .rulebook: subject
        }
    }

    /// Takes a retraction at the door.
    ///
    /// - Throws: `retractionNotAllowed`, naming the live events that need the target.
    func admitRetraction(of position: UInt64) throws(EventError) {
        let target: Event
        let dependants: [UInt64]
        do throws(LedgerError) {
            target = try event(at: position)
            if case .eventRetracted = target.body {
                throw LedgerError.record(
                    EventError(.retractionNotAllowed, found: "a retraction", expected: "an event of another type"),
                    position: position)
            }
            if case .traineeErased = target.body {
                throw LedgerError.record(
                    EventError(
                        .retractionNotAllowed, found: "an erasure",
                        expected: "an event that can be undone: keys that were destroyed do not come back"),
                    position: position)
            }
            if retracted.contains(position) {
                throw LedgerError.record(
                    EventError(
                        .retractionNotAllowed, found: "an event that is retracted already", expected: "a live event"),
                    position: position)
            }
            dependants = try retract(position, event: target)
        } catch {
            if case .record(let refusal, _) = error { throw refusal.named("data.retractsId") }
            throw EventError(.malformedRecord, found: error.message)
        }
        guard dependants.isEmpty else {
            throw EventError(
                .retractionNotAllowed, field: "data.retractsId", found: names(of: dependants),
                expected: "an event that no live event needs; retract those first")
        }
    }

    /// The first dependants by type, source and ID, and how many there are.
    private func names(of positions: [UInt64]) -> String {
        var names: [String] = []
        for position in positions.prefix(5) {
            guard let event = try? event(at: position) else { continue }
            names.append("\(event.type.name) \(shownID(event.envelope.source)) \(shownID(event.envelope.id))")
        }
        let rest = positions.count > 5 ? " and \(positions.count - 5) more" : ""
        return "\(positions.count) live events that need it: \(names.joined(separator: ", "))\(rest)"
    }

    private func shownID(_ text: String) -> String { String(text.prefix(60)) }

    /// Folds the door's state as if the target had not been, unless live events need it.
    ///
    /// - Returns: the positions of the live events that need it; if there are any, nothing was changed.
    func retract(_ position: UInt64, event target: Event) throws(LedgerError) -> [UInt64] {
        guard target.body.canBeNeeded else {
            noteRetraction(of: position)
            return []
        }
        var live: [(position: UInt64, event: Event)] = []
        switch target.subject {
        case .trainee, .class: live = try liveEvents(about: target.subject, except: position, before: head)
        case .newTrainee, .newClass, .newUnit:
            live = try liveEvents(mentioning: reference(target.subject, at: position))
        case .unit, .rulebook: break
        }
        let dependants = state.retract(target, live: live)
        if dependants.isEmpty { noteRetraction(of: position) }
        return dependants
    }

    /// The live events about a trainee or a class, its registration among them, without one of them and what stands
    /// from `end` on; none about others.
    func liveEvents(
        about subject: Subject, except target: UInt64, before end: UInt64
    ) throws(LedgerError) -> [(position: UInt64, event: Event)] {
        let owner: StepsOwner
        switch subject {
        case .trainee(let number): owner = .trainee(number.value)
        case .class(let number): owner = .class(number.value)
        case .newTrainee, .newClass, .newUnit, .unit, .rulebook: return []
        }
        var live: [(position: UInt64, event: Event)] = []
        let positions = try reading { () throws(DerivedFileAbsence) in try indexes.positions(of: owner) }
        for position in positions where position < end {
            if position == target || retracted.contains(position) { continue }
            let event = try event(at: position)
            if case .eventRetracted = event.body { continue }
            live.append((position, event))
        }
        return live
    }

    /// Retracting a registration is rare, so the whole log is asked who refers to it. O(events).
    private func liveEvents(
        mentioning subject: Subject
    ) throws(LedgerError) -> [(position: UInt64, event: Event)] {
        var live: [(position: UInt64, event: Event)] = []
        var position: UInt64 = 0
        while position < head {
            defer { position += 1 }
            if retracted.contains(position) { continue }
            let event = try event(at: position)
            if case .eventRetracted = event.body { continue }
            if event.references.contains(subject) { live.append((position, event)) }
            if live.count > 1_000 { break }
        }
        return live
    }
}

extension EventError {
    fileprivate func named(_ field: String) -> EventError {
        var copy = self
        copy.field = field
        return copy
    }
}
