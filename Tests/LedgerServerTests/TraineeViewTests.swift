import Foundation
import Testing

@testable import LedgerServer

@Suite("What the page of a trainee shows")
struct TraineeViewTests {
    @Test("a decision as told stands beside the one recomputed, with what lies between as links to the events")
    func issued() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("audi")
            let page = try await fixture.look("T-COFFEE-32", browser).text
            let table = try #require(page.firstMatch(of: /<table class="issued">(?s:.*?)<\/ul>/)).0
            let told = try #require(table.firstMatch(of: /<td>2026-04-20 <a href="#e(\d+)">#\1<\/a><\/td>/))
            #expect(page.contains("<tr id=\"e\(told.1)\">"))
            #expect(table.contains(/<th scope="row">amount<\/th><td>NT\$17,700<\/td><td>NT\$[\d,]+<\/td>/))
            #expect(table.contains(/<tr class="differs"><th scope="row">clause [A-Z]+-\d+<\/th>/))
            let causes = table.matches(of: /<li>[a-z ,]+ <a href="#e(\d+)">#\d+<\/a>/)
            #expect(!causes.isEmpty)
            for cause in causes { #expect(page.contains("<tr id=\"e\(cause.1)\">")) }
        }
    }

    @Test("a clause that rests on a reading is marked, and the mark unfolds it")
    func readings() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("huang")
            let page = try await fixture.look("T-COFFEE-01", browser).text
            let clause = try #require(page.firstMatch(of: /<li><strong>LIV-07<\/strong>(?s:.*?)<\/li>/)).0
            #expect(clause.contains("[reading]</summary><span>The hours of the remainder are"))
            let plain = try #require(page.firstMatch(of: /<li><strong>LIV-05<\/strong>(?s:.*?)<\/li>/)).0
            #expect(!plain.contains("[reading]"))
            #expect(page.contains("id=\"readings\""), "what the mark means stands below the decisions")
            var chinese = browser
            chinese.language = "zh-TW"
            let translated = try await fixture.get("/trainees/T-COFFEE-01", chinese).text
            #expect(translated.contains("［解釋］</summary><span>畸零日數之時數，為排定於該等日之訓練時數。"))
        }
    }

    @Test("events that are not on the page are links for those alone who may open them")
    func events() async throws {
        try await ServerFixture.with { fixture in
            for (name, leads) in [("audi", true), ("huang", false)] {
                let browser = try await fixture.signIn(name)
                let page = try await fixture.look("T-COFFEE-01", browser).text
                #expect(page.contains("href=\"/audit/events/") == leads, "\(name)")
                for link in page.matches(of: /href="#e(\d+)"/) { #expect(page.contains("<tr id=\"e\(link.1)\">")) }
            }
        }
    }

    @Test("the calendar names the months, and those weekdays alone on which the class meets")
    func calendar() async throws {
        try await ServerFixture.with { fixture in
            let browser = try await fixture.signIn("audi")
            let page = try await fixture.look("T-COFFEE-01", browser).text
            let calendar = try #require(page.firstMatch(of: /<svg class="calendar"(?s:.*?)<\/svg>/)).0
            for label in ["Mon", "Fri", "Jun", "Jul"] { #expect(calendar.contains(">\(label)</text>"), "\(label)") }
            for label in ["Sat", "Sun", "May", "Aug"] { #expect(!calendar.contains(">\(label)</text>"), "\(label)") }
        }
    }
}
