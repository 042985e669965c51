import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite("Random histories come to what an independent model of the rules says")
struct ModelTests {
    /// `TRAINLEDGER_SEED` replays a seed; more seeds run with `Tools/compare_with_model`.
    private static let seeds: [String] =
        ProcessInfo.processInfo.environment["TRAINLEDGER_SEED"].map { [$0] } ?? ["7", "42"]

    @Test("attendance, subsidies, allowances and balances of a seed", arguments: seeds)
    func differential(seed: String) async throws {
        print("seed \(seed)")
        let tool = CommandLineProgram.root.appending(path: "Tools/compare_with_model").path
        let result = try await Subprocess.run(
            .name("python3"),
            arguments: [tool, "--program", CommandLineProgram.path, "--first", seed, "--last", seed, "--size", "12"],
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        let report = "\(result.standardOutput)\(result.standardError)"
        #expect(result.terminationStatus.isSuccess, "\(report)")
        #expect(report.contains(" 0 differences"), "\(report)")
    }
}
