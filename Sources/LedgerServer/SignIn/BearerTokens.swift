import TrainingEvents
import Access
import CivilTime
import Foundation
import HTTPTypes
import Hummingbird
import Ledger

/// Finds out who shows a token with a request: a credential of this ledger – its file in base64 – or a token of an
/// OpenID provider.
struct BearerTokens: RouterMiddleware {
    let provider: OpenIDProvider?
    let ledger: String
    let now: @Sendable () -> Instant
    /// Wrong tokens in all: so many at once, then some a second.
    let wrongTokens: Attempts

    private static let limit = 8_192
    /// Whose looks are counted together: those who show what is no credential of anybody.
    private static let strangers = ""

    func handle(
        _ request: Request, context: LedgerRequestContext,
        next: (Request, LedgerRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let header = request.headers[.authorization] else { return try await next(request, context) }
        var context = context
        let words = header.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer", words[1].utf8.count <= Self.limit,
            let caller = try await caller(showing: String(words[1]))
        else { throw HTTPError(wrongTokens.take(Self.strangers) ? .unauthorized : .tooManyRequests) }
        context.bearer = RequestCaller(name: caller.name, caller: Self.completed(caller.caller, request))
        // Who shows a token is not also somebody else by a cookie.
        context.session = nil
        return try await next(request, context)
    }

    private func caller(showing token: String) async throws -> RequestCaller? {
        if token.contains(".") {
            guard let provider, let signedIn = await provider.signedIn(showing: token, at: now()) else { return nil }
            return RequestCaller(name: signedIn.principal, caller: Caller(signedIn: signedIn))
        }
        guard let bytes = Data(base64Encoded: token), let text = String(data: bytes, encoding: .utf8),
            let credential = Credential(text: text)
        else { return nil }
        // With a wrong secret the gate denies it, and writes that down; whom it names must not have to wait for it.
        let isKnown = try PrincipalRights.isKnown(credential, in: ledger)
        guard isKnown || wrongTokens.take(Self.strangers) else { throw HTTPError(.tooManyRequests) }
        return RequestCaller(
            name: isKnown ? credential.principal : Self.strangers, caller: Caller(credential: credential))
    }

    /// What the request says it is for, percent-encoded, and in which role.
    private static func completed(_ caller: Caller, _ request: Request) -> Caller {
        var caller = caller
        if let name = HTTPField.Name("Purpose") { caller.purpose = request.headers[name]?.removingPercentEncoding }
        if let name = HTTPField.Name("Role") { caller.role = request.headers[name].flatMap { Role(named: $0) } }
        return caller
    }
}
