import EventLog
import Histories
import TrainingEvents

/// A snapshot of all facts at the end of a segment, in a derived file.
///
/// Sendable: several threads read it, each through a file that it opens itself.
struct FactsSnapshotFile: Sendable {
    /// Facts of all events before it.
    let position: UInt64
    /// What block 0 says.
    let snapshot: HistoriesSnapshot
    private let source: SnapshotSource

    static let kind = DerivedFileKind(name: "facts", layout: HistoriesSnapshot.layout)

    /// The snapshots that stand and whose block 0 can be read, the latest first.
    static func all(of reader: LedgerReader, before count: UInt64) -> [FactsSnapshotFile] {
        let directory = DerivedDirectory(ledger: reader.directory, files: RealFileSystem())
        let ranges = (try? directory.positions(of: kind)) ?? []
        return ranges.filter { $0.lowerBound == 0 && $0.upperBound <= count }.reversed().compactMap { range in
            FactsSnapshotFile(SnapshotSource(directory, range, reader.log))
        }
    }

    private init?(_ source: SnapshotSource) {
        guard let snapshot = source.read(0, { bytes throws(SnapshotFault) in try HistoriesSnapshot(reading: bytes) })
        else { return nil }
        self.source = source
        self.snapshot = snapshot
        position = source.range.upperBound
    }

    /// The trainees of a block; `nil` if it cannot be read.
    func trainees(ofPage page: Int) -> FactsFold.Group? {
        source.read(1 + page) { bytes throws(SnapshotFault) in try snapshot.trainees(ofPage: page, bytes) }
    }

    /// Classes, units, complaints and adopted rulebooks; `nil` if they cannot be read.
    func others() -> LedgerHistories? {
        var histories = LedgerHistories()
        histories.stand(at: position, recordedTime: nil)
        do throws(SnapshotFault) {
            try snapshot.readOthers(into: &histories) { number, take throws(SnapshotFault) in
                let isRead = source.read(number) { bytes throws(SnapshotFault) in
                    try take(bytes)
                    return true
                }
                if isRead == nil { throw SnapshotFault(reason: "a block that cannot be read") }
            }
        } catch {
            return nil
        }
        return histories
    }

    /// Writes a snapshot. Only the holder of the writer's lock does.
    ///
    /// - Precondition: a segment begins where the histories end.
    /// - Throws: `noSpace`, `readOnly`, `inputOutput`.
    static func write(
        _ histories: LedgerHistories, head: TreeHead, ledgerID: LedgerID,
        in directory: DerivedDirectory<RealFileSystem>
    ) throws(LogError) {
        var writer = try DerivedFileWriter(
            kind, positions: 0..<histories.eventCount, head: head, ledgerID: ledgerID, in: directory)
        try HistoriesSnapshot.write(histories) { block throws(LogError) in try writer.append(block) }
        try writer.finish()
    }
}

/// Opens the file for whoever reads a block.
///
/// Sendable: the reader of the log is asked for segment headers only, under the mutex.
private final class SnapshotSource: @unchecked Sendable {
    let range: Range<UInt64>
    private let directory: DerivedDirectory<RealFileSystem>
    private let log: LogReader<RealFileSystem>
    private let files = Mutexed<[OpenFile]>([])

    /// Sendable: in the hands of one thread at a time.
    private struct OpenFile: @unchecked Sendable {
        let file: DerivedFile<RealFileSystem>
    }

    init(_ directory: DerivedDirectory<RealFileSystem>, _ range: Range<UInt64>, _ log: LogReader<RealFileSystem>) {
        self.directory = directory
        self.range = range
        self.log = log
    }

    /// What `work` makes of a block; `nil` if the block or what is in it cannot be read.
    func read<Value>(
        _ block: Int, _ work: (UnsafeRawBufferPointer) throws(SnapshotFault) -> Value
    ) -> Value? {
        guard let open = take() else { return nil }
        defer { files.update { $0.append(open) } }
        do {
            return try work(try open.file.block(block))
        } catch {
            return nil
        }
    }

    /// A file that nobody reads at the moment.
    private func take() -> OpenFile? {
        var idle: OpenFile?
        files.update { idle = $0.popLast() }
        if let idle { return idle }
        guard
            let file = try? DerivedFile(
                opening: FactsSnapshotFile.kind, positions: range, in: directory, log: log.fork())
        else { return nil }
        return OpenFile(file: file)
    }
}
