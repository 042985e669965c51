import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite("A leader that is lost")
struct FailoverTests {
    @Test(
        "takes no acknowledged event with it: a follower goes on, and the old leader is refused (Tools/copies/failover.py)"
    )
    func failover() async throws {
        let seed = ProcessInfo.processInfo.environment["TRAINLEDGER_SEED"] ?? String(UInt32.random(in: 0...(.max)))
        print("failover: TRAINLEDGER_SEED=\(seed)")
        let script = CommandLineProgram.root.appending(path: "Tools/copies/failover.py").path
        let result = try await Subprocess.run(
            .name("python3"),
            arguments: [
                "-B", script, "--program", CommandLineProgram.path, "--events", "15", "--lease-seconds", "15", "--seed",
                seed,
            ], output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        #expect(result.terminationStatus == .exited(0), "\(result.standardOutput)\(result.standardError)")
        #expect(result.standardOutput.split(separator: "\n").last == "1 passed, 0 failed")
    }
}
