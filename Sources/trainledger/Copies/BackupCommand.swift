import Access
import ArgumentParser
import CommandKit
import EventLog
import Explanations
import Ledger
import TrainingEvents

/// `trainledger backup`.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Make a verified copy, while the ledger is being written too. 備份",
        discussion: """
            Every record is read with its checksums, written anew, synchronised, read back and hashed; only then does \
            the copy take its name. Restoring is the same the other way round: with --as-of up to any position, date \
            or instant. Keys do not lie in a ledger and are not copied.

            EXAMPLES:
              trainledger backup ledger /backup/ledger-2026-11-21
              trainledger backup /backup/ledger-2026-11-21 ledger-restored
              trainledger backup ledger ledger-in-june --as-of 2026-06-30
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "The directory to make; it must not be there yet.")
    var target: String

    @Option(help: ArgumentHelp("What the copy ends with: a date, an instant or @N events.", valueName: "point"))
    var asOf: String?

    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            let progress = Progress(Words("備份", "copying")(output.language))
            let point = try asOf.map { text throws(LedgerError) in try AsOf(text) }
            let copy = try LedgerCopy(of: ledger, to: target, upTo: point, for: access.request(.copyLedger)) {
                progress.show($0, of: $1)
            }
            progress.end()
            if output.json {
                Console.print(
                    .members([
                        "checkpoints": .bool(copy.hasCheckpoints),
                        "treeHead": .members([
                            "root": .string("sha256:\(copy.head.root)"), "size": .number(copy.head.size),
                        ]),
                    ]))
            } else {
                Console.print(
                    Words("已備份 \(copy.head.size) 筆事件", "copied \(copy.head.size) events")(output.language)
                        + "\nsha256:\(copy.head.root)")
            }
        }
    }
}
