import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite("Pages in a browser")
struct BrowserTests {
    /// What `Tools/browser-tests/set-up` installs and is not here; empty if everything is.
    private static let missing: [String] = {
        let manager = FileManager.default
        func file(_ path: String) -> String {
            CommandLineProgram.root.appending(path: ".build/browser-tests/\(path)").path
        }
        return [
            ("Chromium", "/usr/bin/chromium"), ("its driver", "/usr/bin/chromedriver"),
            ("selenium", file("python/bin/pytest")), ("axe-core", file("axe/axe_playwright_python/axe.min.js")),
        ].filter { !manager.fileExists(atPath: $0.1) }.map(\.0)
    }()

    /// In continuous integration what is missing is a failure.
    private static let isDemanded = ProcessInfo.processInfo.environment["CI"] != nil

    @Test(
        "every page does its job in Chromium, for each role and in both languages (Tools/browser-tests)",
        .enabled(
            if: missing.isEmpty || isDemanded,
            "not installed: \(missing.joined(separator: ", ")); Tools/browser-tests/set-up installs it"))
    func pages() async throws {
        let run = CommandLineProgram.root.appending(path: "Tools/browser-tests/run").path
        let result = try await Subprocess.run(
            .path(FilePath(run)), arguments: ["--program", CommandLineProgram.path],
            output: .string(limit: 16 << 20), error: .string(limit: 16 << 20))
        let lines = result.standardOutput.split(separator: "\n")
        #expect(
            result.terminationStatus == .exited(0), "\(result.standardOutput.suffix(20_000))\(result.standardError)")
        // A runner that found no test has not failed either.
        let closing = try #require(lines.last { $0.contains(" passed, ") })
        // A request for leave is decided once, so that one language leaves that out.
        let isWhole = [" passed, 0 failed", " passed, 0 failed, 1 skipped"].contains { closing.hasSuffix($0) }
        #expect(isWhole && !closing.hasPrefix("0 "), "\(closing)")
    }
}
