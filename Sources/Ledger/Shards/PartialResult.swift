import Decisions
import EventLog
import Histories
import Rulebook
import TrainingEvents

/// A partial result in a file: one shard's.
struct PartialResult: Sendable {
    let file: ShardFileReader
    let head: PartialHead

    /// Rows are read a block at a time, so that a block is not to be longer than this.
    private static let maximumRowBlock = 1 << 24

    /// Reads what a file says of itself, and checks that it belongs to a plan.
    ///
    /// - Throws: `shard` – `damaged`, `tooNew`, `foreign`; `input`.
    init(opening path: String, of plan: ShardPlanFile) throws(LedgerError) {
        let file = try ShardFileReader(opening: path, .partial)
        var head = PartialHead.blank
        try file.read(file.blockCount - 1) { reader throws(SnapshotFault) in try head.code(&reader) }
        guard head.plan == plan.digest else {
            throw .shard(ShardError(.foreign, "the result belongs to another plan", file: path))
        }
        guard head.shard < UInt64(plan.plan.shards.count) else {
            throw file.damaged("the plan has no shard \(head.shard)")
        }
        let range = plan.plan.shards[Int(head.shard)].trainees.range
        guard head.firstBlocks <= UInt64(file.blockCount), head.secondBlocks <= UInt64(file.blockCount),
            head.firstBlocks + head.secondBlocks + 1 == UInt64(file.blockCount),
            head.persons <= UInt64(range.count), head.trainees <= UInt64(range.count)
        else { throw file.damaged("its head does not fit its blocks") }
        self.file = file
        self.head = head
    }

    var shard: Int { Int(head.shard) }

    /// Lends the leaves of every person, in order of registration.
    ///
    /// - Throws: `shard` – `damaged`; `input`.
    func forEachPerson(_ body: (PersonLeaves) -> Void) throws(LedgerError) {
        var count: UInt64 = 0
        for number in 0..<Int(head.firstBlocks) {
            let block = try file.block(number)
            guard block.count % PersonLeaves.length == 0 else {
                throw file.damaged("block \(number) holds half a leaf")
            }
            for start in stride(from: 0, to: block.count, by: PersonLeaves.length) {
                let middle = start + TreeHash.length
                guard let facts = TreeHash(block[start..<middle]),
                    let decisions = TreeHash(block[middle..<middle + TreeHash.length])
                else { throw file.damaged("block \(number) holds half a leaf") }
                body(PersonLeaves(facts: facts, decisions: decisions))
            }
            count += UInt64(block.count / PersonLeaves.length)
        }
        guard count == head.persons else { throw file.damaged("it holds \(count) persons, not \(head.persons)") }
    }

    /// The rows of a block.
    func rows<Row: SnapshotFact>(ofBlock number: Int) throws(LedgerError) -> [Row] {
        guard try file.block(number).count <= Self.maximumRowBlock else {
            throw file.damaged("block \(number) is too long")
        }
        var rows: [Row] = []
        try file.read(number) { reader throws(SnapshotFault) in try reader.code(&rows) }
        return rows
    }
}

/// Goes through the applicants of a partial result, class by class.
struct ApplicantCursor {
    private let partial: PartialResult
    private let plan: ShardPlan
    private var nextBlock: Int
    private var rows: [ClassApplicant] = []
    private var place = 0
    private var last: UInt32 = 0

    init(_ partial: PartialResult, _ plan: ShardPlan) {
        self.partial = partial
        self.plan = plan
        nextBlock = Int(partial.head.firstBlocks)
    }

    /// The applicants of a class, who come next if there are any.
    ///
    /// - Throws: `shard` – `damaged`: they do not ascend, or cannot be applicants; `input`.
    mutating func take(of number: ClassNumber, into applicants: inout [Applicant<DecisionOutline>]) throws(LedgerError)
    {
        while let row = try peek(), row.classNumber == number {
            applicants.append(row.applicant)
            place += 1
        }
    }

    /// - Throws: `shard` – `damaged` if some are left.
    mutating func finish() throws(LedgerError) {
        if try peek() != nil { throw partial.file.damaged("its applicants are not in the order of their classes") }
    }

    private mutating func peek() throws(LedgerError) -> ClassApplicant? {
        while place == rows.count {
            guard nextBlock < Int(partial.head.firstBlocks + partial.head.secondBlocks) else { return nil }
            rows = try partial.rows(ofBlock: nextBlock)
            place = 0
            nextBlock += 1
            for row in rows {
                if let fault = row.fault(in: plan) { throw partial.file.damaged(fault) }
                guard row.classNumber.value >= last else {
                    throw partial.file.damaged("its applicants are not in the order of their classes")
                }
                last = row.classNumber.value
            }
        }
        return rows[place]
    }
}
