import EventLog
import Synchronization
import TrainingEvents

/// Where the events about each subject stand behind what the index covers, in layers: what was appended since the last
/// question is a layer of its own, and layers of about the same size become one. Each event is read anew as often as the
/// logarithm of how many there are, at most.
final class TailMemory: Sendable {
    private struct Tail {
        /// The position up to which the index reaches.
        var start: UInt64 = 0
        var layers: [Layer] = []

        var end: UInt64 { layers.last?.range.upperBound ?? start }
    }

    private struct Layer {
        let range: Range<UInt64>
        let positions: SubjectPositions

        var count: UInt64 { range.upperBound - range.lowerBound }
    }

    private let tail = Mutex(Tail())
    /// A longer end of the log is not kept: it is a ledger without its index.
    static let limit: UInt64 = 1 << 20

    /// The layers that cover `positions`, and perhaps more; `nil` if these are too many to be kept.
    ///
    /// - Parameters:
    ///   - firstNumbers: how many subjects of each kind were introduced before.
    ///   - log: reads what is not known yet.
    /// - Throws: `log`, `record`.
    func layers(
        covering positions: Range<UInt64>, firstNumbers: [UInt64], reading log: LogReader<RealFileSystem>
    ) throws(LedgerError) -> [SubjectPositions]? {
        guard positions.upperBound - positions.lowerBound <= Self.limit else { return nil }
        return try tail.withLock { tail throws(LedgerError) in
            if tail.start != positions.lowerBound { tail = Tail(start: positions.lowerBound) }
            if tail.end < positions.upperBound {
                try Self.extend(&tail, to: positions.upperBound, firstNumbers, log)
            }
            return tail.layers.map(\.positions)
        }
    }

    private static func extend(
        _ tail: inout Tail, to end: UInt64, _ firstNumbers: [UInt64], _ log: LogReader<RealFileSystem>
    ) throws(LedgerError) {
        var layers = tail.layers
        var start = tail.end
        while let last = layers.last, last.count <= 2 * (end - start) {
            start = last.range.lowerBound
            layers.removeLast()
        }
        let numbers = layers.last.map { last in SubjectKind.allCases.map { last.positions.count($0) } }
        let runs = try ForkedReaders(log, count: 1).factsRuns(in: start..<end)
        layers.append(
            Layer(range: start..<end, positions: try SubjectPositions(runs, firstNumbers: numbers ?? firstNumbers)))
        tail.layers = layers
    }
}
