import CivilTime
import Dispatch
import EventLog
import Synchronization
import TrainingEvents

/// Readers of the same view of the log, one a thread.
///
/// Sendable: a reader is used by the one thread that was given its number.
struct ForkedReaders: @unchecked Sendable {
    private let readers: [LogReader<RealFileSystem>]

    init(_ reader: LogReader<RealFileSystem>, count: Int) {
        readers = (0..<Swift.max(1, count)).map { _ in reader.fork() }
    }

    /// `positions` in the pieces in which they lie in segment files, ascending.
    func segmentRanges(in positions: Range<UInt64>) throws(LedgerError) -> [Range<UInt64>] {
        try fromLog { () throws(LogError) in
            try readers[0].segmentRanges(to: positions.upperBound).compactMap { range in
                range.upperBound <= positions.lowerBound ? nil : range.clamped(to: positions)
            }
        }
    }

    /// Does `work` for every index from 0 on, each by whichever thread is free, with that thread's reader.
    ///
    /// - Returns: the results in the order of the indices.
    /// - Throws: what the work at the lowest index that failed has thrown.
    func map<Value: Sendable>(
        _ count: Int, _ work: @Sendable (Int, LogReader<RealFileSystem>) throws(LedgerError) -> Value
    ) throws(LedgerError) -> [Value] {
        let next = Atomic(0)
        let results = Mutexed([Result<Value, LedgerError>?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: min(readers.count, max(count, 1))) { thread in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                let result: Result<Value, LedgerError>
                do throws(LedgerError) {
                    result = .success(try work(index, readers[thread]))
                } catch {
                    result = .failure(error)
                }
                results.update { $0[index] = result }
            }
        }
        var values: [Value] = []
        values.reserveCapacity(count)
        for case .some(let result) in results.value { values.append(try result.get()) }
        return values
    }
}

/// Looks up when events happened, for several threads.
///
/// Sendable: the mutex guards the reader.
final class EventTimes: @unchecked Sendable {
    private let reader: LogReader<RealFileSystem>
    private let mutex = Mutex(())

    init(_ reader: LogReader<RealFileSystem>) { self.reader = reader }

    /// When the event at a position happened; `nil` if it cannot be read.
    func time(of position: UInt64) -> Instant? {
        mutex.withLock { _ in
            guard let record = try? reader.record(at: position) else { return nil }
            return try? Event(decoding: record).envelope.time
        }
    }
}
