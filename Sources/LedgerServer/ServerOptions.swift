package import Ledger
package import PersonalData
package import Transparency

/// How a server runs.
package struct ServerOptions: Sendable {
    /// The directory of the ledger, which has to be under access control.
    package var ledger: String
    package var keys: KeyOptions
    /// The address to listen on: this machine's own by default; others reach it through a proxy that speaks TLS.
    package var host: String
    package var port: Int
    /// Minutes without a request after which a session is over (TIP-22).
    package var idleMinutes: Int
    /// Looks of one person at once, and how many a second are given back.
    package var looksAtOnce = 60
    package var looksASecond = 1
    /// Requests to record of one person at once, and how many a second are given back.
    package var recordsAtOnce = 1_000
    package var recordsASecond = 10
    /// Everyone's facts are kept in memory between questions for ledgers of at most this many events.
    package var factsKeptUpTo: UInt64 = 20_000_000
    /// Signs heads for those who follow this ledger's log; without it nobody can.
    package var copyKey: SigningKey?
    /// Followers that must have events durably before whoever recorded them is told so.
    package var confirmations = 0
    /// Decides whether this server may write, where several machines have a copy of the ledger.
    package var lease: (any WriterLease)?
    /// Whose tokens are taken besides this ledger's own credentials and passwords; nobody's by default.
    package var openID: OpenIDProvider?

    /// The address to type into a browser: browsers keep the session's cookie without TLS for the name `localhost` alone.
    package func address(port: Int) -> String {
        let isThisMachine = host == "127.0.0.1" || host == "::1"
        let name = isThisMachine ? "localhost" : host.contains(":") ? "[\(host)]" : host
        return "http://\(name):\(port)/"
    }

    package init(
        ledger: String, keys: KeyOptions = .ofEnvironment, host: String = "127.0.0.1", port: Int = 8_080,
        idleMinutes: Int = 30
    ) {
        self.ledger = ledger
        self.keys = keys
        self.host = host
        self.port = port
        self.idleMinutes = idleMinutes
    }
}
