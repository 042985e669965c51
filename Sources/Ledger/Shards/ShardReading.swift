import Access
import EventLog
import Histories
import TrainingEvents

/// Folds the facts of one shard from its segment files.
///
/// What it gives follows from the plan, the number and the bytes of the segment files, and from nothing else: files with
/// other bytes are refused.
struct ShardReading {
    private let plan: ShardPlan
    private let shard: ShardPlan.Shard
    private let readers: ForkedReaders
    private let times: EventTimes

    /// - Parameter operation: what the facts are read for.
    /// - Throws: `access`; `shard` – `foreign`.
    init(
        _ plan: ShardPlan, _ shard: ShardPlan.Shard, by passage: ShardPassage, _ operation: Operation,
        jobs: Int
    ) throws(LedgerError) {
        try passage.require(plan, operation)
        self.plan = plan
        self.shard = shard
        let log = LogReader(
            of: plan.ledgerID, segmentsAt: plan.segments.map(\.fingerprint.first), upTo: plan.point.eventCount,
            in: passage.ledger, files: RealFileSystem())
        readers = ForkedReaders(log, count: jobs)
        times = EventTimes(log.fork())
    }

    /// The facts of the shard's trainees and of those beside them, with those of all classes and units.
    ///
    /// - Throws: `log` – `damaged` for a segment file that is not the plan's; `record`; `shard` – `foreign`.
    func histories() throws(LedgerError) -> LedgerHistories {
        let (plan, shard) = (plan, shard)
        let runs = try readers.map(shard.segments.count) { index, reader throws(LedgerError) in
            let segment = shard.segments[index]
            try fromLog { () throws(LogError) in try reader.check(plan.segments[segment].fingerprint) }
            let run = try ForkedReaders.factsRun(plan.positions(of: segment), reader)
            guard run.registrations.count == plan.registrations(in: segment) else {
                throw .shard(
                    ShardError(
                        .foreign,
                        "the plan counts other trainees than segment \(plan.segments[segment].fingerprint.file)"))
            }
            return run.events { shard.trainees.contains($0) }
        }
        let times = times
        let fold = try fromFold { () throws(FactsFault) in
            try FactsFold(
                runs, registrationFirsts: shard.segments.map { Int(plan.segments[$0].registeredBefore) },
                traineeCount: Int(plan.traineeCount), of: shard.trainees, beside: plan.others,
                timeOf: { times.time(of: $0) })
        }
        let selected = fold.selectedGroups
        let groups = try readers.map(selected.count) { index, _ throws(LedgerError) in
            try fromFold { () throws(FactsFault) in try fold.group(selected[index]) }
        }
        return fold.selectedHistories(
            joining: groups.compactMap(\.self), eventCount: plan.point.eventCount,
            lastRecordedTime: plan.point.recordedTime)
    }
}
