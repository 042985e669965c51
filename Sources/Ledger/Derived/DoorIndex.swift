import EventLog
import TrainingEvents

/// The door's state outside of memory: runs on disk, and what was set down since for the next one.
struct DoorIndex<Files: FileSystem> {
    /// The runs on disk.
    private(set) var stack: RunStack<DoorRun<Files>>
    /// Encoded steps by owner, as they are at the position ``frozenEnd``, where a run will end.
    private var frozen: [UInt64: [UInt8]] = [:]
    /// The rest at that position.
    private var frozenSummary = DoorSummary()
    /// Up to where everything is on disk or set down.
    private(set) var frozenEnd: UInt64

    /// Opens the runs on disk that end at `limit` or before.
    init(in directory: DerivedDirectory<Files>, log: LogReader<Files>, upTo limit: UInt64) throws(LogError) {
        stack = try RunStack(in: directory, log: log)
        stack.keepFirst(stack.runs.prefix { $0.positions.upperBound <= limit }.count)
        frozenEnd = stack.end
    }

    /// Takes steps out of memory in the midst of a stretch that is folded with all its retractions known. No run can
    /// end here: the state is not as it ever was.
    mutating func setAside(_ changed: [(owner: StepsOwner, bytes: [UInt8])]) {
        for (owner, bytes) in changed { frozen[owner.code] = bytes }
    }

    /// Sets down the state at a position: a run may end there.
    ///
    /// - Parameters:
    ///   - changed: the steps that changed since the last time.
    ///   - summary: with the retractions since the last run was written.
    mutating func freeze(at end: UInt64, changed: [(owner: StepsOwner, bytes: [UInt8])], _ summary: DoorSummary) {
        setAside(changed)
        frozenSummary = summary
        frozenEnd = end
    }

    /// An owner's steps as last stored or set down; nil if they never changed.
    ///
    /// - Throws: why a run cannot be read.
    func steps(of owner: StepsOwner) throws(DerivedFileAbsence) -> [UInt8]? {
        if let bytes = frozen[owner.code] { return bytes }
        for run in stack.runs.reversed() {
            if let bytes = try run.steps(of: owner.code) { return bytes }
        }
        return nil
    }

    /// Writes what was set down as one more run.
    ///
    /// - Parameter registry: has the IDs.
    /// - Returns: how many retractions it holds.
    /// - Throws: `LogError` if it cannot be written; ``DerivedFileAbsence`` if it cannot be read again. Then nothing
    ///   is changed.
    mutating func write(
        _ registry: Registry, head: TreeHead, in directory: DerivedDirectory<Files>, log: LogReader<Files>
    ) throws -> Int {
        guard frozenEnd > stack.end else { return 0 }
        let positions = stack.end..<frozenEnd
        let before = stack.runs.last?.summary ?? DoorSummary()
        var writer = try DoorRunWriter<Files>(
            positions: positions, head: head, ledgerID: log.ledgerID, in: directory)
        try writer.append(registry.trainees, before.traineeCount..<frozenSummary.traineeCount, .trainee)
        try writer.append(registry.classes, before.classCount..<frozenSummary.classCount, .class)
        try writer.append(registry.units, before.unitCount..<frozenSummary.unitCount, .unit)
        for (owner, bytes) in frozen.sorted(by: { $0.key < $1.key }) {
            try writer.append(.init(owner: owner, bytes: bytes))
        }
        try writer.finish(frozenSummary)
        try stack.add(positions, in: directory, log: log)
        frozen.removeAll()
        return frozenSummary.retracted.count
    }

    /// Merges runs; see ``RunStack/compact(in:log:onlyIfMany:)``.
    mutating func compact(in directory: DerivedDirectory<Files>, log: LogReader<Files>, onlyIfMany: Bool) throws {
        try stack.compact(in: directory, log: log, onlyIfMany: onlyIfMany)
    }
}
