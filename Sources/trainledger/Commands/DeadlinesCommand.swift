import Access
import ArgumentParser
import CivilTime
import CommandKit
import Decisions
import Explanations
import Histories
import Ledger
import TrainingEvents

/// `trainledger deadlines`.
struct DeadlinesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadlines", abstract: "What is overdue: classes to close, payouts to make (TIP-16). 逾期事項",
        discussion: """
            A unit closes a class within 21 days after its end; the payout is expected within 2 months. Listed are \
            classes of the quota programmes that were not closed in time, and subsidies granted and not paid in time.

            EXAMPLES:
              trainledger deadlines ledger --on 2026-11-12
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: ArgumentHelp("The day asked for (default: that of the last event).", valueName: "date"))
    var on: String?

    @Option(help: "Only classes of this training unit.")
    var unit: String?

    @Option(help: "A built-in rulebook or a file; by default the one adopted in the ledger, else base.")
    var rulebook: String?

    @OptionGroup var point: PointOptions
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let on, CivilDate(on) == nil {
            throw ValidationError("--on \(shown(on)) is no date such as 2026-06-01 or 115-06-01")
        }
    }

    func run() throws {
        try reporting {
            let reader = try LedgerReader(
                opening: ledger, for: access.request(.readReport, of: unit.map { .unit($0) } ?? .everyone))
            let point = try point.point(in: reader)
            let progress = Progress(Words("重播", "replaying")(output.language))
            let histories = try reader.histories(at: point) { progress.show($0, of: point.eventCount) }
            progress.end()
            let book = try RulebookChoice.resolve(rulebook, adopted: histories.rulebooks, ledger: ledger)
            let engine = DecisionEngine(histories: histories, rulebook: book)
            let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
            let answer = try OverdueAnswer(
                engine, on: on.flatMap { CivilDate($0) } ?? engine.asOfDay, ofUnit: unit, context)
            if output.json { Console.print(answer.json) } else { show(answer) }
        }
    }

    private func show(_ answer: OverdueAnswer) {
        let language = output.language
        let day = output.show(answer.day)
        guard !answer.items.isEmpty else {
            return Console.print(Words("\(day) 無逾期事項", "nothing is overdue on \(day)")(language))
        }
        var table = Table(
            [
                Words("班次", "class")(language), Words("事項", "what")(language), Words("學員", "trainee")(language),
                Words("期限", "due by")(language), Words("金額", "amount")(language),
            ], rightAligned: [4])
        for item in answer.items {
            let what = item.what == .close ? Words("結訓作業", "close the class") : Words("撥款", "pay the subsidy")
            table.add([
                answer.classID(item), what(language), answer.traineeID(item) ?? "–", output.show(item.dueBy),
                item.what == .close ? "–" : Terms.money(item.amountNTD),
            ])
        }
        for line in table.lines { Console.print(line) }
    }
}
