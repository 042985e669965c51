import Access
import ArgumentParser
import CommandKit
import EventLog
import Explanations
import Ledger
import Transparency
import TrainingEvents

/// `trainledger audit`.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Compare the ledger with checkpoints that were kept outside it. 稽核",
        discussion: """
            Reads and hashes every record, and says whether the ledger still begins with what the checkpoints say; \
            if not, between which of them it was rewritten, or where it ends now. With the hash tiles exported for the \
            newest of them (trainledger export --format tlog-tiles --hashes-only), rewritten events are named one by \
            one. Status 1: it does not.

            EXAMPLES:
              trainledger audit ledger --key ledger.vkey \\
                  --checkpoint january.checkpoint --checkpoint june.checkpoint
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: ArgumentHelp("A signed checkpoint kept outside; may be repeated.", valueName: "file"))
    var checkpoint: [String]

    @OptionGroup var keys: TrustedKeys

    @Option(help: ArgumentHelp("Hash tiles for the newest of the checkpoints, kept outside.", valueName: "directory"))
    var tiles: String?

    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if checkpoint.isEmpty {
            throw ValidationError("--checkpoint takes a file; without one there is nothing to compare")
        }
    }

    func run() throws {
        try reporting {
            let (log, witnesses) = (try keys.log(), try keys.witnesses())
            var checkpoints: [Checkpoint] = []
            for path in checkpoint {
                let bytes = try TrustFiles.read(path, limit: SignedNote.limit)
                let signed = try fromProof(path) { () throws(TransparencyError) in
                    try SignedCheckpoint(parsing: bytes, log: log, witnesses: witnesses)
                }
                checkpoints.append(signed.checkpoint)
            }
            let progress = Progress(Words("稽核", "auditing")(output.language))
            let audit = try LogAudit(
                of: ledger, against: checkpoints, tiles: tiles.map { ExportedTiles($0) },
                for: access.request(.auditHashes)
            ) { progress.show($0, of: $1) }
            progress.end()
            show(audit, checkpoints)
            if !audit.isConsistent { throw ExitCode(1) }
        }
    }

    private func show(_ audit: LogAudit, _ checkpoints: [Checkpoint]) {
        if output.json {
            Console.print(
                .members([
                    "consistent": .bool(audit.isConsistent),
                    "checkpoints": .array(checkpoints.map(\.json)),
                    "head": .members([
                        "size": .number(audit.head.size), "root": .string("sha256:\(audit.head.root)"),
                    ]),
                    "findings": .array(audit.findings.map(\.json)),
                ]))
            return
        }
        let language = output.language
        for finding in audit.findings { Console.print(finding.shown(language)) }
        for checkpoint in checkpoints { Console.print(checkpoint.shown(language)) }
        Console.print(
            (audit.isConsistent
                ? Words(
                    "一致：帳本現有 \(audit.head.size) 筆，自檢查點以來只有增加",
                    "consistent: \(audit.head.size) events, and it only grew since")
                : Words("不一致：帳本不是當時簽署的帳本", "not consistent: this is not the ledger that was signed"))(language))
    }
}

extension LogAudit.Finding {
    fileprivate var json: JSONValue {
        switch self {
        case .missing(let positions): Self.json("missing", positions)
        case .rewritten(let positions): Self.json("rewritten", positions)
        case .brokenSegment(let positions): Self.json("brokenSegment", positions)
        case .damaged(let error):
            .members(["kind": .string("damaged"), "message": .string(error.description)])
        }
    }

    private static func json(_ kind: String, _ positions: Range<UInt64>) -> JSONValue {
        .members([
            "kind": .string(kind),
            "positions": .array([.number(positions.lowerBound), .number(positions.upperBound)]),
        ])
    }

    fileprivate func shown(_ language: Language) -> String {
        switch self {
        case .missing(let positions):
            Words(
                "帳本少了第 \(positions.lowerBound) 筆至第 \(positions.upperBound - 1) 筆（遭回復至舊版，或尾端遺失）",
                "events \(positions.lowerBound) to \(positions.upperBound - 1) are missing: the ledger was rolled back, or "
                    + "its end is lost")(language)
        case .rewritten(let positions):
            Words(
                "第 \(positions.lowerBound) 筆至第 \(positions.upperBound - 1) 筆之間與當時簽署者不同",
                "among events \(positions.lowerBound) to \(positions.upperBound - 1) stands something else than was signed"
            )(
                language)
        case .brokenSegment(let positions):
            Words(
                "第 \(positions.lowerBound) 筆至第 \(positions.upperBound - 1) 筆所在區段與其後區段不相接",
                "the segment with events \(positions.lowerBound) to \(positions.upperBound - 1) is not the one that the "
                    + "next goes on from")(language)
        case .damaged(let error): Words("損壞：\(error)", "damaged: \(error)")(language)
        }
    }
}
