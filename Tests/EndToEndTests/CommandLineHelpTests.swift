import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite("Help, completions and what is printed for people")
struct CommandLineHelpTests {
    /// A command as the program describes itself.
    private struct Command {
        let path: [String]
        let discussion: String
        let hasSubcommands: Bool
    }

    private static func commands() async throws -> [Command] {
        let run = try await CommandLineProgram.run(["--experimental-dump-help"])
        let root = try #require(try run.object["command"] as? [String: Any])
        func all(_ command: [String: Any], below path: [String]) -> [Command] {
            let name = command["commandName"] as? String ?? ""
            let path = path + [name]
            let children = (command["subcommands"] as? [[String: Any]] ?? []).filter {
                $0["commandName"] as? String != "help"
            }
            let discussion = command["discussion"] as? String ?? ""
            return [Command(path: path, discussion: discussion, hasSubcommands: !children.isEmpty)]
                + children.flatMap { all($0, below: path) }
        }
        return all(root, below: [])
    }

    @Test("the help of every command that does something shows how it is called")
    func examples() async throws {
        let commands = try await Self.commands().filter { !$0.hasSubcommands }
        #expect(commands.count > 40)
        for command in commands {
            let call = "  " + command.path.joined(separator: " ")
            let lines = command.discussion.split(separator: "\n")
            #expect(lines.contains { $0.contains(call) }, "\(call) has no example")
            for line in lines where line.hasPrefix("  ") {
                #expect(line.count <= 80, "\(call): an example is wider than 80 columns")
            }
        }
    }

    @Test("bash completes a command, a subcommand of it and the values of an option")
    func completions() async throws {
        let script = """
            set -eu
            source /dev/stdin <<< "$("$1" --generate-completion-script bash)"
            complete -p trainledger > /dev/null
            ask() {
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMPREPLY=()
                COMP_POINT=${#COMP_LINE}
                set +eu
                _trainledger trainledger "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
                set -eu
                echo "${COMPREPLY[@]}"
            }
            ask trainledger timel
            ask trainledger principal assi
            ask trainledger serve --lang ""
            ask trainledger nothing-of-this-name
            """
        let result = try await Subprocess.run(
            .name("bash"), arguments: ["-c", script, "bash", CommandLineProgram.path],
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
        #expect(result.standardOutput == "timeline\nassign\nzh-TW en\n\n")
    }

    @Test("zsh and fish have completions too")
    func otherShells() async throws {
        for (shell, mark) in [("zsh", "#compdef trainledger"), ("fish", "complete -c 'trainledger'")] {
            let run = try await CommandLineProgram.run(["--generate-completion-script", shell])
            #expect(run.status == 0)
            #expect(run.output.contains(mark), "\(shell)")
        }
    }

    private static let tables = [
        ["compare", "--rulebook", "base", "--rulebook", "cap-2025"], ["settle", "--class", "NTPC-115-COFFEE-2"],
        ["deadlines", "--on", "2026-11-12"], ["balance", "T-COFFEE-12"],
        ["list", "insurance-match", "--class", "NTPC-115-COFFEE-2"],
        ["list", "payments", "--class", "NTPC-115-COFFEE-2"], ["report", "attendance"], ["report", "half-months"],
    ]

    /// Columns that a terminal takes for a text: Chinese characters take two.
    private static func width(_ line: Substring) -> Int {
        line.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFF60).contains($1.value) ? 2 : 1) }
    }

    @Test("tables fit 80 columns where nobody says how many there are, and nothing is coloured, NO_COLOR or not")
    func tables() async throws {
        try await CommandLineProgram.withExamples { ledger in
            for language in ["zh-TW", "en"] {
                for table in Self.tables {
                    let named = table[0] == "list" ? 2 : 1
                    let arguments = table.prefix(named) + [ledger] + table.dropFirst(named) + ["--lang", language]
                    let run = try await CommandLineProgram.run(
                        Array(arguments), environment: ["TERM": "xterm-256color"])
                    #expect([0, 1].contains(run.status), "\(table): \(run.complaints)")
                    let lines = run.output.split(separator: "\n")
                    // The lines of a table are those with two spaces between its columns.
                    let wide = lines.filter { $0.contains("  ") && Self.width($0) > 80 }
                    #expect(wide.isEmpty, "\(table) \(language): \(wide.first ?? "")")
                    #expect(lines.count > 1, "\(table)")
                    #expect(!(run.output + run.complaints).contains("\u{1B}"), "\(table)")
                    let plain = try await CommandLineProgram.run(
                        Array(arguments), environment: ["NO_COLOR": "1", "TERM": "xterm-256color"])
                    #expect(plain.output == run.output, "\(table)")
                }
            }
        }
    }
}
