import CivilTime
import EventLog
import Foundation
import Histories
import TrainingEvents

// Stage 1: the log's facts, folded. Segment files are read and sorted out by trainee in parallel, then groups of
// trainees are folded in parallel; what comes out does not depend on who did which.
extension LedgerReader {
    /// How many threads share reading where nobody says otherwise.
    package static var defaultJobs: Int { min(256, max(1, ProcessInfo.processInfo.activeProcessorCount)) }

    /// The facts of the first `count` events.
    ///
    /// O(events) time and memory: 16 bytes an event beside the histories.
    func foldFacts(
        upTo count: UInt64, jobs: Int, progress: (UInt64) -> Void
    ) throws(LedgerError) -> LedgerHistories {
        let readers = ForkedReaders(log, count: jobs)
        let runs = try readers.factsRuns(in: 0..<count)
        progress(count / 2)
        let lastRecordedTime = count == 0 ? nil : try event(at: count - 1).envelope.recordedTime
        let times = EventTimes(log.fork())
        let fold = try fromFold { () throws(FactsFault) in
            try FactsFold(runs) { position in times.time(of: position) }
        }
        let groups = try readers.map(fold.groupCount) { index, _ throws(LedgerError) in
            try fromFold { () throws(FactsFault) in try fold.group(index) }
        }
        progress(count)
        return try fromFold { () throws(FactsFault) in
            try fold.histories(joining: groups, lastRecordedTime: lastRecordedTime)
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

    private static func factsRun(
        _ positions: Range<UInt64>, _ reader: LogReader<RealFileSystem>
    ) throws(LedgerError) -> FactsRun {
        var collector = FactsCollector(first: positions.lowerBound)
        var damage: LogError?
        try fromLog { () throws(LogError) in
            try reader.forEachFacts(in: positions) { batch in
                guard damage == nil, !collector.take(batch.stream, count: batch.count) else { return }
                damage = LogError(
                    .damaged, "the lengths of a facts stream do not add up",
                    .init(positions: batch.first..<batch.first + UInt64(batch.count)))
            }
        }
        if let damage { throw .log(damage) }
        return collector.finish()
    }
}

private func fromFold<Value>(_ work: () throws(FactsFault) -> Value) throws(LedgerError) -> Value {
    do throws(FactsFault) { return try work() } catch { throw .record(error.error, position: error.position) }
}
