import Access
import EventLog
package import Histories
import TrainingEvents

extension LedgerReader {
    /// The facts at a point, retracted events left out.
    ///
    /// - Parameters:
    ///   - jobs: how many threads share the reading and folding.
    ///   - usesSnapshots: whether to fold on from a snapshot, or from the log alone.
    package func histories(
        at point: LedgerPoint, jobs: Int = defaultJobs, usingSnapshots usesSnapshots: Bool = false,
        progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> LedgerHistories {
        try warrant.require(
            .readBalance, .decide, .readReport, .compareRules, .settleClass, .rebuild, .matchInsurance, .listPayments,
            .readRoster)
        return try grantedHistories(at: point, jobs: jobs, usingSnapshots: usesSnapshots, progress: progress)
    }

    /// The same for an answer that was granted otherwise, and shows of all this what was granted.
    func grantedHistories(
        at point: LedgerPoint, jobs: Int = defaultJobs, usingSnapshots usesSnapshots: Bool = false,
        progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> LedgerHistories {
        if point.happenedBy == nil {
            guard let kept else {
                return try histories(
                    upTo: point.eventCount, usingSnapshots: usesSnapshots, jobs: jobs, progress: progress)
            }
            return try kept.knowledge.facts.histories(upTo: point.eventCount, of: self) { () throws(LedgerError) in
                try histories(
                    upTo: point.eventCount, usingSnapshots: usesSnapshots, jobs: jobs, progress: progress)
            }
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
    func retractedPositions(at point: LedgerPoint) throws(LedgerError) -> Set<UInt64> {
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
}
