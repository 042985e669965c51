import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Runs the program that was built beside the tests, as a person would.
struct CommandLineProgram {
    struct Run {
        let status: Int32
        let output: String
        let complaints: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }

        /// The output as one JSON object.
        var object: [String: Any] {
            get throws { try Self.object(output) }
        }

        /// The output as JSON Lines.
        var objects: [[String: Any]] {
            get throws { try lines.map(Self.object) }
        }

        private static func object(_ text: String) throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        }
    }

    /// The folder of the package.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let examples = ["coffee-2026", "semi-2022", "tip-classes"].map {
        root.appending(path: "EventLogs/\($0).jsonl").path
    }

    static var path: String {
        let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let beside = bundle.appending(path: "trainledger").path
        if FileManager.default.isExecutableFile(atPath: beside) { return beside }
        return root.appending(path: ".build/debug/trainledger").path
    }

    static func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) async throws -> Run {
        let changes = Dictionary(
            uniqueKeysWithValues: environment.map { (Environment.Key(rawValue: $0.key)!, Optional($0.value)) })
        let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: Arguments(arguments), environment: .inherit.updating(changes),
            input: .fileDescriptor(try Self.file(holding: input), closeAfterSpawningProcess: true),
            output: .string(limit: 64 << 20), error: .string(limit: 16 << 20))
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 1_000 + signal
            }
        return Run(status: status, output: result.standardOutput, complaints: result.standardError)
    }

    /// The input as an open file: a program may end before it has read all of it, which a pipe would take amiss.
    private static func file(holding input: String) throws -> FileDescriptor {
        let path = FileManager.default.temporaryDirectory.appending(path: "trainledger-input-\(UUID().uuidString)").path
        try Data(input.utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try FileDescriptor.open(FilePath(path), .readOnly)
    }

    /// A directory that is gone when the test is over.
    static func withDirectory<Value>(_ work: (String) async throws -> Value) async throws -> Value {
        let directory = FileManager.default.temporaryDirectory.appending(path: "trainledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        return try await work(directory.path)
    }

    /// A ledger with the examples.
    static func withExamples<Value>(_ work: (String) async throws -> Value) async throws -> Value {
        try await withDirectory { directory in
            let ledger = directory + "/ledger"
            #expect(try await run(["init", ledger]).status == 0)
            #expect(try await run(["append", ledger] + examples).status == 0)
            return try await work(ledger)
        }
    }
}
