import Foundation
import HTTPTypes
import Testing

@testable import LedgerServer

/// What stands around every page: links, the language, and what is said where there is no page.
@Suite("The frame of the pages")
struct PageFrameTests {
    @Test("offers each role the pages that it may open, and no other")
    func links() async throws {
        try await ServerFixture.with { fixture in
            for name in ["huang", "audi", "op", "chen"] {
                let browser = try await fixture.signIn(name)
                let token = try await fixture.token(browser)
                _ = try await fixture.post("/look", "token=\(token)&purpose=case+12", browser)
                var pages = ["/"]
                for path in ["/trainees/T-COFFEE-01", "/classes/NTPC-115-COFFEE-2", "/rules", "/audit"] {
                    if try await fixture.get(path, browser).status == .ok { pages.append(path) }
                }
                var links: Set<String> = []
                for page in pages { links.formUnion(Self.links(try await fixture.get(page, browser).text)) }
                // Trainees of a roster are all of the same class; one of them stands for all.
                links = links.filter { !$0.hasPrefix("/trainees/") || $0.hasPrefix("/trainees/T-COFFEE-01") }
                #expect(links.contains("/audit") == (name == "audi"), "\(name)")
                for link in links {
                    let status = try await fixture.get(link, browser).status
                    #expect(status == .ok || status == .seeOther, "\(name) is led to \(link) and answered \(status)")
                    fixture.ticks.pass(seconds: 2)
                }
            }
        }
    }

    /// The site's own addresses that a page leads to, with one event for all.
    private static func links(_ page: String) -> Set<String> {
        var isFirstEvent = true
        return Set(
            page.matches(of: /href="(\/[^"#]*)[#"]/).map { String($0.1) }.filter { link in
                guard link.hasPrefix("/audit/events/") else { return !link.hasPrefix("/assets/") }
                defer { isFirstEvent = false }
                return isFirstEvent
            }.map { $0.replacing("&amp;", with: "&") })
    }

    @Test("the link to the other language leads back to the page, as the same person for the same purpose")
    func language() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("huang")
            _ = try await fixture.look("T-COFFEE-01", browser)
            let path = "/trainees/T-COFFEE-01?as-of=@500"
            let page = try await fixture.get(path, browser).text
            let link = try #require(page.firstMatch(of: /href="(\/language\/zh-TW[^"]*)"/)).1
            let answer = try await fixture.get(String(link).replacing("&amp;", with: "&"), browser)
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == path)
            #expect(answer.headers[.setCookie]?.contains("language=zh-TW") == true)
            #expect(try await fixture.get(path, browser).status == .ok)
            // What answers a form is found again under the address of the page that it belongs to.
            let wrong = try await fixture.post("/sign-in", "name=huang&password=wrong+wrong+wrong")
            #expect(wrong.text.contains("/language/zh-TW?back=%2Fsign-in\""))
        }
    }

    @Test("no address of another site is taken for the way back")
    func foreignAddresses() async throws {
        try await ServerFixture.with { fixture in
            let foreign = [
                "", "https://example.org/", "//example.org", "/\\example.org", "\\\\example.org", "example.org",
                "javascript:alert(1)", "/\t/example.org", "/a\r\nSet-Cookie: x=y", "/學員",
                "/" + String(repeating: "a", count: 4_000),
            ]
            for address in foreign {
                let answer = try await fixture.get("/language/en?back=\(PathText.encoded(address))")
                #expect(answer.status == .seeOther)
                #expect(answer.headers[.location] == "/", "\(address)")
            }
            let own = try await fixture.get("/language/en?back=\(PathText.encoded("/rules?contains=LIV-07#clauses"))")
            #expect(own.headers[.location] == "/rules?contains=LIV-07#clauses")
        }
    }

    @Test("a problem is called by what it is, in the language of the page, and says what to do")
    func problems() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("huang")
            _ = try await fixture.look("T-COFFEE-01", browser)
            for (path, title) in [
                ("/no-such-page", "Page not found"), ("/trainees/T-COFFEE-02", "Not permitted"),
                ("/trainees/T-COFFEE-01?as-of=yesterday", "This cannot be done as asked"),
            ] {
                let page = try await fixture.get(path, browser).text
                #expect(page.contains("<h1>\(title)</h1>"), "\(path)")
            }
            let chinese = try await fixture.get(
                "/no-such-page", ServerFixture.Browser(session: browser.session, language: "zh-TW"))
            #expect(chinese.text.contains("<h1>找不到這一頁</h1>") && chinese.text.contains("請確認網址"))
        }
    }

    @Test(
        "an address to type in is localhost where only this machine is listened to, as browsers keep the cookie for it")
    func address() {
        func address(_ host: String) -> String { ServerOptions(ledger: "", host: host).address(port: 8_080) }
        #expect(address("127.0.0.1") == "http://localhost:8080/" && address("::1") == "http://localhost:8080/")
        #expect(address("localhost") == "http://localhost:8080/")
        #expect(address("0.0.0.0") == "http://0.0.0.0:8080/" && address("fd00::1") == "http://[fd00::1]:8080/")
    }
}
