import Access
import ArgumentParser
import CommandKit
import Dispatch
import Explanations
import Histories
import Ledger
import Rulebook
import TrainingEvents

/// `trainledger merge`.
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Put the results of all shards of a plan together. 合併分片",
        discussion: """
            合併各分片的結果，印出與 rebuild 相同的雜湊，或與 compare 相同的內容；缺少、矛盾、損壞或屬於別份計畫者拒絕。
            Prints what rebuild prints, with the same digests, or what compare prints if the shards compared. The order of \
            the results does not matter; a result that is missing, contradicts another, is damaged, or belongs to another \
            plan, ledger or rulebook is refused.

              trainledger merge LEDGER PLAN *.part --json
            """)

    @Argument(help: "The directory of the ledger, or one that holds its segments.")
    var ledger: String

    @Argument(help: "The plan.")
    var plan: String

    @Argument(help: "The results of all shards, in any order.")
    var results: [String]

    @Option(help: "What the shards decided by, if it was not the plan's rulebook.")
    var rulebook: String?

    @Flag(help: "The results are of a comparison.")
    var compare = false

    @OptionGroup var access: AccessArguments
    @OptionGroup var printing: OutputOptions

    func run() throws {
        try reporting {
            let began = DispatchTime.now().uptimeNanoseconds
            let passage = try ShardPassage(
                to: ledger,
                for: compare ? access.request(.compareRules, of: .everyone) : access.request(.rebuild))
            let file = try ShardPlanFile(reading: plan)
            let merge = try ShardMerge(results, of: file, by: passage)
            if compare {
                try showComparison(merge, file.plan)
            } else {
                try showRebuild(merge, file.plan, began)
            }
        }
    }

    private func showRebuild(_ merge: ShardMerge, _ plan: ShardPlan, _ began: UInt64) throws(LedgerError) {
        let asked = try rulebook.map { name throws(LedgerError) in
            try RulebookChoice.resolve(name, adopted: [], ledger: ledger)
        }
        let rebuild = try merge.rebuild(asked)
        let milliseconds = (DispatchTime.now().uptimeNanoseconds - began) / 1_000_000
        let context = AnswerContext(
            rulebook: asked ?? plan.rulebook, point: plan.point, registry: plan.others.registry)
        let rendering = RebuildRendering(rebuild: rebuild, context: context, milliseconds: milliseconds)
        if printing.json {
            Console.print(rendering.json)
        } else {
            rendering.lines(printing.language).forEach(Console.print)
        }
    }

    private func showComparison(_ merge: ShardMerge, _ plan: ShardPlan) throws(LedgerError) {
        var lines = LineBuffer()
        let json = printing.json
        let rendering = ComparisonRendering(language: printing.language)
        var table = rendering.emptyTable
        let totals = try merge.comparison { row in
            if json { lines.add(row.json) } else { rendering.add(row, to: &table) }
        }
        if json {
            lines.add(merge.json(totals))
        } else {
            let books = merge.books
            lines.add(rendering.heading((books.before, plan.point), (books.after, plan.point)))
            if !table.isEmpty { for line in table.lines { lines.add(line) } }
            for table in rendering.totals(totals) { for line in table.lines { lines.add(line) } }
        }
        lines.flush()
    }
}
