import EventLog
import TrainingEvents

/// Where the events about each trainee, class and unit stand among the first of the log: from the index as far as it
/// reaches, then from the log itself.
///
/// An index file that turns out damaged on use is an error, `derived`: who asks then does without the index.
struct SubjectLookup {
    private let index: SubjectIndex<RealFileSystem>?
    /// What lies behind the index, one layer after the other.
    private let tail: [SubjectPositions]
    private let end: UInt64

    /// - Parameters:
    ///   - end: positions from here on are left out.
    ///   - usesIndex: whether the index is asked, or the log alone.
    /// - Throws: `log`, `record`.
    init(_ reader: LedgerReader, upTo end: UInt64, usesIndex: Bool) throws(LedgerError) {
        let index = usesIndex ? reader.subjectIndex : nil
        self.index = index
        self.end = end
        let covered = min(end, index?.covered ?? 0)
        let firstNumbers = index?.counts ?? SubjectKind.allCases.map { _ in 0 }
        if usesIndex, covered < end, let kept = reader.kept,
            let layers = try kept.knowledge.tail.layers(
                covering: covered..<end, firstNumbers: firstNumbers, reading: reader.log)
        {
            tail = layers
            return
        }
        let runs =
            covered < end
            ? try ForkedReaders(reader.log, count: LedgerReader.defaultJobs).factsRuns(in: covered..<end) : []
        tail = [try SubjectPositions(runs, firstNumbers: firstNumbers)]
    }

    /// How far the index reaches.
    var covered: UInt64 { index?.covered ?? 0 }

    /// The positions of the events about a subject, ascending.
    func positions(of number: UInt32, _ kind: SubjectKind) throws(LedgerError) -> [UInt64] {
        try fromIndex { index throws(DerivedFileAbsence) in try index.positions(of: number, kind) }
            + tail.flatMap { $0.positions(of: number, kind) }.filter { $0 < end }
    }

    /// The numbers that were given to an ID, and perhaps some that were not: the record says.
    func numbers(of id: String, _ kind: SubjectKind) throws(LedgerError) -> [UInt32] {
        let indexed = try index.map { index throws(LedgerError) in
            do throws(DerivedFileAbsence) { return try index.numbers(of: id, kind) } catch { throw .derived(error) }
        }
        return (indexed ?? []) + tail.flatMap { $0.numbers(of: id, kind) }
    }

    /// The positions of the events about rulebooks, ascending.
    func rulebookPositions() throws(LedgerError) -> [UInt64] {
        ((index?.rulebookPositions ?? []) + tail.flatMap(\.rulebookPositions)).filter { $0 < end }
    }

    private func fromIndex(
        _ find: (SubjectIndex<RealFileSystem>) throws(DerivedFileAbsence) -> [UInt64]
    ) throws(LedgerError) -> [UInt64] {
        guard let index else { return [] }
        do throws(DerivedFileAbsence) {
            return try find(index).filter { $0 < end }
        } catch {
            throw .derived(error)
        }
    }
}

extension LedgerReader {
    /// The index of subjects, as far as it can be used: the one that is kept open, or opened for this question.
    fileprivate var subjectIndex: SubjectIndex<RealFileSystem> {
        kept?.index ?? SubjectIndex(of: log, in: DerivedDirectory(ledger: directory, files: RealFileSystem()))
    }
}
