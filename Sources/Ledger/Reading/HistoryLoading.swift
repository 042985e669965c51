import EventLog
package import Histories
package import TrainingEvents

extension LedgerReader {
    /// The facts at a point, retracted events left out.
    ///
    /// - Parameter jobs: how many threads share the reading and folding.
    package func histories(
        at point: LedgerPoint, jobs: Int = defaultJobs, progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> LedgerHistories {
        if point.happenedBy == nil {
            return try foldFacts(upTo: point.eventCount, jobs: jobs, progress: progress)
        }
        return try foldEvents(at: point, progress: progress)
    }

    /// The facts at a point, event by event: retractions are collected first, then the live events are folded. Needed
    /// where the time of every event counts.
    func foldEvents(
        at point: LedgerPoint, progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> LedgerHistories {
        let retracted = try retractedPositions(at: point)
        var histories = LedgerHistories()
        try forEachRecord(upTo: point.eventCount) { position, record throws(LedgerError) in
            let event = try Self.decode(record, at: position)
            let isLive = !point.leavesOut(event) && !retracted.contains(position)
            histories.fold(event, at: position, isLive: isLive)
            if position % 65_536 == 0 { progress(position) }
        }
        return histories
    }

    /// The positions of the events that are retracted at a point.
    package func retractedPositions(at point: LedgerPoint) throws(LedgerError) -> Set<UInt64> {
        Set(try retractions(at: point).map(\.target))
    }

    /// The retractions at a point with what each retracts, in the order of the log.
    func retractions(at point: LedgerPoint) throws(LedgerError) -> [(retraction: UInt64, target: UInt64)] {
        var retractions: [(retraction: UInt64, target: UInt64)] = []
        try forEachRecord(upTo: point.eventCount) { position, record throws(LedgerError) in
            // Only what looks like a retraction is read: nearly everything else is passed over.
            if let peek = EventPeek(record), peek.type != .eventRetracted { return }
            let event = try Self.decode(record, at: position)
            guard case .eventRetracted(let retraction) = event.body, !point.leavesOut(event) else { return }
            retractions.append((position, UInt64(clamping: retraction.targetPosition)))
        }
        return retractions
    }

    /// The facts at a point of the person whom a trainee ID belongs to, and of all classes and units; other
    /// trainees are left empty. Costs a walk over the log, but hardly any folding.
    ///
    /// - Throws: `unknown` if no such trainee stands at the point.
    package func histories(
        of traineeID: String, at point: LedgerPoint
    ) throws(LedgerError) -> (histories: LedgerHistories, members: [TraineeNumber]) {
        let retracted = try retractedPositions(at: point)
        let members = try members(of: traineeID, at: point, retracted)
        var histories = LedgerHistories()
        try forEachRecord(upTo: point.eventCount) { position, record throws(LedgerError) in
            if isAboutOthers(record, members) && position != point.eventCount - 1 { return }
            let event = try Self.decode(record, at: position)
            let isLive = !point.leavesOut(event) && !retracted.contains(position)
            histories.fold(event, at: position, isLive: isLive)
        }
        guard let first = members.first(where: { histories.registry.trainees.id(of: $0) == traineeID }),
            histories.trainee(first) != nil
        else { throw .unknown(noun: "trainee", id: traineeID, suggestion: nil) }
        return (histories, members)
    }

    func isAboutOthers(_ record: UnsafeRawBufferPointer, _ members: [TraineeNumber]) -> Bool {
        guard let peek = EventPeek(record), case .trainee = peek.type.subjectForm else { return false }
        return !members.contains { $0.value == peek.subject }
    }

    /// The IDs of the person, in the order of registration, by the links that stand at the point.
    private func members(
        of traineeID: String, at point: LedgerPoint, _ retracted: Set<UInt64>
    ) throws(LedgerError) -> [TraineeNumber] {
        var links = LedgerHistories()
        try forEachRecord(upTo: point.eventCount) { position, record throws(LedgerError) in
            let isWanted =
                switch EventPeek(record)?.type {
                case .traineeRegistered, .traineeLinked, .traineeUnlinked, nil: true
                default: false
                }
            guard isWanted else { return }
            let event = try Self.decode(record, at: position)
            links.fold(event, at: position, isLive: !point.leavesOut(event) && !retracted.contains(position))
        }
        guard let number = links.registry.trainees[traineeID], links.trainee(number) != nil else {
            let known = links.registry.trainees.ids
            let near = known.count <= 100_000 ? Suggestion.nearest(to: traineeID, among: known) : nil
            throw .unknown(noun: "trainee", id: traineeID, suggestion: near)
        }
        return links.linkedTrainees(number)
    }
}
