import ArgumentParser
import Dispatch
import Explanations
import Foundation
import Ledger
import LedgerServer
import PersonalData

/// `trainledger serve`.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Pages for reviewers and auditors, in a browser. 網頁",
        discussion: """
            The ledger has to be under access control (trainledger principal enable), and whoever signs in needs a \
            password (trainledger principal password). Listens on this machine only; put a proxy that speaks TLS \
            before it for others. Stops at SIGINT or SIGTERM after answering what was asked.
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on.")
    var port = 8_080

    @Option(help: ArgumentHelp("Minutes without a request after which a session is over (TIP-22).", valueName: "n"))
    var idleMinutes = 30

    @OptionGroup var keys: KeyArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port takes a number from 0 to 65535") }
        guard (1...30).contains(idleMinutes) else {
            throw ValidationError("--idle-minutes takes a number from 1 to 30")
        }
    }

    func run() throws {
        try reporting {
            let server = try LedgerServer(
                ServerOptions(
                    ledger: ledger, keys: keys.options, host: host, port: port, idleMinutes: idleMinutes),
                now: systemNow)
            Console.complain(
                Words("網址 http://\(host):\(port)/，按 Ctrl-C 結束", "http://\(host):\(port)/ – stop with Ctrl-C")(
                    output.language))
            try Self.waiting { try await server.run() }
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
        if let failure = outcome.failure { throw LedgerError.notCreated("serve: \(failure)") }
    }

    /// Written before the semaphore is signalled, read after.
    private final class Outcome: @unchecked Sendable {
        var failure: (any Error)?
    }
}
