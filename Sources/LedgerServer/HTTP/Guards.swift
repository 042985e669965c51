import Explanations
import HTTPTypes
import Hummingbird

/// What every answer says to the browser: nothing from elsewhere, nothing kept, nothing framed.
struct SecurityHeaders: RouterMiddleware {
    func handle(
        _ request: Request, context: LedgerRequestContext,
        next: (Request, LedgerRequestContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        let headers: KeyValuePairs = [
            "Content-Security-Policy":
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
            "Strict-Transport-Security": "max-age=31536000",
        ]
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}

/// Finds out who is signed in and in which language they read.
struct SessionFinding: RouterMiddleware {
    /// The prefix makes the browser take it from this very host alone, and send it only over TLS or to this machine.
    static let cookieName = "__Host-session"
    static let languageCookieName = "language"

    let sessions: Sessions

    func handle(
        _ request: Request, context: LedgerRequestContext,
        next: (Request, LedgerRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let number = request.cookies[Self.cookieName]?.value, let session = sessions.use(number) {
            context.session = (number, session)
        }
        context.language = Self.language(of: request)
        if request.method == .get { context.here = request.uri.string }
        return try await next(request, context)
    }

    /// As chosen; else the first that the browser names and the pages have; else Chinese.
    private static func language(of request: Request) -> Language {
        if let chosen = request.cookies[languageCookieName].flatMap({ Language(rawValue: $0.value) }) { return chosen }
        let accepted = request.headers[.acceptLanguage] ?? ""
        for part in accepted.split(separator: ",") {
            if part.hasPrefix("zh") { return .chinese }
            if part.hasPrefix("en") { return .english }
        }
        return .chinese
    }
}

/// Sends whoever is not signed in to the sign-in page.
struct SignInRequirement: RouterMiddleware {
    func handle(
        _ request: Request, context: LedgerRequestContext,
        next: (Request, LedgerRequestContext) async throws -> Response
    ) async throws -> Response {
        guard context.session != nil else { return .redirect(to: "/sign-in", type: .normal) }
        return try await next(request, context)
    }
}
