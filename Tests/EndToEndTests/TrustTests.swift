import Foundation
import Testing

@Suite("Checkpoints, proofs and audits through the commands")
struct TrustTests {
    private typealias Program = CommandLineProgram

    /// A ledger with examples, a key, and its public form in a file.
    private func withSigned(_ work: (_ directory: String, _ ledger: String) async throws -> Void) async throws {
        try await Program.withDirectory { directory in
            let ledger = directory + "/ledger"
            #expect(try await Program.run(["init", ledger]).status == 0)
            #expect(try await Program.run(["append", ledger, Program.examples[0]]).status == 0)
            let made = try await Program.run(
                ["key", "make", directory + "/key", "--name", "ledger.example", "--json"])
            try #require(made.object["key"] as? String)
                .write(toFile: directory + "/vkey", atomically: true, encoding: .utf8)
            let signed = try await Program.run(
                ["checkpoint", ledger, "--key", directory + "/key", "--output", directory + "/first"])
            #expect(signed.status == 0, "\(signed.complaints)")
            try await work(directory, ledger)
        }
    }

    @Test("a proof of one event is checked without the ledger, and any change to it is noticed")
    func oneEvent() async throws {
        try await withSigned { directory, ledger in
            let proof = directory + "/12.tlog-proof"
            #expect(try await Program.run(["prove", ledger, "@12", "--output", proof]).status == 0)
            let event = try #require(
                try await Program.run(["events", ledger, "--json"]).objects.first { $0["sequence"] as? String == "12" })
            try FileManager.default.moveItem(atPath: ledger, toPath: ledger + "-away")
            let checked = try await Program.run(["verify-proof", proof, "--key", directory + "/vkey", "--json"])
            #expect(checked.status == 0, "\(checked.complaints)")
            #expect(try checked.object["valid"] as? Bool == true)
            let shown = try #require((try checked.object["events"] as? [[String: Any]])?.first)
            for member in ["id", "source", "type", "time", "recordedtime", "sequence"] {
                #expect(shown[member] as? String == event[member] as? String)
            }
            var text = try String(contentsOfFile: proof, encoding: .utf8)
            text = text.replacingOccurrences(of: "index 12\n", with: "index 13\n")
            try text.write(toFile: proof, atomically: true, encoding: .utf8)
            let refused = try await Program.run(["verify-proof", proof, "--key", directory + "/vkey", "--json"])
            #expect(refused.status == 1)
            #expect((try refused.object["error"] as? [String: Any])?["code"] as? String == "wrongRoot")
            try text.dropLast(40).write(toFile: proof, atomically: true, encoding: .utf8)
            let broken = try await Program.run(
                ["verify-proof", proof, "--key", directory + "/vkey", "--lang", "zh-TW"])
            #expect(broken.status == 65)
            #expect(broken.complaints.contains("格式不符"))
        }
    }

    @Test("a trainee's dossier shows what the timeline shows, and names its own trainee")
    func dossier() async throws {
        try await withSigned { directory, ledger in
            let file = directory + "/one.dossier"
            let made = try await Program.run(
                ["prove", ledger, "--trainee", "T-COFFEE-09", "--output", file, "--json"])
            #expect(made.status == 0, "\(made.complaints)")
            let checked = try await Program.run(["verify-proof", file, "--key", directory + "/vkey", "--json"])
            #expect(checked.status == 0, "\(checked.complaints)")
            let events = try #require(try checked.object["events"] as? [[String: Any]])
            let own = try await Program.run(["events", ledger, "--subject", "T-COFFEE-09", "--json"]).lines
            let shown = events.filter { $0["subject"] as? String == "T-COFFEE-09" }
            #expect(shown.count == own.count)
            let registrations = events.filter { $0["subject"] as? String != "T-COFFEE-09" }
            #expect(Set(registrations.compactMap { $0["type"] as? String }) == ["class.approved", "unit.registered"])
            #expect(events.allSatisfy { ($0["subject"] as? String)?.isEmpty == false })

            let text = try String(contentsOfFile: file, encoding: .utf8)
            for (found, put) in [
                ("trainee T-COFFEE-09", "trainee T-COFFEE-08"), ("introduces trainee", "introduces class"),
                ("introduces unit 0", "introduces unit 1"), ("trainledger-dossier@v1", "trainledger-dossier@v2"),
            ] {
                #expect(text.contains(found))
                try text.replacingOccurrences(of: found, with: put)
                    .write(toFile: file, atomically: true, encoding: .utf8)
                let refused = try await Program.run(["verify-proof", file, "--key", directory + "/vkey"])
                #expect(refused.status == 65, "\(put)")
            }
            let unknown = try await Program.run(["prove", ledger, "--trainee", "T-NOBODY"])
            #expect(unknown.status == 66)
        }
    }

    @Test("a witness cosigns what goes on from its last, and its signature is then required and found")
    func witness() async throws {
        try await withSigned { directory, ledger in
            let made = try await Program.run(
                ["key", "make", directory + "/witness", "--name", "w.example", "--json"])
            let witness = try #require(try made.object["witnessKey"] as? String)
            func cosign(from size: String) async throws -> Program.Run {
                #expect(
                    try await Program.run(
                        ["checkpoint", ledger, "--request-from", size, "--output", directory + "/request"]
                    ).status == 0)
                return try await Program.run([
                    "cosign", directory + "/request", "--key", directory + "/witness", "--log", directory + "/vkey",
                    "--state", directory + "/state", "--output", directory + "/cosigned",
                ])
            }
            let proof = directory + "/3.tlog-proof"
            func verify() async throws -> Int32 {
                #expect(try await Program.run(["prove", ledger, "3", "--output", proof]).status == 0)
                return try await Program.run(
                    ["verify-proof", proof, "--key", directory + "/vkey", "--witness", witness]
                ).status
            }
            #expect(try await verify() == 1)
            #expect(try await cosign(from: "0").status == 0)
            let added = try await Program.run(
                ["checkpoint", ledger, "--add", directory + "/cosigned", "--witness", witness])
            #expect(added.status == 0, "\(added.complaints)")
            #expect(try await verify() == 0)

            let head = try #require(
                (try await Program.run(["checkpoint", ledger, "--json"]).object["checkpoint"] as? [String: Any])?[
                    "size"]
                    as? Int)
            #expect(try await Program.run(["append", ledger, Program.examples[1]]).status == 0)
            #expect(
                try await Program.run(["checkpoint", ledger, "--key", directory + "/key"]).status == 0)
            let behind = try await cosign(from: "0")
            #expect(behind.status == 1)
            #expect(behind.complaints.contains("--request-from \(head)"))
            // What comes in late joins the checkpoint that it is of.
            let late = try await Program.run(
                ["checkpoint", ledger, "--add", directory + "/cosigned", "--witness", witness, "--json"])
            #expect(late.status == 0, "\(late.complaints)")
            #expect((try late.object["checkpoint"] as? [String: Any])?["size"] as? Int == head)
            #expect(try await cosign(from: String(head)).status == 0)
            let line = try #require(
                try String(contentsOfFile: directory + "/cosigned", encoding: .utf8).split(separator: "\n").last)
            try (line + "\n").write(toFile: directory + "/line", atomically: true, encoding: .utf8)
            let alone = try await Program.run(
                ["checkpoint", ledger, "--add", directory + "/line", "--witness", witness])
            #expect(alone.output.contains(line), "\(alone.complaints)")
            #expect(try await Program.run(["verify", ledger]).status == 0)
            let stranger = try await Program.run(
                ["checkpoint", ledger, "--add", directory + "/first", "--witness", witness])
            #expect(stranger.status != 0)
        }
    }

    @Test("an audit tells growth from rolling back and from another history")
    func audit() async throws {
        try await withSigned { directory, ledger in
            func audit(_ ledger: String) async throws -> Program.Run {
                try await Program.run(
                    ["audit", ledger, "--checkpoint", directory + "/first", "--key", directory + "/vkey", "--json"])
            }
            #expect(try await Program.run(["append", ledger, Program.examples[1]]).status == 0)
            let grown = try await audit(ledger)
            #expect(grown.status == 0)
            #expect(try grown.object["consistent"] as? Bool == true)

            let other = directory + "/other"
            #expect(try await Program.run(["init", other]).status == 0)
            #expect(try await Program.run(["append", other, Program.examples[1]]).status == 0)
            let rolled = try await audit(other)
            #expect(rolled.status == 1)
            let kinds = try #require(try rolled.object["findings"] as? [[String: Any]]).compactMap {
                $0["kind"] as? String
            }
            #expect(kinds == ["missing"])
            #expect(try await Program.run(["append", other, Program.examples[0]]).status == 0)
            let rewritten = try await audit(other)
            #expect(rewritten.status == 1)
            #expect(rewritten.output.contains("rewritten"))
            let signing = try await Program.run(["checkpoint", other, "--key", directory + "/key"])
            #expect(signing.status == 0, "a ledger of its own, which no checkpoint of the first fits")
            let proving = try await Program.run(["prove", other, "1", "--checkpoint", directory + "/first"])
            #expect(proving.status == 1)
        }
    }

    @Test("a key within a ledger, one that others may read, and one that is there already are refused")
    func keys() async throws {
        try await withSigned { directory, ledger in
            let key = directory + "/key"
            let inside = try await Program.run(["key", "make", ledger + "/derived-key", "--name", "x.example"])
            #expect(inside.status == 73)
            #expect(try await Program.run(["key", "make", key, "--name", "x.example"]).status == 73)
            #expect(try await Program.run(["key", "make", directory + "/new", "--name", "a b"]).status == 64)
            #expect(
                try await Program.run(["checkpoint", ledger, "--key", key, "--output", directory + "/c"]).status == 0)
            #expect(try await Program.run(["prove", ledger, "1", "--output", directory + "/p"]).status == 0)
            for (file, mode) in [(key, 0o600), (directory + "/p", 0o600), (directory + "/c", 0o644)] {
                let found = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
                #expect(found == mode, "\(file)")
            }
            try FileManager.default.copyItem(atPath: key, toPath: ledger + "/key")
            #expect(try await Program.run(["checkpoint", ledger, "--key", ledger + "/key"]).status == 66)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: key)
            let open = try await Program.run(["checkpoint", ledger, "--key", key])
            #expect(open.status == 66)
            #expect(open.complaints.contains("chmod 600"))
            let secret = try String(contentsOfFile: key, encoding: .utf8)
            #expect(!open.complaints.contains(secret.dropLast(40)))
        }
    }

    @Test("tiles are exported with the records or without")
    func tiles() async throws {
        try await withSigned { directory, ledger in
            let export = ["export", ledger, "--format", "tlog-tiles", "--output"]
            #expect(try await Program.run(export + [directory + "/tiles"]).status == 0)
            #expect(try await Program.run(export + [directory + "/tiles"]).status == 73)
            #expect(try await Program.run(export + [directory + "/bare", "--hashes-only"]).status == 0)
            let manager = FileManager.default
            #expect(manager.fileExists(atPath: directory + "/tiles/tile/entries/000"))
            #expect(!manager.fileExists(atPath: directory + "/bare/tile/entries"))
            #expect(
                try String(contentsOfFile: directory + "/bare/checkpoint", encoding: .utf8)
                    == String(contentsOfFile: directory + "/first", encoding: .utf8))
            let audit = try await Program.run([
                "audit", ledger, "--checkpoint", directory + "/first", "--key", directory + "/vkey", "--tiles",
                directory + "/bare",
            ])
            #expect(audit.status == 0, "\(audit.complaints)")
        }
    }
}
