import Access
import ArgumentParser
import CivilTime
import CommandKit
import Ledger
import Rulebook
import TrainingEvents
import Explanations

/// `trainledger rulebook adopt`.
struct RulebookAdoptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Decide by this rulebook from a day on. 採用規則",
        discussion: """
            Checks the book, keeps its text in LEDGER/rulebooks and records rulebook.adopted. Of several adoptions \
            the last recorded one whose first day has come counts.

            EXAMPLES:
              trainledger rulebook adopt ledger cap-2025 --from 2025-01-01
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "A built-in rulebook or a file.")
    var rulebook: String

    @Option(help: ArgumentHelp("The first day on which it counts (default: today).", valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp("Why, for people.", valueName: "text"))
    var note: String?

    @Flag(help: "Keep the book and adopt nothing, so that an import can adopt it.")
    var storeOnly = false

    @OptionGroup var keys: KeyArguments
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let from, CivilDate(from) == nil {
            throw ValidationError("--from \(shown(from)) is no date such as 2026-06-01 or 115-06-01")
        }
        if storeOnly, from != nil || note != nil {
            throw ValidationError("--store-only adopts nothing: it takes neither --from nor --note")
        }
    }

    func run() throws {
        try reporting {
            let book = try RulebookChoice.checked(rulebook)
            let progress = Progress(Words("讀取", "reading")(output.language))
            defer { progress.end() }
            let writer = try LedgerWriter(
                opening: ledger, keys: keys.use, for: access.request(.adoptRulebook), now: systemNow
            ) { progress.show($0) }
            let outcome: (isStored: Bool, adoption: RulebookAdoption?)
            do throws(LedgerError) {
                outcome = try adopt(book, by: writer)
            } catch {
                try writer.close()
                throw error
            }
            try writer.close()
            progress.end()
            show(book, outcome.isStored, outcome.adoption, head: writer.head)
        }
    }

    private func adopt(
        _ book: Rulebook, by writer: LedgerWriter
    ) throws(LedgerError) -> (isStored: Bool, adoption: RulebookAdoption?) {
        let isStored = try writer.keep(book)
        if storeOnly { return (isStored, nil) }
        let adoption = try writer.adopt(book, from: from.flatMap { CivilDate($0) }, note: note)
        try writer.commit()
        return (isStored, adoption)
    }

    private func show(_ book: Rulebook, _ isStored: Bool, _ adoption: RulebookAdoption?, head: UInt64) {
        if output.json {
            Console.print(
                JSONValue.members([
                    "rulebook": .members(["id": .string(book.id), "digest": .string(book.digest)]),
                    "stored": .bool(isStored), "recorded": .bool(adoption?.isNew ?? false),
                    "sequence": adoption.map { .number($0.position) }, "from": adoption.map { .string("\($0.from)") },
                    "head": .number(head),
                ]))
            return
        }
        let language = output.language
        let name = "\(book.id)  \(book.digest)"
        guard let adoption else {
            Console.print(
                (isStored ? Words("已保存規則 \(name)", "kept \(name)") : Words("早已保存規則 \(name)", "already kept \(name)"))(
                    language))
            return
        }
        let day = output.show(adoption.from)
        Console.print(
            (adoption.isNew
                ? Words(
                    "自 \(day) 起採用規則 \(name)；帳本共 \(head) 筆",
                    "adopted from \(day) on: \(name); the ledger holds \(head) events")
                : Words(
                    "已於第 \(adoption.position) 筆採用規則 \(name)（自 \(day) 起），未再登錄",
                    "adopted already by event \(adoption.position) from \(day) on: \(name); nothing recorded"))(
                    language))
    }
}
