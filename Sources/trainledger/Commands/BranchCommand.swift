import ArgumentParser
import CivilTime
import CommandKit
import Decisions
import Explanations
import Ledger
import Rulebook
import TrainingEvents

/// `trainledger branch`.
struct BranchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "branch", abstract: "The branch office for a county: where complaints go (TIP-18). 轄區分署",
        discussion: """
            EXAMPLES:
              trainledger branch 新北市
            """)

    @Argument(help: "The county or city, such as 新北市.")
    var county: String

    @Option(help: ArgumentHelp("The day of the table (default: the newest).", valueName: "date"))
    var on: String?

    @Option(help: "A built-in rulebook or a file.")
    var rulebook = "base"

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        county = county.split(separator: " ").joined()
        if let on, CivilDate(on) == nil {
            throw ValidationError("--on \(shown(on)) is no date such as 2026-06-01 or 115-06-01")
        }
    }

    func run() throws {
        try reporting {
            let book = try RulebookChoice.named(rulebook)
            let day = on.flatMap { CivilDate($0) } ?? .latest
            let table = book[.unitBranches, on: day] ?? []
            guard let branch = TIP18.branch(of: county, table) else {
                let near = Suggestion.nearest(to: county, among: table.flatMap(\.counties))
                throw LedgerError.input(
                    path: "branch",
                    reason: Words(
                        "查無縣市 \(shown(county))\(near.map { "；是否為 \($0)？" } ?? "")",
                        "no county \(shown(county))\(near.map { "; did you mean \($0)?" } ?? "")")(output.language))
            }
            guard output.json else {
                return Console.print(
                    "\(Words(branch.name.chinese, branch.name.english)(output.language))  [TIP-18, TIP T23]")
            }
            Console.print(
                .members([
                    "county": .string(county), "code": .string(branch.code), "branch": .string(branch.name.chinese),
                    "branchEnglish": .string(branch.name.english),
                    "counties": .array(branch.counties.map { .string($0) }), "clause": .string("TIP-18"),
                    "rulebook": .members(["id": .string(book.id), "digest": .string(book.digest)]),
                ]))
        }
    }
}
