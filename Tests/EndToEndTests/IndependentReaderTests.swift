import Foundation
import Subprocess
import Testing

@Suite("The independent reader prints what the program prints")
struct IndependentReaderTests {
    private func read(_ ledger: String) async throws -> (isSuccess: Bool, output: String) {
        let tool = CommandLineProgram.root.appending(path: "Tools/read_segment.py").path
        let result = try await Subprocess.run(
            .name("python3"), arguments: [tool, ledger], output: .string(limit: 16 << 20),
            error: .string(limit: 1 << 20))
        return (result.terminationStatus.isSuccess, "\(result.standardOutput)")
    }

    @Test("a ledger just written")
    func written() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let events = try await CommandLineProgram.run(["events", ledger, "--json", "--sealed"])
            let read = try await read(ledger)
            #expect(read.isSuccess)
            #expect(read.output == events.output)
            #expect(events.lines.count == 2_550)
            #expect(events.output.contains(#"{"sealed":true}"#))
            try FileManager.default.removeItem(atPath: ledger + ".keys")
            #expect(try await CommandLineProgram.run(["events", ledger, "--json"]).output == events.output)
        }
    }

    @Test("the golden ledgers, open and sealed", arguments: ["v0-open", "v0-sealed", "v1-open", "v1-sealed"])
    func golden(name: String) async throws {
        let ledger = CommandLineProgram.root.appending(path: "EventLogs/golden/\(name)").path
        let events = try await CommandLineProgram.run(["events", ledger, "--json"])
        let read = try await read(ledger)
        #expect(read.isSuccess)
        #expect(read.output == events.output)
        #expect(events.lines.count > 2_000)
    }

    @Test("damage is refused by both")
    func damaged() async throws {
        try await CommandLineProgram.withExamples { ledger in
            let path = ledger + "/segments/00000000000000000000.seg"
            var bytes = try Data(contentsOf: URL(filePath: path))
            bytes[4_000] ^= 1
            try bytes.write(to: URL(filePath: path))
            let read = try await read(ledger)
            #expect(!read.isSuccess)
            let events = try await CommandLineProgram.run(["events", ledger, "--json"])
            #expect(events.status == 65)
        }
    }
}
