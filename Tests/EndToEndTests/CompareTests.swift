import Foundation
import Testing

@Suite("compare: who would get what else")
struct CompareTests {
    @Test("two rulebooks on a generated ledger: lines add up to the totals, the same bytes for any number of jobs")
    func rulebooks() async throws {
        try await CommandLineProgram.withDirectory { directory in
            let ledger = directory + "/ledger"
            let made = try await CommandLineProgram.run(["generate", ledger, "--trainees", "400", "--seed", "11"])
            #expect(made.status == 0, "\(made.complaints)")
            let books = ["compare", ledger, "--rulebook", "base", "--rulebook", "cap-2025"]
            let run = try await CommandLineProgram.run(books + ["--json"])
            #expect(run.status == 0, "\(run.complaints)")
            #expect(try await CommandLineProgram.run(books + ["--json", "--jobs", "3"]).output == run.output)
            let lines = try run.objects
            let summary = try #require(lines.last)
            #expect(summary["summary"] as? Bool == true)
            #expect(lines.count > 1)
            let sum = lines.dropLast().reduce(0) { $0 + ($1["difference"] as? Int ?? 0) }
            #expect(summary["totalDifference"] as? Int == sum)
            let (before, after) = (summary["totalBefore"] as? Int, summary["totalAfter"] as? Int)
            #expect(try #require(after) - #require(before) == sum)
            let changes = try #require(summary["changes"] as? [String: Int])
            #expect(changes.values.reduce(0, +) == summary["compared"] as? Int)
            #expect(changes.values.reduce(0, +) - lines.count + 1 == changes["same"])
            let kinds = try #require(summary["kinds"] as? [String: [String: Any]])
            #expect(kinds.values.reduce(0) { $0 + ($1["totalDifference"] as? Int ?? 0) } == sum)
            #expect(lines.dropLast().allSatisfy { $0["kind"] as? String == "tuitionSubsidy" })
            #expect(lines.dropLast().contains { $0["clause"] as? String == "TIP-13" })
            let only = try await CommandLineProgram.run(books + ["--json", "--kind", "attendance", "livingAllowance"])
            #expect(only.lines.count == 1)
        }
    }

    @Test("two points: what was learnt in between; the summary states both")
    func points() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let run = try await CommandLineProgram.run([
                "compare", ledger, "--as-of", "@945", "--as-of", "@2550", "--json",
            ])
            #expect(run.status == 0, "\(run.complaints)")
            let summary = try #require(try run.objects.last)
            func sequence(_ side: String) -> Int? {
                ((summary[side] as? [String: Any])?["asOf"] as? [String: Any])?["sequence"] as? Int
            }
            #expect(sequence("before") == 945)
            #expect(sequence("after") == 2_550)
            #expect(try run.objects.contains { $0["change"] as? String == "newlyGranted" && $0["before"] is NSNull })
            let back = try await CommandLineProgram.run([
                "compare", ledger, "--as-of", "@2550", "--as-of", "@945", "--json",
            ])
            let difference = try #require(summary["totalDifference"] as? Int)
            #expect(try back.objects.last?["totalDifference"] as? Int == -difference)
            let same = try await CommandLineProgram.run([
                "compare", ledger, "--as-of", "@945", "--as-of", "@945", "--json",
            ])
            #expect(same.lines.count == 1)
        }
    }

    @Test("as tables in both languages")
    func tables() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let books = ["compare", ledger, "--rulebook", "base", "--rulebook", "cap-2025", "--lang"]
            let english = try await CommandLineProgram.run(books + ["en"])
            #expect(english.output.contains("Totals"))
            #expect(english.output.contains("base@2550 to cap-2025@2550"))
            let chinese = try await CommandLineProgram.run(books + ["zh-TW"])
            #expect(chinese.output.contains("合計"))
            #expect(chinese.output.contains("訓練費用補助"))
        }
    }

    @Test("one side alone, four of them, unknown kinds and unknown books are refused")
    func refused() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let wrong = [
                [], ["--rulebook", "base"], ["--as-of", "@1"],
                ["--rulebook", "base", "--rulebook", "base", "--as-of", "@1", "--as-of", "@2"],
                ["--as-of", "@1", "--as-of", "@9999999"],
                ["--as-of", "@1", "--as-of", "@2", "--kind", "livingAlowance"],
                ["--as-of", "@1", "--as-of", "@2", "--jobs", "0"],
            ]
            for arguments in wrong {
                let run = try await CommandLineProgram.run(["compare", ledger, "--json"] + arguments)
                #expect(run.status == 64, "\(arguments)")
                #expect(run.output.isEmpty)
            }
            let book = try await CommandLineProgram.run(["compare", ledger, "--rulebook", "base", "--rulebook", "none"])
            #expect(book.status == 66)
        }
    }
}
