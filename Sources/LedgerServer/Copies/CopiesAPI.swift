import Access
import EventLog
import HTTPTypes
import Hummingbird
import Ledger
import ServiceLifecycle
import TrainingEvents

/// What those who follow this ledger's log ask for: signed heads, segment files, and the files beside the log. For who may
/// copy ledgers; one line in the log of reads an hour for each.
struct CopiesAPI: Sendable {
    let desk: Desk
    let leading: CopyLeading
    let progress: CopyProgress
    /// When somebody's following was written down last.
    let noted: Attempts

    /// How long an answer waits for a longer log.
    private static let patience = Duration.seconds(5)

    func head(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let follower = try await admit(context)
        let query = FormFields(queryOf: request)
        let durable = try query.number("having", in: 0...UInt64.max, default: 0)
        if durable == 0 { progress.forget(follower) } else { progress.note(follower, has: durable) }
        if query["wait"] == "1" {
            let ledger = desk.options.ledger
            try await progress.waitForMore(than: durable, atMost: Self.patience) {
                try await desk.work { () throws(LedgerError) in try LedgerReader.head(of: ledger) }
            }
        }
        // Who may not write any more signs nothing: what stands in its log since is nobody's history.
        try desk.options.lease?.check()
        let (size, note) = try await desk.work { [leading] () throws(LedgerError) in try leading.head() }
        progress.noteHead(size)
        return Self.response(note, "text/plain; charset=utf-8")
    }

    func segments(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        _ = try await admit(context)
        let starts = try await desk.work { [leading] () throws(LedgerError) in try leading.segmentStarts() }
        return Self.lines(starts.map(String.init))
    }

    func segment(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        _ = try await admit(context)
        guard let first = UInt64(try context.id("first")) else { throw HTTPError(.notFound) }
        let offset = try FormFields(queryOf: request).number("from", in: 0...UInt64(Int64.max), default: 0)
        let piece = try await desk.work { [leading] () throws(LedgerError) in
            try leading.bytes(ofSegmentAt: first, from: offset)
        }
        var response = Self.response(piece.bytes, "application/octet-stream")
        response.headers[.segmentSealed] = piece.isSealed ? "1" : "0"
        response.headers[.segmentLength] = "\(piece.length)"
        return response
    }

    func files(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        _ = try await admit(context)
        let names = try await desk.work { [leading] () throws(LedgerError) in try leading.fileNames() }
        return Self.lines(names)
    }

    func file(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        _ = try await admit(context)
        let name = FormFields(queryOf: request)["name"]
        let found = try await desk.work { [leading] () throws(LedgerError) in try leading.content(of: name) }
        guard let found else { throw HTTPError(.notFound) }
        return Self.response(found, "application/octet-stream")
    }

    /// Lets in who may copy ledgers.
    ///
    /// - Returns: the follower's name.
    private func admit(_ context: LedgerRequestContext) async throws -> String {
        guard let caller = context.bearer else { throw HTTPError(.unauthorized) }
        let ledger = desk.options.ledger
        let mayCopy = try await desk.work { () throws(LedgerError) in
            try PrincipalRights(of: caller.name, in: ledger).mayDo(.copyLedger)
        }
        // Whoever may not is denied by the gate, which writes it down; who may, is written down now and then.
        if !mayCopy || noted.take(caller.name) {
            let request = try desk.request(.copyLedger, context)
            try await desk.work { [leading] () throws(LedgerError) in try leading.admit(request) }
        }
        guard mayCopy else { throw HTTPError(.forbidden) }
        return caller.name
    }

    /// A text with a line for each.
    private static func lines(_ lines: [String]) -> Response {
        response(Array(lines.map { $0 + "\n" }.joined().utf8), "text/plain; charset=utf-8")
    }

    private static func response(_ bytes: [UInt8], _ type: String) -> Response {
        Response(status: .ok, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension HTTPField.Name {
    /// Whether a segment file is sealed: 1 or 0.
    static var segmentSealed: HTTPField.Name { named("Segment-Sealed") }
    /// Bytes of a segment file.
    static var segmentLength: HTTPField.Name { named("Segment-Length") }
}
