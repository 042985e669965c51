import CivilTime
import Foundation
import HTTPTypes
import Testing

@testable import LedgerServer

@Suite("The pages over HTTP")
struct ServerTests {
    @Test("nobody gets in without a password, or with another one, and five wrong ones are enough for a minute")
    func signIn() async throws {
        try await ServerFixture.with { fixture in
            for path in ["/", "/trainees/T-COFFEE-01", "/trainees/T-COFFEE-01/looks"] {
                let response = try await fixture.get(path)
                #expect(response.status == .seeOther, "\(path)")
                #expect(response.headers[.location] == "/sign-in")
            }
            let forged = ServerFixture.Browser(session: String(repeating: "0", count: 64))
            #expect(try await fixture.get("/", forged).status == .seeOther)
            for attempt in 0..<5 {
                let name = attempt == 0 ? "nobody" : "huang"
                let response = try await fixture.post("/sign-in", "name=\(name)&password=wrong+wrong+wrong")
                #expect(response.status == .unauthorized)
            }
            #expect(try await fixture.post("/sign-in", "name=huang&password=wrong+wrong+wrong").status == .unauthorized)
            let locked = try await fixture.signIn("huang")
            #expect(try await fixture.get("/", locked).status == .seeOther)
            fixture.ticks.pass(seconds: 60)
            let browser = try await fixture.signIn("huang")
            #expect(try await fixture.get("/", browser).status == .ok)
        }
    }

    @Test("a session is over after exactly 30 minutes without a request, and after signing out (TIP-22)")
    func idle() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("huang")
            fixture.ticks.pass(seconds: 1_799)
            #expect(try await fixture.get("/", browser).status == .ok)
            fixture.ticks.pass(seconds: 1_800)
            #expect(try await fixture.get("/", browser).status == .seeOther)
            let again = try await fixture.signIn("huang")
            let token = try await fixture.token(again)
            #expect(try await fixture.post("/sign-out", "token=\(token)", again).status == .seeOther)
            #expect(try await fixture.get("/", again).status == .seeOther)
        }
    }

    @Test("a form from another site, or without the session's token, does nothing")
    func forgery() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("huang")
            let token = try await fixture.token(browser)
            #expect(token.count == 64)
            let other = try await fixture.signIn("audi")
            let foreign = try await fixture.token(other)
            for fields in ["", "token=", "token=\(foreign)", "token=\(token)x"] {
                #expect(try await fixture.post("/sign-out", fields, browser).status == .forbidden)
            }
            let crossSite = try await fixture.post("/sign-out", "token=\(token)", browser, site: "cross-site")
            #expect(crossSite.status == .forbidden)
            #expect(try await fixture.get("/", browser).status == .ok)
        }
    }

    @Test("a reviewer sees their own case, why it came to that, and nobody else's; each look is written down")
    func reviewer() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("huang")
            #expect(try await fixture.get("/trainees/T-COFFEE-01", browser).status == .forbidden, "no purpose yet")
            let page = try await fixture.look("T-COFFEE-01", browser)
            #expect(page.status == .ok)
            for text in ["LIV-07", "17,700", "<svg", "class=\"effects\"", "href=\"#e"] {
                #expect(page.text.contains(text), "\(text)")
            }
            let other = try await fixture.look("T-COFFEE-02", browser)
            #expect(other.status == .forbidden)
            #expect(!other.text.contains("LIV-07"))
            #expect(try await fixture.get("/trainees/T-COFFEE-01/looks", browser).status == .forbidden)
            let auditor = try await fixture.signIn("audi")
            _ = try await fixture.look("T-COFFEE-01", auditor)
            let looks = try await fixture.get("/trainees/T-COFFEE-01/looks", auditor)
            #expect(looks.status == .ok)
            #expect(looks.text.contains("huang") && looks.text.contains("case 12"))
        }
    }

    @Test("the page of an earlier point shows what was known then")
    func asOf() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("huang")
            let now = try await fixture.look("T-COFFEE-01", browser)
            let count = now.text.split(separator: "<tr id=\"e").count
            let then = try await fixture.get("/trainees/T-COFFEE-01?as-of=@500", browser)
            #expect(then.status == .ok)
            #expect(then.text.split(separator: "<tr id=\"e").count < count)
            #expect(then.text.contains("by the first 500 events"))
            for wrong in ["@9999999", "yesterday", "%3Cscript%3E"] {
                let response = try await fixture.get("/trainees/T-COFFEE-01?as-of=\(wrong)", browser)
                #expect(response.status == .badRequest)
                #expect(!response.text.contains("<script>"))
            }
            #expect(try await fixture.get("/trainees/T-COFFEE-01?rulebook=../x", browser).status == .badRequest)
        }
    }

    @Test("a written decision is a page to print")
    func statement() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("huang")
            _ = try await fixture.look("T-COFFEE-01", browser)
            let path = "/trainees/T-COFFEE-01/statement?kind=livingAllowance&class=NTPC-115-COFFEE-2"
            let page = try await fixture.get(path, browser)
            #expect(page.status == .ok)
            #expect(page.text.contains("主旨") && page.text.contains("救濟"))
            #expect(try await fixture.get(path.replacing("livingAllowance", with: "x"), browser).status == .notFound)
            let operation = try await fixture.signIn("op")
            _ = try await fixture.look("T-COFFEE-01", operation)
            #expect(try await fixture.get(path, operation).status == .forbidden)
        }
    }

    @Test("every answer forbids what is not the site's own, and is kept by nobody")
    func headers() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("audi")
            for path in ["/health", "/sign-in", "/", "/trainees/T-COFFEE-01", "/no-such-page"] {
                let response = try await fixture.get(path, browser)
                let policy = response.headers[.contentSecurityPolicy] ?? ""
                #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "\(path)")
                #expect(response.headers[.cacheControl] == "no-store", "\(path)")
                #expect(response.headers[.xContentTypeOptions] == "nosniff", "\(path)")
            }
            let asset = try await fixture.get("/assets/style.css")
            #expect(asset.status == .ok)
            #expect(try await fixture.get("/assets/..%2F..%2Fledger.json").status == .notFound)
        }
    }

    @Test("the session's cookie is for this host, over TLS, and not for scripts")
    func cookie() async throws {
        try await ServerFixture.with { fixture in
            let response = try await fixture.post(
                "/sign-in", "name=audi&password=\(ServerFixture.password.replacing(" ", with: "+"))")
            let cookie = response.headers[.setCookie] ?? ""
            for part in ["__Host-session=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
                #expect(cookie.contains(part), "\(part)")
            }
        }
    }

    @Test("a person who looks at everybody has to wait after sixty")
    func ceiling() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("op")
            var answers: [HTTPResponse.Status] = []
            for _ in 0..<62 { answers.append(try await fixture.look("T-1", browser).status) }
            #expect(answers.prefix(60).allSatisfy { $0 == .forbidden })
            #expect(answers.suffix(2).allSatisfy { $0 == .tooManyRequests })
        }
    }

    @Test("a form that is too large, or no text, is refused and harms nothing")
    func oddForms() async throws {
        try await ServerFixture.with { fixture in
            let huge = try await fixture.post("/sign-in", String(repeating: "a", count: 16_385))
            #expect(huge.status == .contentTooLarge)
            let odd = try await fixture.post("/sign-in", "name=%FF%FE&password=%zz&&=&name=huang")
            #expect(odd.status == .unauthorized)
            #expect(try await fixture.get("/health").status == .ok)
        }
    }

    @Test("a ledger that is not under access control is not served")
    func uncontrolled() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "trainledger-\(UUID().uuidString)").path
        #expect(throws: (any Error).self) {
            try LedgerServer(ServerOptions(ledger: directory), now: { .earliest })
        }
    }
}
