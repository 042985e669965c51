import Access
import ArgumentParser
import CommandKit
import Explanations
import Foundation
import Ledger
import TrainingEvents

/// `trainledger find`.
struct FindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Find the trainee who gave a national ID. 以身分證號查學員",
        discussion: """
            The number is read from a file or from standard input, because other users of a machine can see what a \
            command was called with. Exit status 1 if nobody gave it, or who did was erased.

            EXAMPLES:
              trainledger find ledger --national-id-file - < id.txt
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: ArgumentHelp("A file that holds the number on one line; - is standard input.", valueName: "file"))
    var nationalIdFile: String

    @OptionGroup var keys: KeyArguments
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        var found: [String] = []
        try reporting {
            let nationalID = try NationalIDInput.read(nationalIdFile)
            let reader = try LedgerReader(opening: ledger, keys: keys.use, for: access.request(.findTrainee))
            found = try reader.trainees(nationalID: nationalID)
            if output.json {
                Console.print(JSONValue.members(["trainees": .array(found.map { .string($0) })]))
            } else if found.isEmpty {
                Console.print(Words("查無此人", "nobody gave this number")(output.language))
            } else {
                for id in found { Console.print(id) }
            }
        }
        if found.isEmpty { throw ExitCode(1) }
    }
}
