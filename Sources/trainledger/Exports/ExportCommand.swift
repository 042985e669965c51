import Access
import ArgumentParser
import CommandKit
import Explanations
import Exports
import Histories
import Ledger
import Transparency
import TrainingEvents

/// `trainledger export`.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the ledger in a form that other tools read. 匯出",
        discussion: """
            jsonl: every event as events --json prints it. sqlite: a database of facts and decisions in STRICT tables \
            with foreign keys, and views of common questions. csv: the same tables, one file each, in a directory. \
            No table holds a name, a number or a free text. What stands in them is in docs/exports.md.

            tlog-tiles: a directory of tiles, entries and the newest signed checkpoint, as transparency-log tools take \
            it (C2SP). An entry is what is hashed behind the byte 0x00: 16 bytes of salt, then the record. The entries \
            are the ledger itself; with --hashes-only they are left out, and nothing but hashes is written.

            EXAMPLES:
              trainledger export ledger --format sqlite --output ledger.sqlite
              trainledger export ledger --format csv --output tables --as-of 115-06-30
              trainledger export ledger --format jsonl | gzip > events.jsonl.gz
              trainledger export ledger --format tlog-tiles --output tiles --hashes-only
            """)

    /// What can be written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case jsonLines = "jsonl"
        case sqlite
        case csv
        case tlogTiles = "tlog-tiles"
    }

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: "The form: jsonl, sqlite, csv or tlog-tiles.")
    var format: Format

    @Option(
        help: ArgumentHelp(
            "A new file (jsonl, sqlite) or a new or empty directory (csv, tlog-tiles) to write to; jsonl goes to "
                + "standard output without it, or with -.", valueName: "path"))
    var output: String?

    @Flag(help: "Put the file in place of the one that stands there (jsonl, sqlite).")
    var replace = false

    @Flag(help: "Begin each file with a byte order mark, by which spreadsheets know UTF-8 (csv).")
    var bom = false

    @Flag(help: "Leave personal texts sealed, as whoever has no keys sees them (jsonl).")
    var sealed = false

    @Option(help: ArgumentHelp("Write the tree of this signed checkpoint (tlog-tiles).", valueName: "file"))
    var checkpoint: String?

    @Flag(help: "Leave out the records (tlog-tiles).")
    var hashesOnly = false

    @Option(help: "A built-in rulebook or a file; by default the one adopted in the ledger, else base (sqlite, csv).")
    var rulebook: String?

    @Option(help: ArgumentHelp("How many threads share the persons (sqlite, csv).", valueName: "n"))
    var jobs: Int = 1

    @OptionGroup var keys: KeyArguments
    @OptionGroup var point: PointOptions
    @OptionGroup var access: AccessArguments
    @OptionGroup var printing: OutputOptions

    func validate() throws {
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 256") }
        let isTable = format == .sqlite || format == .csv
        let misplaced: [(name: String, isGiven: Bool)] = [
            ("--replace", replace && format != .jsonLines && format != .sqlite), ("--bom", bom && format != .csv),
            ("--sealed", sealed && format != .jsonLines), ("--rulebook", rulebook != nil && !isTable),
            ("--checkpoint", checkpoint != nil && format != .tlogTiles),
            ("--hashes-only", hashesOnly && format != .tlogTiles),
            ("--as-of", (point.asOf ?? point.happenedBy) != nil && format == .tlogTiles),
        ]
        if let wrong = misplaced.first(where: \.isGiven) {
            throw ValidationError("\(wrong.name) does not go with --format \(format.rawValue)")
        }
        if path == nil, format != .jsonLines {
            throw ValidationError("--format \(format.rawValue) takes --output")
        }
    }

    /// Where to write; `nil` for standard output.
    private var path: String? { output == "-" ? nil : output }

    func run() throws {
        try reporting {
            switch format {
            case .jsonLines: try exportEvents()
            case .sqlite, .csv: try exportTables()
            case .tlogTiles: try exportTiles()
            }
        }
    }

    private func exportEvents() throws(LedgerError) {
        let place = try path.map { path throws(LedgerError) in try ExportPlace(path, replacing: replace) }
        let reader = try LedgerReader(
            opening: ledger, keys: keys.use, for: access.request(.readEvents, of: .everyone))
        let export = EventExport(reader, at: try point.point(in: reader), opensTexts: !sealed)
        guard let place else {
            var lines = LineBuffer()
            _ = try export.forEachLine { line throws(LedgerError) in lines.add(bytes: line) }
            lines.flush()
            return
        }
        let count = try export.write(to: place)
        show(
            ["events": .number(count), "output": .string(place.path)],
            Words("已寫入 \(count) 筆事件：\(place.path)", "\(count) events written to \(place.path)"))
    }

    private func exportTables() throws(LedgerError) {
        guard let path else { return }
        let place = try ExportPlace(path, replacing: replace)
        let reader = try LedgerReader(opening: ledger, for: access.request(.readReport, of: .everyone))
        let point = try point.point(in: reader)
        let progress = Progress(Words("重播", "replaying")(printing.language))
        defer { progress.end() }
        let histories = try reader.histories(at: point, jobs: jobs) { progress.show($0, of: point.eventCount) }
        let book = try RulebookChoice.resolve(rulebook, adopted: histories.rulebooks, ledger: ledger)
        let context = AnswerContext(rulebook: book, point: point, registry: histories.registry)
        let source = try ExportSource(reader, histories, context, jobs: jobs)
        let count: Int
        if format == .csv {
            count = try CSVExport.write(source, to: place, marksUTF8: bom)
        } else {
            try SQLiteExport.write(source, to: place)
            count = ExportSchema.tables.count
        }
        show(
            [
                "tables": .number(count), "output": .string(place.path), "rulebook": context.rulebookJSON,
                "asOf": context.asOf,
            ],
            Words("已寫入 \(count) 張表：\(place.path)", "\(count) tables written to \(place.path)"))
    }

    private func exportTiles() throws(LedgerError) {
        guard let path else { return }
        let signed = try checkpoint.map { path throws(LedgerError) in
            try TrustFiles.read(path, limit: SignedNote.limit)
        }
        let request = try hashesOnly ? access.request(.auditHashes) : access.request(.proveEvents, of: .everyone)
        let proofs = try LedgerProofs(LedgerReader(opening: ledger, for: request), checkpoint: signed)
        let progress = Progress(Words("匯出", "exporting")(printing.language))
        let export = try TileExport(proofs, to: path, includesEntries: !hashesOnly) { progress.show($0, of: $1) }
        progress.end()
        show(
            ["files": .number(export.files), "checkpoint": proofs.checkpoint.json],
            Words(
                "已寫入 \(export.files) 個檔案；" + proofs.checkpoint.shown(.chinese),
                "\(export.files) files written; " + proofs.checkpoint.shown(.english)))
    }

    private func show(_ members: KeyValuePairs<String, JSONValue?>, _ words: Words) {
        if printing.json { Console.print(.members(members)) } else { Console.print(words(printing.language)) }
    }
}
