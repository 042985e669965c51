import Foundation
import Testing

@Suite("settle: the payouts due of a class")
struct SettleTests {
    private let coffee = ["--class", "NTPC-115-COFFEE-2"]

    private func settle(_ ledger: String, _ more: [String] = []) async throws -> CommandLineProgram.Run {
        try await CommandLineProgram.run(["settle", ledger, "--json"] + coffee + more)
    }

    @Test("without --commit nothing is recorded; with it what is due is paid once; totals add up")
    func commit() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let preview = try await settle(ledger)
            #expect(preview.status == 0, "\(preview.complaints)")
            let summary = try #require(try preview.objects.last)
            #expect(summary["recorded"] as? Bool == false)
            #expect(summary["head"] as? Int == 2_550)
            let payouts = try preview.objects.filter { $0["payout"] != nil }
            #expect(payouts.count == summary["payouts"] as? Int)
            #expect(payouts.reduce(0) { $0 + ($1["amount"] as? Int ?? 0) } == summary["due"] as? Int)
            func total(_ key: String, _ summary: [String: Any]) -> Int { summary[key] as? Int ?? .min }
            #expect(
                total("assessed", summary) - total("paidBefore", summary)
                    == total("due", summary) + total("withheld", summary) - total("overpaid", summary))
            let half = try #require(payouts.first { $0["trainee"] as? String == "T-COFFEE-01" })
            #expect(half["amount"] as? Int == 8_850)
            #expect(half["halfMonths"] as? Int == 1)
            #expect(half["from"] as? String == "2026-07-01")
            #expect(half["to"] as? String == "2026-07-14")
            #expect(half["payee"] as? String == "trainee")
            let overpaid = try #require(try preview.objects.first { $0["status"] as? String == "overpaid" })
            #expect(overpaid["trainee"] as? String == "T-COFFEE-18")
            #expect(overpaid["payout"] == nil)

            let done = try await settle(ledger, ["--commit", "--expect-sequence", "2550"])
            #expect(done.lines.dropLast() == preview.lines.dropLast())
            #expect(try done.objects.last?["recorded"] as? Bool == true)
            #expect(try done.objects.last?["head"] as? Int == 2_550 + payouts.count)
            let again = try await settle(ledger, ["--commit"])
            #expect(try again.objects.last?["due"] as? Int == 0)
            #expect(try again.objects.last?["recorded"] as? Bool == false)
            #expect(try again.objects.last?["head"] as? Int == 2_550 + payouts.count)
            let events = try await CommandLineProgram.run(["events", ledger, "--json", "--type", "payout.made"]).objects
            #expect(events.count { $0["source"] as? String == "/trainledger/settle" } == payouts.count)
            let decided = try await CommandLineProgram.run(["decide", ledger, "livingAllowance", "--json"] + coffee)
            let owed = try decided.objects.filter { $0["due"] as? Int ?? 1 > 0 }
            #expect(owed.isEmpty)
        }
    }

    @Test("another position than expected, and a class that is not there, are refused")
    func refused() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let moved = try await settle(ledger, ["--commit", "--expect-sequence", "2549"])
            #expect(moved.status == 1)
            #expect(moved.output.isEmpty)
            let unknown = try await CommandLineProgram.run(["settle", ledger, "--class", "NTPC-115-COFFE-2"])
            #expect(unknown.status == 66)
            #expect(unknown.complaints.contains("NTPC-115-COFFEE-2"))
        }
    }

    @Test("as a table in both languages")
    func table() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let english = try await CommandLineProgram.run(["settle", ledger, "--lang", "en"] + coffee)
            #expect(english.output.contains("nothing recorded"))
            // A narrow column breaks between the words.
            let lines = english.output.split(separator: "\n")
            let isBroken = zip(lines, lines.dropFirst()).contains { line, next in
                line.contains("Household") && next.contains("register")
            }
            #expect(isBroken)
            let chinese = try await CommandLineProgram.run(["settle", ledger, "--lang", "zh-TW", "--commit"] + coffee)
            #expect(chinese.output.contains("已登錄"))
            #expect(chinese.output.contains("溢領"))
        }
    }
}
