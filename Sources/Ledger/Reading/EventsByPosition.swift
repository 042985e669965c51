import EventLog
import TrainingEvents

// Looking events up where an index says that they stand.
extension LedgerReader {
    /// So many look-ups are worth a thread of their own, which has to open the segments anew.
    private static var lookupsOfAThread: Int { 64 }

    /// The events at `positions`, each in the order of the log. Of the log only the blocks that hold them are read, by
    /// several threads where the log is not kept open anyway.
    ///
    /// - Parameter positions: ascending, each once, below ``head``.
    func events(at positions: [UInt64]) throws(LedgerError) -> [Event] {
        let pieces = min(Self.defaultJobs, positions.count / Self.lookupsOfAThread)
        guard kept == nil, pieces > 1 else { return try Self.events(at: positions, log) }
        return try ForkedReaders(log, count: pieces).map(pieces) { index, reader throws(LedgerError) in
            let piece = positions.count * index / pieces..<positions.count * (index + 1) / pieces
            return try Self.events(at: Array(positions[piece]), reader)
        }.flatMap(\.self)
    }

    private static func events(
        at positions: [UInt64], _ log: LogReader<RealFileSystem>
    ) throws(LedgerError) -> [Event] {
        let records = try fromLog { () throws(LogError) in try log.records(at: positions) }
        var events: [Event] = []
        events.reserveCapacity(records.count)
        for (position, record) in zip(positions, records) {
            do throws(EventError) {
                events.append(try Event(decoding: record))
            } catch {
                throw .record(error, position: position)
            }
        }
        return events
    }
}
