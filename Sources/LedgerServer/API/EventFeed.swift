import Access
import HTTPTypes
import Hummingbird
import Ledger
import ServiceLifecycle
import Synchronization
import TrainingEvents

/// New events as they are recorded, from any position on (`text/event-stream`): each event's ID is its position, so that
/// whoever comes back goes on where they stopped.
///
/// Each batch is a request of its own: it is written down, and the feed ends when the right to read does.
struct EventFeed: Sendable {
    let desk: Desk
    let sessions: Sessions
    private let open = FeedCount()

    /// Feeds at once.
    private static let limit = 100
    private static let batch = 200
    private static let pause = Duration.seconds(1)
    /// Pauses after which something is sent, so that neither side takes the other for gone.
    private static let pausesOfSilence = 15

    init(desk: Desk, sessions: Sessions) {
        self.desk = desk
        self.sessions = sessions
    }

    private final class FeedCount: Sendable {
        private let count = Mutex(0)
        func enter() -> Bool {
            count.withLock { count in
                guard count < EventFeed.limit else { return false }
                count += 1
                return true
            }
        }
        func leave() { count.withLock { $0 -= 1 } }
    }

    func stream(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let selection = try EventsAPI.selection(query)
        var start = try query.number("from", in: 0...UInt64.max, default: 0)
        if let name = HTTPField.Name("Last-Event-ID"), let last = request.headers[name].flatMap({ UInt64($0) }) {
            start = last == .max ? last : last + 1
        }
        // What is not granted is said before the feed begins.
        let first = try await desk.page(selection, at: "", from: start, limit: Self.batch, context)
        guard open.enter() else { throw HTTPError(.serviceUnavailable) }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .ledgerPosition: "\(first.point.eventCount)"],
            body: ResponseBody { [self] writer in
                defer { open.leave() }
                try await follow(first.page, selection, context, &writer)
                try await writer.finish(nil)
            })
    }

    private func follow(
        _ first: EventPage, _ selection: EventSelection, _ context: LedgerRequestContext,
        _ writer: inout any ResponseBodyWriter
    ) async throws {
        try await send(first, &writer)
        var next = first.next
        var pauses = 0
        while !Task.isShuttingDownGracefully, isStillSignedIn(context) {
            if let page = try await page(selection, from: next, context) {
                try await send(page, &writer)
                next = page.next
                continue
            }
            pauses += 1
            if pauses % Self.pausesOfSilence == 0 { try await writer.write(ByteBuffer(string: ": \n\n")) }
            do { try await Task.sleep(for: Self.pause) } catch { return }
        }
    }

    /// What is new; `nil` if nothing is, or if this person has asked so much that they have to wait.
    private func page(
        _ selection: EventSelection, from next: UInt64, _ context: LedgerRequestContext
    ) async throws -> EventPage? {
        let ledger = desk.options.ledger
        let head = try await desk.work { () throws(LedgerError) in try LedgerReader.head(of: ledger) }
        guard head > next else { return nil }
        do {
            return try await desk.page(selection, at: "", from: next, limit: Self.batch, context).page
        } catch let error as HTTPError where error.status == .tooManyRequests {
            return nil
        }
    }

    private func send(_ page: EventPage, _ writer: inout any ResponseBodyWriter) async throws {
        var text = ""
        for (position, event) in page.events {
            text += "id: \(position)\nevent: \(event.type.name)\n"
            text += "data: \(event.json(sequence: position, registry: page.registry).text)\n\n"
        }
        if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
    }

    /// A feed does not keep a session alive, and ends with it.
    private func isStillSignedIn(_ context: LedgerRequestContext) -> Bool {
        context.bearer != nil || context.session.map { sessions.isAlive($0.number) } == true
    }
}
