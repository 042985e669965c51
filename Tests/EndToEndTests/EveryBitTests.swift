import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite struct `A flipped bit in any file of a ledger or its keys` {
    /// Some bits of each file; `Tools/every-bit/run` takes all of them.
    @Test func `is found, named, not served, and mended from a copy`() async throws {
        try await CommandLineProgram.withDirectory { directory in
            let workload = URL(filePath: CommandLineProgram.path).deletingLastPathComponent().path + "/BitWorkload"
            let run = try await Subprocess.run(
                .path(FilePath(workload)), arguments: [directory + "/bits", "3"], output: .string(limit: 1 << 20),
                error: .discarded)
            let lines = run.standardOutput.split(separator: "\n").map(String.init)
            #expect(
                lines.last?.hasSuffix("bits flipped: each found, named, not served, and mended") == true, "\(lines)")
            for kind in [
                "ledger.json", "durable", ".seg", "rulebooks/", ".checkpoint", "checkpoints/keys", "last-signed",
                "ledger/erasures", "keys.1", "keys.2", "national-ids.1", "national-ids.2", "/register", ".register/",
                ".kek", "/door-", "/keys-", "/positions-", "/subjects-", "/subtrees-",
            ] {
                let line = lines.first { $0.contains(kind) }
                #expect(line != nil && line?.hasPrefix("0 ") == false, "\(kind): \(line ?? "not there")")
            }
        }
    }

    @Test func `cannot be asked for in a way that makes no sense`() async throws {
        let workload = URL(filePath: CommandLineProgram.path).deletingLastPathComponent().path + "/BitWorkload"
        for arguments in [["x"], ["x", "0"], ["x", "all", "2", "2"], ["x", "all", "-1", "2"]] {
            let run = try await Subprocess.run(
                .path(FilePath(workload)), arguments: .init(arguments), output: .string(limit: 4_096),
                error: .discarded)
            #expect(run.standardOutput.hasPrefix("usage: BitWorkload"))
        }
    }
}
