import ArgumentParser
import CommandKit
import Explanations
import Spreadsheets
import TrainingEvents

/// `trainledger csv-template`.
struct CSVTemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "csv-template", abstract: "Print the header of a spreadsheet, with an example. 試算表範本",
        discussion: """
            applications, attendance, selection-scores, insurance-results or leave-requests. The header is Chinese or \
            English by --lang; import-csv takes both. Attendance may also have a column a day, with the day as its \
            header.

            EXAMPLES:
              trainledger csv-template attendance --lang zh-TW --bom > attendance.csv
            """)

    @Argument(help: "What the spreadsheet lists.")
    var kind: SpreadsheetKind

    @Flag(help: "Begin with a byte order mark, by which spreadsheets know UTF-8.")
    var bom = false

    @OptionGroup var output: OutputOptions

    func run() {
        if output.json {
            Console.print(
                .members([
                    "kind": .string(kind.rawValue),
                    "columns": .array(
                        kind.columns.map { column in
                            .members([
                                "name": .string(column.name), "chinese": .array(column.chinese.map { .string($0) }),
                                "required": .bool(column.isRequired),
                            ])
                        }),
                ]))
        } else {
            Console.write(kind.template(output.language, marksUTF8: bom), to: 1)
        }
    }
}

extension SpreadsheetKind: ExpressibleByArgument {}
