import Access
import ArgumentParser
import CommandKit
import Explanations
import Ledger
import Spreadsheets
import TrainingEvents

/// `trainledger import-csv`.
struct ImportCSVCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-csv", abstract: "Record what a spreadsheet says. 匯入試算表",
        discussion: """
            Reads comma-separated values in UTF-8 whose header csv-template prints. Every row is tried at the ledger's \
            door first; where one is wrong, all that are wrong are listed and nothing is recorded, unless --keep-going. \
            The same file twice adds nothing; a row that was corrected adds one event.

            EXAMPLES:
              trainledger csv-template attendance --bom > attendance.csv
              trainledger import-csv ledger attendance attendance.csv \\
                  --class NTPC-115-COFFEE-2 --dry-run
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(
        help: "What the file lists: applications, attendance, selection-scores, insurance-results or leave-requests.")
    var kind: SpreadsheetKind

    @Argument(help: "The file; - is standard input.")
    var file: String

    @Option(name: .customLong("class"), help: "The class of rows that name none.")
    var classID: String?

    @Flag(help: "Check everything and record nothing.")
    var dryRun = false

    @Flag(help: "Record the rows that are right, though others are wrong.")
    var keepGoing = false

    @OptionGroup var keys: KeyArguments
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        var outcome: SpreadsheetImport?
        try reporting { outcome = try record() }
        guard let outcome else { return }
        if output.json { Console.print(outcome.json(isDryRun: dryRun)) } else { show(outcome) }
        if outcome.faultCount > 0 { throw ExitCode(65) }
    }

    private func record() throws(LedgerError) -> SpreadsheetImport {
        let bytes = try InputBytes.read(file, limit: CSVReader.Limits.bytes)
        let progress = Progress(Words("登錄", "recording")(output.language))
        defer { progress.end() }
        let writer = try LedgerWriter(
            opening: ledger, keys: keys.use, for: access.request(.recordEvents), isDryRun: dryRun, now: systemNow
        ) { progress.show($0) }
        let outcome: SpreadsheetImport
        do throws(LedgerError) {
            outcome = try SpreadsheetImport(
                bytes, as: kind, classID: classID, into: writer, keepsGoing: keepGoing)
        } catch {
            // What was not committed is dropped; why it failed is what counts.
            try? writer.close()
            throw error
        }
        try writer.close()
        if outcome.isRecorded, !dryRun {
            try SegmentSealing.afterAppending(
                to: ledger, from: outcome.head - UInt64(outcome.appended), to: outcome.head
            ) { progress.show(UInt64($0), of: UInt64($1)) }
        }
        return outcome
    }

    private func show(_ outcome: SpreadsheetImport) {
        for fault in outcome.faults { Console.complain("\(file):\(Terms.fault(fault, output.language))") }
        if outcome.faultCount > outcome.faults.count {
            let rest = outcome.faultCount - outcome.faults.count
            Console.complain(Words("……另有 \(rest) 項", "… and \(rest) more")(output.language))
        }
        let (new, known, wrong) = (outcome.appended, outcome.duplicates, outcome.faultCount)
        let counts = Words(
            "新增 \(new) 筆，已登錄 \(known) 筆，錯誤 \(wrong) 項", "\(new) new, \(known) known already, \(wrong) wrong")
        let result =
            dryRun
            ? Words("（試算，未寫入）", "(dry run, nothing recorded) ")
            : outcome.isRecorded ? Words("", "") : Words("（有錯誤，未寫入）", "(nothing recorded) ")
        Console.print(result(output.language) + counts(output.language))
    }
}
