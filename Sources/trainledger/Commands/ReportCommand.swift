import Access
import ArgumentParser
import CivilTime
import CommandKit
import Decisions
import Explanations
import Histories
import Ledger
import TrainingEvents

/// `trainledger report`.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Attendance, quota or allowance months of everyone. 全體報表",
        discussion: """
            One line an enrolment (attendance), a person with a quota window on the day (quota), or an enrolment in \
            a pre-employment class (half-months): the values with tabs between them, in the order of registration \
            and approval. Attendance: trainee, class, minutes scheduled, present, on leave, truant, absent, \
            unrecorded. Quota: trainee, window from and to, cap, paid, committed, remaining. Half-months: trainee, \
            class, lookback from and to, cap, used, remaining. A person with several IDs stands under the first.

            EXAMPLES:
              trainledger report ledger attendance --jobs 2
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "What to list: attendance, quota or half-months.")
    var kind: ReportKind

    @Option(help: ArgumentHelp("The day a quota is asked for (default: that of the last event).", valueName: "date"))
    var on: String?

    @Option(help: "A built-in rulebook or a file; by default the one adopted in the ledger, else base.")
    var rulebook: String?

    @Option(help: ArgumentHelp("How many threads share the persons.", valueName: "n"))
    var jobs: Int = 1

    @OptionGroup var point: PointOptions
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 256") }
        guard let on else { return }
        guard CivilDate(on) != nil else {
            throw ValidationError("--on \(shown(on)) is no date such as 2026-06-01 or 115-06-01")
        }
        guard kind == .quota else { throw ValidationError("--on goes with quota: the others depend on no day") }
    }

    func run() throws {
        try reporting {
            let reader = try LedgerReader(opening: ledger, for: access.request(.readReport, of: .everyone))
            let point = try point.point(in: reader)
            let progress = Progress(Words("重播", "replaying")(output.language))
            let histories = try reader.histories(at: point, jobs: jobs) { progress.show($0, of: point.eventCount) }
            progress.end()
            let book = try RulebookChoice.resolve(rulebook, adopted: histories.rulebooks, ledger: ledger)
            let engine = DecisionEngine(histories: histories, rulebook: book)
            let report = Report(kind, on: on.flatMap { CivilDate($0) }, by: engine, jobs: jobs)
            var lines = LineBuffer()
            for row in report.rows {
                if output.json { lines.add(row.json) } else { lines.add(row.text) }
            }
            lines.flush()
        }
    }
}

extension ReportKind: ExpressibleByArgument {}
