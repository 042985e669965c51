import Foundation
import Testing

@Suite("decide, deadlines and branch: every kind through the command line")
struct DecideTests {
    private static let coffee = "NTPC-115-COFFEE-2"

    @Test(
        "the keys of the contract are in every answer, in their order",
        arguments: [
            "registration", "admission", "feeShare", "tuitionSubsidy", "attendance", "livingAllowance",
            "learningReward",
        ])
    func keys(kind: String) async throws {
        try await CommandLineProgram.withExamples { ledger in
            let run = try await CommandLineProgram.run(["decide", ledger, kind, "--class", Self.coffee, "--json"])
            #expect(run.status == 0)
            let answers = try run.objects
            #expect(!answers.isEmpty)
            for answer in answers {
                for key in [
                    "amount", "asOf", "class", "due", "halfMonths", "instalments", "kind", "missing", "outcome",
                    "paid", "payee", "reasons", "rulebook", "trainee",
                ] {
                    #expect(answer[key] != nil, "\(kind): \(key)")
                }
                #expect((answer["outcome"] as? String == "pending") == (answer["expectedAmount"] != nil))
                let amount = try #require(answer["amount"] as? Int)
                #expect(answer["due"] as? Int == amount - (answer["paid"] as? Int ?? 0))
            }
            #expect(!run.output.contains("." + "0,"), "no fractions")
        }
    }

    @Test(
        "a class is asked for by its ID, a unit by its ID and a closing day; anything else is a usage error",
        arguments: [
            ["registration"], ["unitEligibility", "--class", coffee], ["unitEligibility", "--unit", "U-NTPC"],
            ["unitEligibility", "--unit", "U-NTPC", "--on", "2026-02-30"], ["allowance", "--class", coffee],
            ["feeShare", "--class", coffee, "--unit", "U-NTPC"],
        ])
    func usage(arguments: [String]) async throws {
        try await CommandLineProgram.withExamples { ledger in
            let run = try await CommandLineProgram.run(["decide", ledger] + arguments)
            #expect(run.status == 64)
            #expect(run.output.isEmpty && !run.complaints.isEmpty)
        }
    }

    @Test("what was told stands beside what is recomputed, with what changed it")
    func issued() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let ask = ["decide", ledger, "livingAllowance", "--class", "NTPC-115-TEA-1", "--trainee", "T-COFFEE-32"]
            let run = try await CommandLineProgram.run(ask + ["--json"])
            let issued = try #require((try run.object["issued"] as? [[String: Any]])?.first)
            #expect(issued["agrees"] as? Bool == false)
            #expect(issued["amount"] as? Int == 17_700)
            let causes = try #require(issued["changedBy"] as? [[String: Any]])
            #expect(causes.contains { $0["cause"] as? String == "laterEvent" }, "\(causes)")
            let chinese = try await CommandLineProgram.run(ask + ["--lang", "zh-TW", "--roc"])
            #expect(chinese.output.contains("與重算不符"))
        }
    }

    @Test("the written decision is in Chinese, whatever the language of the terminal")
    func statement() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let run = try await CommandLineProgram.run([
                "decide", ledger, "livingAllowance", "--class", Self.coffee, "--trainee", "T-COFFEE-01", "--statement",
                "--lang", "en",
            ])
            #expect(run.output.contains("主旨：") && run.output.contains("就業促進津貼實施辦法第20條第2項"))
            #expect(run.output.contains("26,550"))
        }
    }

    @Test("what is overdue on a day, and nothing before the deadlines")
    func deadlines() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let later = try await CommandLineProgram.run(["deadlines", ledger, "--on", "2026-11-12", "--json"])
            let overdue = try #require(try later.object["overdue"] as? [[String: Any]])
            #expect(overdue.contains { $0["what"] as? String == "close" })
            #expect(overdue.contains { $0["what"] as? String == "payout" })
            let earlier = try await CommandLineProgram.run(["deadlines", ledger, "--on", "2011-01-01", "--json"])
            #expect((try earlier.object["overdue"] as? [[String: Any]])?.isEmpty == true)
        }
    }

    @Test("the branch of a county, 台 read as 臺; an unknown one is named with the nearest")
    func branch() async throws {
        for county in ["臺東縣", "台東縣"] {
            let run = try await CommandLineProgram.run(["branch", county, "--json"])
            #expect(try run.object["code"] as? String == "kpptr")
        }
        let unknown = try await CommandLineProgram.run(["branch", "臺東"])
        #expect(unknown.status == 66)
        #expect(unknown.output.isEmpty)
    }

    @Test("a confidential complaint names its author to its handler alone, and what was shown can be appended again")
    func confidential() async throws {
        try await CommandLineProgram.withDirectory { directory in
            let (ledger, file) = ("\(directory)/ledger", "\(directory)/events.jsonl")
            let lines = [
                #"{"specversion":"1.0","id":"u","source":"/t","type":"unit.registered","subject":"U","time":"2026-01-05T09:00:00+08:00","data":{"name":"協會","kind":"foundation","county":"臺北市","foundedOn":"2010-01-01"}}"#,
                #"{"specversion":"1.0","id":"c","source":"/t","type":"complaint.filed","subject":"U","time":"2026-01-06T09:00:00+08:00","data":{"complaint":"K-1","on":"2026-01-06","county":"臺北市","confidential":true,"author":"somebody","handler":"desk-3","text":"師資"}}"#,
            ]
            try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            #expect(try await CommandLineProgram.run(["init", ledger]).status == 0)
            #expect(try await CommandLineProgram.run(["append", ledger, file]).status == 0)
            let shown = try await CommandLineProgram.run(["events", ledger, "--json"])
            #expect(!shown.output.contains("somebody") && shown.output.contains("師資"))
            let other = try await CommandLineProgram.run(["events", ledger, "--json", "--handler", "desk-4"])
            #expect(!other.output.contains("somebody"))
            let handler = try await CommandLineProgram.run(["events", ledger, "--json", "--handler", "desk-3"])
            #expect(handler.output.contains("somebody"))
            try shown.output.write(toFile: file, atomically: true, encoding: .utf8)
            let again = try await CommandLineProgram.run(["append", ledger, file, "--json"])
            #expect(try again.object["duplicates"] as? Int == 2)
            #expect(try again.object["refused"] as? Int == 0)
        }
    }
}
