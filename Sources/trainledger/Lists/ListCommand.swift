import Access
import ArgumentParser
import CivilTime
import CommandKit
import Explanations
import Histories
import Ledger
import Spreadsheets
import TrainingEvents

/// `trainledger list`.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists of a class for others: insurer, bank. 名冊",
        subcommands: [RosterCommand.self, InsuranceMatchCommand.self, PaymentsCommand.self])
}

/// What every list takes.
struct ListArguments: ParsableArguments {
    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(name: .customLong("class"), help: "The ID of the class.")
    var classID: String

    @Flag(help: "Print comma-separated values.")
    var csv = false

    @Flag(help: "Begin them with a byte order mark, by which spreadsheets know UTF-8.")
    var bom = false

    @OptionGroup var keys: KeyArguments
    @OptionGroup var point: PointOptions
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if csv, output.json { throw ValidationError("--csv and --json exclude each other") }
        if bom, !csv { throw ValidationError("--bom goes with --csv") }
    }

    /// The reader, the facts and the point that a list is made from.
    func opened(
        for operation: Access.Operation
    ) throws(LedgerError) -> (reader: LedgerReader, histories: LedgerHistories, point: LedgerPoint) {
        let reader = try LedgerReader(
            opening: ledger, keys: keys.use, for: access.request(operation, of: .class(classID)))
        let point = try point.point(in: reader)
        let progress = Progress(Words("重播", "replaying")(output.language))
        defer { progress.end() }
        let histories = try reader.histories(at: point) { progress.show($0, of: point.eventCount) }
        return (reader, histories, point)
    }

    /// Prints the rows.
    ///
    /// - Parameters:
    ///   - names: the columns, for a list without rows.
    ///   - summary: behind a table.
    func show(_ rows: [ReportRow], _ names: [String], summary: Words) {
        if output.json {
            var lines = LineBuffer()
            for row in rows { lines.add(row.json) }
            lines.flush()
            return
        }
        let header = names.map { Terms.key($0, output.language) }
        if csv {
            var bytes = bom ? CSVText.mark : []
            CSVText.append(header.map { .text($0) }, to: &bytes)
            for row in rows { CSVText.append(row.members.map(\.value.csvField), to: &bytes) }
            Console.write(bytes, to: 1)
            return
        }
        var table = Table(header)
        for row in rows { table.add(row.members.map { $0.value == .null ? "" : output.show($0.value) }) }
        for line in table.lines { Console.print(line) }
        Console.print(summary(output.language))
    }
}

extension JSONValue {
    /// The value as a field of comma-separated values; what is sealed or erased is left out.
    fileprivate var csvField: CSVText.Field {
        switch self {
        case .string(let text): .text(text)
        case .integer(let number): .integer(number)
        default: .absent
        }
    }
}

/// `trainledger list insurance-match`.
struct InsuranceMatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "insurance-match", abstract: "Whom to match with the insurer on the start day. 投保勾稽名冊",
        discussion: """
            Everybody who has a place in the class or waits for one and has not left by the start day, with the day \
            of the verification that counts for it, if there is one. Names and national IDs are there as far as the \
            keys are and the role sees them. The results come back with import-csv LEDGER insurance-results.

            EXAMPLES:
              trainledger list insurance-match ledger --class NTPC-115-COFFEE-2
            """)

    @OptionGroup var arguments: ListArguments

    func run() throws {
        try reporting {
            let (reader, histories, point) = try arguments.opened(for: .matchInsurance)
            let list = try InsuranceMatchList(of: arguments.classID, reader, histories, at: point)
            let day = arguments.output.show(list.day)
            arguments.show(
                list.rows, ["trainee", "class", "day", "name", "nationalId", "verifiedAsOf"],
                summary: Words("\(list.rows.count) 人，勾稽日 \(day)", "\(list.rows.count) to match on \(day)"))
        }
    }
}

/// `trainledger list payments`.
struct PaymentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments", abstract: "The payouts of a class for the bank. 撥款清冊",
        discussion: """
            What settle --commit or others recorded and nobody revoked whole, with names and bank accounts as far as \
            the keys are there and the role sees them. Nothing is paid by this.

            EXAMPLES:
              trainledger list payments ledger --class NTPC-115-COFFEE-2 --json
            """)

    @OptionGroup var arguments: ListArguments

    @Option(help: ArgumentHelp("Only payouts of this day.", valueName: "date"))
    var on: String?

    func validate() throws {
        if let on, CivilDate(on) == nil {
            throw ValidationError("--on \(shown(on)) is no date such as 2026-06-01 or 115-06-01")
        }
    }

    func run() throws {
        try reporting {
            let (reader, histories, point) = try arguments.opened(for: .listPayments)
            let list = try PaymentList(
                of: arguments.classID, on: on.flatMap { CivilDate($0) }, reader, histories, at: point)
            let total = Terms.money(list.totalNTD)
            arguments.show(
                list.rows, ["payout", "on", "kind", "trainee", "payee", "name", "bankAccount", "amount", "net"],
                summary: Words(
                    "\(list.rows.count) 筆，合計 \(total)", "\(list.rows.count) payouts, \(total) in all"))
        }
    }
}

/// `trainledger list roster`.
struct RosterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roster", abstract: "Who has to do with a class, and their attendance. 學員名冊",
        discussion: """
            Everybody with an application, an admission or an enrolment, in the order of registration. Names are there \
            as far as the keys are and the role sees them.

            EXAMPLES:
              trainledger list roster ledger --class NTPC-115-COFFEE-2
            """)

    @OptionGroup var arguments: ListArguments

    func run() throws {
        try reporting {
            let (reader, histories, point) = try arguments.opened(for: .readRoster)
            let list = try RosterList(of: arguments.classID, reader, histories, at: point)
            arguments.show(
                list.rows, RosterList.columns,
                summary: Words("共 \(list.entries.count) 人", "\(list.entries.count) persons"))
        }
    }
}
