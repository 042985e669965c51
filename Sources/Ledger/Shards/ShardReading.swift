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

    /// - Parameters:
    ///   - ledger: a directory with the segment files in `segments/`; where it is a whole ledger, it has to be the plan's.
    ///   - request: who asks, for a ledger under access control.
    /// - Throws: `access`; `shard` – `foreign`; `log`.
    init(
        _ plan: ShardPlan, _ shard: ShardPlan.Shard, in ledger: String, for request: AccessRequest?, jobs: Int
    ) throws(LedgerError) {
        self.plan = plan
        self.shard = shard
        try plan.requirePassage(to: ledger, request)
        let log = LogReader(
            of: plan.ledgerID, segmentsAt: plan.segments.map(\.fingerprint.first), upTo: plan.point.eventCount,
            in: ledger, files: RealFileSystem())
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
                        .foreign, "the plan counts other trainees than segment \(plan.segments[segment].fingerprint.file)"))
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

extension ShardPlan {
    /// Lets nobody work on a ledger who may not rebuild or compare it, nor on another ledger than the plan's.
    ///
    /// A directory that holds segment files and no `ledger.json` has no gate: whoever gave them to a worker answers for it.
    ///
    /// - Throws: `access`; `log`; `shard` – `foreign`.
    func requirePassage(to ledger: String, _ request: AccessRequest?) throws(LedgerError) {
        let isLedger = try fromLog { () throws(LogError) in
            try RealFileSystem().exists("\(ledger)/\(Format.descriptionFile)")
        }
        guard isLedger else { return }
        let reader = try LedgerReader(opening: ledger, keys: nil, for: request)
        try reader.warrant.require(.rebuild, .compareRules)
        guard reader.log.ledgerID == ledgerID else {
            throw .shard(ShardError(.foreign, "\(ledger) is another ledger than the plan's"))
        }
    }
}
