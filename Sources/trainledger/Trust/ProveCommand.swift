import Access
import ArgumentParser
import CommandKit
import Explanations
import Ledger
import Transparency
import TrainingEvents

/// `trainledger prove`.
struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "Write a proof that an event, or all of a trainee's, is in the ledger. 產生證明",
        discussion: """
            EVENT is its position, as sequence has it. The proof is a .tlog-proof file of C2SP that holds the event \
            itself; with --trainee it is a dossier with every event about the trainee and the registrations of all \
            that they name. Both lead to a signed checkpoint, the newest one if none is given. Files hold the records \
            as they are, personal details included: hand them to those who may read them.

            EXAMPLES:
              trainledger prove ledger @120 --output 120.tlog-proof
              trainledger prove ledger --trainee T-COFFEE-01 --output T-COFFEE-01.dossier
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "The position of one event, with or without @.")
    var event: String?

    @Option(help: "All events about this trainee.")
    var trainee: String?

    @Option(help: ArgumentHelp("Prove against this signed checkpoint of the ledger.", valueName: "file"))
    var checkpoint: String?

    @Option(help: ArgumentHelp("Write the proof to this file.", valueName: "file"))
    var output: String?

    @OptionGroup var access: AccessArguments
    @OptionGroup var printing: OutputOptions

    private var position: UInt64? {
        guard let event else { return nil }
        return Decimal.parse(event.hasPrefix("@") ? event.dropFirst() : event[...])
    }

    func validate() throws {
        guard (event == nil) != (trainee == nil) else {
            throw ValidationError("give the position of one event, or --trainee")
        }
        guard event == nil || position != nil else {
            throw ValidationError("\(shown(event ?? "")) is no position; write a number such as @120")
        }
    }

    func run() throws {
        try reporting {
            let reader = try LedgerReader(
                opening: ledger,
                for: access.request(.proveEvents, of: trainee.map { .trainee($0) } ?? .everyone))
            let signed = try checkpoint.map { path throws(LedgerError) in
                try TrustFiles.read(path, limit: SignedNote.limit)
            }
            var proofs = try LedgerProofs(reader, checkpoint: signed)
            let bytes: [UInt8]
            let count: Int
            if let trainee {
                let dossier = try proofs.dossier(of: trainee)
                (bytes, count) = (dossier.bytes, dossier.entries.count)
            } else {
                (bytes, count) = (try proofs.file(at: position ?? 0).bytes, 1)
            }
            try show(bytes, count, proofs.checkpoint)
        }
    }

    private func show(_ bytes: [UInt8], _ count: Int, _ checkpoint: Checkpoint) throws(LedgerError) {
        if let output { try TrustFiles.write(bytes, to: output, isPrivate: true) }
        if printing.json {
            Console.print(
                .members([
                    "events": .number(count), "bytes": .number(bytes.count), "checkpoint": checkpoint.json,
                    "proof": output == nil ? .string(String(decoding: bytes, as: UTF8.self)) : nil,
                ]))
        } else if output != nil {
            Console.print(
                Words("\(count) 筆事件的證明；", "proof of \(count) events; ")(printing.language)
                    + checkpoint.shown(printing.language))
        } else {
            Console.write(bytes, to: 1)
        }
    }
}
