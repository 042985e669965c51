import Access
import ArgumentParser
import CommandKit
import EventLog
import Explanations
import Glibc
import Ledger
import LedgerServer
import TrainingEvents
import Transparency

/// `trainledger follow`.
struct FollowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Keep a copy up with a ledger that a server gives away. 跟隨主帳本",
        discussion: """
            Takes over the log of a ledger that trainledger serve --copy-key gives away, byte for byte, and shows readers \
            of the copy only what hashes to a head that the leader has signed. The copy takes no events of its own until \
            it is promoted. With several addresses, whichever leads with the newest epoch is followed. Runs until it is \
            stopped; a copy that was killed goes on where it was.

            EXAMPLES:
              trainledger follow copy --from https://leader.example \\
                  --key leader.vkey --credential operator.credential
              trainledger follow copy --from http://localhost:8080 \\
                  --key a.vkey --key b.vkey --credential operator.credential --once
            """)

    @Argument(help: "The directory of the copy; it is made if missing.")
    var copy: String

    @Option(help: ArgumentHelp("The address of a server that may lead; may be repeated.", valueName: "address"))
    var from: [String]

    @Option(
        help: ArgumentHelp(
            "The public key with which a leader signs heads, or a file with it; may be repeated.", valueName: "vkey"))
    var key: [String]

    @Flag(help: "Stop as soon as the copy is as far as the leader.")
    var once = false

    @OptionGroup var credentials: CredentialArguments
    @OptionGroup var output: OutputOptions

    /// Microseconds between two rounds in which no leader could be followed.
    private static let pause: UInt32 = 500_000

    func validate() throws {
        guard !from.isEmpty, !key.isEmpty else { throw ValidationError("--from and --key are needed") }
    }

    func run() throws {
        try reporting {
            let keys = try key.map { text throws(LedgerError) in try TrustFiles.key(text) }
            guard let credential = try credentials.caller().credential else {
                throw LedgerError.input(
                    path: "--credential", reason: "following takes the credential of an operator of the leader's ledger"
                )
            }
            let sources = try from.map { address throws(LedgerError) in
                try HTTPCopySource(address, credential: credential)
            }
            let following = CopyFollowing(copy, believing: keys)
            if once { return show(try following.step(from: sources[0])) }
            try follow(following, sources)
        }
    }

    /// Follows for ever; only what no other leader and no waiting can mend ends it.
    private func follow(_ following: CopyFollowing, _ sources: [HTTPCopySource]) throws(LedgerError) -> Never {
        var current = 0
        var failures = 0
        while true {
            do throws(LedgerError) {
                let step = try following.step(from: sources[current])
                if step.hasGrown || failures > 0 { show(step) }
                failures = 0
            } catch {
                guard isPassing(error) else { throw error }
                if failures < sources.count { Console.complain(error.message) }
                failures += 1
                current = (current + 1) % sources.count
                if failures % sources.count == 0 { usleep(Self.pause) }
            }
        }
    }

    /// Whether the next attempt, or another leader, may do better.
    private func isPassing(_ error: LedgerError) -> Bool {
        guard case .log(let error) = error else { return false }
        switch error.code {
        case .inputOutput, .outOfRange, .notTheWriter: return true
        default: return false
        }
    }

    private func show(_ step: CopyFollowing.Step) {
        if output.json {
            Console.print(.members(["durable": .number(step.durable), "epoch": .number(step.epoch)]))
        } else {
            Console.print(
                Words("已跟隨至 \(step.durable) 筆（寫入者第 \(step.epoch) 任）", "\(step.durable) events, epoch \(step.epoch)")(
                    output.language))
        }
    }
}
