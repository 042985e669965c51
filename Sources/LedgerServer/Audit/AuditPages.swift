import EventLog
import Transparency
import Access
import CivilTime
import Explanations
import HTTPTypes
import Hummingbird
import Ledger
import PersonalData
import TrainingEvents

/// The pages of an auditor: where the ledger stands, events by what they are and when, each with its record and proof.
struct AuditPages: Sendable {
    let desk: Desk
    let site: Site
    let work: LongWork

    private static let pageSize = 50
    /// Characters of an event's content in a list at most.
    private static let shownCharacters = 240
    /// Events of a download at most.
    private static let downloadLimit = 100_000

    func show(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let query = FormFields(queryOf: request)
        let style = context.style
        let rights = try site.rights(context)
        var values: [String: Any] = [
            "types": EventType.names.map { name in
                [
                    "id": name, "name": Terms.eventType(name, context.language), "isChosen": name == query["type"],
                ] as [String: Any]
            },
            "subject": query["subject"], "classID": query["class"], "recordedFrom": query["recorded-from"],
            "recordedTo": query["recorded-to"], "asOf": query["as-of"],
            "mayVerify": rights.mayDo(.verify), "mayRebuild": rights.mayDo(.rebuild),
        ]
        if let state = work.state(.verify) {
            values["lastVerification"] = [
                "when": style.show(.string("\(state.ended ?? state.began)")), "by": state.principal,
                "result": WorkPages.result(state)(context.language),
                "resultClass": state.isSound ? "granted" : "refused",
            ]
        }
        let found = try await search(query, context)
        let next = found.page.next < found.end ? query.with("from", "\(found.page.next)") : nil
        values["head"] = "\(found.head)"
        values["rows"] = found.page.events.map { row($0.position, $0.event, found.page.registry, style) }
        values["opensEvents"] = rights.mayDoForAll(.proveEvents)
        values["hasRows"] = !found.page.events.isEmpty
        values["next"] = next.map { "/audit?\($0)" }
        values["download"] = "/audit/events.jsonl?\(query.encoded)"
        return site.page("audit", title: PageWords.text("audit", context.language), values, context)
    }

    private struct Found: Sendable {
        let page: EventPage
        let head: UInt64
        /// The position at which the range that was asked for ends.
        let end: UInt64
    }

    /// Events by the days on which they were recorded: recorded times never go back, so that days are ranges.
    private func search(
        _ query: FormFields, _ context: LedgerRequestContext, limit: Int = pageSize
    ) async throws -> Found {
        let selection = try EventsAPI.selection(query)
        let from = try query.number("from", in: 0...UInt64.max, default: 0)
        let (firstDay, lastDay) = (try AnswersAPI.day(query["recorded-from"]), try AnswersAPI.day(query["recorded-to"]))
        let ids = desk.ids
        return try await desk.read(.readEvents, of: selection.accessSubject, context) { reader throws(LedgerError) in
            var start = from
            if let firstDay {
                let before = try reader.resolve(.instant(Instant(endOf: firstDay.adding(days: -1)))).eventCount
                start = max(start, before)
            }
            let point = try reader.resolve(lastDay.map { .instant(Instant(endOf: $0)) } ?? .head)
            let page = try reader.page(selection, at: point, from: start, limit: limit, knowing: ids)
            return Found(page: page, head: reader.head, end: point.eventCount)
        }
    }

    private func row(
        _ position: UInt64, _ event: Event, _ registry: Registry, _ style: ReadingStyle
    ) -> [String: Any] {
        var data = ""
        if case .object(let members) = event.data(registry: registry) { data = style.show(members) }
        // A timetable would fill the page; the event's own page has all of it.
        if data.count > Self.shownCharacters { data = data.prefix(Self.shownCharacters) + "…" }
        return [
            "position": "\(position)", "path": "/audit/events/\(position)",
            "happened": style.show(event.envelope.time.taipeiDate),
            "recorded": style.show(.string("\(event.envelope.recordedTime)")),
            "type": Terms.eventType(event.type.name, style.language), "subject": event.subject.id(in: registry),
            "data": data,
        ]
    }

    /// One event: as people read it, as JSON, and its record.
    func event(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        guard let position = UInt64(try context.id("position")) else { throw HTTPError(.notFound) }
        let (page, _) = try await desk.page(EventSelection(), at: "", from: position, limit: 1, context)
        guard let found = page.events.first, found.position == position else { throw HTTPError(.notFound) }
        let record = try await desk.read(.proveEvents, of: .everyone, context) { reader throws(LedgerError) in
            try reader.storedRecord(at: position)
        }
        var values = row(position, found.event, page.registry, context.style)
        values["json"] = found.event.json(sequence: position, registry: page.registry).text
        values["bytes"] = Self.hexadecimal(record.bytes)
        values["length"] = "\(record.bytes.count)"
        values["leaf"] = record.leaf
        values["proof"] = "/audit/events/\(position)/proof"
        return site.page(
            "event", title: "\(PageWords.text("oneEvent", context.language)) #\(position)", values, context)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The proof that the event is in the ledger (`.tlog-proof`), for whoever does not have it.
    func proof(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        guard let position = UInt64(try context.id("position")) else { throw HTTPError(.notFound) }
        let bytes = try await desk.read(.proveEvents, of: .everyone, context) { reader throws(LedgerError) in
            var proofs = try LedgerProofs(reader)
            return try proofs.file(at: position).bytes
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8",
                .contentDisposition: "attachment; filename=\"\(position).tlog-proof\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The events of a search as JSON Lines.
    func download(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let found = try await search(FormFields(queryOf: request), context, limit: Self.downloadLimit)
        let lines = found.page.events.map {
            $0.event.json(sequence: $0.position, registry: found.page.registry).text + "\n"
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/jsonl", .contentDisposition: "attachment; filename=\"events.jsonl\"",
                .ledgerPosition: "\(found.end)",
            ], body: .init(byteBuffer: ByteBuffer(string: lines.joined())))
    }
}
