import Access
import ArgumentParser
import CivilTime
import CommandKit
import Foundation
import Histories
import Ledger
import Rulebook
import TrainingEvents
import Explanations

/// `trainledger rebuild`.
struct RebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Rebuild every projection from the log and print digests. 重建",
        discussion: """
            The digests are the same on every machine, for any number of jobs, in any time zone or locale.

            EXAMPLES:
              trainledger rebuild ledger --jobs 2
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: "A built-in rulebook or a file; by default the one adopted in the ledger, else base.")
    var rulebook: String?

    @Option(help: ArgumentHelp("How many threads decide.", valueName: "n"))
    var jobs: Int = 1

    @Flag(help: "Fold on from the latest snapshot of the facts, and make one if none is near. By default from the log.")
    var useSnapshots = false

    @OptionGroup var point: PointOptions
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 256") }
    }

    func run() throws {
        try reporting {
            let began = DispatchTime.now().uptimeNanoseconds
            if useSnapshots { _ = try SnapshotUpkeep.run(ledger: ledger, jobs: jobs) }
            let reader = try LedgerReader(opening: ledger, for: access.request(.rebuild))
            let point = try point.point(in: reader)
            let progress = Progress(Words("重建", "rebuilding")(output.language))
            let histories = try reader.histories(at: point, jobs: jobs, usingSnapshots: useSnapshots) {
                progress.show($0, of: point.eventCount)
            }
            let book = try RulebookChoice.resolve(rulebook, adopted: histories.rulebooks, ledger: ledger)
            let rebuild = try Rebuild(histories, book, jobs: jobs)
            progress.end()
            let milliseconds = (DispatchTime.now().uptimeNanoseconds - began) / 1_000_000
            let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
            let rendering = RebuildRendering(rebuild: rebuild, context: context, milliseconds: milliseconds)
            if output.json {
                Console.print(rendering.json)
            } else {
                rendering.lines(output.language).forEach(Console.print)
            }
        }
    }
}
