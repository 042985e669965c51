import HTTPTypes
import Hummingbird
import Logging

/// Counts and logs every request, by the route as it is declared, never by its path: that holds IDs.
struct RequestCounting: RouterMiddleware {
    let metrics: ServerMetrics
    /// Nanoseconds of a clock that only goes forward.
    let ticks: @Sendable () -> UInt64

    func handle(
        _ request: Request, context: LedgerRequestContext,
        next: (Request, LedgerRequestContext) async throws -> Response
    ) async throws -> Response {
        let began = ticks()
        do {
            let response = try await next(request, context)
            note(request, context, response.status, since: began)
            return response
        } catch {
            note(request, context, (error as? any HTTPResponseError)?.status ?? .internalServerError, since: began)
            throw error
        }
    }

    private func note(
        _ request: Request, _ context: LedgerRequestContext, _ status: HTTPResponse.Status, since began: UInt64
    ) {
        let milliseconds = (ticks() - began) / 1_000_000
        let route = context.endpointPath ?? "none"
        let method = Self.methods.contains(request.method) ? request.method.rawValue : "other"
        metrics.count(method, route, status: status.code, milliseconds: milliseconds)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(method)", "route": "\(route)", "status": "\(status.code)",
                "milliseconds": "\(milliseconds)",
            ])
    }

    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .delete, .options, .patch]
}
