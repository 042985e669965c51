import ArgumentParser
import CivilTime
import CommandKit
import Explanations
import Ledger
import Transparency
import TrainingEvents

/// `trainledger cosign`.
struct CosignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cosign", abstract: "As a witness: confirm that a ledger only grew. 見證",
        discussion: """
            Checks that the checkpoint in REQUEST (trainledger checkpoint --request-from) is signed by the ledger and \
            goes on from the one cosigned last, which STATE holds; writes it down there, and prints the checkpoint \
            with the cosignature. A witness sees the ledger's name, a size and hashes, and nothing else. Status 1: it \
            does not go on, or begins at another size than was cosigned last.

            EXAMPLES:
              trainledger cosign request --key ~/witness.key \\
                  --log wda.gov.tw/ledger+1a2b3c4d+A… --state ledger.state
            """)

    @Argument(help: "The file with the request.")
    var request: String

    @Option(help: ArgumentHelp("The witness's private key.", valueName: "file"))
    var key: String

    @Option(help: ArgumentHelp("The ledger's public key, or a file with it.", valueName: "vkey"))
    var log: String

    @Option(help: ArgumentHelp("Where the witness remembers the checkpoint cosigned last.", valueName: "file"))
    var state: String

    @Option(help: ArgumentHelp("Write the checkpoint to this file.", valueName: "file"))
    var output: String?

    @OptionGroup var printing: OutputOptions

    func run() throws {
        try reporting {
            let bytes = try TrustFiles.read(request, limit: WitnessRequest.limit)
            let parsed = try fromProof(request) { () throws(TransparencyError) in try WitnessRequest(parsing: bytes) }
            let seconds = UInt64(max(0, systemNow().microseconds / 1_000_000))
            let answer = try WitnessState(path: state).answer(
                parsed, of: TrustFiles.key(log), with: KeyFile.read(key), at: seconds)
            switch answer {
            case .conflict(let lastSize):
                if printing.json {
                    Console.print(.members(["cosigned": .bool(false), "lastSize": .number(lastSize)]))
                }
                Console.complain(
                    Words(
                        "見證人前次見證至 \(lastSize) 筆；請以 --request-from \(lastSize) 重新申請",
                        "the witness has cosigned \(lastSize) events last; ask again with --request-from \(lastSize)")(
                            printing.language))
                throw ExitCode(1)
            case .cosigned(let note): try show(note)
            }
        }
    }

    private func show(_ note: SignedNote) throws(LedgerError) {
        if let output { try TrustFiles.write(note.bytes, to: output) }
        if printing.json {
            let checkpoint = try fromProof { () throws(TransparencyError) in try Checkpoint(parsing: note.text) }
            Console.print(
                .members([
                    "cosigned": .bool(true), "checkpoint": checkpoint.json,
                    "note": .string(String(decoding: note.bytes, as: UTF8.self)),
                ]))
        } else if output == nil {
            Console.write(note.bytes, to: 1)
        }
    }
}
