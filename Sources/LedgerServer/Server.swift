package import CivilTime
import Dispatch
package import Hummingbird
import Ledger
package import Logging

/// The pages and the JSON interface of a ledger over HTTP.
package struct LedgerServer: Sendable {
    /// What answers requests, from a network or without one.
    let responder: RouterResponder<LedgerRequestContext>
    private let options: ServerOptions
    private let desk: Desk

    /// - Parameters:
    ///   - now: the clock that stamps the log of reads and recorded times.
    ///   - ticks: nanoseconds of a clock that only goes forward, for sessions.
    /// - Throws: `access` if the ledger is not under access control; what is wrong with a template.
    package init(
        _ options: ServerOptions, now: @escaping @Sendable () -> Instant,
        ticks: @escaping @Sendable () -> UInt64 = { DispatchTime.now().uptimeNanoseconds }
    ) throws {
        self.options = options
        desk = try Desk(options, now: now, ticks: ticks)
        let routes = Routes(
            desk: desk, site: try Site(ledger: options.ledger),
            sessions: Sessions(idleMinutes: options.idleMinutes, now: ticks),
            metrics: ServerMetrics(), ticks: ticks)
        responder = routes.router(openID: options.openID).buildResponder()
    }

    /// The routes of a server, `GET /events/{position}`.
    ///
    /// - Throws: as ``init(_:now:ticks:)``.
    static func routes(of options: ServerOptions) throws -> [String] {
        let desk = try Desk(options, now: { .earliest }, ticks: { 0 })
        let routes = Routes(
            desk: desk, site: try Site(ledger: options.ledger), sessions: Sessions(idleMinutes: 30, now: { 0 }),
            metrics: ServerMetrics(), ticks: { 0 })
        return routes.router(openID: nil).routes.map { "\($0.method.rawValue) \($0.path)" }
    }

    /// Serves until the process is told to stop, and what was asked by then is answered.
    ///
    /// - Parameters:
    ///   - logger: where requests and failures are noted, without anything personal.
    ///   - onReady: told the port when the server listens.
    /// - Throws: what keeps it from listening.
    package func run(logger: Logger, onReady: @escaping @Sendable (Int) -> Void) async throws {
        defer {
            desk.close()
            options.lease?.end()
        }
        try desk.open()
        try await application(logger: logger, onReady: onReady).runService()
    }

    /// The application, ready to run or to be tested.
    package func application(
        logger: Logger = Logger(label: "trainledger"), onReady: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            responder: responder,
            configuration: .init(address: .hostname(options.host, port: options.port), serverName: nil),
            onServerRunning: { channel in onReady(channel.localAddress?.port ?? 0) },
            logger: logger)
    }
}
