import Access
import ArgumentParser
import CommandKit
import Foundation
import Ledger
import LedgerTestKit
import TrainingEvents
import Explanations

/// `trainledger generate`.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Fill a ledger with a synthetic population. 產生模擬資料",
        discussion: """
            About a hundred events a trainee. The same seed gives the same exported events.

            EXAMPLES:
              trainledger generate ledger --trainees 1000 --seed 1
            """)

    @Argument(help: "The directory of the ledger; it is made if missing.")
    var ledger: String

    @Option(help: "How many trainees.")
    var trainees: Int

    @Option(help: "The seed.")
    var seed: UInt64 = 1

    @OptionGroup var keys: KeyArguments
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000_000).contains(trainees) else {
            throw ValidationError("--trainees takes a number from 1 to 10,000,000")
        }
    }

    func run() throws {
        var report: Importer.Report?
        try reporting { report = try generate() }
        guard let report else { return }
        if output.json {
            Console.print(report.json)
        } else {
            for refusal in report.refusals { Console.complain("event \(refusal.line): \(refusal.error.message)") }
            Console.print(
                Words(
                    "新增 \(report.appended) 筆；帳本共 \(report.head) 筆",
                    "appended \(report.appended); the ledger holds \(report.head) events")(
                        output.language))
        }
        if report.refused > 0 { throw ExitCode(65) }
    }

    private func generate() throws(LedgerError) -> Importer.Report {
        if !FileManager.default.fileExists(atPath: "\(ledger)/ledger.json") {
            try LedgerWriter.create(ledger, keys: keys.options)
        }
        let progress = Progress(Words("產生", "generating")(output.language))
        defer { progress.end() }
        let writer = try LedgerWriter(
            opening: ledger, keys: keys.use, for: access.request(.recordEvents), now: systemNow
        ) { progress.show($0) }
        var importer = Importer(writer, .init(keepsRecordedTime: true), progress: { progress.show($0) })
        var population = PopulationGenerator(trainees: trainees, seed: seed)
        var line = 0
        while let text = population.next() {
            line += 1
            guard try importer.take(text, path: "generated", line: line) else { break }
        }
        let report = try importer.finish()
        try writer.close()
        try SegmentSealing.afterAppending(
            to: ledger, from: report.head - report.appended, to: report.head
        ) { progress.show(UInt64($0), of: UInt64($1)) }
        return report
    }
}
