import Foundation
import Testing

@Suite("append: what is recorded, what is refused, and that nothing is half-written")
struct AppendTests {
    private static func registration(_ number: Int, more: String = "") -> String {
        """
        {"specversion":"1.0","id":"r-\(number)","source":"/units/a","type":"trainee.registered","subject":"T-\(number)",\
        "time":"2026-06-01T09:00:00+08:00","data":{"birthDate":"1990-01-01","sex":"female","nationality":"national"\(more)}}
        """
    }

    private func withLedger(_ work: (String, String) async throws -> Void) async throws {
        try await CommandLineProgram.withDirectory { directory in
            let ledger = directory + "/ledger"
            #expect(try await CommandLineProgram.run(["init", ledger]).status == 0)
            try await work(ledger, directory)
        }
    }

    @Test("running it twice appends nothing the second time")
    func twice() async throws {
        try await withLedger { ledger, _ in
            for (appended, duplicates) in [(2_550, 0), (0, 2_550)] {
                let run = try await CommandLineProgram.run(["append", ledger, "--json"] + CommandLineProgram.examples)
                #expect(run.status == 0)
                #expect(try run.object["appended"] as? Int == appended)
                #expect(try run.object["duplicates"] as? Int == duplicates)
                #expect(try run.object["head"] as? Int == 2_550)
            }
        }
    }

    @Test("a bad line names itself, what came before is durable, and running again after mending continues")
    func badLine() async throws {
        try await withLedger { ledger, directory in
            let file = directory + "/events.jsonl"
            var lines = (1...5).map { Self.registration($0) }
            let good = lines[2]
            lines[2] = good.replacing("birthDate", with: "birthdate")
            try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            let run = try await CommandLineProgram.run(["append", ledger, file, "--json"])
            #expect(run.status == 65)
            let answer = try run.object
            #expect(answer["appended"] as? Int == 2)
            #expect(answer["refused"] as? Int == 1)
            #expect(answer["head"] as? Int == 2)
            let refusal = try #require((answer["refusals"] as? [[String: Any]])?.first)
            #expect(refusal["line"] as? Int == 3)
            #expect(refusal["field"] as? String == "data.birthDate" || refusal["field"] as? String == "data.birthdate")
            lines[2] = good
            try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            let again = try await CommandLineProgram.run(["append", ledger, file, "--json"])
            #expect(again.status == 0)
            #expect(try again.object["appended"] as? Int == 3)
            #expect(try again.object["duplicates"] as? Int == 2)
        }
    }

    @Test("with --keep-going the refused lines are set aside with their reasons")
    func keepGoing() async throws {
        try await withLedger { ledger, directory in
            let file = directory + "/events.jsonl"
            let lines = [Self.registration(1), "{", Self.registration(2), Self.registration(2, more: ",\"age\":3")]
            try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
            let run = try await CommandLineProgram.run(["append", ledger, file, "--keep-going", "--json"])
            #expect(run.status == 65)
            #expect(try run.object["appended"] as? Int == 2)
            #expect(try run.object["refused"] as? Int == 2)
            let refused = try String(contentsOfFile: file + ".refused.jsonl", encoding: .utf8)
                .split(separator: "\n")
            #expect(refused.count == 2)
            #expect(refused[1].contains("\"line\":4"))
        }
    }

    @Test("the same source and ID with other content is a conflict")
    func conflict() async throws {
        try await withLedger { ledger, _ in
            _ = try await CommandLineProgram.run(["append", ledger], input: Self.registration(1))
            let other = Self.registration(1).replacing("1990", with: "1991")
            let run = try await CommandLineProgram.run(["append", ledger, "--json"], input: other)
            #expect(run.status == 65)
            let refusal = try #require((try run.object["refusals"] as? [[String: Any]])?.first)
            #expect(refusal["code"] as? String == "conflict")
        }
    }

    @Test("a dry run checks and writes nothing; an expected sequence guards against another writer's events")
    func dryRun() async throws {
        try await withLedger { ledger, _ in
            let dry = try await CommandLineProgram.run(
                ["append", ledger, "--dry-run", "--json"], input: Self.registration(1))
            #expect(try dry.object["appended"] as? Int == 1)
            #expect(try await CommandLineProgram.run(["events", ledger, "--json"]).output.isEmpty)
            let wrong = try await CommandLineProgram.run(
                ["append", ledger, "--expect-sequence", "4"], input: Self.registration(1))
            #expect(wrong.status == 1)
            #expect(try await CommandLineProgram.run(["events", ledger, "--json"]).output.isEmpty)
            let right = try await CommandLineProgram.run(
                ["append", ledger, "--expect-sequence", "0"], input: Self.registration(1))
            #expect(right.status == 0)
        }
    }

    @Test("a retraction folds as if its target had not been, and is refused while a live event needs the target")
    func retraction() async throws {
        try await withLedger { ledger, _ in
            func retract(_ id: String, _ target: String) -> String {
                """
                {"specversion":"1.0","id":"\(id)","source":"/units/a","type":"event.retracted","subject":"T-1",\
                "time":"2026-06-02T09:00:00+08:00","data":{"retractsSource":"/units/a","retractsId":"\(target)","reason":"wrong person"}}
                """
            }
            let search = """
                {"specversion":"1.0","id":"j-1","source":"/units/a","type":"jobSearch.registered","subject":"T-1",\
                "time":"2026-06-01T10:00:00+08:00","data":{"on":"2026-06-01"}}
                """
            _ = try await CommandLineProgram.run(
                ["append", ledger], input: [Self.registration(1), search].joined(separator: "\n"))
            let refused = try await CommandLineProgram.run(["append", ledger, "--json"], input: retract("x-1", "r-1"))
            #expect(refused.status == 65)
            #expect(refused.output.contains("jobSearch.registered"))
            let taken = try await CommandLineProgram.run(
                ["append", ledger],
                input: [retract("x-2", "j-1"), retract("x-3", "r-1"), Self.registration(1)].joined(separator: "\n"))
            #expect(taken.status == 0, "\(taken.complaints)")
            #expect(taken.output.contains("duplicates 1"))
            let again = Self.registration(1).replacing("\"r-1\"", with: "\"r-1b\"")
            #expect(try await CommandLineProgram.run(["append", ledger], input: again).status == 0)
        }
    }

    @Test("a JSON array is taken too, and a second writer is turned away")
    func arrayAndLock() async throws {
        try await withLedger { ledger, _ in
            let array = "[\n\(Self.registration(1)),\n\(Self.registration(2))\n]"
            let run = try await CommandLineProgram.run(["append", ledger, "--json"], input: array)
            #expect(run.status == 0)
            #expect(try run.object["appended"] as? Int == 2)
        }
    }
}
