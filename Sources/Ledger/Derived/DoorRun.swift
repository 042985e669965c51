package import EventLog
import TrainingEvents

/// What became of the door's state over a stretch of positions, on disk: the IDs introduced, the steps that changed,
/// and a summary.
///
/// Blocks of IDs, blocks of steps in order of their owners, then one with the summary and the first owner of every
/// block of steps. A trainee's steps are one read and one unpacking.
package final class DoorRun<Files: FileSystem>: DerivedRun {
    package static var kind: DerivedFileKind {
        DerivedFileKind(name: "door", layout: DoorLayout.version << 8 | StepsStorage.layout)
    }

    private let file: DerivedFile<Files>
    private let idBlocks: Int
    /// The first owner of every block of steps.
    private let firstOwners: [UInt64]
    /// The block of steps that was looked at last, unpacked.
    private var unpacked: (number: Int, content: [UInt8])?
    let summary: DoorSummary
    package let positions: Range<UInt64>

    /// Somebody's encoded steps.
    struct StoredEntry {
        var owner: UInt64
        var bytes: [UInt8]
    }

    package init(
        opening positions: Range<UInt64>, in directory: DerivedDirectory<Files>, log: LogReader<Files>
    ) throws(DerivedFileAbsence) {
        self.positions = positions
        let file = try DerivedFile(opening: Self.kind, positions: positions, in: directory, log: log)
        self.file = file
        (summary, idBlocks, firstOwners) = try Self.read(file, file.blockCount - 1) {
            reader throws(EventError) in
            let summary = try DoorSummary(from: &reader)
            return (summary, Int(clamping: try reader.varint()), try reader.numbers())
        }
        guard idBlocks <= file.blockCount, idBlocks + firstOwners.count + 1 == file.blockCount else {
            throw file.damaged("its directory does not fit")
        }
    }

    /// Hands out the IDs introduced, in order of introduction within each kind.
    func forEachID(
        _ body: (RegisteredKind, UnsafeRawBufferPointer) -> Void
    ) throws(DerivedFileAbsence) {
        for number in 0..<idBlocks {
            try Self.read(file, number) { reader throws(EventError) in
                guard let kind = RegisteredKind(rawValue: try reader.varint()) else {
                    throw EventError(.malformedRecord, found: "IDs of no kind", expected: "the stored form")
                }
                while !reader.isAtEnd { body(kind, try reader.message().rest) }
            }
        }
    }

    /// Checks that the IDs handed out so far are as many as were introduced.
    func check(_ registry: Registry) throws(DerivedFileAbsence) {
        guard registry.trainees.count == summary.traineeCount, registry.classes.count == summary.classCount,
            registry.units.count == summary.unitCount
        else { throw file.damaged("it has another number of IDs than it says") }
    }

    /// The steps that this run has for an owner; nil if it has none.
    func steps(of owner: UInt64) throws(DerivedFileAbsence) -> [UInt8]? {
        var low = 0
        var high = firstOwners.count
        while low < high {
            let middle = (low + high) / 2
            if firstOwners[middle] <= owner { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let number = idBlocks + low - 1
        if unpacked?.number != number { unpacked = (number, try Self.content(file, number)) }
        return try Self.read(file, number, unpacked?.content ?? []) { reader throws(EventError) in
            while !reader.isAtEnd {
                let found = try reader.varint()
                let steps = try reader.message()
                if found == owner { return [UInt8](steps.rest) }
                if found > owner { break }
            }
            return nil
        }
    }

    /// The number of blocks of steps.
    var stepsBlockCount: Int { firstOwners.count }

    /// The entries of a block of steps, in order of their owners.
    func entries(_ number: Int) throws(DerivedFileAbsence) -> [StoredEntry] {
        try Self.read(file, idBlocks + number) { reader throws(EventError) in
            var entries: [StoredEntry] = []
            while !reader.isAtEnd {
                let owner = try reader.varint()
                entries.append(StoredEntry(owner: owner, bytes: [UInt8](try reader.message().rest)))
            }
            return entries
        }
    }

    private static func read<Answer>(
        _ file: DerivedFile<Files>, _ number: Int, _ body: (inout WireReader) throws(EventError) -> Answer
    ) throws(DerivedFileAbsence) -> Answer {
        try read(file, number, try content(file, number), body)
    }

    private static func content(_ file: DerivedFile<Files>, _ number: Int) throws(DerivedFileAbsence) -> [UInt8] {
        guard let content = PackedBlock.unpacked(try file.block(number)) else {
            throw file.damaged("block \(number) cannot be unpacked")
        }
        return content
    }

    private static func read<Answer>(
        _ file: DerivedFile<Files>, _ number: Int, _ content: [UInt8],
        _ body: (inout WireReader) throws(EventError) -> Answer
    ) throws(DerivedFileAbsence) -> Answer {
        do throws(EventError) {
            return try content.withBytes { bytes throws(EventError) in
                var reader = WireReader(bytes)
                return try body(&reader)
            }
        } catch {
            throw file.damaged("block \(number): \(error.message)")
        }
    }

    package static func merge(
        _ runs: [DoorRun], head: TreeHead, in directory: DerivedDirectory<Files>, log: LogReader<Files>
    ) throws {
        guard let first = runs.first, let last = runs.last else { return }
        var writer = try DoorRunWriter<Files>(
            positions: first.positions.lowerBound..<last.positions.upperBound, head: head, ledgerID: log.ledgerID,
            in: directory)
        var summary = DoorSummary()
        for run in runs {
            summary.append(run.summary)
            var failure: LogError?
            try run.forEachID { kind, id in
                guard failure == nil else { return }
                do throws(LogError) { try writer.append(id, kind) } catch { failure = error }
            }
            if let failure { throw failure }
        }
        var cursors = try runs.map { try StepsCursor($0) }
        while let entry = try StepsCursor.takeSmallest(&cursors) { try writer.append(entry) }
        try writer.finish(summary)
    }
}

/// Counts the layouts of the door's files, apart from that of the steps in them.
enum DoorLayout {
    static let version: UInt16 = 1
}

/// What has an ID and a number.
enum RegisteredKind: UInt64, CaseIterable {
    case trainee
    case `class`
    case unit
}

extension StepsOwner {
    /// One number for the owner, in the order of owners.
    var code: UInt64 {
        switch self {
        case .trainee(let number): UInt64(number)
        case .class(let number): 1 << 32 | UInt64(number)
        }
    }
}

/// Goes through the steps of a run in order of their owners.
private struct StepsCursor<Files: FileSystem> {
    private let run: DoorRun<Files>
    private var block = 0
    private var entries: ArraySlice<DoorRun<Files>.StoredEntry> = []

    init(_ run: DoorRun<Files>) throws(DerivedFileAbsence) {
        self.run = run
        try advance()
    }

    private mutating func advance() throws(DerivedFileAbsence) {
        entries = entries.dropFirst()
        while entries.isEmpty, block < run.stepsBlockCount {
            entries = try run.entries(block)[...]
            block += 1
        }
    }

    /// The smallest owner's steps by the latest run that has any; nil when all are at their ends.
    static func takeSmallest(_ cursors: inout [StepsCursor]) throws(DerivedFileAbsence) -> DoorRun<Files>.StoredEntry? {
        guard let owner = cursors.compactMap(\.entries.first?.owner).min() else { return nil }
        var latest: DoorRun<Files>.StoredEntry?
        for index in cursors.indices {
            guard let entry = cursors[index].entries.first, entry.owner == owner else { continue }
            latest = entry
            try cursors[index].advance()
        }
        return latest
    }
}
