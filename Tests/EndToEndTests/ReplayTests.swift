import Foundation
import Testing

@Suite("Replay: the same facts whatever the way to them")
struct ReplayTests {
    private func digests(_ ledger: String, _ more: [String] = [], _ environment: [String: String] = [:]) async throws
        -> [String]
    {
        let run = try await CommandLineProgram.run(
            ["rebuild", ledger, "--json"] + more, environment: environment)
        #expect(run.status == 0, "\(run.complaints)")
        let answer = try run.object
        return ["digest", "factsDigest", "decisionsDigest"].compactMap { answer[$0] as? String }
    }

    @Test("the digest is the same for any number of jobs, in other processes, time zones and locales")
    func digest() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let first = try await digests(ledger)
            #expect(first.count == 3)
            #expect(try await digests(ledger, ["--jobs", "2"]) == first)
            #expect(try await digests(ledger, ["--jobs", "7"], ["TZ": "America/New_York"]) == first)
            #expect(try await digests(ledger, [], ["LANG": "de_DE.UTF-8", "TZ": "Pacific/Apia"]) == first)
        }
    }

    @Test("a rebuild prints a trial balance whose columns are equal")
    func trialBalance() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let answer = try await CommandLineProgram.run(["rebuild", ledger, "--json"]).object
            let balance = try #require(answer["trialBalance"] as? [String: Any])
            let debit = try #require(balance["debit"] as? Int)
            #expect(debit > 0 && balance["credit"] as? Int == debit)
            let accounts = try #require(balance["accounts"] as? [String: Int])
            #expect(accounts.count == 6 && accounts.values.reduce(0, +) == 0)
            let lines = try #require(balance["lines"] as? [[String: Any]])
            let sums = lines.compactMap { ($0["accounts"] as? [String: Int])?["fundDisbursed"] }
            #expect(sums.count == lines.count && sums.reduce(0, +) == accounts["fundDisbursed"])
            let text = try await CommandLineProgram.run(["rebuild", ledger, "--lang", "zh-TW"]).output
            #expect(text.contains("借方") && text.contains("基金撥付"))
        }
    }

    @Test("exported events give the same ledger again")
    func reimport() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let first = try await digests(ledger)
            let export = try await CommandLineProgram.run(["events", ledger, "--json"])
            let copy = ledger + "-copy"
            #expect(try await CommandLineProgram.run(["init", copy]).status == 0)
            let append = try await CommandLineProgram.run(
                ["append", copy, "-", "--keep-recorded-time"], input: export.output)
            #expect(append.status == 0, "\(append.complaints)")
            #expect(try await digests(copy) == first)
            #expect(try await CommandLineProgram.run(["events", copy, "--json"]).output == export.output)
            // Without the switch the sequence and the recorded time are no content: all are duplicates.
            let again = try await CommandLineProgram.run(["append", copy, "--json"], input: export.output)
            #expect(try again.object["duplicates"] as? Int == export.lines.count)
            #expect(try again.object["appended"] as? Int == 0)
        }
    }

    @Test("replaying to a position equals a ledger that holds only those events")
    func everyPosition() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let events = try await CommandLineProgram.run(["events", ledger, "--json"]).lines
            // Every position is compared by LedgerTests in one process; here a few through the commands.
            for count in [0, 1, 40, 333, 945, 1_500, events.count] {
                let prefix = ledger + "-\(count)"
                #expect(try await CommandLineProgram.run(["init", prefix]).status == 0)
                let append = try await CommandLineProgram.run(
                    ["append", prefix, "--keep-recorded-time"],
                    input: events.prefix(count).joined(separator: "\n"))
                #expect(append.status == 0, "\(append.complaints)")
                #expect(try await digests(prefix) == digests(ledger, ["--as-of", "@\(count)"]))
            }
        }
    }

    @Test("a position beyond the head, and what is no point at all, are refused with a hint")
    func badPoints() async throws {
        try await CommandLineProgram.withExamples { ledger in
            for point in ["@999999", "@-1", "@", "yesterday", "2026-13-01", "2026-06-01T09:00:00"] {
                let run = try await CommandLineProgram.run(["rebuild", ledger, "--as-of", point])
                #expect(run.status == 64)
                #expect(run.complaints.contains("trainledger: "))
            }
        }
    }
}
