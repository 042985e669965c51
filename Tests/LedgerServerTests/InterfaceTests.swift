import Access
import Foundation
import HTTPTypes
import Ledger
import Testing
import TrainingEvents

@testable import LedgerServer

@Suite("Events over HTTP")
struct EventInterfaceTests {
    private static let batch = ["Content-Type": "application/cloudevents-batch+json"]

    @Test("are recorded once, however often they are sent")
    func idempotence() async throws {
        try await ServerFixture.with { fixture in
            let head = try fixture.head()
            let event = ServerFixture.registration("a", of: "T-NEW")
            let first = try await fixture.ask("/events", by: "chen", method: .post, body: event)
            #expect(first.status == .created)
            #expect(first.json["appended"] == .integer(1))
            #expect(first.json["head"] == .integer(Int64(head) + 1))
            #expect(first.header(.eTag) == "\"\(head + 1)\"")
            let again = try await fixture.ask("/events", by: "chen", method: .post, body: event)
            #expect(again.status == .ok)
            #expect(again.json["duplicates"] == .integer(1))
            #expect(try fixture.head() == head + 1)
            let other = ServerFixture.registration("a", of: "T-NEW", born: "1991-01-01")
            let conflict = try await fixture.ask("/events", by: "chen", method: .post, body: other)
            #expect(conflict.status == .unprocessableContent)
        }
    }

    @Test("come in batches that are recorded whole or not at all, and the wrong one is named by its place")
    func batches() async throws {
        try await ServerFixture.with { fixture in
            let head = try fixture.head()
            let good = [ServerFixture.registration("a", of: "T-A"), ServerFixture.registration("b", of: "T-B")]
            let twice = good + [ServerFixture.registration("c", of: "T-A")]
            let refused = try await fixture.ask(
                "/events", by: "chen", method: .post, body: "[\(twice.joined(separator: ","))]", Self.batch)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.json["code"] == .string("refused"))
            guard case .array(let refusals) = refused.json["refusals"] else { return #expect(Bool(false)) }
            #expect(refusals.first?["index"] == .integer(2))
            #expect(try fixture.head() == head)
            let taken = try await fixture.ask(
                "/events", by: "chen", method: .post, body: "[\(good.joined(separator: ","))]", Self.batch)
            #expect(taken.status == .created)
            #expect(try fixture.head() == head + 2)
            let empty = try await fixture.ask("/events", by: "chen", method: .post, body: "[]", Self.batch)
            #expect(empty.status == .ok)
        }
    }

    @Test("are recorded only at the position that was expected; what was recorded before is answered as such")
    func expectedPosition() async throws {
        try await ServerFixture.with { fixture in
            let head = try fixture.head()
            func send(_ id: String, at position: UInt64) async throws -> ServerAnswer {
                try await fixture.ask(
                    "/events", by: "chen", method: .post, body: ServerFixture.registration(id, of: "T-\(id)"),
                    ["If-Match": "\"\(position)\""])
            }
            for wrong in [head - 1, head + 1] {
                let response = try await send("x", at: wrong)
                #expect(response.status == .preconditionFailed)
                #expect(response.header(.eTag) == "\"\(head)\"")
                #expect(response.json["head"] == .integer(Int64(head)))
            }
            #expect(try fixture.head() == head)
            #expect(try await send("x", at: head).status == .created)
            #expect(try await send("x", at: head).status == .ok, "a repeated request")
            #expect(try await send("y", at: head).status == .preconditionFailed)
            let malformed = try await fixture.ask(
                "/events", by: "chen", method: .post, body: ServerFixture.registration("z", of: "T-Z"),
                ["If-Match": "7"])
            #expect(malformed.status == .badRequest)
        }
    }

    @Test("that are no events, of another media type or too large are refused with the reason, and change nothing")
    func badInput() async throws {
        try await ServerFixture.with { fixture in
            let head = try fixture.head()
            func post(_ body: String, _ more: [String: String] = [:]) async throws -> ServerAnswer {
                try await fixture.ask("/events", by: "chen", method: .post, body: body, more)
            }
            for body in ["", "{", "[]", "null", "{\"specversion\":\"1.0\"}", String(repeating: "[", count: 5_000)] {
                #expect(try await post(body).status == .unprocessableContent, "\(body.prefix(20))")
            }
            #expect(try await post("{}", Self.batch).status == .badRequest, "a batch is an array")
            #expect(try await post("{}", ["Content-Type": "application/json"]).status == .unsupportedMediaType)
            let huge = String(repeating: " ", count: LedgerRequestContext.uploadLimit + 1)
            #expect(try await post(huge).status == .contentTooLarge)
            let personal = ServerFixture.registration("A123456789", of: "T-P")
            let response = try await post(personal)
            #expect(response.status == .unprocessableContent)
            #expect(!response.text.contains("A123456789"), "no personal number in an error")
            #expect(try fixture.head() == head)
        }
    }

    @Test("are taken from whoever may record them, and from nobody else")
    func rights() async throws {
        try await ServerFixture.with { fixture in
            let event = ServerFixture.registration("a", of: "T-NEW")
            for name in ["huang", "audi", "op"] {
                let response = try await fixture.ask("/events", by: name, method: .post, body: event)
                #expect(response.status == .forbidden, "\(name)")
                #expect(response.json["code"] == .string("notPermitted"))
            }
            let type = ["Content-Type": "application/cloudevents+json"]
            let nobody = try await fixture.raw("/events", .post, event, type)
            #expect(nobody.status == .unauthorized)
            for token in ["Bearer x", "Bearer", "Basic \(fixture.token(of: "chen").dropFirst(7))", "Bearer eyJ.e.x"] {
                let response = try await fixture.raw(
                    "/events", .post, event, type.merging(["Authorization": token]) { $1 })
                #expect(response.status == .unauthorized, "\(token)")
                #expect(response.header(.wwwAuthenticate) == "Bearer")
            }
            let foreign =
                #"{"specversion":"1.0","id":"f","source":"/test","type":"class.cancelled","#
                + #""subject":"NTPC-115-COFFEE-2","time":"2026-06-01T09:00:00+08:00","data":{"on":"2026-06-01"}}"#
            let other = try await fixture.ask("/events", by: "other", method: .post, body: foreign)
            #expect(other.status == .unprocessableContent, "a clerk of another unit")
            // A browser's cookie alone is not enough: another site could make the browser send it.
            let browser = try await fixture.signIn("chen")
            let cookie = ["Cookie": "\(SessionFinding.cookieName)=\(browser.session)"].merging(type) { $1 }
            #expect(try await fixture.raw("/events", .post, event, cookie).status == .forbidden)
            let own = cookie.merging(["Form-Token": try await fixture.token(browser)]) { $1 }
            #expect(try await fixture.raw("/events", .post, event, own).status == .created)
        }
    }

    @Test("that a stranger sends under somebody's name take nothing of that person's turn")
    func strangers() async throws {
        try await ServerFixture.with { fixture in
            let forged = "Bearer " + Data(Credential(newFor: "chen").text.utf8).base64EncodedString()
            var statuses: Set<Int> = []
            for _ in 0..<120 {
                let response = try await fixture.raw("/events", .get, nil, ["Authorization": forged, "Purpose": "x"])
                statuses.insert(response.status.code)
            }
            #expect(statuses == [403, 429])
            #expect(try await fixture.ask("/events?limit=1", by: "chen").status == .ok)
        }
    }

    @Test("are given page by page, each event once, with the texts that the role sees")
    func pages() async throws {
        try await ServerFixture.with { fixture in
            let head = try fixture.head()
            var seen: [JSONValue] = []
            var next: JSONValue = .integer(0)
            while case .integer(let from) = next {
                let page = try await fixture.ask("/events?from=\(from)&limit=997", by: "audi")
                #expect(page.header(.ledgerPosition) == "\(head)")
                guard case .array(let events) = page.json["events"] else { return #expect(Bool(false)) }
                seen += events.compactMap { $0["sequence"] }
                next = page.json["next"] ?? .null
            }
            #expect(seen == (0..<head).map { .string("\($0)") })
            let one = try await fixture.ask("/events/3", by: "audi")
            #expect(one.json["sequence"] == .string("3"))
            let some = try await fixture.ask("/events?type=payout.made&type=class.approved&limit=1000", by: "audi")
            guard case .array(let chosen) = some.json["events"] else { return #expect(Bool(false)) }
            let types = Set(chosen.compactMap { $0["type"] })
            #expect(types == [.string("payout.made"), .string("class.approved")])
            for path in ["/events?type=no.such", "/events?limit=0", "/events?limit=1001", "/events?from=-1"] {
                #expect(try await fixture.ask(path, by: "audi").status == .badRequest, "\(path)")
            }
            #expect(try await fixture.ask("/events/\(head)", by: "audi").status == .notFound)
            let silent = try await fixture.raw("/events", .get, nil, ["Authorization": fixture.token(of: "audi")])
            #expect(silent.json["code"] == .string("purposeMissing"))
        }
    }
}

@Suite("Answers over HTTP")
struct AnswerInterfaceTests {
    @Test("are those of the contract, with the position and the rulebook's digest")
    func answers() async throws {
        try await ServerFixture.with { fixture in
            let path = "/decisions/livingAllowance?class=NTPC-115-COFFEE-2&trainee=T-COFFEE-01"
            let decision = try await fixture.ask(path, by: "huang")
            #expect(decision.status == .ok)
            guard case .array(let decisions) = decision.json["decisions"] else { return #expect(Bool(false)) }
            #expect(decisions.first?["amount"] == .integer(26_550))
            #expect(decision.header(.rulebookDigest)?.hasPrefix("sha256:") == true)
            let balance = try await fixture.ask("/balances/T-COFFEE-01?on=115-07-01", by: "huang")
            #expect(balance.json["on"] == .string("2026-07-01"))
            let timeline = try await fixture.ask("/timelines/T-COFFEE-01?as-of=@1000", by: "huang")
            #expect(timeline.header(.ledgerPosition) == "1000")
            let overdue = try await fixture.ask("/deadlines?on=2026-11-01", by: "audi")
            #expect(overdue.json["on"] == .string("2026-11-01"))
            let compared = try await fixture.ask("/comparisons?before=base&after=cap-2025", by: "op")
            #expect(compared.json["more"] == .integer(0))
            let unit = try await fixture.ask("/decisions/unitEligibility?unit=U-NTPC-VTC&on=2026-03-31", by: "audi")
            #expect(unit.status == .ok)
            let refusals: [(String, String, HTTPResponse.Status)] = [
                ("/timelines/T-COFFEE-02", "huang", .forbidden), ("/timelines/NO-SUCH", "audi", .notFound),
                ("/decisions/nothing?class=X", "audi", .notFound), ("/decisions/attendance", "audi", .badRequest),
                ("/decisions/attendance?class=NO", "audi", .notFound),
                ("/balances/T-COFFEE-01?on=yesterday", "huang", .badRequest),
                ("/balances/T-COFFEE-01?as-of=@999999999", "huang", .badRequest),
                ("/balances/T-COFFEE-01?rulebook=/etc/passwd", "huang", .badRequest),
                ("/comparisons", "huang", .forbidden), ("/settlements/NTPC-115-COFFEE-2", "audi", .forbidden),
            ]
            for (path, name, status) in refusals {
                #expect(try await fixture.ask(path, by: name).status == status, "\(path) by \(name)")
            }
        }
    }

    @Test("a class is settled once, at the position that was looked at")
    func settlement() async throws {
        try await ServerFixture.with { fixture in
            let path = "/settlements/NTPC-115-COFFEE-2"
            let head = try fixture.head()
            let preview = try await fixture.ask(path, by: "chen")
            #expect(preview.status == .ok)
            #expect(try fixture.head() == head)
            let stale = try await fixture.ask(
                path, by: "chen", method: .post, body: "", ["If-Match": "\"\(head - 1)\""])
            #expect(stale.status == .preconditionFailed)
            let paid = try await fixture.ask(path, by: "chen", method: .post, body: "", ["If-Match": "\"\(head)\""])
            #expect(paid.status == .created)
            let after = try fixture.head()
            #expect(after > head)
            let again = try await fixture.ask(path, by: "chen", method: .post, body: "")
            #expect(again.status == .ok)
            #expect(try fixture.head() == after)
        }
    }

    @Test("a feed begins where it is asked to, and is denied like any other look")
    func feed() async throws {
        try await ServerFixture.with { fixture throws in
            #expect(try await fixture.ask("/feed", by: "huang").status == .forbidden)
            #expect(try await fixture.ask("/feed?from=x", by: "audi").status == .badRequest)
        }
    }

    @Test("metrics and health name routes and no IDs")
    func monitoring() async throws {
        try await ServerFixture.with { fixture in
            _ = try await fixture.ask("/balances/T-COFFEE-01", by: "huang")
            _ = try await fixture.raw("/nowhere/T-COFFEE-01", .get, nil, [:])
            let text = try await fixture.raw("/metrics", .get, nil, [:]).text
            #expect(text.contains(#"route="/balances/{trainee}",status="200"} 1"#))
            let head = try fixture.head()
            #expect(text.contains("trainledger_events \(head)"))
            #expect(!text.contains("COFFEE"))
        }
    }
}
