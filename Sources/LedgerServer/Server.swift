package import CivilTime
import Dispatch
package import Hummingbird
import Ledger
package import Logging

/// The pages of a ledger over HTTP.
package struct LedgerServer: Sendable {
    private let responder: RouterResponder<LedgerRequestContext>
    private let options: ServerOptions

    /// - Parameters:
    ///   - now: the clock that stamps the log of reads.
    ///   - ticks: nanoseconds of a clock that only goes forward, for sessions.
    /// - Throws: `access` if the ledger is not under access control; what is wrong with a template.
    package init(
        _ options: ServerOptions, now: @escaping @Sendable () -> Instant,
        ticks: @escaping @Sendable () -> UInt64 = { DispatchTime.now().uptimeNanoseconds }
    ) throws {
        self.options = options
        _ = try PasswordStore(of: options.ledger)
        let site = try Site()
        let sessions = Sessions(idleMinutes: options.idleMinutes, now: ticks)
        let pages = Pages(
            options: options, site: site, sessions: sessions, work: LedgerWork(),
            signIns: Attempts(size: 5, oneMoreEvery: 60, now: ticks),
            looks: Attempts(size: 60, oneMoreEvery: 1, now: ticks), now: now)
        responder = Self.router(pages, site, sessions).buildResponder()
    }

    private static func router(_ pages: Pages, _ site: Site, _ sessions: Sessions) -> Router<LedgerRequestContext> {
        let router = Router(context: LedgerRequestContext.self)
        router.add(middleware: SecurityHeaders())
        router.add(middleware: SessionFinding(sessions: sessions))
        router.add(middleware: Problems(site: site))
        router.get("health") { _, _ in "ok\n" }
        router.get("assets/:name") { _, context in
            guard let asset = context.parameters.get("name").flatMap({ Site.asset($0) }) else {
                throw HTTPError(.notFound)
            }
            return asset
        }
        router.get("sign-in") { pages.signInForm($0, $1) }
        router.post("sign-in") { try await pages.signIn($0, $1) }
        router.get("language/:language") { try pages.language($0, $1) }
        let inside = router.group().add(middleware: SignInRequirement())
        inside.post("sign-out") { try await pages.signOut($0, $1) }
        inside.get("/") { pages.home($0, $1) }
        inside.post("look") { try await pages.look($0, $1) }
        inside.get("trainees/:trainee") { try await pages.trainee($0, $1) }
        inside.get("trainees/:trainee/statement") { try await pages.statement($0, $1) }
        inside.get("trainees/:trainee/looks") { try await pages.whoLooked($0, $1) }
        return router
    }

    /// Serves until the process is told to stop, and what was asked by then is answered.
    ///
    /// - Throws: what keeps it from listening.
    package func run() async throws { try await application().runService() }

    /// The application, ready to run or to be tested.
    package func application(logger: Logger = Logger(label: "trainledger")) -> some ApplicationProtocol {
        Application(
            responder: responder,
            configuration: .init(address: .hostname(options.host, port: options.port), serverName: nil),
            logger: logger)
    }
}
