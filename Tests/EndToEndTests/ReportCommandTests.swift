import Foundation
import Testing

@Suite("report: everyone at once")
struct ReportCommandTests {
    private func withExamples(_ work: (String) async throws -> Void) async throws {
        try await CommandLineProgram.withDirectory { directory in
            let ledger = directory + "/ledger"
            #expect(try await CommandLineProgram.run(["init", ledger]).status == 0)
            #expect(
                try await CommandLineProgram.run(["append", ledger] + CommandLineProgram.examples).status == 0)
            try await work(ledger)
        }
    }

    @Test("the lines are the JSON rows with tabs between the values, and equal the balance of each trainee")
    func rows() async throws {
        try await withExamples { ledger in
            let text = try await CommandLineProgram.run(["report", ledger, "attendance"])
            let json = try await CommandLineProgram.run(["report", ledger, "attendance", "--json", "--jobs", "3"])
            #expect(text.status == 0 && json.status == 0)
            #expect(text.lines.count > 20)
            let columns = [
                "trainee", "class", "scheduledMinutes", "presentMinutes", "leaveMinutes", "truancyMinutes",
                "absentMinutes", "unrecordedMinutes",
            ]
            let objects = try json.objects
            #expect(text.lines == objects.map { row in columns.map { "\(row[$0] ?? "–")" }.joined(separator: "\t") })
            let first = try #require(objects.first)
            let trainee = try #require(first["trainee"] as? String)
            let balance = try await CommandLineProgram.run(["balance", ledger, trainee, "--json"]).object
            let attendance = try #require(balance["attendance"] as? [[String: Any]])
            #expect(attendance.contains { $0["class"] as? String == first["class"] as? String })
        }
    }

    @Test("a quota is of the day asked for; before the first class nobody has one")
    func day() async throws {
        try await withExamples { ledger in
            let head = try await CommandLineProgram.run(["report", ledger, "quota"])
            #expect(head.status == 0)
            let early = try await CommandLineProgram.run(["report", ledger, "quota", "--on", "1999-01-01"])
            #expect(early.status == 0 && early.output.isEmpty)
        }
    }

    @Test(
        "what makes no sense is a usage error, and a ledger that is not there is missing",
        arguments: [
            (["attendance", "--on", "2026-06-01"], 64), (["quota", "--on", "2026-02-30"], 64), (["everything"], 64),
            (["quota", "--jobs", "0"], 64), ([], 64),
        ] as [([String], Int32)])
    func refused(arguments: [String], status: Int32) async throws {
        try await withExamples { ledger in
            let run = try await CommandLineProgram.run(["report", ledger] + arguments)
            #expect(run.status == status && run.output.isEmpty)
        }
        #expect(try await CommandLineProgram.run(["report", "/nowhere", "quota"]).status == 66)
    }
}
