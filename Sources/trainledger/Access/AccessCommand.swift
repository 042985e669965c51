import Access
import ArgumentParser
import CommandKit
import Explanations
import Ledger
import TrainingEvents

/// `trainledger access`.
struct AccessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access", abstract: "Who looked at a trainee's record, or tried to. 查閱紀錄",
        discussion: """
            Lists every request that reached the trainee: those for the trainee under any linked ID, for a class or \
            unit they have to do with, and for everyone. Denied ones are listed too. Under access control this is for \
            auditors and key officers (docs/access.md).

            EXAMPLE:
              trainledger access ledger T-COFFEE-01 --credential audit.credential
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "The ID of the trainee.")
    var trainee: String

    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            let trail = try AccessTrail(
                of: trainee, in: ledger, for: access.request(.readAccess, of: .trainee(trainee)))
            if output.json {
                var lines = LineBuffer()
                for look in trail.looks { lines.add(look.json) }
                lines.flush()
            } else {
                show(trail)
            }
        }
    }

    private func show(_ trail: AccessTrail) {
        let language = output.language
        var table = Table([
            Words("時間", "time")(language), Words("何人", "who")(language), Words("角色", "role")(language),
            Words("作業", "operation")(language), Words("範圍", "through")(language), Words("目的", "purpose")(language),
            Words("結果", "result")(language),
        ])
        for look in trail.looks {
            let entry = look.access.entry
            let result = entry.refusal.map { Terms.refusal($0, language) } ?? Words("准許", "granted")(language)
            table.add([
                "\(look.access.recordedTime)", entry.principal ?? "–",
                entry.role.map { Terms.role($0, language) } ?? "–", Terms.operation(entry.operation, language),
                Terms.accessSubject(look.through, language), entry.purpose ?? "–", result,
            ])
        }
        if table.isEmpty { return Console.print(Words("無查閱紀錄", "nobody looked")(language)) }
        for line in table.lines { Console.print(line) }
    }
}
