import Access
import ArgumentParser
import CivilTime
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
        discussion: "The digests are the same on every machine, for any number of jobs, in any time zone or locale.")

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
            if output.json {
                Console.print(json(rebuild, context, milliseconds))
            } else {
                show(rebuild, context, milliseconds)
            }
        }
    }

    private func json(_ rebuild: Rebuild, _ context: AnswerContext, _ milliseconds: UInt64) -> JSONValue {
        .members([
            "events": .number(rebuild.eventCount), "trainees": .number(rebuild.traineeCount),
            "classes": .number(rebuild.classCount), "digest": .string("sha256:\(rebuild.digest)"),
            "factsDigest": .string("sha256:\(rebuild.factsDigest)"),
            "decisionsDigest": .string("sha256:\(rebuild.decisionsDigest)"), "rulebook": context.rulebookJSON,
            "asOf": context.asOf, "trialBalance": TrialBalanceRendering(trialBalance: rebuild.trialBalance).json,
            "seconds": .otherNumber(Self.seconds(milliseconds)),
        ])
    }

    private static func seconds(_ milliseconds: UInt64) -> String {
        let rest = String(milliseconds % 1_000 + 1_000).dropFirst()
        return "\(milliseconds / 1_000).\(rest)"
    }

    private func show(_ rebuild: Rebuild, _ context: AnswerContext, _ milliseconds: UInt64) {
        let language = output.language
        let seconds = Self.seconds(milliseconds)
        Console.print(
            Words(
                "\(rebuild.eventCount) 筆事件，\(rebuild.traineeCount) 位學員，\(rebuild.classCount) 個班次，\(seconds) 秒",
                "\(rebuild.eventCount) events, \(rebuild.traineeCount) trainees, \(rebuild.classCount) classes, "
                    + "\(seconds) s")(language))
        Console.print(Words("總雜湊", "digest   ")(language) + "  sha256:\(rebuild.digest)")
        Console.print(Words("事實　", "facts    ")(language) + "  sha256:\(rebuild.factsDigest)")
        Console.print(Words("決定　", "decisions")(language) + "  sha256:\(rebuild.decisionsDigest)")
        Console.print(Words("規則　", "rulebook ")(language) + "  \(context.rulebook.id)  \(context.rulebook.digest)")
        TrialBalanceRendering(trialBalance: rebuild.trialBalance).lines(language).forEach(Console.print)
    }
}
