import Access
import Decisions
import Histories
import HTTPTypes
import Hummingbird
import Ledger
import Rulebook
import Synchronization
import TrainingEvents

/// Two rulebooks, or two points of the ledger, held to each other.
struct Comparisons: Sendable {
    let desk: Desk

    /// What a comparison came to.
    struct Result: Sendable {
        let changes: [ComparisonRow]
        /// How many more changes there are than are listed.
        let more: Int
        let totals: ComparisonTotals
        let before: AnswerContext
        let after: AnswerContext
    }

    /// One side that is compared.
    private struct Side {
        let engine: DecisionEngine
        let context: AnswerContext
    }

    /// - Parameters:
    ///   - query: `before` and `after`, built-in rulebooks; `as-of-before`, `as-of-after`, points; `kind`, any number.
    ///   - limit: changes that are listed at most; all are counted.
    func run(_ query: FormFields, limit: Int, _ context: LedgerRequestContext) async throws -> Result {
        let ledger = desk.options.ledger
        let names = Set(query.all("kind").filter { !$0.isEmpty })
        let kinds = DecisionEngine.kinds.filter { names.isEmpty || names.contains($0.name) }
        guard names.isEmpty || kinds.count == names.count else { throw HTTPError(.badRequest) }
        let sides = ["before", "after"].map {
            AnswersAPI.Basis(query, ledger: ledger, asOf: "as-of-\($0)", rulebook: $0)
        }
        return try await desk.read(.compareRules, of: .everyone, context) { reader throws(LedgerError) in
            let before = try Self.side(sides[0], reader, nil)
            let after = try Self.side(sides[1], reader, before)
            let comparison = Comparison(from: before.engine, to: after.engine, kinds: kinds)
            let registry = comparison.registry
            var changes: [ComparisonRow] = []
            var more = 0
            let totals = comparison.run(jobs: LedgerReader.defaultJobs) { change in
                if changes.count < limit { changes.append(change.row(registry)) } else { more += 1 }
            }
            return Result(
                changes: changes, more: more, totals: totals, before: before.context, after: after.context)
        }
    }

    /// Facts are folded once where both sides are at the same point.
    private static func side(
        _ basis: AnswersAPI.Basis, _ reader: LedgerReader, _ other: Side?
    ) throws(LedgerError) -> Side {
        let point = try basis.point(in: reader)
        let histories: LedgerHistories
        if let other, other.context.point == point {
            histories = other.engine.histories
        } else {
            histories = try reader.histories(at: point)
        }
        let book = try basis.book(histories)
        return Side(
            engine: DecisionEngine(histories: histories, rulebook: book),
            context: AnswerContext(rulebook: book, point: point, registry: histories.registry))
    }
}

/// Comparisons over HTTP.
struct RulesAPI: Sendable {
    let comparisons: Comparisons
    private static let changeLimit = 10_000

    func compare(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let result = try await comparisons.run(FormFields(queryOf: request), limit: Self.changeLimit, context)
        let json = JSONValue.members([
            "changes": .array(result.changes.map(\.json)), "more": .number(result.more),
            "summary": result.totals.json(before: result.before, after: result.after),
        ])
        return APIAnswer(json, result.after).response()
    }
}
