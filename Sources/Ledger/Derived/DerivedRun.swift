package import EventLog

/// A derived file that covers a stretch of positions and can be merged with its neighbours.
package protocol DerivedRun {
    /// Where the files are.
    associatedtype Files: FileSystem

    /// The kind of its files.
    static var kind: DerivedFileKind { get }

    /// The positions that it covers.
    var positions: Range<UInt64> { get }

    /// Opens the run over these positions.
    init(
        opening positions: Range<UInt64>, in directory: DerivedDirectory<Files>, log: LogReader<Files>
    ) throws(DerivedFileAbsence)

    /// Writes one run with what these, which follow on each other, hold.
    ///
    /// - Throws: `LogError` if it cannot be written, ``DerivedFileAbsence`` if one of them cannot be read.
    static func merge(_ runs: [Self], head: TreeHead, in directory: DerivedDirectory<Files>, log: LogReader<Files>)
        throws
}

/// Runs that follow on each other from position 0: a log-structured tree with few, geometrically growing levels.
package struct RunStack<Run: DerivedRun> {
    /// The runs, oldest first; each begins where the one before ends.
    package private(set) var runs: [Run] = []
    /// Why files of this kind were not used.
    package private(set) var absences: [DerivedFileAbsence] = []

    /// More runs than this are merged even where merging is put off.
    private static var maximumCount: Int { 12 }

    /// No run.
    package init() {}

    /// Opens the longest chain of runs that this log bears out.
    ///
    /// - Throws: `inputOutput` if the directory cannot be listed.
    package init(in directory: DerivedDirectory<Run.Files>, log: LogReader<Run.Files>) throws(LogError) {
        let known = try directory.positions(of: Run.kind)
        var isGoingOn = true
        while isGoingOn {
            isGoingOn = false
            // A crash may leave a merged run beside those that it was made of.
            let candidates = known.filter { $0.lowerBound == end }.sorted { $0.upperBound > $1.upperBound }
            for positions in candidates where !isGoingOn {
                do throws(DerivedFileAbsence) {
                    runs.append(try Run(opening: positions, in: directory, log: log))
                    isGoingOn = true
                } catch {
                    absences.append(error)
                }
            }
        }
    }

    /// Forgets all runs but the first ones.
    mutating func keepFirst(_ count: Int) { runs.removeLast(runs.count - count) }

    /// The position before which everything is covered.
    package var end: UInt64 { runs.last?.positions.upperBound ?? 0 }

    /// Takes the run over these positions, just written, as the last.
    ///
    /// - Throws: why it cannot be read; then the stack is as it was.
    package mutating func add(
        _ positions: Range<UInt64>, in directory: DerivedDirectory<Run.Files>, log: LogReader<Run.Files>
    ) throws(DerivedFileAbsence) {
        precondition(positions.lowerBound == end)
        runs.append(try Run(opening: positions, in: directory, log: log))
    }

    /// Merges the last runs so that each run is more than twice as long as all later ones together: a look-up asks
    /// few runs, and an entry is written anew only a few times.
    ///
    /// - Parameter onlyIfMany: put it off unless there are too many runs, because somebody is waiting.
    /// - Throws: as ``DerivedRun/merge(_:head:in:log:)``; then the stack is as it was.
    package mutating func compact(
        in directory: DerivedDirectory<Run.Files>, log: LogReader<Run.Files>, onlyIfMany: Bool = false
    ) throws {
        if onlyIfMany, runs.count <= Self.maximumCount { return }
        guard var total = runs.last?.positions.count else { return }
        var start = runs.count - 1
        while start > 0, runs[start - 1].positions.count <= 2 * total {
            start -= 1
            total += runs[start].positions.count
        }
        guard start < runs.count - 1 else { return }
        let old = Array(runs[start...])
        let positions = old[0].positions.lowerBound..<end
        guard let head = try log.treeHead(beforeSegmentAt: end) else { return }
        try Run.merge(old, head: head, in: directory, log: log)
        let merged = try Run(opening: positions, in: directory, log: log)
        runs.replaceSubrange(start..., with: [merged])
        for run in old { try directory.remove(Run.kind, run.positions) }
    }

    /// Removes the files of this kind that are not in use.
    ///
    /// - Throws: `readOnly`, `inputOutput`.
    package func removeOthers(in directory: DerivedDirectory<Run.Files>) throws(LogError) {
        let used = runs.map(\.positions)
        for positions in try directory.positions(of: Run.kind, includesIgnored: true) where !used.contains(positions) {
            try directory.remove(Run.kind, positions)
        }
    }
}
