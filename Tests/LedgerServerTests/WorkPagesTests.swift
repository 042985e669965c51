import Access
import Foundation
import HTTPTypes
import Ledger
import Testing
import TrainingEvents

@testable import LedgerServer

@Suite("The page of a class")
struct ClassPageTests {
    private static let path = "/classes/NTPC-115-COFFEE-2"

    /// Signs in and says what it is for.
    private func enter(_ name: String, _ fixture: ServerFixture) async throws -> (ServerFixture.Browser, String) {
        let browser = try await fixture.signIn(name)
        let token = try await fixture.token(browser)
        _ = try await fixture.post("/look", "token=\(token)&purpose=case+12&class=NTPC-115-COFFEE-2", browser)
        return (browser, token)
    }

    @Test("shows a clerk the roster, what to look into and what can be recorded; an auditor only the former")
    func roles() async throws {
        try await ServerFixture.with { fixture in
            let (clerk, _) = try await enter("chen", fixture)
            let page = try await fixture.get(Self.path, clerk)
            #expect(page.status == .ok)
            for text in ["T-COFFEE-04", "PRE-14", "data-entry", "/settlement", "/sheets/attendance"] {
                #expect(page.text.contains(text), "\(text)")
            }
            let (auditor, _) = try await enter("audi", fixture)
            let shown = try await fixture.get(Self.path, auditor)
            #expect(shown.status == .ok)
            #expect(shown.text.contains("T-COFFEE-04") && !shown.text.contains("data-entry"))
            for name in ["huang", "op", "other"] {
                let (browser, _) = try await enter(name, fixture)
                let denied = try await fixture.get(Self.path, browser)
                #expect(denied.status == .forbidden, "\(name)")
                #expect(!denied.text.contains("T-COFFEE-04"))
            }
        }
    }

    @Test("records a day's attendance once, a correction as another event, and names what is wrong")
    func attendance() async throws {
        try await ServerFixture.with { fixture in
            let (browser, token) = try await enter("chen", fixture)
            let head = try fixture.head()
            func send(_ rows: String, _ day: String = "2026-07-14") async throws -> ServerAnswer {
                try await fixture.post("\(Self.path)/attendance", "token=\(token)&day=\(day)&\(rows)", browser)
            }
            let known = try await send("trainee=T-COFFEE-01&minutes=120&trainee=T-COFFEE-03&minutes=")
            #expect(known.status == .ok)
            #expect(try fixture.head() == head + 1)
            #expect(try await send("trainee=T-COFFEE-01&minutes=120").status == .ok)
            #expect(try fixture.head() == head + 1, "the same again")
            #expect(try await send("trainee=T-COFFEE-01&minutes=60").status == .ok)
            #expect(try await send("trainee=T-COFFEE-01&minutes=120").status == .ok)
            #expect(try fixture.head() == head + 3, "back to what it was is a correction too")
            let wrong = try await send("trainee=T-COFFEE-01&minutes=99999&trainee=T-COFFEE-03&minutes=10")
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("T-COFFEE-01"))
            #expect(try fixture.head() == head + 3)
            #expect(try await send("trainee=T-COFFEE-01", "2026-07-14").status == .badRequest)
            #expect(try await send("trainee=T-COFFEE-01&minutes=1", "someday").status == .badRequest)
            let forged = try await fixture.post("\(Self.path)/attendance", "day=2026-07-14", browser)
            #expect(forged.status == .forbidden)
        }
    }

    @Test("records nothing for whom the ledger holds the same minutes already, whichever source it has them from")
    func unchangedAttendance() async throws {
        try await ServerFixture.with { fixture in
            let (browser, token) = try await enter("chen", fixture)
            let head = try fixture.head()
            // The unit's own system recorded 300 minutes of T-COFFEE-01.
            func send(_ rows: String) async throws -> ServerAnswer {
                try await fixture.post("\(Self.path)/attendance", "token=\(token)&day=2026-07-14&\(rows)", browser)
            }
            let same = try await send("trainee=T-COFFEE-01&minutes=300")
            #expect(same.status == .ok && same.text.contains("0 recorded, 1 known already"))
            #expect(try fixture.head() == head)
            let other = try await send("trainee=T-COFFEE-01&minutes=300&trainee=T-COFFEE-05&minutes=17")
            #expect(other.text.contains("1 recorded, 1 known already"))
            #expect(try fixture.head() == head + 1)
        }
    }

    @Test("tries a spreadsheet before it records it, and names every wrong row and column")
    func sheets() async throws {
        try await ServerFixture.with { fixture in
            let (browser, token) = try await enter("chen", fixture)
            let head = try fixture.head()
            func send(_ text: String, step: String) async throws -> ServerAnswer {
                try await fixture.post(
                    "\(Self.path)/sheets/attendance",
                    "token=\(token)&step=\(step)&text=\(PathText.encoded(text))", browser)
            }
            let good = "trainee,on,presentMinutes\r\nT-COFFEE-01,115-07-14,100\r\n"
            let tried = try await send(good, step: "try")
            #expect(tried.status == .ok)
            #expect(tried.text.contains("value=\"record\""))
            #expect(try fixture.head() == head)
            let bad = try await send("trainee,on,presentMinutes\r\nT-COFFEE-01,115-07-14,many\r\n", step: "record")
            #expect(bad.status == .unprocessableContent)
            #expect(bad.text.contains("<td class=\"number\">2</td><td>presentMinutes</td>"))
            #expect(!bad.text.contains("value=\"record\""))
            #expect(try fixture.head() == head)
            #expect(try await send(good, step: "record").status == .ok)
            #expect(try await send(good, step: "record").status == .ok)
            #expect(try fixture.head() == head + 1)
            #expect(try await fixture.get("\(Self.path)/sheets/nothing", browser).status == .notFound)
            let template = try await fixture.get("\(Self.path)/sheets/attendance/template", browser)
            #expect(template.headers[.contentType]?.hasPrefix("text/csv") == true)
        }
    }

    @Test("settles what was looked at, after confirmation, and nothing where the ledger grew in between")
    func settlement() async throws {
        try await ServerFixture.with { fixture in
            let (browser, token) = try await enter("chen", fixture)
            let head = try fixture.head()
            let preview = try await fixture.get("\(Self.path)/settlement", browser)
            #expect(preview.text.contains("name=\"position\" value=\"\(head)\""))
            let stale = try await fixture.post(
                "\(Self.path)/settlement", "token=\(token)&position=\(head - 1)", browser)
            #expect(stale.status == .conflict)
            #expect(try fixture.head() == head)
            let paid = try await fixture.post("\(Self.path)/settlement", "token=\(token)&position=\(head)", browser)
            #expect(paid.status == .created)
            #expect(try fixture.head() > head)
            let after = try await fixture.get("\(Self.path)/settlement", browser)
            #expect(!after.text.contains("name=\"position\""), "nothing is due any more")
        }
    }
}

@Suite("The pages about rules and audits")
struct WholeLedgerPagesTests {
    private func enter(_ name: String, _ fixture: ServerFixture) async throws -> (ServerFixture.Browser, String) {
        let browser = try await fixture.signIn(name)
        let token = try await fixture.token(browser)
        _ = try await fixture.post("/look", "token=\(token)&purpose=audit+7", browser)
        return (browser, token)
    }

    @Test("show everyone what the rules say, and an operator whom others would touch")
    func rules() async throws {
        try await ServerFixture.with { fixture in
            let (operator_, _) = try await enter("op", fixture)
            let rules = try await fixture.get("/rules?rulebook=cap-2025&contains=quota.cap", operator_)
            #expect(rules.text.contains("NT$100,000") && rules.text.contains("NT$70,000"))
            #expect(!rules.text.contains("tuition.minimumAge"))
            #expect(try await fixture.get("/rules?rulebook=none", operator_).status == .notFound)
            let query = "before=base&after=cap-2025"
            let compared = try await fixture.get("/rules/comparison?\(query)", operator_)
            #expect(compared.status == .ok)
            let csv = try await fixture.get("/rules/comparison.csv?\(query)&sort=difference", operator_)
            #expect(csv.text.contains("trainee,class,kind,change"))
            let (clerk, _) = try await enter("chen", fixture)
            #expect(try await fixture.get("/rules", clerk).text.contains("quota.cap"))
            #expect(try await fixture.get("/rules/comparison?\(query)", clerk).status == .forbidden)
        }
    }

    @Test("rebuild and verify on request, one at a time, and show the receipt that the program gives")
    func work() async throws {
        try await ServerFixture.with { fixture in
            let (browser, token) = try await enter("op", fixture)
            for kind in ["rebuild", "verify"] {
                #expect(try await fixture.post("/work/\(kind)", "token=\(token)", browser).status == .seeOther)
                var page = try await fixture.get("/work/\(kind)", browser)
                for _ in 0..<6_000 where page.text.contains("<progress") {
                    try await Task.sleep(for: .milliseconds(100))
                    page = try await fixture.get("/work/\(kind)", browser)
                    fixture.ticks.pass(seconds: 1)
                }
                #expect(page.text.contains("class=\"granted\""), "\(kind)")
            }
            let rebuilt = try await fixture.get("/work/rebuild", browser).text
            let reader = try LedgerReader(opening: fixture.ledger, for: fixture.request(.rebuild, by: "op"))
            let histories = try reader.histories(at: try reader.resolve(.head))
            let digest = try Rebuild(histories, try RulebookChoice.named("base"), jobs: 1).digest
            #expect(rebuilt.contains("sha256:\(digest)"))
            let (clerk, own) = try await enter("chen", fixture)
            #expect(try await fixture.get("/work/rebuild", clerk).status == .forbidden)
            #expect(try await fixture.post("/work/rebuild", "token=\(own)", clerk).status == .forbidden)
        }
    }

    @Test("show an auditor events by type and day, and each with its record")
    func audit() async throws {
        try await ServerFixture.with { fixture in
            let (browser, _) = try await enter("audi", fixture)
            let head = try fixture.head()
            let page = try await fixture.get("/audit?type=class.approved", browser)
            #expect(page.status == .ok)
            #expect(page.text.contains("NTPC-115-COFFEE-2") && page.text.contains("\(head)"))
            // Everything was recorded on the day of the fixture.
            let before = try await fixture.get("/audit?recorded-to=2026-10-31", browser)
            #expect(!before.text.contains("/audit/events/0\""))
            let on = try await fixture.get("/audit?recorded-from=2026-11-01&recorded-to=115-11-01", browser)
            #expect(on.text.contains("/audit/events/0\"") && on.text.contains("from=50"))
            let event = try await fixture.get("/audit/events/1", browser)
            #expect(event.status == .ok)
            #expect(event.text.contains("class=\"raw\""))
            #expect(try await fixture.get("/audit/events/999999", browser).status == .notFound)
            let lines = try await fixture.get("/audit/events.jsonl?type=class.approved", browser)
            #expect(lines.text.split(separator: "\n").allSatisfy { $0.contains("\"type\":\"class.approved\"") })
            #expect(try await fixture.get("/audit?type=nothing", browser).status == .badRequest)
            for name in ["op", "chen", "huang"] {
                let (other, _) = try await enter(name, fixture)
                // A clerk of all units may read their events, and no record or proof.
                let status: HTTPResponse.Status = name == "chen" ? .ok : .forbidden
                #expect(try await fixture.get("/audit", other).status == status, "\(name)")
                #expect(try await fixture.get("/audit/events/1", other).status == .forbidden, "\(name)")
            }
        }
    }
}
