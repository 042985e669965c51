import Access
import Explanations
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import TrainingEvents

/// Turns what went wrong into a problem (RFC 9457) that a program can act on.
struct APIProblems: RouterMiddleware {
    func handle(
        _ request: Request, context: LedgerRequestContext,
        next: (Request, LedgerRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as EventRecorder.Failure {
            return Self.response(error, context)
        } catch let error as LedgerError {
            return Self.response(error, context)
        } catch let error as any HTTPResponseError {
            let problem = Problems.words(error.status).english
            var response = Response.problem(error.status, code: Self.code(error.status), problem)
            if error.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
            return response
        } catch {
            context.logger.error("failed", metadata: ["type": "\(type(of: error))"])
            return .problem(
                .internalServerError, code: "failed", Problems.words(.internalServerError).english)
        }
    }

    private static func response(_ failure: EventRecorder.Failure, _ context: LedgerRequestContext) -> Response {
        switch failure {
        case .failed(let error): return response(error, context)
        case .refused(let index, let error): return refusal([RefusedEvent(index: index, error)])
        }
    }

    /// Why events were refused, by their places in the request. Nothing was recorded.
    static func refusal(_ events: [RefusedEvent]) -> Response {
        .problem(
            .unprocessableContent, code: "refused", "nothing was recorded: an event was refused",
            adding: [.init("refusals", .array(events.map(\.json)))])
    }

    private static func response(_ error: LedgerError, _ context: LedgerRequestContext) -> Response {
        if case .unexpectedSequence(_, let head) = error {
            var response = Response.problem(
                .preconditionFailed, code: "unexpectedPosition", error.message, adding: [.init("head", .number(head))])
            response.headers[.eTag] = "\"\(head)\""
            return response
        }
        let (status, words) = Self.answer(to: error)
        let code = Problems.code(error)
        context.logger.info("refused", metadata: ["status": "\(status.code)", "reason": "\(code)"])
        var response = Response.problem(status, code: code, words.english)
        // Somebody else holds the ledger for a moment.
        if status == .serviceUnavailable { response.headers[.retryAfter] = "1" }
        return response
    }

    private static func answer(to error: LedgerError) -> (HTTPResponse.Status, Words) {
        if case .access(let error) = error, case .denied(.purposeMissing) = error.code {
            return (.forbidden, Words("請以 Purpose 標頭說明目的", "say in the header Purpose what it is for"))
        }
        return Problems.answer(to: error)
    }

    private static func code(_ status: HTTPResponse.Status) -> String {
        switch status.code {
        case 400: "malformed"
        case 401: "unauthorized"
        case 403: "forbidden"
        case 404: "notFound"
        case 413: "tooLarge"
        case 415: "unknownMediaType"
        case 429: "tooManyRequests"
        default: "failed"
        }
    }
}
