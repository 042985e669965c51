import Access
import ArgumentParser
import CommandKit
import Foundation
import Ledger
import TrainingEvents
import Explanations

/// `trainledger append`.
struct AppendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "append", abstract: "Record events from JSON Lines or a JSON array. 登錄事件",
        discussion: """
            Stops at the first refused event; what came before is durable, and running the same again is safe: \
            events that are in the ledger already are counted as duplicates.

            EXAMPLES:
              trainledger append ledger EventLogs/coffee-2026.jsonl
              producer | trainledger append ledger - --json
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "Files of events; - is standard input (the default).")
    var files: [String] = ["-"]

    @Flag(help: "Take the recorded times that the events bring (a migration).")
    var keepRecordedTime = false

    @Flag(help: "Go on after a refused event; write refused ones with reasons to FILE.refused.jsonl.")
    var keepGoing = false

    @Flag(help: "Check everything and write nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("Append only if the ledger holds this many events.", valueName: "n"))
    var expectSequence: UInt64?

    @OptionGroup var keys: KeyArguments
    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        var outcome: (report: Importer.Report, failure: LedgerError?)?
        try reporting { outcome = try append() }
        guard let outcome else { return }
        show(outcome.report)
        if let failure = outcome.failure {
            complain(failure)
            throw ExitCode(failure.exitStatus)
        }
        if outcome.report.refused > 0 { throw ExitCode(65) }
    }

    /// What was recorded, and what stopped it, if anything did: what came before a failure is durable and reported.
    private func append() throws(LedgerError) -> (report: Importer.Report, failure: LedgerError?) {
        let progress = Progress(Words("登錄", "appending")(output.language))
        defer { progress.end() }
        let writer = try LedgerWriter(
            opening: ledger, keys: keys.use, for: access.request(.recordEvents), isDryRun: dryRun, now: systemNow
        ) {
            progress.show($0)
        }
        if let expectSequence, writer.head != expectSequence {
            throw .unexpectedSequence(expected: expectSequence, head: writer.head)
        }
        let refused = RefusedFiles()
        let options = Importer.Options(keepsRecordedTime: keepRecordedTime, keepsGoing: keepGoing)
        let setsAside = keepGoing && !dryRun
        var importer = Importer(
            writer, options,
            onRefusal: { refusal, text throws(LedgerError) in
                if setsAside { try refused.add(refusal, text) }
            },
            progress: { progress.show($0) })
        var failure: LedgerError?
        let report: Importer.Report
        do throws(LedgerError) {
            report = try importer.run(files)
        } catch {
            report = try importer.finish()
            failure = error
        }
        try writer.close()
        if !dryRun { failure = seal(report, progress) ?? failure }
        return (report, failure)
    }

    /// Seals the segments that were filled; what is durable stays so if that fails.
    private func seal(_ report: Importer.Report, _ progress: Progress) -> LedgerError? {
        do throws(LedgerError) {
            try SegmentSealing.afterAppending(
                to: ledger, from: report.head - report.appended, to: report.head
            ) { progress.show(UInt64($0), of: UInt64($1)) }
            return nil
        } catch {
            return error
        }
    }

    private func show(_ report: Importer.Report) {
        if output.json {
            Console.print(report.json)
            return
        }
        for refusal in report.refusals {
            let field = refusal.error.field.isEmpty ? "" : " \(refusal.error.field):"
            let reason = Terms.refusal(refusal.error, output.language)
            Console.complain("\(refusal.path):\(refusal.line):\(field) \(reason)")
        }
        let counts =
            Words(
                "新增 \(report.appended) 筆，重複 \(report.duplicates) 筆，退回 \(report.refused) 筆；帳本共 \(report.head) 筆",
                "appended \(report.appended), duplicates \(report.duplicates), refused \(report.refused); "
                    + "the ledger holds \(report.head) events")(output.language)
        Console.print(dryRun ? Words("（試算，未寫入）", "(dry run, nothing written) ")(output.language) + counts : counts)
    }
}

extension Importer.Report {
    /// The JSON answer of the contract.
    var json: JSONValue {
        .members([
            "appended": .number(appended), "duplicates": .number(duplicates), "refused": .number(refused),
            "head": .number(head), "refusals": .array(refusals.map(\.json)),
        ])
    }
}

extension Importer.Refusal {
    var json: JSONValue {
        .members([
            "file": .string(path), "line": .number(line), "field": .string(error.field),
            "code": .string(error.code.rawValue), "found": .string(error.found), "expected": .string(error.expected),
            "suggestion": error.suggestion.map { .string($0) }, "message": .string(error.message),
        ])
    }
}

/// The files of refused events, made anew by each run when the first one is refused.
final class RefusedFiles {
    private var handles: [String: FileHandle] = [:]

    func add(_ refusal: Importer.Refusal, _ text: [UInt8]) throws(LedgerError) {
        let base = refusal.path == "-" ? "stdin" : refusal.path
        let path = "\(base).refused.jsonl"
        let handle: FileHandle
        if let open = handles[path] {
            handle = open
        } else {
            // Refused events may hold personal details: only their owner reads them.
            let isMade = FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            guard isMade,
                let opened = FileHandle(forWritingAtPath: path)
            else { throw .output(path: path) }
            handles[path] = opened
            handle = opened
        }
        guard case .object(let members) = refusal.json else { return }
        let event = JSONValue.Member("event", .string(String(decoding: text, as: UTF8.self)))
        do {
            try handle.write(contentsOf: Data((JSONValue.object(members + [event]).text + "\n").utf8))
        } catch {
            throw .output(path: path)
        }
    }
}
