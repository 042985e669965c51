import Access
import ArgumentParser
import CommandKit
import Explanations
import Ledger
import TrainingEvents

/// `trainledger plan`.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Divide a rebuild or comparison into shards. 規劃分片",
        discussion: """
            依學員把重建或比較的工作分成多份，寫入計畫檔；各份可在任何機器上以 fold-shard 計算，再以 merge 合併。
            Writes down which segment files there are, with their SHA-256, and which shard folds whom from which of them. \
            Any scheduler can then run fold-shard for each shard, anywhere, and merge the results.

              trainledger plan LEDGER --shards 8 --output PLAN
              trainledger fold-shard LEDGER PLAN --shard 0 --output 0.part
              trainledger merge LEDGER PLAN *.part
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: ArgumentHelp("How many shards, from 1 to \(ShardPlan.maximumShards).", valueName: "n"))
    var shards: Int

    @Option(help: ArgumentHelp("Where the plan is written, outside the ledger.", valueName: "file"))
    var output: String

    @Option(help: "A built-in rulebook or a file; by default the one adopted in the ledger, else base.")
    var rulebook: String?

    @Option(help: ArgumentHelp("What the ledger knew: a date, an instant, or @N.", valueName: "point"))
    var asOf: String?

    @Option(help: ArgumentHelp("How many threads read.", valueName: "n"))
    var jobs: Int = 1

    @OptionGroup var access: AccessArguments
    @OptionGroup var printing: OutputOptions

    func validate() throws {
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 256") }
        guard (1...ShardPlan.maximumShards).contains(shards) else {
            throw ValidationError("--shards takes a number from 1 to \(ShardPlan.maximumShards)")
        }
    }

    func run() throws {
        try reporting {
            let reader = try LedgerReader(opening: ledger, keys: nil, for: access.request(.rebuild))
            let point = try PointOptions.point(asOf: asOf, happenedBy: nil, in: reader)
            let progress = Progress(Words("規劃", "planning")(printing.language))
            let plan = try reader.plan(shards: shards, at: point, rulebook: rulebook, jobs: jobs) {
                progress.show($0, of: point.eventCount)
            }
            progress.end()
            let file = try ShardPlanFile(writing: plan, to: output)
            let rendering = PlanRendering(file: file)
            if printing.json {
                Console.print(rendering.json)
            } else {
                rendering.lines(printing.language).forEach(Console.print)
            }
        }
    }
}
