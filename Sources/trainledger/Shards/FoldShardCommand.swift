import Access
import ArgumentParser
import CommandKit
import Dispatch
import Explanations
import Ledger
import Rulebook
import TrainingEvents

/// `trainledger fold-shard`.
struct FoldShardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fold-shard", abstract: "Fold and decide one shard of a plan. 計算一個分片",
        discussion: """
            計算計畫中的一份：學員的事實與決定；結果檔可重算，內容不變。區段檔與計畫不符時拒絕。
            Needs the plan and, in LEDGER/segments, the segment files that the plan names for the shard; nothing else. The \
            same arguments give the same bytes, so it may run anywhere, twice, or side by side. Prints one line.

              trainledger fold-shard LEDGER PLAN --shard 3 --output 3.part --json
              trainledger fold-shard LEDGER PLAN --shard 3 --output 3.part \\
                  --compare-with cap-2025
            """)

    @Argument(help: "The directory of the ledger, or one that holds its segments.")
    var ledger: String

    @Argument(help: "The plan.")
    var plan: String

    @Option(help: ArgumentHelp("The number of the shard, from 0.", valueName: "n"))
    var shard: Int

    @Option(help: ArgumentHelp("Where the result is written, outside the ledger.", valueName: "file"))
    var output: String

    @Option(help: "A built-in rulebook or a file; by default the plan's.")
    var rulebook: String?

    @Option(help: ArgumentHelp("Compare with this rulebook instead of rebuilding.", valueName: "rulebook"))
    var compareWith: String?

    @Option(help: ArgumentHelp("How many threads work.", valueName: "n"))
    var jobs: Int = 1

    @OptionGroup var access: AccessArguments
    @OptionGroup var printing: OutputOptions

    func validate() throws {
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 256") }
    }

    func run() throws {
        try reporting {
            let began = DispatchTime.now().uptimeNanoseconds
            let passage = try ShardPassage(
                to: ledger,
                for: compareWith == nil ? access.request(.rebuild) : access.request(.compareRules, of: .everyone))
            let file = try ShardPlanFile(reading: plan)
            let result = try ShardFold(
                file, shard: shard, by: passage, rulebook: try named(rulebook),
                comparingWith: try named(compareWith), to: output, jobs: jobs)
            let milliseconds = (DispatchTime.now().uptimeNanoseconds - began) / 1_000_000
            if printing.json {
                Console.print(json(result, milliseconds))
            } else {
                let seconds = RebuildRendering.seconds(milliseconds)
                Console.print(
                    Words(
                        "分片 \(shard)：\(result.persons) 人，\(seconds) 秒  sha256:\(result.digest)",
                        "shard \(shard): \(result.persons) persons, \(seconds) s  sha256:\(result.digest)"
                    )(printing.language))
            }
        }
    }

    private func named(_ name: String?) throws(LedgerError) -> Rulebook? {
        try name.map { name throws(LedgerError) in try RulebookChoice.resolve(name, adopted: [], ledger: ledger) }
    }

    private func json(_ result: ShardFold, _ milliseconds: UInt64) -> JSONValue {
        .members([
            "shard": .number(shard), "digest": .string("sha256:\(result.digest)"), "persons": .number(result.persons),
            "trainees": .number(result.trainees),
            "seconds": .otherNumber(RebuildRendering.seconds(milliseconds)),
        ])
    }
}
