import Access
import ArgumentParser
import CommandKit
import EventLog
import Explanations
import Ledger
import TrainingEvents

/// `trainledger repair`.
struct RepairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair", abstract: "Mend damaged files from another copy of the ledger. 修復",
        discussion: """
            What can still be read here stays; what cannot is taken from the copy, and only if it hashes to the tree \
            heads that this ledger recorded. The damaged files are kept in quarantine/, with a receipt of what was \
            done. A sound ledger is not touched. Status 65: something could not be mended.

            EXAMPLES:
              trainledger repair ledger --from /backup/ledger-2026-11-21
            """)

    @Argument(help: "The directory of the damaged ledger.")
    var ledger: String

    @Option(help: ArgumentHelp("Another copy of the same ledger, such as a backup.", valueName: "directory"))
    var from: String

    @OptionGroup var keys: KeyArguments
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            let isJSON = output.json
            let language = output.language
            let request = try access.request(.repairLedger)
            let repair = try LedgerRepair(of: ledger, from: from, keys: keys.options, for: request) { mended in
                if !isJSON {
                    Console.print(Words("已修復 \(mended.file)", "mended \(mended.file)")(language))
                }
            }
            if isJSON {
                Console.print(
                    .members([
                        "mended": .array(repair.mended.map { .string($0.file) }),
                        "receipt": repair.receipt.map { .string($0) } ?? .null,
                        "treeHead": .members([
                            "root": .string("sha256:\(repair.head.root)"), "size": .number(repair.head.size),
                        ]),
                    ]))
                return
            }
            guard let receipt = repair.receipt else {
                Console.print(Words("帳本完好，未作更動", "nothing is damaged; nothing was changed")(language))
                return
            }
            Console.print(
                Words(
                    "\(repair.head.size) 筆事件均已重新讀取驗證；紀錄於 \(receipt)",
                    "all \(repair.head.size) events were read and hashed again; the receipt is \(receipt)")(language))
        }
    }
}
