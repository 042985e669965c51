import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite("JetStream")
struct JetStreamTests {
    private static var folder: URL {
        let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        if FileManager.default.isExecutableFile(atPath: bundle.appending(path: "JetStreamWorkload").path) {
            return bundle
        }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".build/debug")
    }

    private static func run(_ program: String, _ arguments: [String]) async throws -> (status: Int32, output: String) {
        let result = try await Subprocess.run(
            .path(FilePath(folder.appending(path: program).path)), arguments: Arguments(arguments),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 1_000 + signal
            }
        return (status, result.standardOutput + result.standardError)
    }

    @Test("brings every event into the ledger once, while the ingest and the server are killed")
    func exactlyOnce() async throws {
        let seed = ProcessInfo.processInfo.environment["TRAINLEDGER_SEED"] ?? String(UInt32.random(in: 0...(.max)))
        print("exactlyOnce: TRAINLEDGER_SEED=\(seed)")
        let (status, output) = try await Self.run("JetStreamWorkload", [seed, "300", "4", "2"])
        #expect(status == 0, "\(output)")
        #expect(output.contains("300 events"), "\(output)")
        #expect(output.contains("ingest killed 4 times, server 2 times: every event once"), "\(output)")
    }

    @Test("is not asked for what makes no sense")
    func usage() async throws {
        let wanted = ["L", "--stream", "EVENTS", "--subject", "events.>"]
        for wrong in [
            ["--refused", "events.refused"], ["--refused", "a b"], ["--refused", "r", "--batch", "0"],
            ["--refused", "r", "--consumer", "a.b"], ["--refused", "r", "--until-idle", "-1"], [],
        ] {
            #expect(try await Self.run("trainledger-ingest", wanted + wrong).status == 64, "\(wrong)")
        }
        let help = try await Self.run("trainledger-ingest", ["--help"])
        #expect(help.status == 0)
        #expect(
            help.output.contains("trainledger-ingest L --stream EVENTS --subject 'events.>' --refused"))
    }

    @Test("and no ledger, or no file that the server is to be shown: it says so and takes nothing")
    func noLedger() async throws {
        let nowhere = FileManager.default.temporaryDirectory.appending(path: "no-\(UUID().uuidString)").path
        let (status, output) = try await Self.run(
            "trainledger-ingest",
            [
                nowhere, "--stream", "EVENTS", "--subject", "events.>", "--refused", "refused.events", "--until-idle",
                "0",
            ])
        #expect(status == 66, "\(output)")
        let noFile = try await Self.run(
            "trainledger-ingest",
            ["L", "--stream", "E", "--subject", "e", "--refused", "r", "--nats-credentials", nowhere])
        #expect(noFile.status == 66, "\(noFile.output)")
    }
}
