import Access
import ArgumentParser
import CommandKit
import EventLog
import Explanations
import Ledger
import Transparency
import TrainingEvents

/// `trainledger checkpoint`.
struct CheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Sign what the ledger holds, or print the newest checkpoint. 簽署檢查點",
        discussion: """
            Reads back and hashes every record written since the last checkpoint, writes down what is about to be \
            signed, and signs it. Refuses if the ledger does not go on from what it signed before. Keep checkpoints \
            where the ledger's keeper cannot reach them: only against those can a rewritten history be noticed.

            EXAMPLES:
              trainledger checkpoint ledger --key ~/ledger.key --output today.checkpoint
              trainledger checkpoint ledger --request-from 0 --output request
              trainledger checkpoint ledger --add cosignature \\
                  --witness w.example+1a2b3c4d+B…
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: ArgumentHelp("Sign with the private key in this file.", valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            "Write what a witness is sent that has cosigned this many events last; 0 for none.", valueName: "size"))
    var requestFrom: UInt64?

    @Option(help: ArgumentHelp("Add the cosignatures in this file to the newest checkpoint.", valueName: "file"))
    var add: String?

    @Option(help: ArgumentHelp("The public key of a witness; may be repeated.", valueName: "vkey"))
    var witness: [String] = []

    @Option(help: ArgumentHelp("Write the checkpoint or the request to this file.", valueName: "file"))
    var output: String?

    @OptionGroup var access: AccessArguments
    @OptionGroup var printing: OutputOptions

    func validate() throws {
        guard [key != nil, requestFrom != nil, add != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--key, --request-from and --add do different things; give one")
        }
        guard (add == nil) == witness.isEmpty else {
            throw ValidationError("--add takes the keys of the witnesses (--witness), and nothing else does")
        }
    }

    func run() throws {
        try reporting {
            let signing = try CheckpointSigning(
                ledger: ledger, files: RealFileSystem(), for: access.request(.signCheckpoint))
            if let requestFrom {
                try TrustFiles.write(signing.request(from: requestFrom).bytes, to: output)
                return
            }
            let note: SignedNote
            if let key {
                note = try sign(signing, KeyFile.read(key))
            } else if let add {
                let lines = try TrustFiles.read(add, limit: SignedNote.limit)
                note = try signing.add(lines, by: TrustedKeys.witnesses(witness))
            } else {
                note = try signing.newest()
            }
            try show(note)
        }
    }

    private func sign(
        _ signing: CheckpointSigning<RealFileSystem>, _ key: SigningKey
    ) throws(LedgerError) -> SignedNote {
        let progress = Progress(Words("核對", "reading back")(printing.language))
        defer { progress.end() }
        let note = try signing.sign(with: key) { progress.show($0, of: $1) }
        try signing.completeSubtrees { progress.show($0, of: $1) }
        return note
    }

    private func show(_ note: SignedNote) throws(LedgerError) {
        if let output { try TrustFiles.write(note.bytes, to: output) }
        let checkpoint = try fromProof { () throws(TransparencyError) in try Checkpoint(parsing: note.text) }
        if printing.json {
            let signatures = note.signatures.map {
                JSONValue.members(["name": .string($0.name), "time": $0.time.map { .number($0) }])
            }
            Console.print(
                .members([
                    "checkpoint": checkpoint.json, "signatures": .array(signatures),
                    "note": .string(String(decoding: note.bytes, as: UTF8.self)),
                ]))
        } else if output != nil {
            Console.print(checkpoint.shown(printing.language))
        } else {
            Console.write(note.bytes, to: 1)
        }
    }
}
