import ArgumentParser
import CommandKit
import Dispatch
import Explanations
import Foundation
import Glibc
import Ledger
import LedgerServer
import Logging
import PersonalData

/// `trainledger serve`.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Pages for reviewers and auditors, in a browser. 網頁",
        discussion: """
            The ledger has to be under access control (trainledger principal enable), and whoever signs in needs a \
            password (trainledger principal password). Listens on this machine only; put a proxy that speaks TLS \
            before it for others. Stops at SIGINT or SIGTERM after answering what was asked.

              trainledger serve L
              trainledger serve L --port 0 --openid provider.json
              trainledger serve L --copy-key copies.key --confirmations 1
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 8_080

    @Option(help: ArgumentHelp("Minutes without a request after which a session is over (TIP-22).", valueName: "n"))
    var idleMinutes = 30

    @Option(
        name: .customLong("openid"),
        help: ArgumentHelp(
            "An OpenID provider whose tokens are taken: JSON with issuer, audience, algorithm, claim and keys.",
            valueName: "file"))
    var openID: String?

    @Option(help: ArgumentHelp("Looks that one person may take in a second, besides sixty at once.", valueName: "n"))
    var looksASecond = 1

    @Option(
        help: ArgumentHelp(
            "Requests to record that one person may make in a second, besides a thousand at once.", valueName: "n"))
    var recordsASecond = 10

    @Option(
        help: ArgumentHelp(
            "Keep everyone's facts in memory between questions, where the ledger has at most so many events.",
            valueName: "events"))
    var keepFactsUpTo: UInt64 = 20_000_000

    @Option(
        help: ArgumentHelp(
            "Sign heads with this private key for those who follow the ledger (trainledger follow); a key of its own.",
            valueName: "file"))
    var copyKey: String?

    @Option(
        help: ArgumentHelp(
            "Say that events are recorded only when so many followers have them durably too.", valueName: "n"))
    var confirmations = 0

    @Option(help: ArgumentHelp("Write only while holding a lease in this etcd.", valueName: "address"))
    var lease: String?

    @Option(help: ArgumentHelp("Seconds after which the lease is lost if this server is gone.", valueName: "n"))
    var leaseSeconds = 10

    @OptionGroup var keys: KeyArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535") }
        guard (1...30).contains(idleMinutes) else {
            throw ValidationError("--idle-minutes takes a number from 1 to 30")
        }
        guard (0...100).contains(confirmations), confirmations == 0 || copyKey != nil else {
            throw ValidationError("--confirmations takes a number from 0 to 100, and --copy-key with it")
        }
        guard (2...600).contains(leaseSeconds) else {
            throw ValidationError("--lease-seconds takes a number from 2 to 600")
        }
        guard (1...1_000).contains(looksASecond), (1...1_000).contains(recordsASecond) else {
            throw ValidationError("--looks-a-second and --records-a-second take a number from 1 to 1000")
        }
    }

    private func setCopies(_ options: inout ServerOptions) throws(LedgerError) {
        options.copyKey = try copyKey.map { path throws(LedgerError) in try KeyFile.read(path) }
        options.confirmations = confirmations
        options.lease = try lease.map { address throws(LedgerError) in
            try EtcdLease(address, on: ledger, holder: "\(host):\(port)", seconds: leaseSeconds)
        }
    }

    func run() throws {
        try reporting {
            var options = ServerOptions(
                ledger: ledger, keys: keys.options, host: host, port: port, idleMinutes: idleMinutes)
            (options.looksASecond, options.recordsASecond) = (looksASecond, recordsASecond)
            options.factsKeptUpTo = keepFactsUpTo
            // More than sixty a second are more than sixty at once.
            options.looksAtOnce = max(options.looksAtOnce, looksASecond)
            options.recordsAtOnce = max(options.recordsAtOnce, recordsASecond)
            let (language, openID) = (output.language, openID)
            try setCopies(&options)
            let asked = options
            Self.allowManyFiles()
            try Self.waiting {
                var options = asked
                if let openID { options.openID = try await Self.provider(openID) }
                let server = try LedgerServer(options, now: systemNow)
                let logger = Logger(label: "trainledger") { JSONLogHandler(label: $0, now: systemNow) }
                try await server.run(logger: logger) { port in
                    let address = asked.address(port: port)
                    Console.complain(Words("網址 \(address)，按 Ctrl-C 結束", "\(address) – stop with Ctrl-C")(language))
                }
            }
        }
    }

    /// As many open files as the system lets this process have: connections take one each, and so do segments.
    private static func allowManyFiles() {
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(files, &limit)
    }

    private static func provider(_ path: String) async throws -> OpenIDProvider {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw LedgerError.input(path: path, reason: "it cannot be read")
        }
        do { return try await OpenIDProvider([UInt8](data.prefix(1 << 20))) } catch {
            throw LedgerError.input(path: path, reason: "\(error)")
        }
    }

    /// Runs to its end what the other commands have no need of: work that waits.
    private static func waiting(_ work: @escaping @Sendable () async throws -> Void) throws {
        let outcome = Outcome()
        let done = DispatchSemaphore(value: 0)
        Task {
            do { try await work() } catch { outcome.failure = error }
            done.signal()
        }
        done.wait()
        if let failure = outcome.failure as? LedgerError { throw failure }
        if let failure = outcome.failure { throw LedgerError.notCreated("serve: \(failure)") }
    }

    /// Written before the semaphore is signalled, read after.
    private final class Outcome: @unchecked Sendable {
        var failure: (any Error)?
    }
}
