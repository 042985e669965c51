import Access
import ArgumentParser
import CommandKit
import EventLog
import Ledger
import PersonalData
import TrainingEvents
import Explanations

/// `trainledger verify`.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read everything, check everything, name any damage. 驗證",
        discussion: """
            EXAMPLES:
              trainledger verify ledger --json
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @OptionGroup var keys: KeyArguments
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        var isSound = true
        try reporting {
            let progress = Progress(Words("驗證", "verifying")(output.language))
            defer { progress.end() }
            let found: LedgerVerification
            do {
                found = try LedgerVerification(of: ledger, keys: keys.options, for: access.request(.verify)) {
                    progress.show($0, of: $1)
                }
            } catch LedgerError.log(let error) where error.code == .damaged {
                // Too damaged to be walked over: the one place is named all the same.
                isSound = false
                let damage = Damage(.rot, error.reason, error.place)
                Console.print(
                    output.json
                        ? JSONValue.members(["sound": .bool(false), "damages": .array([damage.json])]).text
                        : damage.description)
                return
            }
            isSound = found.isSound
            if output.json { Console.print(found.json) } else { show(found) }
        }
        if !isSound { throw ExitCode(1) }
    }

    private func show(_ found: LedgerVerification) {
        let language = output.language
        for damage in found.log.damages { Console.print(damage.description) }
        for (position, error) in found.records { Console.print("record \(position): \(error.message)") }
        for fault in found.rulebooks { Console.print("\(fault.file): \(fault.reason)") }
        for fault in found.checkpoints { Console.print("\(fault.file): \(fault.reason)") }
        for fault in found.keys.faults { Console.print("\(fault.file): \(fault.reason)") }
        for fault in found.access { Console.print("\(fault.file): \(fault.reason)") }
        for note in found.log.notes + found.keys.notes { Console.print(Words("附註：", "note: ")(language) + note) }
        let root = found.log.treeHead.map { "\($0.root)" } ?? "–"
        Console.print(
            Words(
                "\(found.log.records) 筆紀錄，\(found.log.commits) 次提交，\(found.log.segments) 個區段；樹根 \(root)",
                "\(found.log.records) records, \(found.log.commits) commits, \(found.log.segments) segments; "
                    + "tree root \(root)")(language))
        Console.print(
            (found.isSound
                ? Words("完好", "sound")
                : Words("有損壞：請以備份還原上列位置，勿再寫入", "damaged: restore the places named above from a backup before writing"))(
                    language))
    }
}

extension LedgerVerification {
    fileprivate var json: JSONValue {
        .members([
            "sound": .bool(isSound), "events": .number(log.records), "segments": .number(log.segments),
            "commits": .number(log.commits), "bytes": .number(log.bytes),
            "treeHead": log.treeHead.map {
                .members(["size": .number($0.size), "root": .string("sha256:\($0.root)")])
            } ?? .null,
            "damages": .array(log.damages.map(\.json)),
            "records": .array(
                records.map { .members(["position": .number($0.position), "message": .string($0.error.message)]) }),
            "rulebooks": .array(
                rulebooks.map { .members(["file": .string($0.file), "message": .string($0.reason)]) }),
            "checkpoints": .array(
                checkpoints.map { .members(["file": .string($0.file), "message": .string($0.reason)]) }),
            "keys": .array(
                keys.faults.map { .members(["file": .string($0.file), "message": .string($0.reason)]) }),
            "access": .array(
                access.map { .members(["file": .string($0.file), "message": .string($0.reason)]) }),
            "notes": .array((log.notes + keys.notes).map { .string($0) }),
        ])
    }
}

extension Damage {
    fileprivate var json: JSONValue {
        .members([
            "kind": .string(kind.rawValue), "segment": place.file.map { .string($0) },
            "block": place.chunk.map { .number($0) },
            "bytes": place.bytes.map { .array([.number($0.lowerBound), .number($0.upperBound)]) },
            "positions": place.positions.map { .array([.number($0.lowerBound), .number($0.upperBound)]) },
            "message": .string(message),
        ])
    }
}
