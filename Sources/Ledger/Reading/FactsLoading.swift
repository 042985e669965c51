import CivilTime
import EventLog
import Foundation
import Histories
import TrainingEvents

// Stage 1: the log's facts, folded. Segment files are read and sorted out by trainee in parallel, then groups of
// trainees are folded in parallel; what comes out does not depend on who did which.
extension LedgerReader {
    /// How many threads share reading where nobody says otherwise.
    package static let defaultJobs = min(256, max(1, ProcessInfo.processInfo.activeProcessorCount))

    /// The facts of the first `count` events.
    ///
    /// O(events) time and memory: 16 bytes an event beside the histories.
    ///
    /// - Parameter snapshot: the snapshot to fold on from, if one is to be used.
    /// - Returns: `nil` if the snapshot does not serve: it cannot be read, or something that it holds was retracted
    ///   since in a way that only folding anew can follow.
    func foldFacts(
        upTo count: UInt64, on snapshot: FactsSnapshotFile? = nil, jobs: Int, progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> LedgerHistories? {
        let readers = ForkedReaders(log, count: jobs)
        let start = snapshot?.position ?? 0
        let runs = try readers.factsRuns(in: start..<count)
        progress(start + (count - start) / 2)
        let lastRecordedTime = count == 0 ? nil : try event(at: count - 1).envelope.recordedTime
        let times = EventTimes(log.fork())
        var base: FactsFold.Base?
        if let snapshot {
            base = try self.base(snapshot)
            guard base != nil else { return nil }
        }
        var fold = try fromFold { () throws(FactsFault) in
            try FactsFold(runs, on: base) { position in times.time(of: position) }
        }
        guard try refold(&fold, from: start, upTo: count) else { return nil }
        let finished = fold
        let groups = try readers.map(fold.groupCount) { index, _ throws(LedgerError) in
            try fromFold { () throws(FactsFault) in try finished.group(index) }
        }
        progress(count)
        let whole = groups.compactMap(\.self)
        guard whole.count == groups.count else { return nil }
        return try fromFold { () throws(FactsFault) in
            try finished.histories(joining: whole, lastRecordedTime: lastRecordedTime)
        }
    }
}

extension ForkedReaders {
    /// The facts of `positions`, a run a segment file, read and sorted out in parallel.
    ///
    /// - Throws: `log` with the first damage.
    func factsRuns(in positions: Range<UInt64>) throws(LedgerError) -> [FactsRun] {
        let ranges = try segmentRanges(in: positions)
        return try map(ranges.count) { index, reader throws(LedgerError) in
            try Self.factsRun(ranges[index], reader)
        }
    }

    /// The facts of positions that lie in one segment file, sorted out.
    static func factsRun(
        _ positions: Range<UInt64>, _ reader: LogReader<RealFileSystem>
    ) throws(LedgerError) -> FactsRun {
        var collector = FactsCollector(first: positions.lowerBound)
        var damage: LogError?
        try fromLog { () throws(LogError) in
            try reader.forEachFacts(in: positions) { batch in
                guard damage == nil, !collector.take(batch) else { return }
                damage = LogError(
                    .damaged, "the lengths of a facts stream do not add up",
                    .init(positions: batch.first..<batch.first + UInt64(batch.count)))
            }
        }
        if let damage { throw .log(damage) }
        return collector.finish()
    }
}

/// Runs what folds facts, and passes on its faults as errors of the ledger.
func fromFold<Value>(_ work: () throws(FactsFault) -> Value) throws(LedgerError) -> Value {
    do throws(FactsFault) { return try work() } catch { throw .record(error.error, position: error.position) }
}
