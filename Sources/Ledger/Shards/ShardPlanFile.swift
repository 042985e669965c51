import CivilTime
package import EventLog
package import Histories
import Rulebook
import TrainingEvents

/// A plan as a file: its head, its segments, its shards, the text of its rulebook, then what is known of classes and units in
/// the blocks of a snapshot.
package struct ShardPlanFile: Sendable {
    package let plan: ShardPlan
    /// Names the plan: every result says which it belongs to.
    package let digest: TreeHash

    private static let firstBlockOfOthers = 4

    /// Writes a plan, whole or not at all.
    ///
    /// - Throws: `notCreated`, `output`.
    package init(writing plan: ShardPlan, to path: String) throws(LedgerError) {
        let writer = try ShardFileWriter(.plan, to: path)
        var head = PlanHead(plan)
        var segments = plan.segments
        var shards = plan.shards
        try writer.append { block throws(SnapshotFault) in try head.code(&block) }
        try writer.append { block throws(SnapshotFault) in try block.code(&segments) }
        try writer.append { block throws(SnapshotFault) in try block.code(&shards) }
        try writer.append(plan.rulebook.text)
        try HistoriesSnapshot.write(plan.others) { block throws(LedgerError) in try writer.append(block) }
        digest = try writer.finish()
        self.plan = plan
    }

    /// Reads a plan.
    ///
    /// - Throws: `shard` – `damaged`, `tooNew`; `input`.
    package init(reading path: String) throws(LedgerError) {
        let file = try ShardFileReader(opening: path, .plan)
        var head = PlanHead.blank
        var segments: [ShardPlan.Segment] = []
        var shards: [ShardPlan.Shard] = []
        try file.read(0) { reader throws(SnapshotFault) in try head.code(&reader) }
        guard head.layout == UInt64(PlanHead.currentLayout) else {
            throw .shard(ShardError(.tooNew, "the plan was made by another version of this program", file: path))
        }
        try file.read(1) { reader throws(SnapshotFault) in try reader.code(&segments) }
        try file.read(2) { reader throws(SnapshotFault) in try reader.code(&shards) }
        plan = ShardPlan(
            ledgerID: head.ledgerID,
            point: LedgerPoint(eventCount: head.eventCount, recordedTime: head.recordedTime, happenedBy: nil),
            traineeCount: head.traineeCount, segments: segments, shards: shards,
            rulebook: try Self.rulebook(file), others: try Self.others(file, head))
        digest = file.digest
        if let contradiction = plan.contradiction { throw file.damaged(contradiction) }
    }

    private static func rulebook(_ file: ShardFileReader) throws(LedgerError) -> Rulebook {
        guard file.blockCount > 3 else { throw file.damaged("it has no rulebook") }
        let text = try file.block(3)
        do throws(RulebookError) {
            return try Rulebook.parse(text, fileName: "rulebook of the plan")
        } catch {
            throw file.damaged("its rulebook cannot be read: \(error.reason)")
        }
    }

    private static func others(_ file: ShardFileReader, _ head: PlanHead) throws(LedgerError) -> LedgerHistories {
        let first = firstBlockOfOthers
        guard file.blockCount > first else { throw file.damaged("it has no classes") }
        var histories = LedgerHistories()
        let block = try file.block(first)
        do throws(SnapshotFault) {
            let snapshot = try block.withBytes { bytes throws(SnapshotFault) in try HistoriesSnapshot(reading: bytes) }
            guard snapshot.trainees == 0, snapshot.blockCount == file.blockCount - first else {
                throw SnapshotFault(reason: "it has other blocks than it says")
            }
            try snapshot.readOthers(into: &histories) { number, take throws(SnapshotFault) in
                let bytes: [UInt8]
                do throws(LedgerError) { bytes = try file.block(first + number) } catch {
                    throw SnapshotFault(reason: error.message)
                }
                try bytes.withBytes { memory throws(SnapshotFault) in try take(memory) }
            }
        } catch {
            throw file.damaged(error.reason)
        }
        histories.stand(at: head.eventCount, recordedTime: head.recordedTime)
        return histories
    }
}

/// What a plan is about.
private struct PlanHead: SnapshotFact {
    /// The layouts of the facts in a plan and of the leaves that are made of them.
    static let currentLayout = UInt64(HistoriesSnapshot.layout) << 8 | UInt64(CanonicalFacts.version)

    var layout: UInt64
    var ledgerID: LedgerID
    var eventCount: UInt64
    var recordedTime: Instant?
    var traineeCount: UInt32

    init(_ plan: ShardPlan) {
        layout = Self.currentLayout
        ledgerID = plan.ledgerID
        eventCount = plan.point.eventCount
        recordedTime = plan.point.recordedTime
        traineeCount = plan.traineeCount
    }

    private init(ledgerID: LedgerID) {
        (layout, eventCount, traineeCount) = (0, 0, 0)
        self.ledgerID = ledgerID
    }

    static var blank: Self { Self(ledgerID: .blank) }

    mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&layout)
        try coder.code(&ledgerID)
        try coder.code(&eventCount)
        try coder.code(&recordedTime, blank: .earliest) { coder, time throws(SnapshotFault) in try coder.code(&time) }
        try coder.code(&traineeCount)
    }
}

extension ShardPlan.Segment: SnapshotFact {
    package static var blank: Self {
        Self(
            fingerprint: SegmentFingerprint(first: 0, length: 0, hash: MerkleTree.emptyRoot), registeredBefore: 0)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        var (first, length, hash) = (fingerprint.first, fingerprint.length, fingerprint.hash)
        try coder.code(position: &first)
        try coder.code(&length)
        try coder.code(&hash)
        try coder.code(&registeredBefore)
        fingerprint = SegmentFingerprint(first: first, length: length, hash: hash)
    }
}

extension ShardPlan.Shard: SnapshotFact {
    package static var blank: Self { Self(trainees: TraineeSelection(0..<0, guests: []), segments: [], events: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        var (lower, upper) = (trainees.range.lowerBound, trainees.range.upperBound)
        var guests = trainees.guests.map { UInt64($0.value) }
        var runs = Runs(segments)
        try coder.code(&lower)
        try coder.code(&upper)
        try coder.code(positions: &guests)
        try coder.code(&runs.runs)
        try coder.code(&events)
        guard Coder.isReading else { return }
        let numbers = guests.compactMap { UInt32(exactly: $0).map(TraineeNumber.init) }
        guard lower <= upper, numbers.count == guests.count, let found = runs.numbers else {
            throw SnapshotFault(reason: "a shard whose numbers do not ascend")
        }
        trainees = TraineeSelection(lower..<upper, guests: numbers)
        segments = found
    }
}

/// Ascending numbers as runs of consecutive ones.
private struct Runs {
    struct Run: SnapshotFact {
        var first: UInt64
        var count: UInt64

        static var blank: Self { Self(first: 0, count: 0) }

        mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
            try coder.code(&first)
            try coder.code(&count)
        }
    }

    var runs: [Run] = []

    init(_ numbers: [Int]) {
        for number in numbers {
            if let last = runs.last, last.first + last.count == UInt64(number) {
                runs[runs.count - 1].count += 1
            } else {
                runs.append(Run(first: UInt64(number), count: 1))
            }
        }
    }

    /// The numbers; `nil` if there are more of them, or higher ones, than there can be segments.
    var numbers: [Int]? {
        let limit = Format.positionLimit / Format.positionsPerSegment
        var numbers: [Int] = []
        for run in runs {
            guard run.first < limit, run.count <= limit, UInt64(numbers.count) + run.count <= 1 << 24 else {
                return nil
            }
            numbers += Int(run.first)..<Int(run.first + run.count)
        }
        return numbers
    }
}
