import Foundation
import Testing

@Suite("rulebook adopt: the log says by which rules it is read")
struct RulebookAdoptTests {
    private static let trial = """
        rulebook: trial
        title: {zh: 試, en: trial}
        extends: base
        parameters:
          quota.cap:
            - value: 90000
              source: TIP T14

        """

    private func withLedger(_ work: (_ ledger: String, _ book: String) async throws -> Void) async throws {
        try await CommandLineProgram.withDirectory { directory in
            let book = directory + "/trial.yaml"
            try Self.trial.write(toFile: book, atomically: true, encoding: .utf8)
            #expect(try await CommandLineProgram.run(["init", directory + "/ledger"]).status == 0)
            try await work(directory + "/ledger", book)
        }
    }

    private func rulebook(_ ledger: String, _ more: [String] = []) async throws -> String? {
        let run = try await CommandLineProgram.run(["rebuild", ledger, "--json"] + more)
        #expect(run.status == 0, "\(run.complaints)")
        return try (run.object["rulebook"] as? [String: Any])?["id"] as? String
    }

    @Test("adopted, kept, and used from then on; the book's file is no longer needed")
    func adopt() async throws {
        try await withLedger { ledger, book in
            let run = try await CommandLineProgram.run(
                ["rulebook", "adopt", ledger, book, "--from", "2026-01-01", "--note", "trial year", "--json"])
            #expect(run.status == 0, "\(run.complaints)")
            #expect(try run.object["recorded"] as? Bool == true)
            #expect(try run.object["from"] as? String == "2026-01-01")
            #expect(try run.object["head"] as? Int == 1)
            try FileManager.default.removeItem(atPath: book)
            #expect(try await rulebook(ledger) == "trial")
            #expect(try await rulebook(ledger, ["--as-of", "@0"]) == "base")
            #expect(try await rulebook(ledger, ["--rulebook", "cap-2025"]) == "cap-2025")
            let events = try await CommandLineProgram.run(["events", ledger, "--json"]).objects
            #expect((events[0]["data"] as? [String: Any])?["note"] as? String == "trial year")
            #expect(try await CommandLineProgram.run(["verify", ledger]).status == 0)
        }
    }

    @Test("an export is taken again once the book is stored")
    func reimport() async throws {
        try await withLedger { ledger, book in
            #expect(try await CommandLineProgram.run(["rulebook", "adopt", ledger, book]).status == 0)
            let export = try await CommandLineProgram.run(["events", ledger, "--json"]).output
            let copy = ledger + "-copy"
            #expect(try await CommandLineProgram.run(["init", copy]).status == 0)
            let refused = try await CommandLineProgram.run(["append", copy, "--json"], input: export)
            #expect(refused.status == 65)
            let refusal = try #require((try refused.object["refusals"] as? [[String: Any]])?.first)
            #expect(refusal["code"] as? String == "unknownRulebook")
            #expect(refusal["field"] as? String == "data.digest")
            let stored = try await CommandLineProgram.run(["rulebook", "adopt", copy, book, "--store-only", "--json"])
            #expect(try stored.object["stored"] as? Bool == true)
            #expect(try stored.object["head"] as? Int == 0)
            #expect(try await CommandLineProgram.run(["append", copy], input: export).status == 0)
        }
    }

    @Test("a faulty book, a file that is not there and a wrong day are refused, and nothing is recorded")
    func refused() async throws {
        try await withLedger { ledger, book in
            try Self.trial.replacing("90000", with: "many").write(toFile: book, atomically: true, encoding: .utf8)
            let faulty = try await CommandLineProgram.run(["rulebook", "adopt", ledger, book])
            #expect(faulty.status == 65)
            #expect(faulty.complaints.contains("trial.yaml:6:"))
            #expect(try await CommandLineProgram.run(["rulebook", "adopt", ledger, book + "x"]).status == 66)
            let day = try await CommandLineProgram.run(["rulebook", "adopt", ledger, "base", "--from", "soon"])
            #expect(day.status == 64)
            #expect(try await CommandLineProgram.run(["events", ledger, "--json"]).output.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: ledger + "/rulebooks"))
        }
    }

    @Test("a damaged book stops every answer and is named by verify")
    func damaged() async throws {
        try await withLedger { ledger, book in
            #expect(try await CommandLineProgram.run(["rulebook", "adopt", ledger, book]).status == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: ledger + "/rulebooks")
            let name = try #require(names.first)
            try "rulebook: trial\n".write(toFile: "\(ledger)/rulebooks/\(name)", atomically: true, encoding: .utf8)
            let rebuild = try await CommandLineProgram.run(["rebuild", ledger])
            #expect(rebuild.status == 65)
            #expect(rebuild.complaints.contains("rulebooks/\(name)"))
            let verify = try await CommandLineProgram.run(["verify", ledger, "--json"])
            #expect(verify.status == 1)
            #expect(verify.output.contains("rulebooks/\(name)"))
        }
    }
}
