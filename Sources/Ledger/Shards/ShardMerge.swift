import Access
import Decisions
import EventLog
import Histories
package import Rulebook
package import TrainingEvents

/// Puts the results of all shards together: the projection, with the digests of a rebuild in one process, or a comparison
/// with its rows and totals.
///
/// Reads every result once, block by block; what it keeps in memory does not grow with the number of trainees.
package struct ShardMerge {
    private let file: ShardPlanFile
    private let partials: PartialSet

    /// - Parameters:
    ///   - paths: of the results, in any order.
    ///   - passage: to the ledger that the plan was made of.
    /// - Throws: `access`; `shard` – `damaged`, `tooNew`, `foreign`, `doubled`, `missing`; `input`.
    package init(
        _ paths: [String], of file: ShardPlanFile, by passage: ShardPassage
    ) throws(LedgerError) {
        self.file = file
        partials = try PartialSet(paths, of: file)
        try passage.require(file.plan, partials.head.comparedWith == nil ? .rebuild : .compareRules)
    }

    /// Whether two rulebooks were compared.
    package var isComparison: Bool { partials.head.comparedWith != nil }

    /// The projection.
    ///
    /// - Parameter rulebook: what the shards decided by; `nil` for the plan's.
    /// - Throws: `shard` – `foreign` if they decided by another one, or compared; `damaged`; `books`; `input`.
    package func rebuild(_ rulebook: Rulebook? = nil) throws(LedgerError) -> Rebuild {
        let plan = file.plan
        let book = rulebook ?? plan.rulebook
        guard !isComparison else {
            throw .shard(ShardError(.foreign, "the results are of a comparison", file: partials.results[0].file.path))
        }
        guard partials.head.book == PartialHead.Book(book) else {
            throw .shard(
                ShardError(
                    .foreign, "the shards decided by rulebook \(shown(partials.head.book.id)), not by \(book.id)",
                    file: partials.results[0].file.path))
        }
        var (facts, decisions) = (CompactRange(), CompactRange())
        var balance = TrialBalance()
        var trainees: UInt64 = 0
        for result in partials.results {
            try result.forEachPerson { leaves in
                facts.append(leaves.facts)
                decisions.append(leaves.decisions)
            }
            balance.add(TrialBalance(lines: result.head.balances))
            trainees += result.head.trainees
        }
        do throws(BooksError) { try balance.check() } catch {
            throw .books(error, of: BooksOwner(error, plan.others.registry))
        }
        FactsDigest.appendClassesAndUnits(of: plan.others, to: &facts)
        try appendAdmissions(by: book, to: &decisions)
        return Rebuild(
            eventCount: plan.point.eventCount, traineeCount: Int(trainees),
            classCount: plan.others.classes.lazy.compactMap(\.self).count, factsDigest: facts.root,
            decisionsDigest: decisions.root, trialBalance: balance)
    }

    /// Ranks the applicants of every class, whichever shards they come from.
    private func appendAdmissions(by book: Rulebook, to decisions: inout CompactRange) throws(LedgerError) {
        let plan = file.plan
        let engine = DecisionEngine(histories: plan.others, rulebook: book)
        var cursors = partials.results.map { ApplicantCursor($0, plan) }
        for index in plan.others.classes.indices {
            let number = ClassNumber(UInt32(index))
            var applicants: [Applicant<DecisionOutline>] = []
            for place in cursors.indices { try cursors[place].take(of: number, into: &applicants) }
            applicants.sort { $0.listed < $1.listed }
            guard Self.areDistinct(applicants) else {
                throw .shard(ShardError(.damaged, "two results hold the same applicant or application"))
            }
            if let leaf = Rebuild.admissionLeaf(number, engine, applicants) { decisions.append(leaf) }
        }
        for place in cursors.indices { try cursors[place].finish() }
    }

    private static func areDistinct(_ applicants: [Applicant<DecisionOutline>]) -> Bool {
        let positions = applicants.flatMap { [$0.application] + $0.earlierApplications }.map(\.position)
        return Set(positions).count == positions.count
            && Set(applicants.map(\.listed)).count == applicants.count
    }

    /// The comparison: every changed decision, in the order of a comparison in one process, and the totals.
    ///
    /// - Throws: `shard` – `foreign` if the shards rebuilt; `damaged`; `input`.
    package func comparison(onRow: (ComparisonRow) -> Void) throws(LedgerError) -> ComparisonTotals {
        guard isComparison else {
            throw .shard(ShardError(.foreign, "the results are of a rebuild", file: partials.results[0].file.path))
        }
        var totals = ComparisonTotals(DecisionEngine.kinds)
        for result in partials.results where !totals.add(result.head.totals) {
            throw result.file.damaged("its totals cannot be")
        }
        // All of them are read before one is told, so that damage leaves no half answer.
        try forEachRow { _ in }
        try forEachRow(onRow)
        return totals
    }

    private func forEachRow(_ body: (ComparisonRow) -> Void) throws(LedgerError) {
        for result in partials.results {
            for number in 0..<Int(result.head.firstBlocks) {
                let rows: [ComparisonRow] = try result.rows(ofBlock: number)
                rows.forEach(body)
            }
        }
    }

    /// The last line of the JSON answer of a comparison.
    package func json(_ totals: ComparisonTotals) -> JSONValue {
        totals.json(before: side(partials.head.book), after: side(partials.head.comparedWith ?? partials.head.book))
    }

    /// What was compared, by the names of the rulebooks.
    package var books: (before: String, after: String) {
        (partials.head.book.id, partials.head.comparedWith?.id ?? partials.head.book.id)
    }

    private func side(_ book: PartialHead.Book) -> JSONValue {
        let context = AnswerContext(
            rulebook: file.plan.rulebook, point: file.plan.point, registry: file.plan.others.registry)
        return .members([
            "rulebook": .members(["id": .string(book.id), "digest": .string(book.digest)]), "asOf": context.asOf,
        ])
    }
}
