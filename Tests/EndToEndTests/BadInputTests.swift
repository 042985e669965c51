import Foundation
import Testing

@Suite("No input traps: arguments, files, directories, bytes")
struct BadInputTests {
    @Test(
        "wrong arguments end with 64",
        arguments: [
            ["nonsense"], ["decide"], ["decide", "L", "noSuchKind", "--class", "C"], ["rebuild", "L", "--jobs", "0"],
            ["rebuild", "L", "--jobs", "x"], ["events", "L", "--type", "enrolment.startd"], ["balance", "L"],
            ["balance", "L", "T", "--on", "2026-02-30"], ["append", "L", "--expect-sequence", "-1"],
        ])
    func usage(arguments: [String]) async throws {
        let run = try await CommandLineProgram.run(arguments)
        #expect(run.status == 64, "\(run.complaints)")
        #expect(!run.complaints.isEmpty)
    }

    @Test("a ledger that is not there, a file in its place, and a directory of something else end with 66")
    func noLedger() async throws {
        try await CommandLineProgram.withDirectory { directory in
            let file = directory + "/file"
            try "x".write(toFile: file, atomically: true, encoding: .utf8)
            for place in [directory + "/none", directory, file, "", "/dev/null", "\u{7}"] {
                for command in [["events"], ["rebuild"], ["verify"], ["append"]] {
                    let run = try await CommandLineProgram.run(command + [place])
                    #expect([66, 74].contains(run.status), "\(command) \(place): \(run.status) \(run.complaints)")
                }
            }
            #expect(try await CommandLineProgram.run(["init", directory]).status != 0)
        }
    }

    @Test("an unknown trainee or class is named, with the nearest known one")
    func unknown() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let run = try await CommandLineProgram.run(["timeline", ledger, "T-COFEE-09"])
            #expect(run.status == 66)
            #expect(run.complaints.contains("T-COFFEE-09"))
            let other = try await CommandLineProgram.run(["decide", ledger, "attendance", "--class", "TIP-115-T99"])
            #expect(other.status == 66)
        }
    }

    @Test(
        "input that is no event is refused with its line", arguments: ["\u{0}", "[", "{}", "[[[[", "null\n", "{\"a\":"])
    func garbage(text: String) async throws {
        try await CommandLineProgram.withDirectory { directory in
            let ledger = directory + "/ledger"
            _ = try await CommandLineProgram.run(["init", ledger])
            let run = try await CommandLineProgram.run(["append", ledger, "--json"], input: text)
            #expect([0, 65].contains(run.status))
            let file = directory + "/bytes"
            try Data((0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ $0 >> 3) }).write(to: URL(filePath: file))
            #expect(try await CommandLineProgram.run(["append", ledger, file]).status == 65)
            #expect(try await CommandLineProgram.run(["append", ledger, directory]).status == 66)
            #expect(try await CommandLineProgram.run(["rulebook", "check", file]).status == 1)
            #expect(try await CommandLineProgram.run(["rebuild", ledger, "--rulebook", file]).status == 65)
        }
    }

    @Test("damage is named by verify, and reading it is refused without a trap")
    func damage() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let segments = ledger + "/segments"
            let name = try #require(try FileManager.default.contentsOfDirectory(atPath: segments).sorted().first)
            let path = segments + "/" + name
            var bytes = try Data(contentsOf: URL(filePath: path))
            bytes[bytes.count / 2] ^= 0x10
            try bytes.write(to: URL(filePath: path))
            let run = try await CommandLineProgram.run(["verify", ledger, "--json"])
            #expect(run.status == 1)
            let damage = try #require((try run.object["damages"] as? [[String: Any]])?.first)
            #expect((damage["segment"] as? String)?.contains(name) == true)
            #expect(damage["positions"] != nil)
            #expect(try await CommandLineProgram.run(["rebuild", ledger]).status == 65)
            #expect(try await CommandLineProgram.run(["append", ledger]).status == 65)
        }
    }
}
