import Foundation
import Testing

@Suite("Spreadsheets and lists, through the commands")
struct SpreadsheetCommandTests {
    private static let classID = "NTPC-115-COFFEE-2"

    @Test("a file is previewed, recorded once, and recorded again where a row was corrected")
    func imports() async throws {
        try await CommandLineProgram.withExamples { ledger in
            func run(_ minutes: String, _ more: String...) async throws -> CommandLineProgram.Run {
                try await CommandLineProgram.run(
                    ["import-csv", ledger, "attendance", "-", "--class", Self.classID] + more,
                    input: "學員編號,日期,出席分鐘\nT-COFFEE-01,115-07-01,\(minutes)\n")
            }
            let head = try await CommandLineProgram.run(["events", ledger, "--json"]).lines.count
            let dry = try await run("60", "--dry-run", "--json")
            #expect(dry.status == 0, "\(dry.output)")
            #expect(try dry.object["new"] as? Int == 1)
            #expect(try dry.object["recorded"] as? Bool == false)
            let wrong = try await run("6o", "--lang", "zh-TW")
            #expect(wrong.status == 65)
            #expect(wrong.complaints.contains("-:2：「出席分鐘」") && wrong.complaints.contains("6o"))
            #expect(wrong.output.contains("未寫入"))
            #expect(try await CommandLineProgram.run(["events", ledger, "--json"]).lines.count == head)
            for (minutes, new) in [("60", 1), ("60", 0), ("90", 1), ("90", 0)] {
                let result = try await run(minutes, "--json")
                #expect(result.status == 0)
                #expect(try result.object["new"] as? Int == new)
            }
            #expect(try await CommandLineProgram.run(["events", ledger, "--json"]).lines.count == head + 2)
        }
    }

    @Test("a template is printed in both languages, and a file that is missing is said to be")
    func templates() async throws {
        let chinese = try await CommandLineProgram.run(["csv-template", "leave-requests", "--lang", "zh-TW"])
        #expect(chinese.output.hasPrefix("學員編號,班次編號,"))
        let english = try await CommandLineProgram.run(["csv-template", "leave-requests", "--lang", "en"])
        #expect(english.output.hasPrefix("trainee,class,request,on,"))
        #expect(try await CommandLineProgram.run(["csv-template", "marks"]).status == 64)
        try await CommandLineProgram.withExamples { ledger in
            let run = try await CommandLineProgram.run(["import-csv", ledger, "attendance", ledger + "/none.csv"])
            #expect(run.status == 66)
        }
    }

    @Test("the insurer's list has everybody of the class, the bank's what was paid, with names and accounts")
    func lists() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let person = """
                {"specversion":"1.0","id":"p-1","source":"/t","type":"trainee.amended","subject":"T-COFFEE-01",\
                "time":"2026-06-01T09:00:00+08:00","data":{"name":"=王","nationalId":"A123456789",\
                "bankAccount":"0001234567","reason":"r"}}
                {"specversion":"1.0","id":"p-2","source":"/t","type":"payout.made","subject":"T-COFFEE-01",\
                "time":"2026-10-01T09:00:00+08:00","data":{"payout":"P-1","kind":"tuitionSubsidy",\
                "class":"\(Self.classID)","amount":1200,"on":"2026-10-01"}}
                {"specversion":"1.0","id":"p-3","source":"/t","type":"payout.revoked","subject":"T-COFFEE-01",\
                "time":"2026-10-02T09:00:00+08:00","data":{"payout":"P-1","amount":200,"on":"2026-10-02",\
                "reason":"overpaid"}}

                """
            #expect(try await CommandLineProgram.run(["append", ledger, "-"], input: person).status == 0)
            func list(_ arguments: String...) async throws -> CommandLineProgram.Run {
                try await CommandLineProgram.run(
                    ["list", arguments[0], ledger, "--class", Self.classID] + arguments.dropFirst())
            }
            let match = try await list("insurance-match", "--json")
            let row = try #require(try match.objects.first { $0["trainee"] as? String == "T-COFFEE-01" })
            #expect(row["name"] as? String == "=王")
            #expect(row["nationalId"] as? String == "A123456789")
            let csv = try await list("insurance-match", "--csv", "--lang", "zh-TW")
            #expect(csv.output.contains("'=王"))
            let payments = try await list("payments", "--json")
            let paid = try #require(try payments.objects.first { $0["payout"] as? String == "P-1" })
            #expect(paid["bankAccount"] as? String == "0001234567")
            #expect(paid["amount"] as? Int == 1_200)
            #expect(paid["net"] as? Int == 1_000)
            #expect(try await list("payments", "--on", "2026-10-02", "--json").output.isEmpty)
            #expect(try await list("payments", "--on", "115-10-01", "--json").lines.count == 1)
            let unknown = try await CommandLineProgram.run(["list", "payments", ledger, "--class", "NO"])
            #expect(unknown.status == 66)
            let sealed = try await list("payments", "--json", "--keys", ledger + "/nowhere")
            #expect(!sealed.output.contains("0001234567"))
        }
    }
}
