import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite("Work divided into shards, through the commands")
struct ShardCommandTests {
    /// Plans and folds every shard, last first.
    private func results(
        _ ledger: String, shards: Int, _ plan: [String] = [], _ fold: [String] = []
    ) async throws -> (plan: String, results: [String]) {
        let path = "\(ledger).plan-\(shards)"
        let planned = try await CommandLineProgram.run(
            ["plan", ledger, "--shards", "\(shards)", "--output", path, "--json"] + plan)
        #expect(planned.status == 0, "\(planned.complaints)")
        #expect(try (planned.object["shards"] as? [Any])?.count == shards)
        var results: [String] = []
        for shard in (0..<shards).reversed() {
            let result = "\(path).\(shard)\(fold.joined(separator: "-")).part"
            let folded = try await CommandLineProgram.run(
                ["fold-shard", ledger, path, "--shard", "\(shard)", "--output", result, "--json"] + fold)
            #expect(folded.status == 0, "\(folded.complaints)")
            #expect(try folded.object["shard"] as? Int == shard)
            results.append(result)
        }
        return (path, results)
    }

    /// What a rebuild prints, without the time that it took.
    private func untimed(_ run: CommandLineProgram.Run) throws -> NSDictionary {
        var object = try run.object
        object["seconds"] = nil
        return object as NSDictionary
    }

    @Test("merge prints what rebuild prints, and compare what compare prints, at the head and before")
    func sameAnswers() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let book = ledger + ".yaml"
            let text = """
                rulebook: trial
                title: {zh: 試, en: trial}
                extends: base
                parameters:
                  quota.cap:
                    - value: 9000
                      source: TIP T14

                """
            try text.write(toFile: book, atomically: true, encoding: .utf8)
            for point in [[], ["--as-of", "@2400"]] {
                let work = try await results(ledger, shards: 3, point)
                let merged = try await CommandLineProgram.run(["merge", ledger, work.plan] + work.results + ["--json"])
                let rebuilt = try await CommandLineProgram.run(["rebuild", ledger, "--json"] + point)
                #expect(merged.status == 0, "\(merged.complaints)")
                #expect(try untimed(merged) == untimed(rebuilt))
                let compared = try await results(
                    ledger, shards: 3, point + ["--rulebook", book], ["--compare-with", "base"])
                for form in [["--json"], ["--lang", "zh-TW"]] {
                    let merged = try await CommandLineProgram.run(
                        ["merge", ledger, compared.plan, "--compare"] + compared.results + form)
                    let single = try await CommandLineProgram.run(
                        ["compare", ledger, "--rulebook", book, "--rulebook", "base"] + point + form)
                    #expect(merged.status == 0, "\(merged.complaints)")
                    #expect(merged.output == single.output)
                    #expect(single.lines.count > 3)
                }
            }
        }
    }

    @Test("what is wrong is said in one line with its place, and ends with the status of its kind")
    func refusals() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let work = try await results(ledger, shards: 2)
            func expect(_ arguments: [String], _ status: Int32, _ words: String) async throws {
                let run = try await CommandLineProgram.run(arguments)
                #expect(run.status == status, "\(arguments): \(run.complaints)")
                #expect(run.complaints.contains(words), "\(arguments): \(run.complaints)")
                #expect(run.output.isEmpty)
            }
            let fold = ["fold-shard", ledger, work.plan, "--output", ledger + ".x", "--shard"]
            try await expect(fold + ["2"], 64, "shard 2: the plan has 2 shards, numbered from 0")
            try await expect(["merge", ledger, work.plan, work.results[0]], 66, "there is no result for this shard")
            try await expect(["merge", ledger, work.plan, work.plan], 65, "this is no partial result")
            try await expect(["merge", ledger, work.results[0], work.results[1]], 65, "this is no plan")
            try await expect(["merge", ledger, ledger + ".none", "x"], 66, "there is no such file")
            try await expect(
                ["plan", ledger, "--shards", "2", "--output", ledger + "/plan"], 73, "must not lie within")
            for shards in ["0", "4097", "-1", "many"] {
                let run = try await CommandLineProgram.run(
                    ["plan", ledger, "--shards", shards, "--output", ledger + ".y"])
                #expect(run.status == 64)
                #expect(!FileManager.default.fileExists(atPath: ledger + ".y"))
            }
        }
    }
}

@Suite("Apache Spark hands out the shards")
struct SparkTests {
    @Test("a master and two workers, one of them killed in the middle, come to the digest of one process")
    func standalone() async throws {
        let python = CommandLineProgram.root.appending(path: ".build/spark/bin/python").path
        try #require(
            FileManager.default.isExecutableFile(atPath: python),
            "not installed: pyspark; Tools/spark/set-up installs it")
        let tool = CommandLineProgram.root.appending(path: "Tools/spark/standalone.py").path
        let result = try await Subprocess.run(
            .path(FilePath(python)),
            arguments: [
                tool, "--program", CommandLineProgram.path, "--trainees", "40", "--shards", "12", "--killed-only",
            ],
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
        #expect(result.standardOutput.contains("one of them killed after"), "\(result.standardOutput)")
    }

    @Test("the simulation of scale.md prints what stands there")
    func simulation() async throws {
        let tool = CommandLineProgram.root.appending(path: "Tools/spark/simulate.py").path
        let result = try await Subprocess.run(
            .name("python3"), arguments: [tool], output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
        let document = try String(
            contentsOf: CommandLineProgram.root.appending(path: "docs/scale.md"), encoding: .utf8)
        let lines = result.standardOutput.split(separator: "\n")
        #expect(lines.count > 12)
        for line in lines {
            let isThere = document.contains(line)
            #expect(isThere, "\(line)")
        }
    }
}
