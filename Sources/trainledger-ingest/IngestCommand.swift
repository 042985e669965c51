import Access
import ArgumentParser
import CommandKit
import Explanations
import Foundation
import Glibc
import Ingest
import Ledger
import TrainingEvents

/// `trainledger-ingest`: parses, lets the loop run, prints.
@main
struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trainledger-ingest",
        abstract: "Records the events that offices publish to NATS JetStream. 由 NATS JetStream 登錄事件",
        discussion: """
            A message is one event, or an array of events, in CloudEvents JSON. It is acknowledged when its events are \
            durable in the ledger, all or none; what is delivered again falls out by source and ID. A message that can \
            never be recorded is published to the subject of --refused with the reason in its header \
            Trainledger-Refusal; a stream has to take that subject. Goes on, through restarts of the server, until \
            SIGTERM or SIGINT.

            EXAMPLES:
              trainledger-ingest L --stream EVENTS --subject 'events.>' --refused refused.events
              trainledger-ingest L --stream EVENTS --subject 'events.>' --refused refused.events --until-idle 5 --json
              trainledger-ingest L --nats tls://nats.example:4222 --nats-credentials ingest.creds --stream EVENTS \
            --subject 'events.taipei.>' --refused refused.taipei --consumer taipei --credential clerk.credential

            Exit status: 0 done, 64 usage, 65 bad data, 66 something is missing, 73 cannot create, 74 input or output \
            failed, 77 denied. While another writer has the ledger, or the server is away, it waits.
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(
        help: ArgumentHelp(
            "The NATS server, such as tls://nats.example:4222 (TRAINLEDGER_NATS, or nats://127.0.0.1:4222).",
            valueName: "address"))
    var nats: String?

    @Option(help: ArgumentHelp("What the server is shown, where it asks who comes (.creds).", valueName: "file"))
    var natsCredentials: String?

    @Option(
        help: ArgumentHelp("The authorities that the server's certificate is held against (PEM).", valueName: "file"))
    var natsAuthorities: String?

    @Option(help: ArgumentHelp("The stream; it has to be there.", valueName: "name"))
    var stream: String

    @Option(help: ArgumentHelp("The durable consumer; made if it is not there.", valueName: "name"))
    var consumer = "trainledger"

    @Option(help: ArgumentHelp("Which messages of the stream, with * and > as in NATS.", valueName: "subject"))
    var subject: String

    @Option(help: ArgumentHelp("Where refused messages are published.", valueName: "subject"))
    var refused: String

    @Option(help: ArgumentHelp("Messages that are recorded together, at most.", valueName: "n"))
    var batch = 1_000

    @Option(help: ArgumentHelp("How long one question for messages waits for the first.", valueName: "n"))
    var waitMilliseconds = 1_000

    @Option(
        help: ArgumentHelp(
            "After how long the server delivers again what was lost on its way or in a crash.", valueName: "n"))
    var ackWaitSeconds = 30

    @Option(help: ArgumentHelp("End when nothing came for so long, and say what was done.", valueName: "seconds"))
    var untilIdle: Int?

    @Flag(help: "Print what was done as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Language of the text: zh-TW or en (default: by LANG).", valueName: "language"))
    var lang: Language?

    @OptionGroup var keys: KeyArguments
    @OptionGroup var access: AccessArguments

    /// An address may hold a password, which the environment keeps from the list of processes.
    private var address: String {
        nats ?? ProcessInfo.processInfo.environment["TRAINLEDGER_NATS"] ?? "nats://127.0.0.1:4222"
    }

    private var source: JetStreamSource {
        JetStreamSource(stream: stream, consumer: consumer, subject: subject, refusals: refused)
    }

    func validate() throws {
        guard (1...10_000).contains(batch) else { throw ValidationError("--batch takes a number from 1 to 10000") }
        guard (50...60_000).contains(waitMilliseconds) else {
            throw ValidationError("--wait-milliseconds takes a number from 50 to 60000")
        }
        guard (1...3_600).contains(ackWaitSeconds) else {
            throw ValidationError("--ack-wait-seconds takes a number from 1 to 3600")
        }
        guard untilIdle.map((0...86_400).contains) ?? true else {
            throw ValidationError("--until-idle takes a number from 0 to 86400")
        }
        guard [stream, consumer].allSatisfy({ !$0.isEmpty && !$0.contains(where: " .*>\t".contains) }) else {
            throw ValidationError("--stream and --consumer take a name without spaces and without . * >")
        }
        guard !refused.isEmpty, !refused.contains(where: " *>\t".contains) else {
            throw ValidationError("--refused takes a subject without spaces and without * >")
        }
        guard !source.takesItsRefusals else {
            throw ValidationError("--refused must not be one of the subjects that are taken: refusals would come back")
        }
    }

    /// A reader that went away and a file that grew too large are errors to be told, not ends of the program.
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        main(nil)
    }

    func run() throws {
        StopSignals.listen()
        var report: IngestReport?
        try reporting { report = try ingest() }
        guard let report else { return }
        if json {
            Console.print(report.json)
        } else {
            Console.print(
                Words(
                    "訊息 \(report.messages) 則：新增 \(report.appended) 筆，重複 \(report.duplicates) 筆，退回 \(report.refused) 則",
                    "\(report.messages) messages: appended \(report.appended) events, duplicates \(report.duplicates), "
                        + "refused \(report.refused) messages")(lang ?? .ofEnvironment))
        }
    }

    private func ingest() throws -> IngestReport {
        for path in [natsCredentials, natsAuthorities].compactMap({ $0 })
        where !FileManager.default.isReadableFile(atPath: path) {
            throw LedgerError.input(path: path, reason: "it cannot be read")
        }
        var options = IngestOptions()
        options.batch = batch
        options.untilIdle = untilIdle.map { $0 * 1_000 }
        options.acknowledgementWait = ackWaitSeconds * 1_000
        let server = NatsServer(address, credentials: natsCredentials, authorities: natsAuthorities)
        let feed = JetStreamFeed(server, source, options, wait: waitMilliseconds)
        let recorder = EventRecorder(of: ledger, keys: keys.options, now: systemNow)
        defer { recorder.close() }
        var loop = IngestLoop(
            feed, into: recorder, for: try access.request(.recordEvents), options,
            isStopped: { StopSignals.isStopped }, tell: { Console.complain("trainledger-ingest: \($0)") })
        Console.complain("trainledger-ingest: taking \(subject) of \(stream) as \(consumer)")
        do throws(IngestError) { return try loop.run() } catch {
            Console.complain("trainledger-ingest: \(error.message)")
            throw ExitCode(error.exitStatus)
        }
    }
}
