import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Synchronization

@testable import LedgerServer

/// Asks a server without a network: requests go to its routes, whole answers come back.
struct ServerClient: Sendable {
    private let server: LedgerServer

    init(of server: LedgerServer) { self.server = server }

    func execute(
        uri: String, method: HTTPRequest.Method, headers: HTTPFields = [:], body: ByteBuffer? = nil
    ) async throws -> ServerAnswer {
        var headers = headers
        if let body { headers[.contentLength] = "\(body.readableBytes)" }
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: "localhost", path: uri, headerFields: headers),
            body: RequestBody(buffer: body ?? ByteBuffer()))
        let source = ApplicationRequestContextSource(
            channel: NIOAsyncTestingChannel(), logger: Logger(label: "LedgerServerTests"))
        let response = try await server.responder.respond(to: request, context: LedgerRequestContext(source: source))
        let collected = Collected()
        try await response.body.write(collected)
        return ServerAnswer(head: response.head, body: collected.bytes.withLock { $0 })
    }

    private final class Collected: ResponseBodyWriter, Sendable {
        let bytes = Mutex(ByteBuffer())

        func write(_ buffer: ByteBuffer) async throws {
            bytes.withLock { bytes in _ = bytes.writeImmutableBuffer(buffer) }
        }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

/// What a server answered.
struct ServerAnswer: Sendable {
    let head: HTTPResponse
    let body: ByteBuffer
    var status: HTTPResponse.Status { head.status }
    var headers: HTTPFields { head.headerFields }
}
