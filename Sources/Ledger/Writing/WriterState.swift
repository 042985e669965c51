import CivilTime
import EventLog
import Histories
import TrainingEvents

// The state of the door: what events change in it, and how it is kept outside of memory.
extension LedgerWriter {
    /// Events that may stand behind the derived files before new ones are written: a crash makes the next opening
    /// fold so many.
    static var derivedInterval: UInt64 { 131_072 }

    /// Trainees and classes whose steps stay in memory between two segments.
    static var residentLimit: Int { 200_000 }

    /// Runs what reads derived files, and remembers a file that fails: the reasons that are given to senders have no
    /// place for it.
    func reading<Value>(_ work: () throws(DerivedFileAbsence) -> Value) throws(LedgerError) -> Value {
        do throws(LedgerError) {
            return try fromDerived(work)
        } catch {
            if case .derived(let absence) = error { failedFile = absence }
            throw error
        }
    }

    /// Takes the step of an event, with what was taken before brought back into memory.
    ///
    /// - Throws: why it is refused, and nothing was changed.
    func takeStep(_ event: EventContent) throws(EventError) {
        if state.takesUnchanged(event) { return }
        if let owner = state.missingSteps(of: event.subject) { try restoreSteps(of: owner) }
        try state.take(event)
    }

    /// The encoded steps of a trainee or class.
    ///
    /// - Throws: `malformedRecord` if they cannot be read.
    func steps(of owner: StepsOwner) throws(EventError) -> [UInt8] {
        if !state.hasSteps(of: owner) { try restoreSteps(of: owner) }
        return state.encodedSteps(of: owner)
    }

    /// Brings the steps of a trainee or class back into memory.
    func restoreSteps(of owner: StepsOwner) throws(EventError) {
        let bytes: [UInt8]?
        do throws(LedgerError) {
            bytes = try reading { () throws(DerivedFileAbsence) in try indexes.door.steps(of: owner) }
        } catch {
            throw EventError(.malformedRecord, found: error.message)
        }
        guard let bytes else { return try state.restoreSteps(of: owner, from: nil) }
        try bytes.withBytes { bytes throws(EventError) in try state.restoreSteps(of: owner, from: bytes) }
    }

    /// Takes down an event whose step was taken, and sets the state down where a segment ends.
    func note(_ event: NotedEvent, at position: UInt64) {
        noteFields(event, at: position)
        let end = position + 1
        // Setting down costs about as much as some ten thousand events.
        if end % Format.positionsPerSegment == 0, end >= indexes.door.frozenEnd + Self.derivedInterval {
            freeze(at: end)
        }
    }

    /// Takes down where an event is found, and what the door knows of it besides its step.
    func noteFields(_ event: NotedEvent, at position: UInt64) {
        indexes.note(event.key, about: owner(of: event.content.subject), at: position)
        lastRecordedTime = event.recordedTime
        if case .rulebookAdopted = event.content.body { adoptionPositions.append(position) }
    }

    /// The trainee or class whose steps are meant; of one just introduced, its number is the last.
    private func owner(of subject: Subject) -> StepsOwner? {
        switch subject {
        case .trainee(let number): .trainee(number.value)
        case .class(let number): .class(number.value)
        case .newTrainee: .trainee(UInt32(state.registry.trainees.count - 1))
        case .newClass: .class(UInt32(state.registry.classes.count - 1))
        case .unit, .newUnit, .rulebook: nil
        }
    }

    /// Takes down that the event at a position is retracted.
    func noteRetraction(of position: UInt64) {
        retracted.insert(position)
        newlyRetracted.append(position)
    }

    /// Sets the state down as it is before `position`.
    func freeze(at position: UInt64) {
        guard writesDerived else { return }
        let registry = state.registry
        var summary = DoorSummary()
        summary.traineeCount = registry.trainees.count
        summary.classCount = registry.classes.count
        summary.unitCount = registry.units.count
        summary.lastRecordedTime = lastRecordedTime
        summary.retracted = newlyRetracted
        summary.adoptions = adoptionPositions
        summary.retractedTrainees = registry.trainees.retractedNumbers.map(\.value)
        summary.retractedClasses = registry.classes.retractedNumbers.map(\.value)
        summary.retractedUnits = registry.units.retractedNumbers.map(\.value)
        indexes.door.freeze(at: position, changed: state.takeChangedSteps(), summary)
        if state.residentCount > Self.residentLimit { state.dropSteps() }
    }

    /// Writes derived files up to where the state was set down, if that many events are not in them yet.
    ///
    /// A failure is noted and harms nothing: the log has everything, and memory what is needed until the close.
    ///
    /// - Parameter isHurried: put off the merging of files, because somebody waits.
    func writeDerived(atLeast minimum: UInt64, isHurried: Bool = false) {
        let end = indexes.door.frozenEnd
        guard writesDerived, end <= durableHead, end >= indexes.storedEnd + minimum else { return }
        do {
            try reader.refresh()
            // The segment is begun with the first record behind the end.
            guard let head = try reader.treeHead(beforeSegmentAt: end) else { return }
            let retractions = try indexes.write(state.registry, head: head, log: reader, isHurried: isHurried)
            newlyRetracted.removeFirst(retractions)
        } catch {
            writesDerived = false
            derivedNotes.append("derived files are not written: \(error)")
        }
    }
}

/// What the door takes down of an event besides its step.
struct NotedEvent {
    /// Of its source and ID.
    let key: UInt64
    let recordedTime: Instant
    let content: EventContent
}

extension LedgerWriter {
    /// What is taken down of a stored event.
    func noted(_ event: Event) -> NotedEvent {
        NotedEvent(
            key: indexes.key(event.envelope.source, event.envelope.id), recordedTime: event.envelope.recordedTime,
            content: EventContent(event))
    }
}
