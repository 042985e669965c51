import ArgumentParser
import CivilTime
import CommandKit
import Foundation
import Ledger
import Rulebook
import TrainingEvents
import Explanations

/// `trainledger rulebook`.
struct RulebookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rulebook", abstract: "The rules as dated data. 規則",
        subcommands: [
            RulebookListCommand.self, RulebookShowCommand.self, RulebookCheckCommand.self, RulebookAdoptCommand.self,
        ])
}

/// `trainledger rulebook list`.
struct RulebookListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the built-in rulebooks.",
        discussion: """
            EXAMPLES:
              trainledger rulebook list
            """)

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            for name in BuiltInRulebooks.names {
                let book = try RulebookChoice.named(name)
                let title = output.language == .chinese ? book.title.chinese : book.title.english
                if output.json {
                    Console.print(
                        JSONValue.members([
                            "id": .string(book.id), "digest": .string(book.digest), "title": .string(title),
                            "extends": book.extends.map { .string($0) },
                        ]))
                } else {
                    Console.print("\(book.id)  \(book.digest)  \(title)")
                }
            }
        }
    }
}

/// `trainledger rulebook show`.
struct RulebookShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print the parameters and clauses of a rulebook.",
        discussion: """
            EXAMPLES:
              trainledger rulebook show base > book.yaml
            """)

    @Argument(help: "A built-in rulebook or a file.")
    var rulebook: String = "base"

    @Flag(help: "Print the canonical text itself, the YAML that the digest is over.")
    var yaml = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if yaml, output.json { throw ValidationError("--yaml and --json are two forms: ask for one") }
    }

    func run() throws {
        try reporting {
            let book = try RulebookChoice.named(rulebook)
            if yaml {
                Console.write(book.text, to: 1)
            } else if output.json {
                Console.print(book.json)
            } else {
                show(book)
            }
        }
    }

    /// The status of a value and the days that belong to it: `reading, secondary, announced 2025-01-13`.
    private func marks(of entry: ParameterListing.Entry) -> String {
        var statuses = [entry.status]
        if entry.secondary, entry.status != .secondary { statuses.append(.secondary) }
        var marks = statuses.map { output.language == .chinese ? Terms.status($0, .chinese) : $0.rawValue }
        let days: [(Words, CivilDate?)] = [
            (Words("公告", "announced"), entry.announced), (Words("廢止", "repealed"), entry.repealed),
            (Words("查核", "checked"), entry.checked),
        ]
        marks += days.compactMap { word, day in day.map { "\(word(output.language)) \(output.show($0))" } }
        return marks.joined(separator: output.language == .chinese ? "、" : ", ")
    }

    private func show(_ book: Rulebook) {
        Console.print("\(book.id)  \(book.digest)")
        for parameter in book.parameterListing {
            Console.print("\n\(parameter.name) (\(parameter.unit))")
            for entry in parameter.entries {
                let from = entry.from.map(output.show) ?? "…"
                let until = entry.until.map(output.show) ?? "…"
                Console.print("  \(from) – \(until)  \(entry.value)  [\(entry.citation)] [\(marks(of: entry))]")
                for remark in [entry.note, entry.reading].compactMap(\.self) {
                    Console.print("    \(RemarkTerms.text(remark, output.language))")
                }
            }
        }
        for clause in book.clauses {
            let isChinese = output.language == .chinese
            let title = isChinese ? clause.title.chinese : clause.title.english
            let sources = clause.sources.map(\.description).joined(separator: "; ")
            Console.print("\n\(clause.versionedID)  \(title)  [\(sources)]")
            Console.print("  \(isChinese ? clause.text.chinese : clause.text.english)")
            if let reading = clause.reading {
                let mark = Words("［解釋］", "[reading] ")(output.language)
                Console.print("  \(mark)\(RemarkTerms.text(reading, output.language))")
            }
        }
    }
}

/// `trainledger rulebook check`.
struct RulebookCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a rulebook file: gaps, overlaps, unknown keys, missing sources.",
        discussion: """
            EXAMPLES:
              trainledger rulebook check book.yaml
            """)

    @Argument(help: "A file, or the name of a built-in rulebook.")
    var rulebook: String

    @Option(
        help: ArgumentHelp(
            "The last day that must be covered (default: two years after the newest day in the book).",
            valueName: "date"))
    var until: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let until, CivilDate(until) == nil {
            throw ValidationError("--until \(shown(until)) is no date such as 2028-12-31 or 117-12-31")
        }
    }

    func run() throws {
        var isFaultless = true
        try reporting {
            let bytes: [UInt8]
            if BuiltInRulebooks.names.contains(rulebook) {
                bytes = try RulebookChoice.named(rulebook).text
            } else {
                guard let data = FileManager.default.contents(atPath: rulebook) else {
                    throw LedgerError.input(path: rulebook, reason: "it cannot be read")
                }
                bytes = [UInt8](data.prefix(Rulebook.maximumSize + 1))
            }
            let findings = Rulebook.check(bytes, fileName: rulebook, until: until.flatMap { CivilDate($0) })
            isFaultless = findings.isEmpty
            if output.json {
                Console.print(
                    JSONValue.members([
                        "faultless": .bool(isFaultless),
                        "findings": .array(
                            findings.map {
                                .members([
                                    "code": .string("\($0.code)"), "message": .string($0.reason),
                                    "line": .number($0.line), "column": .number($0.column),
                                ])
                            }),
                    ]))
            } else {
                for finding in findings { Console.print(finding.description) }
                if isFaultless { Console.print(Words("無誤", "no faults")(output.language)) }
            }
        }
        if !isFaultless { throw ExitCode(1) }
    }
}

extension Rulebook {
    fileprivate var json: JSONValue {
        .members([
            "id": .string(id), "digest": .string(digest), "extends": extends.map { .string($0) },
            "parameters": .array(
                parameterListing.map { parameter in
                    .members([
                        "name": .string(parameter.name), "unit": .string(parameter.unit),
                        "values": .array(parameter.entries.map(\.json)),
                    ])
                }),
            "clauses": .array(clauses.map(\.json)),
        ])
    }
}

extension ParameterListing.Entry {
    fileprivate var json: JSONValue {
        .members([
            "from": from.map { .string("\($0)") }, "until": until.map { .string("\($0)") },
            "announced": announced.map { .string("\($0)") }, "repealed": repealed.map { .string("\($0)") },
            "checked": checked.map { .string("\($0)") }, "value": .string(value),
            "source": .string(citation.description), "status": .string(status.rawValue),
            "note": note.map { .string($0) }, "reading": reading.map { .string($0) }, "secondary": .bool(secondary),
        ])
    }
}

extension Clause {
    fileprivate var json: JSONValue {
        .members([
            "id": .string(id), "version": .number(version), "title": .string(title.english),
            "titleZh": .string(title.chinese), "text": .string(text.english), "textZh": .string(text.chinese),
            "sources": .array(sources.map { .string($0.description) }), "reading": reading.map { .string($0) },
        ])
    }
}
