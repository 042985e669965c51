import Access
import Explanations
import Hummingbird

/// What a request carries from middleware to page.
struct LedgerRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who is signed in, and under which number.
    var session: (number: String, session: Sessions.Session)?
    /// Who showed a token with the request.
    var bearer: RequestCaller?
    var language = Language.chinese
    /// The address of the page that is asked for, with its query; the first page for what only a form asks for.
    var here = "/"

    init(source: Source) { coreContext = .init(source: source) }

    /// Bytes of a form or batch of events at most.
    static let uploadLimit = 1 << 20

    var maxUploadSize: Int { Self.uploadLimit }

    /// On whose behalf the ledger is asked; `nil` for nobody.
    var caller: RequestCaller? {
        bearer
            ?? session.map { _, session in
                RequestCaller(
                    name: session.signedIn.principal,
                    caller: Caller(signedIn: session.signedIn, purpose: session.purpose))
            }
    }

    var style: ReadingStyle { ReadingStyle(language: language, usesROCDates: language == .chinese) }
}

/// On whose behalf a request is.
struct RequestCaller: Sendable {
    /// The name under which requests are counted: that of a proven principal, or the same for all strangers.
    let name: String
    var caller: Caller
}
