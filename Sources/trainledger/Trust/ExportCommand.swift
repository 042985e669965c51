import Access
import ArgumentParser
import Explanations
import Ledger
import Transparency
import TrainingEvents

/// `trainledger export`.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the ledger in a form that other tools read. 匯出",
        discussion: """
            tlog-tiles: a directory of tiles, entries and the newest signed checkpoint, as transparency-log tools take \
            it (C2SP). An entry is what is hashed behind the byte 0x00: 16 bytes of salt, then the record. The entries \
            are the ledger itself; with --hashes-only they are left out, and nothing but hashes is written.

            EXAMPLES:
              trainledger export ledger --format tlog-tiles --output tiles --hashes-only
            """)

    /// What can be written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case tlogTiles = "tlog-tiles"
    }

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: "The form: tlog-tiles.")
    var format: Format

    @Option(help: ArgumentHelp("A new or empty directory to write to.", valueName: "directory"))
    var output: String

    @Option(help: ArgumentHelp("Write the tree of this signed checkpoint.", valueName: "file"))
    var checkpoint: String?

    @Flag(help: "Leave out the records.")
    var hashesOnly = false

    @OptionGroup var access: AccessArguments
    @OptionGroup var printing: OutputOptions

    func run() throws {
        try reporting {
            let signed = try checkpoint.map { path throws(LedgerError) in
                try TrustFiles.read(path, limit: SignedNote.limit)
            }
            let request = try hashesOnly ? access.request(.auditHashes) : access.request(.proveEvents, of: .everyone)
            let proofs = try LedgerProofs(LedgerReader(opening: ledger, for: request), checkpoint: signed)
            let progress = Progress(Words("匯出", "exporting")(printing.language))
            let export = try TileExport(proofs, to: output, includesEntries: !hashesOnly) { progress.show($0, of: $1) }
            progress.end()
            if printing.json {
                Console.print(
                    .members(["files": .number(export.files), "checkpoint": proofs.checkpoint.json]))
            } else {
                Console.print(
                    Words("已寫入 \(export.files) 個檔案；", "\(export.files) files written; ")(printing.language)
                        + proofs.checkpoint.shown(printing.language))
            }
        }
    }
}
