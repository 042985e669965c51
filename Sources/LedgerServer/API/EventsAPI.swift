import Access
import Explanations
import HTTPTypes
import Hummingbird
import Ledger
import TrainingEvents

/// Events in and out: `/events` takes CloudEvents in JSON, single or as a batch, and gives them page by page.
struct EventsAPI: Sendable {
    let desk: Desk
    let metrics: ServerMetrics
    /// Events of a page at most.
    static let pageLimit: UInt64 = 1_000

    /// Records the events of a request, all or none, and answers when they are durable.
    func record(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        try Self.requireOwnForm(request, context)
        let expected = try Self.expectedPosition(request)
        let body = try await request.body.collect(upTo: LedgerRequestContext.uploadLimit)
        guard let events = try Self.events(request, String(buffer: body)) else {
            throw HTTPError(.unsupportedMediaType)
        }
        let (brought, refused) = EventDraft.read(events)
        guard refused.isEmpty else { return APIProblems.refusal(refused) }
        let recorded = try await desk.record(context) { recorder, request throws(EventRecorder.Failure) in
            try recorder.record(brought, expecting: expected, for: request)
        }
        return answer(recorded, events)
    }

    private func answer(_ recorded: EventRecorder.Recorded, _ events: [JSONValue]) -> Response {
        var appended = 0
        let lines = zip(recorded.admissions, events).map { admission, event in
            let (position, isDuplicate) =
                switch admission {
                case .admitted(let position): (position, false)
                case .duplicate(let position): (position, true)
                }
            if !isDuplicate { appended += 1 }
            return JSONValue.members([
                "source": event["source"], "id": event["id"], "sequence": .number(position),
                "duplicate": .bool(isDuplicate),
            ])
        }
        metrics.countRecorded(appended, duplicates: lines.count - appended)
        let json = JSONValue.members([
            "appended": .number(appended), "duplicates": .number(lines.count - appended),
            "head": .number(recorded.head), "events": .array(lines),
        ])
        return APIAnswer(json, at: recorded.head).response(appended > 0 ? .created : .ok)
    }

    /// The events of a body by its media type (CloudEvents, JSON format and batch); `nil` for any other type.
    private static func events(_ request: Request, _ text: String) throws -> [JSONValue]? {
        let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased()
        let isBatch = type == "application/cloudevents-batch+json"
        guard isBatch || type == "application/cloudevents+json" else { return nil }
        let json: JSONValue
        do throws(EventError) { json = try JSONParser.parse(text) } catch {
            throw EventRecorder.Failure.refused(index: 0, error)
        }
        guard isBatch else { return [json] }
        guard case .array(let elements) = json else { throw HTTPError(.badRequest) }
        return elements
    }

    /// The position of `If-Match: "N"`.
    ///
    /// - Throws: 400 for anything but one quoted number or `*`.
    static func expectedPosition(_ request: Request) throws -> UInt64? {
        guard let text = request.headers[.ifMatch], text != "*" else { return nil }
        guard text.count > 2, text.hasPrefix("\""), text.hasSuffix("\""),
            let position = UInt64(text.dropFirst().dropLast())
        else { throw HTTPError(.badRequest) }
        return position
    }

    /// What comes with a cookie brings the session's token too: no other site can make a browser send that.
    static func requireOwnForm(_ request: Request, _ context: LedgerRequestContext) throws {
        guard context.bearer == nil else { return }
        guard let session = context.session?.session, let name = HTTPField.Name("Form-Token"),
            request.headers[name] == session.formToken
        else { throw HTTPError(context.caller == nil ? .unauthorized : .forbidden) }
    }

    /// A page of events.
    func list(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let start = try query.number("from", in: 0...UInt64.max, default: 0)
        let limit = try query.number("limit", in: 1...Self.pageLimit, default: 100)
        let (page, point) = try await desk.page(
            try Self.selection(query), at: query["as-of"], from: start, limit: Int(limit), context)
        let json = JSONValue.members([
            "from": .number(start), "next": page.next < point.eventCount ? .number(page.next) : .null,
            "events": .array(page.events.map { $0.event.json(sequence: $0.position, registry: page.registry) }),
        ])
        return APIAnswer(json, at: point.eventCount).response()
    }

    /// One event.
    func event(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        guard let position = UInt64(try context.id("position")) else { throw HTTPError(.notFound) }
        let (page, point) = try await desk.page(EventSelection(), at: "", from: position, limit: 1, context)
        guard let found = page.events.first, found.position == position else { throw HTTPError(.notFound) }
        let json = found.event.json(sequence: position, registry: page.registry)
        return APIAnswer(json, at: point.eventCount).response()
    }

    /// Which events a query wants: `type` (any number), `subject`, `class`.
    ///
    /// - Throws: 400 for a type that there is not.
    static func selection(_ query: FormFields) throws -> EventSelection {
        let names = query.all("type").filter { !$0.isEmpty }
        let types = names.compactMap { EventType(named: $0) }
        guard types.count == names.count else { throw HTTPError(.badRequest) }
        func text(_ name: String) -> String? { query[name].isEmpty ? nil : query[name] }
        return EventSelection(subject: text("subject"), classID: text("class"), types: Set(types))
    }
}
