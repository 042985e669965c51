import Access
import Explanations
import HTTPTypes
import Hummingbird
import Ledger

/// Signing in and out, the language, and the first page.
struct SignInPages: Sendable {
    let desk: Desk
    let site: Site
    let sessions: Sessions
    /// Wrong passwords for a name: five at once, then one a minute.
    let attempts: Attempts

    func form(_ request: Request, _ context: LedgerRequestContext) -> Response {
        site.page("sign-in", title: PageWords.text("signIn", context.language), [:], context)
    }

    func signIn(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        guard Forms.isFromHere(request) else { throw HTTPError(.forbidden) }
        let form = try await Forms.fields(request)
        let (name, password) = (form["name"], form["password"])
        let ledger = desk.options.ledger
        var signedIn: SignedIn?
        if attempts.take(name) {
            signedIn = try await desk.work { () throws(LedgerError) in
                try PasswordStore(of: ledger).signIn(name, password)
            }
        }
        guard let signedIn, let number = sessions.begin(signedIn) else {
            let message = Words("帳號或密碼不符，或嘗試次數過多", "the name or password is wrong, or there were too many attempts")
            return site.page(
                "sign-in", title: PageWords.text("signIn", context.language),
                ["message": message(context.language), "here": "/sign-in"], context,
                status: .unauthorized)
        }
        var response = Response.redirect(to: "/", type: .normal)
        response.setCookie(Self.cookie(number, maxAge: nil))
        return response
    }

    func signOut(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        _ = try await Forms.checked(request, context)
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
        let back = FormFields(queryOf: request)["back"]
        var response = Response.redirect(to: Self.isOwnAddress(back) ? back : "/", type: .normal)
        response.setCookie(
            Cookie(
                name: SessionFinding.languageCookieName, value: language.rawValue, maxAge: 31_536_000, path: "/",
                secure: true, httpOnly: true, sameSite: .strict))
        return response
    }

    /// Whether an address leads to this site and nowhere else, whatever a browser makes of it: `//host` and `/\\host` are
    /// those of others, and white space and control characters are dropped before that is looked at.
    static func isOwnAddress(_ text: String) -> Bool {
        text.utf8.count <= longestAddress && text.hasPrefix("/") && !text.hasPrefix("//")
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
    }

    private static let longestAddress = 4_000

    func home(_ request: Request, _ context: LedgerRequestContext) -> Response {
        site.page("home", title: PageWords.text("product", context.language), [:], context)
    }

    /// Takes down what somebody looks things up for, and goes to the trainee or class.
    func look(_ request: Request, _ context: LedgerRequestContext) async throws -> Response {
        let form = try await Forms.checked(request, context)
        let path =
            form["trainee"].isEmpty
            ? form["class"].isEmpty ? "/" : "/classes/\(PathText.encoded(form["class"]))"
            : "/trainees/\(PathText.encoded(form["trainee"]))\(try site.rights(context).pageOfTrainees ?? "")"
        guard let number = context.session?.number, !form["purpose"].isEmpty else { throw HTTPError(.badRequest) }
        sessions.setPurpose(form["purpose"], of: number)
        return .redirect(to: path, type: .normal)
    }
}
