import Foundation
import Testing

@Suite("Exports, through the commands")
struct ExportTests {
    @Test("jsonl says what events --json says, to standard output or a file, at any point")
    func events() async throws {
        try await CommandLineProgram.withExamples { ledger in
            for point in [[], ["--as-of", "@7"], ["--as-of", "@0"]] {
                let events = try await CommandLineProgram.run(["events", ledger, "--json"] + point)
                let export = try await CommandLineProgram.run(["export", ledger, "--format", "jsonl"] + point)
                #expect(export.status == 0)
                #expect(export.output == events.output)
                let path = ledger + ".jsonl"
                let written = try await CommandLineProgram.run(
                    ["export", ledger, "--format", "jsonl", "--output", path, "--replace", "--json"] + point)
                #expect(try written.object["events"] as? Int == events.lines.count)
                #expect(try String(contentsOfFile: path, encoding: .utf8) == events.output)
            }
            let taken = try await CommandLineProgram.run(
                ["export", ledger, "--format", "jsonl", "--output", ledger + ".jsonl"])
            #expect(taken.status == 73)
            // What was exported makes an equal ledger.
            let copy = ledger + "-copy"
            let lines = try await CommandLineProgram.run(["export", ledger, "--format", "jsonl"]).output
            _ = try await CommandLineProgram.run(["init", copy])
            let append = try await CommandLineProgram.run(
                ["append", copy, "-", "--keep-recorded-time", "--json"], input: lines)
            #expect(append.status == 0)
            #expect(try await CommandLineProgram.run(["events", copy, "--json"]).output == lines)
        }
    }

    @Test("tables are written to a new place, with the answer of what they rest on")
    func tables() async throws {
        try await CommandLineProgram.withExamples { ledger in
            for (format, name) in [("sqlite", "t.sqlite"), ("csv", "t")] {
                let path = ledger + name
                let arguments = ["export", ledger, "--format", format, "--output", path]
                let run = try await CommandLineProgram.run(arguments + ["--json", "--as-of", "@40"])
                #expect(run.status == 0, "\(run.complaints)")
                let asOf = try run.object["asOf"] as? [String: Any]
                #expect(asOf?["sequence"] as? Int == 40)
                #expect(FileManager.default.fileExists(atPath: path))
                #expect(try await CommandLineProgram.run(arguments).status == 73)
            }
            let units = try String(contentsOfFile: ledger + "t/units.csv", encoding: .utf8)
            #expect(units.hasPrefix("unit,name,kind,"))
        }
    }

    @Test("an option that goes with another form is a mistake, and nothing is written")
    func usage() async throws {
        try await CommandLineProgram.withExamples { ledger in
            for wrong in [
                ["sqlite", "--bom"], ["csv", "--replace"], ["csv", "--sealed"], ["jsonl", "--rulebook", "base"],
                ["jsonl", "--hashes-only"], ["tlog-tiles", "--as-of", "@1"], ["csv", "--jobs", "0"], ["parquet"],
            ] {
                let run = try await CommandLineProgram.run(
                    ["export", ledger, "--output", ledger + ".out", "--format"] + wrong)
                #expect(run.status == 64, "\(wrong)")
                #expect(!FileManager.default.fileExists(atPath: ledger + ".out"))
            }
            #expect(try await CommandLineProgram.run(["export", ledger, "--format", "csv"]).status == 64)
            let within = try await CommandLineProgram.run(
                ["export", ledger, "--format", "csv", "--output", ledger + "/tables"])
            #expect(within.status == 73)
        }
    }
}
