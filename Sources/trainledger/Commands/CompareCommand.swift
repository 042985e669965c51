import Access
import ArgumentParser
import CommandKit
import Decisions
import Histories
import Ledger
import Rulebook
import TrainingEvents
import Explanations

/// `trainledger compare`.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Who would get what else by other rules, or at another point. 比較",
        discussion: """
            Takes two --rulebook, or two --as-of. Prints every decision that changed with the clause that makes the \
            difference, then totals that add up.

            EXAMPLES:
              trainledger compare ledger --rulebook base --rulebook cap-2025
              trainledger compare ledger --as-of 2026-06-30 --as-of 2026-07-31
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: "A built-in rulebook or a file; twice, or at most once with two --as-of.")
    var rulebook: [String] = []

    @Option(
        help: ArgumentHelp(
            "What the ledger knew: a date, an instant, or @N; twice, or at most once with two --rulebook.",
            valueName: "point"))
    var asOf: [String] = []

    @Option(help: ArgumentHelp("Leave out events that happened after this day.", valueName: "date"))
    var happenedBy: String?

    @Option(parsing: .upToNextOption, help: "Only decisions of these kinds.")
    var kind: [String] = []

    @Option(help: ArgumentHelp("How many threads decide.", valueName: "n"))
    var jobs: Int = 1

    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 256") }
        guard (rulebook.count == 2 && asOf.count <= 1) || (asOf.count == 2 && rulebook.count <= 1) else {
            throw ValidationError("compare takes two --rulebook (and one --as-of), or two --as-of (and one --rulebook)")
        }
        let known = DecisionEngine.kinds.map(\.name)
        for name in kind where !known.contains(name) {
            let near = Suggestion.nearest(to: name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
            throw ValidationError("no decision \(shown(name)): compared are \(known.joined(separator: ", "))\(near)")
        }
    }

    func run() throws {
        try reporting {
            let reader = try LedgerReader(opening: ledger, for: access.request(.compareRules, of: .everyone))
            let before = try side(0, reader, nil)
            let after = try side(1, reader, before)
            let kinds = DecisionEngine.kinds.filter { kind.isEmpty || kind.contains($0.name) }
            let comparison = Comparison(from: before.engine, to: after.engine, kinds: kinds)
            if output.json {
                print(comparison, before.context, after.context)
            } else {
                show(comparison, before.context, after.context)
            }
        }
    }

    private struct Side {
        let engine: DecisionEngine
        let context: AnswerContext
    }

    /// The first or second side. Facts are folded once where both are at the same point.
    private func side(_ index: Int, _ reader: LedgerReader, _ other: Side?) throws(LedgerError) -> Side {
        let point = try PointOptions.point(
            asOf: asOf.count == 2 ? asOf[index] : asOf.first, happenedBy: happenedBy, in: reader)
        let histories: LedgerHistories
        if let other, other.context.point == point {
            histories = other.engine.histories
        } else {
            let progress = Progress(Words("重播", "replaying")(output.language))
            defer { progress.end() }
            histories = try reader.histories(at: point) { progress.show($0, of: point.eventCount) }
        }
        let book = try RulebookChoice.resolve(
            rulebook.count == 2 ? rulebook[index] : rulebook.first, adopted: histories.rulebooks, ledger: ledger)
        return Side(
            engine: DecisionEngine(histories: histories, rulebook: book),
            context: AnswerContext(rulebook: book, point: point, registry: histories.registry))
    }

    private func print(_ comparison: Comparison, _ before: AnswerContext, _ after: AnswerContext) {
        let registry = comparison.registry
        var lines = LineBuffer()
        let totals = run(comparison) { lines.add($0.row(registry).json) }
        lines.add(totals.json(before: before, after: after))
        lines.flush()
    }

    private func show(_ comparison: Comparison, _ before: AnswerContext, _ after: AnswerContext) {
        let rendering = ComparisonRendering(language: output.language)
        let registry = comparison.registry
        var table = rendering.emptyTable
        let totals = run(comparison) { rendering.add($0.row(registry), to: &table) }
        var lines = LineBuffer()
        lines.add(rendering.heading((before.rulebook.id, before.point), (after.rulebook.id, after.point)))
        if !table.isEmpty { for line in table.lines { lines.add(line) } }
        for table in rendering.totals(totals) { for line in table.lines { lines.add(line) } }
        lines.flush()
    }

    private func run(_ comparison: Comparison, _ onChange: (DecisionChange) -> Void) -> ComparisonTotals {
        let progress = Progress(Words("比較", "comparing")(output.language))
        defer { progress.end() }
        return comparison.run(
            jobs: jobs, progress: { progress.show(UInt64($0), of: UInt64($1)) }, onChange: onChange)
    }
}
