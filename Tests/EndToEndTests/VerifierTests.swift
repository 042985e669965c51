import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite("Independent verifiers")
struct VerifierTests {
    /// What `Tools/verifiers/set-up` installs and is not here; empty if everything is.
    private static let missing: [String] = {
        let modules = "/usr/share/gocode/src/golang.org/x/mod/sumdb"
        let library = CommandLineProgram.root.appending(path: ".build/verifiers/python/tlog_scales").path
        let manager = FileManager.default
        let hasGo = ["/usr/bin/go", "/usr/local/go/bin/go"].contains { manager.isExecutableFile(atPath: $0) }
        return (hasGo && manager.fileExists(atPath: modules) ? [] : ["Go with golang.org/x/mod"])
            + (manager.fileExists(atPath: library) ? [] : ["tlog-scales"])
    }()

    @Test(
        "Go's and a Python library judge true proofs and mutants as we do, and make the same proofs from our tiles",
        .enabled(
            if: missing.isEmpty,
            "not installed: \(missing.joined(separator: ", ")); Tools/verifiers/set-up installs it"))
    func agreement() async throws {
        let seed = ProcessInfo.processInfo.environment["TRAINLEDGER_SEED"] ?? String(UInt32.random(in: 0...(.max)))
        print("agreement: TRAINLEDGER_SEED=\(seed)")
        let programs = URL(filePath: CommandLineProgram.path).deletingLastPathComponent().path
        let run = CommandLineProgram.root.appending(path: "Tools/verifiers/run").path
        let result = try await Subprocess.run(
            .path(FilePath(run)), arguments: ["2000", "150", "2000", seed],
            environment: .inherit.updating(["TRAINLEDGER_BIN": programs]), output: .discarded,
            error: .string(limit: 1 << 20))
        #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
        let lines = result.standardError.split(separator: "\n")
        for name in ["trainledger", "golang.org/x/mod/sumdb", "tlog-scales"] {
            #expect(lines.contains("\(name): 300 true proofs accepted, 2000 mutants rejected"), "\(name)")
        }
    }

    @Test("a verifier that takes what it must not, or refuses a true proof, is found out")
    func disagreement() async throws {
        try await CommandLineProgram.withDirectory { directory in
            let (ledger, key) = (directory + "/ledger", directory + "/key")
            #expect(try await CommandLineProgram.run(["init", ledger]).status == 0)
            #expect(try await CommandLineProgram.run(["append", ledger, CommandLineProgram.examples[1]]).status == 0)
            #expect(try await CommandLineProgram.run(["key", "make", key, "--name", "v.example"]).status == 0)
            #expect(try await CommandLineProgram.run(["checkpoint", ledger, "--key", key]).status == 0)
            let workload = URL(filePath: CommandLineProgram.path).deletingLastPathComponent().path + "/ProofWorkload"
            func verdicts(_ cases: String) async throws -> String {
                try await Subprocess.run(
                    .path(FilePath(workload)), arguments: ["judge", cases], output: .string(limit: 1 << 20),
                    error: .discarded
                ).standardOutput
            }
            let cases = directory + "/cases"
            let made = try await Subprocess.run(
                .path(FilePath(workload)), arguments: ["cases", ledger, key, cases, "10", "30", "5"],
                output: .string(limit: 1 << 20), error: .discarded)
            #expect(made.standardOutput == "20 30\n")
            let right = String(repeating: "a", count: 20) + String(repeating: "r", count: 30) + "\n"
            #expect(try await verdicts(cases) == right)
            // With another ledger's key nothing holds.
            let other = directory + "/other"
            let shown = try await CommandLineProgram.run(["key", "make", other, "--name", "v.example", "--json"])
            let vkey = try #require(try shown.object["key"] as? String)
            var lines = try String(contentsOfFile: cases, encoding: .utf8).split(separator: "\n").map(String.init)
            lines[0] = "key\t\(vkey)"
            try lines.joined(separator: "\n").write(toFile: cases, atomically: true, encoding: .utf8)
            #expect(try await verdicts(cases) == String(repeating: "r", count: 50) + "\n")
        }
    }
}
