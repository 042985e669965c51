import Access
import Decisions
package import EventLog
import Histories
package import Rulebook
import TrainingEvents

/// The work of one shard: its facts and decisions as a partial result in a file.
///
/// A pure function: the same plan, number, segment files and rulebooks give the same bytes, whoever does it and however
/// often.
package struct ShardFold: Sendable {
    /// The digest of the file.
    package let digest: TreeHash
    /// How many persons it decided about.
    package let persons: Int
    /// How many trainee IDs of the shard stand.
    package let trainees: Int

    /// - Parameters:
    ///   - number: the shard's, from 0.
    ///   - passage: to a directory with the segment files that the shard reads, in `segments/`.
    ///   - rulebook: decided by; `nil` for the plan's.
    ///   - other: a second rulebook, to compare with instead of rebuilding.
    ///   - path: where the result is put, whole or not at all; what stood there is replaced.
    /// - Throws: `access`, `shard`, `log` – `damaged` for segment files that are not the plan's –, `record`, `books`,
    ///   `notCreated`, `output`.
    package init(
        _ file: ShardPlanFile, shard number: Int, by passage: ShardPassage, rulebook: Rulebook? = nil,
        comparingWith other: Rulebook? = nil, to path: String, jobs: Int = 1
    ) throws(LedgerError) {
        let plan = file.plan
        let shard = try plan.shard(number)
        let histories = try ShardReading(plan, shard, by: passage, other == nil ? .rebuild : .compareRules, jobs: jobs)
            .histories()
        let book = rulebook ?? plan.rulebook
        let range = Int(shard.trainees.range.lowerBound)..<Int(shard.trainees.range.upperBound)
        let engine = DecisionEngine(histories: histories, rulebook: book)
        let people = Persons(histories, ledBy: range)
        var head = PartialHead(
            plan: file.digest, shard: UInt64(number), book: PartialHead.Book(book),
            comparedWith: other.map { PartialHead.Book($0) })
        head.persons = UInt64(people.count)
        head.trainees = UInt64(range.count { histories.trainees.hasValue(at: $0) })
        let writer = try ShardFileWriter(.partial, to: path)
        if let other {
            let comparison = Comparison(
                from: engine, to: DecisionEngine(histories: histories, rulebook: other), of: people)
            try Self.compare(comparison, jobs, writer, &head)
        } else {
            head.balances = try Rebuild.trialBalance(histories, range, jobs: jobs).lines
            try Self.writeLeaves(of: people, engine, jobs, writer, &head)
            try Self.writeApplicants(ledBy: shard.trainees.range, engine, writer, &head)
        }
        try writer.append { block throws(SnapshotFault) in try head.code(&block) }
        digest = try writer.finish()
        persons = people.count
        trainees = Int(head.trainees)
    }

    private static func writeLeaves(
        of persons: Persons, _ engine: DecisionEngine, _ jobs: Int, _ writer: ShardFileWriter, _ head: inout PartialHead
    ) throws(LedgerError) {
        for start in stride(from: 0, to: persons.count, by: PersonLeaves.perBlock) {
            let count = min(PersonLeaves.perBlock, persons.count - start)
            let parts = inParallelRanges(count, jobs: jobs) { range in
                let engine = engine.forAnotherThread()
                return range.map { index in
                    let members = persons[start + index]
                    return PersonLeaves(
                        facts: FactsDigest.leaf(of: Array(members), engine.histories),
                        decisions: Rebuild.leaf(of: members, engine))
                }
            }
            var block: [UInt8] = []
            block.reserveCapacity(count * PersonLeaves.length)
            for leaves in parts.joined() { block += leaves.facts.bytes + leaves.decisions.bytes }
            try writer.append(block)
            head.firstBlocks += 1
        }
    }

    /// Who of the shard applied for which class; the merge ranks those of all shards.
    private static func writeApplicants(
        ledBy range: Range<UInt32>, _ engine: DecisionEngine, _ writer: ShardFileWriter, _ head: inout PartialHead
    ) throws(LedgerError) {
        let histories = engine.histories
        let roster = ClassRoster(histories)
        var block = RowBlock()
        for index in histories.classes.indices {
            let number = ClassNumber(UInt32(index))
            for applicant in engine.applicants(to: number, roster: roster) {
                guard let leader = histories.linkedTrainees(applicant.listed).first, range.contains(leader.value) else {
                    continue
                }
                var row = ClassApplicant(classNumber: number, applicant: applicant.withoutPapers)
                if let full = block.add(&row) {
                    try writer.append(full)
                    head.secondBlocks += 1
                }
            }
        }
        if let rest = block.finish() {
            try writer.append(rest)
            head.secondBlocks += 1
        }
    }

    private static func compare(
        _ comparison: Comparison, _ jobs: Int, _ writer: ShardFileWriter, _ head: inout PartialHead
    ) throws(LedgerError) {
        var block = RowBlock()
        var blocks: UInt64 = 0
        var failure: LedgerError?
        func write(_ bytes: [UInt8]?) {
            guard let bytes, failure == nil else { return }
            do throws(LedgerError) { try writer.append(bytes) } catch { failure = error }
            blocks += 1
        }
        let totals = comparison.run(jobs: jobs) { change in
            var row = change.row(comparison.registry)
            write(block.add(&row))
        }
        write(block.finish())
        if let failure { throw failure }
        head.firstBlocks = blocks
        head.totals = totals.kinds.map { TotalsOfKind($0.kind, $0.figures) }
    }
}

/// Rows one behind the other, in blocks of about 1 MiB that are read each by itself: the number of rows, then the rows.
private struct RowBlock {
    private var rows = SnapshotWriter()
    private var count = 0

    /// - Returns: the block, if the row made it full.
    mutating func add(_ row: inout some SnapshotFact) -> [UInt8]? {
        // Distances run on from row to row within a block, and no further.
        do throws(SnapshotFault) { try row.code(&rows) } catch {
            preconditionFailure("what was made here can be written: \(error.reason)")
        }
        count += 1
        return rows.bytes.count >= 1 << 20 ? finish() : nil
    }

    /// The block so far; `nil` if it is empty.
    mutating func finish() -> [UInt8]? {
        guard count > 0 else { return nil }
        defer { self = RowBlock() }
        var start = SnapshotWriter()
        do throws(SnapshotFault) { _ = try start.count(count) } catch {
            preconditionFailure("a number can be written: \(error.reason)")
        }
        return start.bytes + rows.bytes
    }
}

extension PartialHead.Book {
    init(_ book: Rulebook) { self.init(id: book.id, digest: book.digest) }
}

extension Applicant<DecisionOutline> {
    /// What the order of applicants needs of their applications.
    fileprivate var withoutPapers: Self {
        var copy = self
        copy.application = application.withoutPapers
        copy.earlierApplications = earlierApplications.map(\.withoutPapers)
        return copy
    }
}

extension Application {
    fileprivate var withoutPapers: Application {
        var copy = self
        copy.papers = []
        copy.identityClaimed = nil
        return copy
    }
}
