import EventLog
import TrainingEvents

// How a writer comes to know what the log holds.
extension LedgerWriter {
    static func openIndexes(
        _ directory: DerivedDirectory<RealFileSystem>, _ log: LogReader<RealFileSystem>
    ) throws(LedgerError) -> LedgerIndexes<RealFileSystem> {
        try fromLog { () throws(LogError) in try LedgerIndexes(in: directory, log: log) }
    }

    /// Takes the state from the derived files and folds what stands behind them. A file that turns out to be of no
    /// use is left out, and made anew from the log.
    func load(_ progress: (UInt64) -> Void) throws(LedgerError) {
        while true {
            do throws(LedgerError) {
                try restore()
                let boundary = min(reader.head, reader.segmentStarts.last ?? 0)
                try foldSegments(to: boundary, progress)
                try foldTail(from: boundary)
                break
            } catch {
                guard case .derived(let absence) = error else { throw error }
                try forget(absence)
            }
        }
        guard writesDerived else { return }
        do throws(LogError) { try indexes.removeOthers() } catch {
            derivedNotes.append("old derived files stay: \(error)")
        }
    }

    /// Begins again without a derived file that cannot be read, and takes the pending events once more.
    func reload(without absence: DerivedFileAbsence) throws(LedgerError) {
        try fromLog { () throws(LogError) in
            try writing.finish()
            try reader.refresh()
        }
        try forget(absence)
        try load { _ in }
        for position in durableHead..<head { try take(try event(at: position), at: position) }
    }

    private func forget(_ absence: DerivedFileAbsence) throws(LedgerError) {
        guard derived.ignore(absence) else { throw .derived(absence) }
        derivedNotes.append(absence.description)
        failedFile = nil
        state = AdmissionState()
        retracted = []
        newlyRetracted = []
        adoptionPositions = []
        lastRecordedTime = nil
        indexes = try Self.openIndexes(derived, reader)
    }

    /// Brings back the IDs and what else the door keeps in memory.
    private func restore() throws(LedgerError) {
        derivedNotes += indexes.absences.map(\.description)
        for run in indexes.door.stack.runs {
            try reading { () throws(DerivedFileAbsence) in
                try run.forEachID { kind, id in
                    switch kind {
                    case .trainee: state.restoreTrainee(id)
                    case .class: state.restoreClass(id)
                    case .unit: state.restoreUnit(id)
                    }
                }
                try run.check(state.registry)
            }
            retracted.formUnion(run.summary.retracted)
        }
        guard let last = indexes.door.stack.runs.last?.summary else { return }
        adoptionPositions = last.adoptions
        lastRecordedTime = last.lastRecordedTime
        for number in last.retractedTrainees { state.restoreRetraction(of: .trainee(TraineeNumber(number))) }
        for number in last.retractedClasses { state.restoreRetraction(of: .class(ClassNumber(number))) }
        for number in last.retractedUnits { state.restoreRetraction(of: .unit(UnitNumber(number))) }
    }

    /// Folds whole segments that derived files lack: retractions are collected first, so that only live events take
    /// steps. The state between is not as it ever was, and is set down at the end only.
    private func foldSegments(to end: UInt64, _ progress: (UInt64) -> Void) throws(LedgerError) {
        let doorStart = indexes.door.frozenEnd
        let start = min(indexes.keys.end, indexes.subjects.end, doorStart)
        guard start < end else { return }
        let doomed = try retractionTargets(from: doorStart, to: end)
        retracted.formUnion(doomed)
        var segments = reader.segmentStarts.drop { $0 <= start }
        try fromWalk {
            try reader.forEach(from: start, to: end) { position, record in
                if position == segments.first {
                    segments.removeFirst()
                    try writeEntries(before: position)
                    if state.residentCount > Self.residentLimit {
                        indexes.door.setAside(state.takeChangedSteps())
                        state.dropSteps()
                    }
                }
                let event = try LedgerReader.decode(record, at: position)
                if position >= doorStart {
                    try fold(event, at: position, since: doorStart, isDoomed: doomed.contains(position))
                    noteFields(noted(event), at: position)
                } else {
                    // Only keys are lacking here: the subjects are known as far as the door's state is.
                    let key = indexes.key(event.envelope.source, event.envelope.id)
                    indexes.note(key, about: nil, at: position)
                }
                if position % 65_536 == 0 { progress(position) }
            }
        }
        freeze(at: end)
        writeDerived(atLeast: Self.derivedInterval, isHurried: end - start < Self.rebuildInterval)
    }

    /// Entries kept in memory while the log is indexed anew.
    private static var rebuildInterval: UInt64 { 1 << 20 }

    private func writeEntries(before position: UInt64) throws(LedgerError) {
        let stored = min(indexes.keys.stack.end, indexes.subjects.stack.end)
        guard writesDerived, position >= stored + Self.rebuildInterval else { return }
        do {
            guard let head = try reader.treeHead(beforeSegmentAt: position) else { return }
            try indexes.writeEntries(before: position, head: head, log: reader)
        } catch {
            writesDerived = false
            derivedNotes.append("derived files are not written: \(error)")
        }
    }

    private func retractionTargets(from: UInt64, to end: UInt64) throws(LedgerError) -> Set<UInt64> {
        var targets: Set<UInt64> = []
        guard from < end else { return targets }
        try fromWalk {
            try reader.forEach(from: from, to: end) { position, record in
                if let peek = EventPeek(record), peek.type != .eventRetracted { return }
                let event = try LedgerReader.decode(record, at: position)
                guard case .eventRetracted(let retraction) = event.body else { return }
                targets.insert(try Self.target(retraction, at: position))
            }
        }
        return targets
    }

    private static func target(_ retraction: EventRetracted, at position: UInt64) throws(LedgerError) -> UInt64 {
        let target = UInt64(clamping: retraction.targetPosition)
        guard target < position else {
            throw .record(EventError(.malformedRecord, found: "a retraction of a later event"), position: position)
        }
        return target
    }

    /// Takes an event of the stretch that begins at `start`, of which all retractions are known.
    private func fold(
        _ event: Event, at position: UInt64, since start: UInt64, isDoomed: Bool
    ) throws(LedgerError) {
        if case .eventRetracted(let retraction) = event.body {
            let target = try Self.target(retraction, at: position)
            // Of this stretch, it never took its step.
            if target < start { try retractStored(target, by: position) }
            noteRetraction(of: target)
        } else if isDoomed {
            state.takeRetracted(event)
        } else {
            try takeStored(event, at: position)
        }
    }

    private func foldTail(from start: UInt64) throws(LedgerError) {
        let end = reader.head
        try fromWalk {
            try reader.forEach(from: start, to: end) { position, record in
                try take(try LedgerReader.decode(record, at: position), at: position)
            }
        }
    }

    /// Takes an event that the door has taken before, as it did then.
    private func take(_ event: Event, at position: UInt64) throws(LedgerError) {
        if case .eventRetracted(let retraction) = event.body {
            let target = try Self.target(retraction, at: position)
            try retractStored(target, by: position)
            noteRetraction(of: target)
        } else {
            try takeStored(event, at: position)
        }
        note(noted(event), at: position)
    }

    private func takeStored(_ event: Event, at position: UInt64) throws(LedgerError) {
        do throws(EventError) { try takeStep(EventContent(event)) } catch {
            if let failedFile { throw .derived(failedFile) }
            throw .record(error, position: position)
        }
    }

    /// Takes back the step of an event that a stored retraction names.
    private func retractStored(_ target: UInt64, by position: UInt64) throws(LedgerError) {
        let event = try event(at: target)
        guard event.body.canBeNeeded else { return }
        let dependants = state.retract(
            event, live: try liveEvents(about: event.subject, except: target, before: position))
        if !dependants.isEmpty {
            throw .record(
                EventError(.retractionNotAllowed, found: "\(dependants.count) live events that need it"),
                position: position)
        }
    }
}
