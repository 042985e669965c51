import Foundation
import Testing

@Suite("erase and find, and where keys are, through the commands")
struct PersonalDataCommandTests {
    private static let registration = """
        {"specversion":"1.0","id":"p-1","source":"/test","type":"trainee.registered","subject":"T-9",\
        "time":"2026-06-01T09:00:00+08:00","data":{"birthDate":"1985-02-28","sex":"female","nationality":"national",\
        "name":"阮氏梅花","nationalId":"A123456789"}}
        """
    private static let hold = """
        {"specversion":"1.0","id":"p-2","source":"/test","type":"hold.placed","subject":"T-9",\
        "time":"2026-06-01T09:00:00+08:00","data":{"hold":"H-1","on":"2026-06-01","reason":"訴訟"}}
        """

    private func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async throws
        -> CommandLineProgram.Run
    {
        try await CommandLineProgram.run(arguments, input: input, environment: environment)
    }

    private func erase(_ ledger: String, _ more: String...) async throws -> CommandLineProgram.Run {
        try await CommandLineProgram.run(
            ["erase", ledger, "T-9", "--legal-basis", "個資法第11條", "--approved-by", "甲", "--approved-by", "乙"] + more)
    }

    private func withLedger(_ work: (String, String) async throws -> Void) async throws {
        try await CommandLineProgram.withDirectory { directory in
            let ledger = directory + "/ledger"
            #expect(try await run("init", ledger).status == 0)
            #expect(try await run("append", ledger, input: Self.registration).status == 0)
            try await work(ledger, directory)
        }
    }

    @Test("an erasure prints its certificate, and again when it is asked for again")
    func certificate() async throws {
        try await withLedger { ledger, _ in
            let first = try await erase(ledger, "--json")
            #expect(first.status == 0)
            let answer = try first.object
            #expect(answer["state"] as? String == "erased")
            #expect(answer["sequence"] as? Int == 1)
            #expect((answer["destroyedKeys"] as? [[String: Any]])?.map { $0["class"] as? String } == ["identity"])
            #expect(answer["keptUntil"] as? String == "2036-05-31")
            #expect(try await erase(ledger, "--json").output == first.output)
            let shown = try await run("events", ledger, "--json")
            #expect(!shown.output.contains("阮氏梅花"))
            #expect(shown.output.contains(#""name":{"erased":true}"#))
            let chinese = try await erase(ledger, "--lang", "zh-TW")
            #expect(chinese.output.contains("個人資料刪除證明：學員 T-9（先前已刪除）"))
            #expect(try await run("verify", ledger).status == 0)
        }
    }

    @Test("takes two different approvers and a trainee who is known, and waits for holds")
    func refusals() async throws {
        try await withLedger { ledger, _ in
            for approvers in [["甲"], ["甲", "甲"], ["甲", "乙", "丙"]] {
                let arguments = approvers.flatMap { ["--approved-by", $0] }
                let run = try await CommandLineProgram.run(
                    ["erase", ledger, "T-9", "--legal-basis", "x"] + arguments)
                #expect(run.status == 64)
            }
            let unknown = try await run(
                "erase", ledger, "T-1", "--legal-basis", "x", "--approved-by", "甲", "--approved-by", "乙")
            #expect(unknown.status == 66)
            #expect(try await run("append", ledger, input: Self.hold).status == 0)
            let held = try await erase(ledger)
            #expect(held.status == 65)
            #expect(held.complaints.contains("H-1"))
            #expect(try await run("events", ledger).output.contains("阮氏梅花"))
        }
    }

    @Test("backup, erasure, restore: nothing opens until the register is applied, and then the erasure stands")
    func drill() async throws {
        try await withLedger { ledger, directory in
            let files = FileManager.default
            for suffix in ["", ".keys"] {
                try files.copyItem(atPath: ledger + suffix, toPath: "\(directory)/backup\(suffix)")
            }
            #expect(try await erase(ledger).status == 0)
            for suffix in ["", ".keys"] {
                try files.removeItem(atPath: ledger + suffix)
                try files.moveItem(atPath: "\(directory)/backup\(suffix)", toPath: ledger + suffix)
            }
            let commands = [
                ["events", ledger], ["timeline", ledger, "T-9"], ["balance", ledger, "T-9"], ["rebuild", ledger],
                ["append", ledger], ["report", ledger, "quota"], ["find", ledger, "--national-id-file", "-"],
            ]
            for command in commands {
                let refused = try await CommandLineProgram.run(command, input: "A123456789\n")
                #expect(refused.status == 1, "\(command[0])")
                #expect(refused.complaints.contains("--apply-register"), "\(command[0])")
                #expect(refused.output.isEmpty, "\(command[0])")
            }
            #expect(try await run("verify", ledger).status == 0)
            let applied = try await run("erase", ledger, "--apply-register", "--json")
            #expect(applied.status == 0)
            #expect(try applied.object["recordedAgain"] as? Int == 1)
            let shown = try await run("events", ledger, "--json")
            #expect(shown.status == 0)
            #expect(!shown.output.contains("阮氏梅花"))
            #expect(shown.lines.count == 2)
            #expect(try await run("find", ledger, "--national-id-file", "-", input: "A123456789").status == 1)
        }
    }

    @Test("find reads the number from a file, never from the command line")
    func find() async throws {
        try await withLedger { ledger, directory in
            let found = try await run("find", ledger, "--national-id-file", "-", "--json", input: "A123456789\n")
            #expect(found.status == 0)
            #expect(try found.object["trainees"] as? [String] == ["T-9"])
            try "B123456780\r\n".write(toFile: directory + "/id", atomically: true, encoding: .utf8)
            #expect(try await run("find", ledger, "--national-id-file", directory + "/id").status == 1)
            let wrong = try await run("find", ledger, "--national-id-file", "-", input: "A123456788\n")
            #expect(wrong.status == 65)
            #expect(!wrong.complaints.contains("A123456788"))
            #expect(try await run("find", ledger, "--national-id-file", directory + "/none").status == 66)
            #expect(try await run("find", ledger, "A123456789").status == 64)
        }
    }

    @Test(
        "keys stand where options or environment say, never inside the ledger, and are asked for when they are missing")
    func places() async throws {
        try await CommandLineProgram.withDirectory { directory in
            let ledger = directory + "/ledger"
            #expect(try await run("init", ledger, "--keys", ledger + "/keys").status == 64)
            #expect(!FileManager.default.fileExists(atPath: ledger))
            let environment = ["TRAINLEDGER_KEYS": directory + "/k", "TRAINLEDGER_KEK": directory + "/kek"]
            #expect(try await run("init", ledger, environment: environment).status == 0)
            #expect(!FileManager.default.fileExists(atPath: ledger + ".keys"))
            let refused = try await run("append", ledger, "--json", input: Self.registration)
            #expect(refused.status == 65)
            #expect(((try refused.object["refusals"] as? [[String: Any]])?.first?["code"] as? String) == "noKeys")
            #expect(
                try await run("append", ledger, input: Self.registration, environment: environment).status == 0)
            let options = ["--keys", directory + "/k", "--kek", directory + "/kek"]
            let open = try await CommandLineProgram.run(["events", ledger, "--json"] + options)
            #expect(open.output.contains("阮氏梅花"))
            #expect(try await run("events", ledger, "--json").output.contains(#""name":{"sealed":true}"#))
            #expect(try await run("timeline", ledger, "T-9", "--json").output.contains(#""name":{"sealed":true}"#))
            chmod(directory + "/kek", 0o644)
            #expect(try await CommandLineProgram.run(["events", ledger] + options).status == 64)
        }
    }
}
