import ArgumentParser
import CommandKit
import Ledger
import TrainingEvents
import Explanations

/// `trainledger init`.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make an empty ledger. 建立帳本",
        discussion: """
            EXAMPLES:
              trainledger init ledger
            """)

    @Argument(help: "The directory of the ledger; it must be new or empty.")
    var ledger: String

    @OptionGroup var keys: KeyArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            try LedgerWriter.create(ledger, keys: keys.options)
            if output.json {
                Console.print(JSONValue.members(["ledger": .string(ledger), "head": .integer(0)]))
            } else {
                Console.print(Words("已建立空帳本：\(ledger)", "made an empty ledger in \(ledger)")(output.language))
            }
        }
    }
}
