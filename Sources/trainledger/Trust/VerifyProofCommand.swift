import ArgumentParser
import CommandKit
import Explanations
import Ledger
import Transparency
import TrainingEvents

/// `trainledger verify-proof`.
struct VerifyProofCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-proof", abstract: "Check a proof or a dossier, without the ledger. 查驗證明",
        discussion: """
            Needs the file, the ledger's public key and, if witnesses are required, theirs; no ledger. Prints the \
            events that are proved. In a proof of one event, trainees, classes and units appear as #number: their \
            names are in their registrations, which a dossier brings with it. Status 1: it does not hold.

            EXAMPLES:
              trainledger verify-proof 120.tlog-proof --key wda.gov.tw+1a2b3c4d+A…
              trainledger verify-proof T-COFFEE-01.dossier --key ledger.vkey \\
                  --witness w.example+5e6f7a8b+B…
            """)

    @Argument(help: "The file with the proof.")
    var file: String

    @OptionGroup var keys: TrustedKeys

    @Option(
        help: ArgumentHelp(
            "The entry (16 bytes of salt, then the record), for a proof that does not hold it.", valueName: "file"))
    var entry: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            let (log, witnesses) = (try keys.log(), try keys.witnesses())
            let bytes = try TrustFiles.read(file, limit: Dossier.limit)
            let entry = try entry.map { path throws(LedgerError) in try TrustFiles.read(path, limit: 1 << 17) }
            let found: Proved
            do throws(TransparencyError) {
                found =
                    bytes.starts(with: Array(Dossier.header.utf8))
                    ? try dossier(bytes, log, witnesses) : try single(bytes, log, witnesses, entry)
            } catch {
                if output.json {
                    Console.print(.members(["valid": .bool(false), "error": error.json]))
                } else {
                    Console.complain("\(file): \(error.shown(output.language))")
                }
                throw ExitCode(error.isAboutForm ? 65 : 1)
            }
            show(found)
        }
    }

    /// What a file proves.
    private struct Proved {
        let checkpoint: SignedCheckpoint
        var trainee: String?
        /// Of a dossier: how many of its numbers no record says.
        var unprovedNumbers: Int?
        let events: [(position: UInt64, event: Event)]
        let registry: Registry
        /// The proved entry, where it is no event of this vocabulary.
        var entryLength: Int?
    }

    private func dossier(
        _ bytes: [UInt8], _ log: VerifierKey, _ witnesses: [VerifierKey]
    ) throws(TransparencyError) -> Proved {
        let dossier = try Dossier(parsing: bytes)
        let checked = try dossier.verify(log: log, witnesses: witnesses)
        return Proved(
            checkpoint: checked.checkpoint, trainee: dossier.trainee,
            unprovedNumbers: checked.unprovedNumbers.count, events: checked.events, registry: checked.registry)
    }

    private func single(
        _ bytes: [UInt8], _ log: VerifierKey, _ witnesses: [VerifierKey], _ entry: [UInt8]?
    ) throws(TransparencyError) -> Proved {
        let file = try InclusionFile(parsing: bytes)
        let (checkpoint, content) = try file.verify(log: log, witnesses: witnesses, entry: entry)
        var registry = Registry()
        guard content.count > InclusionFile.saltLength,
            let event = try? Event(decoding: Array(content[InclusionFile.saltLength...]))
        else {
            return Proved(checkpoint: checkpoint, events: [], registry: registry, entryLength: content.count)
        }
        for reference in event.references {
            switch reference {
            case .trainee(let number): registry.trainees.add("#\(number.value)", as: number)
            case .class(let number): registry.classes.add("#\(number.value)", as: number)
            case .unit(let number): registry.units.add("#\(number.value)", as: number)
            case .newTrainee, .newClass, .newUnit, .rulebook: break
            }
        }
        return Proved(checkpoint: checkpoint, events: [(file.index, event)], registry: registry)
    }

    private func show(_ found: Proved) {
        let events = found.events.map { $0.event.json(sequence: $0.position, registry: found.registry) }
        let signers = found.checkpoint.signers.map(\.name)
        if output.json {
            Console.print(
                .members([
                    "valid": .bool(true), "checkpoint": found.checkpoint.checkpoint.json,
                    "signers": .array(signers.map { .string($0) }), "trainee": found.trainee.map { .string($0) },
                    "unprovedNumbers": found.unprovedNumbers.map { .number($0) }, "events": .array(events),
                    "entryBytes": found.entryLength.map { .number($0) },
                ]))
            return
        }
        for event in events { Console.print(event.text) }
        let count = found.entryLength == nil ? found.events.count : 1
        let language = output.language
        Console.print(
            Words("成立：\(count) 筆紀錄在帳本內；", "it holds: \(count) records are in the ledger; ")(language)
                + found.checkpoint.checkpoint.shown(language))
        if let unproved = found.unprovedNumbers, unproved > 0 {
            Console.print(
                Words(
                    "其中 \(unproved) 個編號僅由本檔所載，紀錄本身未載",
                    "\(unproved) of its numbers stand in this file only, in no record")(
                        language))
        }
        Console.print(Words("簽署者：", "signed by ")(language) + signers.joined(separator: ", "))
    }
}
