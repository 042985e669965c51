import EventLog
import TrainingEvents
import Access
import CivilTime
import Decisions
import Explanations
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import PersonalData

/// What the pages do with a request.
struct Pages: Sendable {
    let options: ServerOptions
    let site: Site
    let sessions: Sessions
    let work: LedgerWork
    /// Wrong passwords for a name: five at once, then one a minute.
    let signIns: Attempts
    /// Looks of one person: sixty at once, then one a second.
    let looks: Attempts
    let now: @Sendable () -> Instant

    func signInForm(_ request: Request, _ context: LedgerRequestContext) -> Response {
        site.page("sign-in", title: PageWords.text("signIn", context.language), [:], context)
    }

    func signIn(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        guard Self.isFromHere(request) else { throw HTTPError(.forbidden) }
        let form = try await form(request, context)
        let (name, password) = (form["name"], form["password"])
        let ledger = options.ledger
        var signedIn: SignedIn?
        if signIns.take(name) {
            signedIn = try await work.run { () throws(LedgerError) in
                try PasswordStore(of: ledger).signIn(name, password)
            }
        }
        guard let signedIn, let number = sessions.begin(signedIn) else {
            let message = Words("帳號或密碼不符，或嘗試次數過多", "the name or password is wrong, or there were too many attempts")
            return site.page(
                "sign-in", title: PageWords.text("signIn", context.language), ["message": message(context.language)],
                context, status: .unauthorized)
        }
        var response = Response.redirect(to: "/", type: .normal)
        response.setCookie(Self.cookie(number, maxAge: nil))
        return response
    }

    func signOut(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        _ = try await checkedForm(request, context)
        if let number = context.session?.number { sessions.end(number) }
        var response = Response.redirect(to: "/sign-in", type: .normal)
        response.setCookie(Self.cookie("", maxAge: 0))
        if let name = HTTPField.Name("Clear-Site-Data") { response.headers[name] = "\"cache\", \"storage\"" }
        return response
    }

    private static func cookie(_ value: String, maxAge: Int?) -> Cookie {
        Cookie(
            name: SessionFinding.cookieName, value: value, maxAge: maxAge, path: "/", secure: true, httpOnly: true,
            sameSite: .strict)
    }

    func language(_ request: Request, _ context: LedgerRequestContext) throws -> Response {
        guard let language = context.parameters.get("language").flatMap({ Language(rawValue: $0) }) else {
            throw HTTPError(.notFound)
        }
        var response = Response.redirect(to: "/", type: .normal)
        response.setCookie(
            Cookie(
                name: SessionFinding.languageCookieName, value: language.rawValue, maxAge: 31_536_000, path: "/",
                secure: true, httpOnly: true, sameSite: .strict))
        return response
    }

    func home(_ request: Request, _ context: LedgerRequestContext) -> Response {
        site.page("home", title: PageWords.text("product", context.language), [:], context)
    }

    /// Takes down what somebody looks things up for, and goes to the trainee.
    func look(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let form = try await checkedForm(request, context)
        guard let number = context.session?.number, !form["purpose"].isEmpty, !form["trainee"].isEmpty else {
            throw HTTPError(.badRequest)
        }
        sessions.setPurpose(form["purpose"], of: number)
        return .redirect(to: "/trainees/\(PathText.encoded(form["trainee"]))", type: .normal)
    }

    func trainee(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let trainee = try Self.trainee(context)
        let question = TraineePage.Question(
            trainee: trainee, asOf: Self.query("as-of", request), rulebook: Self.query("rulebook", request),
            style: ReadingStyle(language: context.language, usesROCDates: context.language == .chinese))
        let (request, options) = (try self.request(.readTimeline, of: .trainee(trainee), context), options)
        let values = try await work.run { () throws(LedgerError) in
            let reader = try LedgerReader(opening: options.ledger, keys: KeyUse(options.keys), for: request)
            return PageValues(try TraineePage(question, reader, ledger: options.ledger).values())
        }
        return site.page("trainee", title: trainee, values.values, context)
    }

    func statement(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let trainee = try Self.trainee(context)
        let classID = Self.query("class", request)
        guard let kind = DecisionKind(named: Self.query("kind", request)), kind != .unitEligibility else {
            throw HTTPError(.notFound)
        }
        let asOf = Self.query("as-of", request)
        let access = try self.request(.decide, of: .enrolment(trainee: trainee, class: classID), context)
        let options = options
        let documents = try await work.run { () throws(LedgerError) in
            let reader = try LedgerReader(opening: options.ledger, keys: KeyUse(options.keys), for: access)
            return try StatementPage.documents(
                kind, of: trainee, in: classID, asOf: asOf, reader, ledger: options.ledger)
        }
        let path = "/trainees/\(PathText.encoded(trainee))"
        return site.page(
            "statement", title: PageWords.text("statement", context.language),
            ["documents": documents, "back": path], context)
    }

    func whoLooked(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let trainee = try Self.trainee(context)
        let access = try self.request(.readAccess, of: .trainee(trainee), context)
        let (ledger, language) = (options.ledger, context.language)
        let values = try await work.run { () throws(LedgerError) in
            PageValues(LooksPage.values(try AccessTrail(of: trainee, in: ledger, for: access), language))
        }
        return site.page(
            "looks", title: "\(trainee) · \(PageWords.text("who", language))", values.values, context)
    }

    /// The request for one person's record, on behalf of whoever is signed in.
    private func request(
        _ operation: Access.Operation, of subject: AccessSubject, _ context: LedgerRequestContext
    ) throws -> AccessRequest {
        guard let session = context.session?.session else { throw HTTPError(.unauthorized) }
        guard looks.take(session.signedIn.principal) else { throw HTTPError(.tooManyRequests) }
        return AccessRequest(
            operation, of: subject, by: Caller(signedIn: session.signedIn, purpose: session.purpose), now: now)
    }

    private static func trainee(_ context: LedgerRequestContext) throws -> String {
        guard let id = context.parameters.get("trainee")?.removingPercentEncoding, !id.isEmpty else {
            throw HTTPError(.notFound)
        }
        return id
    }

    private static func query(_ name: String, _ request: Request) -> String {
        FormFields(request.uri.query ?? "")[name]
    }

    private func form(_ request: Request, _ context: LedgerRequestContext) async throws -> FormFields {
        let body = try await request.body.collect(upTo: 16_384)
        return FormFields(String(buffer: body))
    }

    /// The fields of a form that this site's own page sent in this session.
    private func checkedForm(_ request: Request, _ context: LedgerRequestContext) async throws -> FormFields {
        let form = try await form(request, context)
        guard let session = context.session?.session, Self.isFromHere(request), form["token"] == session.formToken
        else {
            throw HTTPError(.forbidden)
        }
        return form
    }

    /// Browsers say where a request comes from; what comes from another site is refused.
    private static func isFromHere(_ request: Request) -> Bool {
        guard let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name] else { return true }
        return site == "same-origin" || site == "none"
    }
}

/// What a template shows: texts, truths, and lists and groups of them, made on one thread and read on another.
struct PageValues: @unchecked Sendable {
    let values: [String: Any]

    init(_ values: [String: Any]) { self.values = values }
}

extension PageWords {
    static func text(_ name: String, _ language: Language) -> String { all[name]?(language) ?? name }
}
