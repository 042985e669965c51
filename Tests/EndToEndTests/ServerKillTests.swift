import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite("A server that is killed")
struct ServerKillTests {
    @Test(
        "loses no event that it acknowledged, and takes none twice, while clients try again (Tools/load/kill_test.py)")
    func exactlyOnce() async throws {
        let seed = ProcessInfo.processInfo.environment["TRAINLEDGER_SEED"] ?? String(UInt32.random(in: 0...(.max)))
        print("exactlyOnce: TRAINLEDGER_SEED=\(seed)")
        let script = CommandLineProgram.root.appending(path: "Tools/load/kill_test.py").path
        let result = try await Subprocess.run(
            .name("python3"),
            arguments: [
                "-B", script, "--program", CommandLineProgram.path, "--clients", "4", "--events", "25", "--kills", "3",
                "--seconds", "300", "--seed", seed,
            ], output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        #expect(result.terminationStatus == .exited(0), "\(result.standardOutput)\(result.standardError)")
        let lines = result.standardOutput.split(separator: "\n")
        #expect(lines.last == "1 passed, 0 failed")
        #expect(lines.contains { $0.hasPrefix("100 events of 4 clients, 3 kills, ") }, "\(result.standardOutput)")
    }
}
