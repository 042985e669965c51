import Foundation
import Testing

@Suite("Access control, through the commands")
struct AccessCommandTests {
    /// A command, a role that may run it, and one that may not.
    private struct Case: Sendable {
        let name: String
        let permitted: String
        let denied: String
        let arguments: @Sendable (String) -> [String]

    }

    private static let trainee = "T-COFFEE-01"
    private static let classID = "NTPC-115-COFFEE-2"

    /// Every command that opens a ledger, with what it takes for an answer.
    private static let cases: [Case] = [
        Case(name: "events", permitted: "audi", denied: "op") { ["events", $0] },
        Case(name: "timeline", permitted: "huang", denied: "op") { ["timeline", $0, trainee] },
        Case(name: "balance", permitted: "chen", denied: "op") { ["balance", $0, trainee] },
        Case(name: "decide", permitted: "huang", denied: "lin") {
            ["decide", $0, "livingAllowance", "--class", classID, "--trainee", trainee]
        },
        Case(name: "report", permitted: "audi", denied: "chen") { ["report", $0, "attendance"] },
        Case(name: "deadlines", permitted: "chen", denied: "huang") { ["deadlines", $0, "--unit", "U-NTPC-VTC"] },
        Case(name: "compare", permitted: "op", denied: "chen") {
            ["compare", $0, "--rulebook", "base", "--rulebook", "cap-2025"]
        },
        Case(name: "find", permitted: "chen", denied: "audi") { ["find", $0, "--national-id-file", "-"] },
        Case(name: "prove", permitted: "audi", denied: "chen") { ["prove", $0, "@1"] },
        Case(name: "append", permitted: "chen", denied: "audi") { ["append", $0, "-"] },
        Case(name: "settle", permitted: "chen", denied: "huang") { ["settle", $0, "--class", classID] },
        Case(name: "rulebook adopt", permitted: "op", denied: "chen") {
            ["rulebook", "adopt", $0, "base", "--store-only"]
        },
        Case(name: "rebuild", permitted: "op", denied: "huang") { ["rebuild", $0] },
        Case(name: "plan", permitted: "op", denied: "chen") {
            ["plan", $0, "--shards", "1", "--output", $0 + ".plan"]
        },
        // There is a plan and a result only where the one before was permitted.
        Case(name: "fold-shard", permitted: "audi", denied: "huang") {
            ["fold-shard", $0, $0 + ".plan", "--shard", "0", "--output", $0 + ".part"]
        },
        Case(name: "fold-shard --compare-with", permitted: "op", denied: "chen") {
            ["fold-shard", $0, $0 + ".plan", "--shard", "0", "--output", $0 + ".cmp", "--compare-with", "cap-2025"]
        },
        Case(name: "merge", permitted: "op", denied: "lin") { ["merge", $0, $0 + ".plan", $0 + ".part"] },
        Case(name: "merge --compare", permitted: "audi", denied: "huang") {
            ["merge", $0, $0 + ".plan", $0 + ".cmp", "--compare"]
        },
        Case(name: "verify", permitted: "audi", denied: "chen") { ["verify", $0] },
        Case(name: "export", permitted: "op", denied: "huang") {
            ["export", $0, "--format", "tlog-tiles", "--output", $0 + ".tiles", "--hashes-only"]
        },
        Case(name: "export jsonl", permitted: "audi", denied: "op") { ["export", $0, "--format", "jsonl"] },
        Case(name: "export sqlite", permitted: "audi", denied: "chen") {
            ["export", $0, "--format", "sqlite", "--output", $0 + ".sqlite"]
        },
        Case(name: "import-csv", permitted: "chen", denied: "audi") { ["import-csv", $0, "attendance", "-"] },
        Case(name: "list insurance-match", permitted: "chen", denied: "op") {
            ["list", "insurance-match", $0, "--class", classID]
        },
        Case(name: "list roster", permitted: "chen", denied: "op") {
            ["list", "roster", $0, "--class", classID]
        },
        Case(name: "list payments", permitted: "chen", denied: "huang") {
            ["list", "payments", $0, "--class", classID]
        },
        Case(name: "checkpoint", permitted: "op", denied: "audi") { ["checkpoint", $0] },
        Case(name: "backup", permitted: "op", denied: "audi") { ["backup", $0, $0 + ".copy"] },
        Case(name: "repair", permitted: "op", denied: "audi") { ["repair", $0, "--from", $0 + ".none"] },
        Case(name: "seal", permitted: "op", denied: "chen") { ["seal", $0] },
        Case(name: "erase", permitted: "lin", denied: "op") {
            ["erase", $0, "T-nobody", "--legal-basis", "l", "--approved-by", "a", "--approved-by", "b"]
        },
        Case(name: "erase --apply-register", permitted: "lin", denied: "audi") { ["erase", $0, "--apply-register"] },
        Case(name: "access", permitted: "audi", denied: "huang") { ["access", $0, trainee] },
        Case(name: "principal list", permitted: "lin", denied: "op") { ["principal", "list", $0] },
    ]

    /// A ledger under access control with somebody in every role; credentials in files.
    private struct Office {
        let directory: String
        var ledger: String { directory + "/ledger" }

        func credential(_ name: String) -> String { "\(directory)/\(name).credential" }

        func run(_ arguments: [String], as name: String?, second: String? = nil) async throws -> CommandLineProgram.Run
        {
            var environment = ["TRAINLEDGER_PURPOSE": "case 115-12"]
            if let name { environment["TRAINLEDGER_CREDENTIAL"] = credential(name) }
            let more = second.map { ["--second", credential($0)] } ?? []
            return try await CommandLineProgram.run(
                arguments + more, input: "A123456789\n", environment: environment)
        }

        func change(_ arguments: String...) async throws {
            let run = try await run(["principal"] + arguments, as: "lin", second: "wang")
            #expect(run.status == 0, "\(run.complaints)")
        }

        /// How many requests were written down.
        func reads() async throws -> Int {
            let head = try await CommandLineProgram.run(["seal", ledger + ".access/reads", "--full-only", "--json"])
            #expect(head.status == 0)
            let reads = try await CommandLineProgram.run(["backup", ledger + ".access/reads", "--json", copyName()])
            let tree = try #require(try reads.object["treeHead"] as? [String: Any])
            return try #require(tree["size"] as? Int)
        }

        private func copyName() -> String { "\(directory)/reads-\(UUID().uuidString)" }
    }

    private static func withOffice(_ work: (Office) async throws -> Void) async throws {
        try await CommandLineProgram.withDirectory { directory in
            let office = Office(directory: directory)
            for arguments in [
                ["init", office.ledger], ["append", office.ledger] + CommandLineProgram.examples,
                [
                    "principal", "enable", office.ledger, "--officer", "lin", "--officer", "wang", "--credentials",
                    directory,
                ],
            ] {
                let run = try await CommandLineProgram.run(arguments)
                #expect(run.status == 0, "\(run.complaints)")
            }
            for name in ["audi", "huang", "chen", "op"] {
                try await office.change("add", office.ledger, name, "--new-credential", office.credential(name))
            }
            try await office.change("grant", office.ledger, "audi", "--role", "auditor")
            try await office.change("grant", office.ledger, "huang", "--role", "reviewer")
            try await office.change("grant", office.ledger, "chen", "--role", "clerk", "--unit", "U-NTPC-VTC")
            try await office.change("grant", office.ledger, "op", "--role", "operator")
            try await office.change("assign", office.ledger, "huang", "--trainee", trainee)
            try await work(office)
        }
    }

    @Test("no command answers without a credential or in a role that may not, and every request is written down")
    func everyCommand() async throws {
        try await Self.withOffice { office in
            var count = try await office.reads()
            for command in Self.cases {
                for (name, isDenied) in [(nil, true), (command.denied, true), (command.permitted, false)] {
                    let run = try await office.run(
                        command.arguments(office.ledger), as: name, second: command.name == "erase" ? "wang" : nil)
                    let asker = "\(command.name) by \(name ?? "nobody"): \(run.status) \(run.complaints.prefix(200))"
                    #expect((run.status == 77) == isDenied, "\(asker)")
                    if isDenied { #expect(run.output.isEmpty, "\(asker)") }
                    let now = try await office.reads()
                    #expect(now > count, "\(asker)")
                    count = now
                }
            }
        }
    }

    @Test("what the program refuses before it opens the ledger, bench included, is no way in")
    func otherCommands() async throws {
        try await Self.withOffice { office in
            for name in [nil, "audi", "op", "lin"] {
                #expect(try await office.run(["bench", office.ledger], as: name).status == 77)
            }
            let enabled = try await office.run(
                [
                    "principal", "enable", office.ledger, "--officer", "x", "--officer", "y", "--credentials",
                    office.directory,
                ], as: nil)
            #expect(enabled.status == 1)
            #expect(!FileManager.default.fileExists(atPath: office.credential("x")))
        }
    }

    @Test("who looked is told in both languages, and a credential that others may read is not taken")
    func trail() async throws {
        try await Self.withOffice { office in
            _ = try await office.run(["timeline", office.ledger, Self.trainee], as: "huang")
            let chinese = try await office.run(["access", office.ledger, Self.trainee, "--lang", "zh-TW"], as: "audi")
            #expect(chinese.output.contains("訴願審查員") && chinese.output.contains("case 115-12"))
            let json = try await office.run(["access", office.ledger, Self.trainee, "--json"], as: "audi")
            let looks = try json.objects.filter { $0["operation"] as? String == "readTimeline" }
            #expect(looks.map { $0["principal"] as? String } == ["huang"])
            #expect(looks.map { $0["through"] as? String } == ["trainee"])
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: office.credential("huang"))
            let exposed = try await office.run(["timeline", office.ledger, Self.trainee], as: "huang")
            #expect(exposed.status == 66)
            #expect(exposed.output.isEmpty)
        }
    }
}
