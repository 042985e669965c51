import Access
import ArgumentParser
import CommandKit
import Explanations
import Ledger
import TrainingEvents

/// `trainledger principal`.
struct PrincipalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "principal", abstract: "Who may do what in a ledger. 人員與權限",
        discussion: """
            Every change needs two key officers (--credential, --second), and is recorded for ever. See docs/access.md.

            EXAMPLES:
              trainledger principal add ledger chen --new-credential chen.credential \\
                  --credential lin.credential --second wang.credential
              trainledger principal grant ledger chen --role clerk --unit U-NTPC-VTC \\
                  --credential lin.credential --second wang.credential
            """,
        subcommands: [
            PrincipalEnableCommand.self, PrincipalAddCommand.self, PrincipalReplaceCommand.self,
            PrincipalRemoveCommand.self, PrincipalGrantCommand.self, PrincipalRevokeCommand.self,
            PrincipalAssignCommand.self, PrincipalCloseCommand.self, PrincipalListCommand.self,
            PrincipalMatrixCommand.self, PrincipalPasswordCommand.self,
        ])
}

/// `trainledger principal enable`.
struct PrincipalEnableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Put a ledger under access control, for good. 啟用權限管制",
        discussion: """
            From then on nobody is answered without a credential, and every request is written down before it is \
            answered, in LEDGER.access beside the ledger. The first two key officers get a credential each.

            EXAMPLES:
              trainledger principal enable ledger --officer lin --officer wang \\
                  --credentials secrets
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: ArgumentHelp("The name of a key officer; give it twice.", valueName: "name"))
    var officer: [String]

    @Option(
        help: ArgumentHelp("The directory to put the two credentials in, as NAME.credential.", valueName: "directory"))
    var credentials: String

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard officer.count == 2, officer[0] != officer[1] else {
            throw ValidationError("--officer twice, with two names: every change needs two key officers")
        }
        guard officer.allSatisfy({ !$0.contains("/") && !$0.hasPrefix(".") }) else {
            throw ValidationError("the names become names of files: without / and not beginning with a dot")
        }
    }

    func run() throws {
        try reporting {
            let new = officer.map { Credential(newFor: $0) }
            let paths = officer.map { "\(credentials)/\($0).credential" }
            for (credential, path) in zip(new, paths) { try CredentialFile.write(credential, to: path) }
            do throws(LedgerError) {
                try AccessAdministration.enable(ledger, officers: (new[0], new[1]), now: systemNow())
            } catch {
                for path in paths { CredentialFile.discard(path) }
                throw error
            }
            if output.json {
                Console.print(
                    JSONValue.members([
                        "enabled": .bool(true), "keyOfficers": .array(officer.map { .string($0) }),
                        "credentials": .array(paths.map { .string($0) }),
                    ]))
            } else {
                Console.print(
                    Words(
                        "已啟用權限管制；請將 \(paths[0])、\(paths[1]) 分別交給兩人保管",
                        "access control is on; give \(paths[0]) and \(paths[1]) to their owners")(output.language))
            }
        }
    }
}

/// `trainledger principal list`.
struct PrincipalListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Everyone who is or was known, with roles, units and cases. 人員清單",
        discussion: """
            EXAMPLES:
              trainledger principal list ledger --credential lin.credential
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @OptionGroup var access: AccessArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            let principals = try AccessAdministration(of: ledger).principals(for: access.caller(), now: systemNow)
            for principal in principals {
                if output.json { Console.print(principal.json) } else { show(principal) }
            }
        }
    }

    private func show(_ principal: Grants.Principal) {
        let language = output.language
        let roles = Role.allCases.filter { principal.roles.contains($0) }.map { Terms.role($0, language) }
        let units = principal.hasAllUnits ? [Words("全部單位", "all units")(language)] : principal.units.sorted()
        let state = principal.isRemoved ? Words("（已移除）", " (removed)")(language) : ""
        Console.print(
            "\(principal.name)\(state)  \(roles.joined(separator: ", "))  "
                + (units + principal.cases.sorted()).joined(separator: ", "))
    }
}

extension Grants.Principal {
    fileprivate var json: JSONValue {
        .members([
            "principal": .string(name), "removed": .bool(isRemoved),
            "roles": .array(Role.allCases.filter { roles.contains($0) }.map { .string($0.name) }),
            "allUnits": .bool(hasAllUnits), "units": .array(units.sorted().map { .string($0) }),
            "cases": .array(cases.sorted().map { .string($0) }),
        ])
    }
}

/// `trainledger principal matrix`.
struct PrincipalMatrixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix", abstract: "What each role may do, to whose records, with which texts. 權限矩陣",
        discussion: """
            EXAMPLES:
              trainledger principal matrix --lang en
            """)

    @OptionGroup var output: OutputOptions

    func run() throws {
        var table = Table(["role", "operation", "reach", "texts"])
        for role in Role.allCases {
            for operation in Operation.allCases {
                guard let permission = AccessMatrix.permission(role, operation) else { continue }
                let texts = RetentionClass.allCases.filter { permission.texts.contains($0) }.map(\.name)
                if output.json {
                    Console.print(
                        JSONValue.members([
                            "role": .string(role.name), "operation": .string(operation.name),
                            "reach": .string(permission.reach.rawValue), "texts": .array(texts.map { .string($0) }),
                        ]))
                } else {
                    table.add([
                        Terms.role(role, output.language), Terms.operation(operation, output.language),
                        permission.reach.rawValue, texts.joined(separator: " "),
                    ])
                }
            }
        }
        if !output.json { for line in table.lines { Console.print(line) } }
    }
}
