import EventLog
import TrainingEvents

/// Brings the index of positions up to the end of the last finished segment. Only the holder of the writer's lock does.
///
/// New files cover what is new; a small file is made anew together with what follows it, so that there are few, each
/// some times as long as the next, and every position is written a few times at most.
struct SubjectIndexUpkeep {
    private let reader: LogReader<RealFileSystem>
    private let directory: DerivedDirectory<RealFileSystem>
    private let jobs: Int

    /// The most positions that one file covers: what bounds the memory of making it.
    static let positionsPerFile: UInt64 = 256 * 65_536
    /// A file that is shorter than so many times what follows is made anew with it.
    private static let growth: UInt64 = 4

    init(_ reader: LogReader<RealFileSystem>, ledger: String, jobs: Int) {
        self.reader = reader
        directory = DerivedDirectory(ledger: ledger, files: RealFileSystem())
        self.jobs = jobs
    }

    /// Makes the files that are lacking, and removes what they replace.
    ///
    /// - Throws: `log`, `record`.
    func run() throws(LedgerError) {
        guard let end = reader.segmentStarts.last, end > 0 else { return }
        let index = SubjectIndex(of: reader, in: directory)
        guard index.covered < end else { return }
        let kept = Self.kept(index.ranges, end)
        var start = kept.last?.upperBound ?? 0
        try fromLog { () throws(LogError) in
            for range in try directory.positions(of: SubjectIndexLayout.kind) where !kept.contains(range) {
                try directory.remove(SubjectIndexLayout.kind, range)
            }
        }
        var counts = try Self.counts(kept, reader, directory)
        while start < end {
            let next = reader.segmentStarts.last { $0 <= start + Self.positionsPerFile && $0 > start } ?? end
            counts = try write(start..<next, counts)
            start = next
        }
    }

    /// The files that stay as they are.
    static func kept(_ ranges: [Range<UInt64>], _ end: UInt64) -> [Range<UInt64>] {
        var kept = ranges
        while let last = kept.last, last.upperBound - last.lowerBound < growth * (end - last.upperBound),
            end - last.lowerBound <= positionsPerFile
        {
            kept.removeLast()
        }
        return kept
    }

    private static func counts(
        _ kept: [Range<UInt64>], _ reader: LogReader<RealFileSystem>, _ directory: DerivedDirectory<RealFileSystem>
    ) throws(LedgerError) -> [UInt64] {
        guard let last = kept.last else { return SubjectKind.allCases.map { _ in 0 } }
        do throws(DerivedFileAbsence) {
            let file = try SubjectIndexFile(positions: last, in: directory, log: reader)
            return SubjectKind.allCases.map { file.count($0) }
        } catch {
            throw .derived(error)
        }
    }

    /// Writes the file of these positions; gives how many subjects were introduced before their end.
    private func write(_ range: Range<UInt64>, _ firstNumbers: [UInt64]) throws(LedgerError) -> [UInt64] {
        let runs = try ForkedReaders(reader, count: jobs).factsRuns(in: range)
        let positions = try SubjectPositions(runs, firstNumbers: firstNumbers)
        try fromLog { () throws(LogError) in
            guard let head = try reader.treeHead(beforeSegmentAt: range.upperBound) else { return }
            try positions.write(
                DerivedFileWriter(
                    SubjectIndexLayout.kind, positions: range, head: head, ledgerID: reader.ledgerID, in: directory))
        }
        return SubjectKind.allCases.map { positions.count($0) }
    }
}
