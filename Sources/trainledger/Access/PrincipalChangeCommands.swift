import Access
import ArgumentParser
import CommandKit
import Explanations
import Ledger
import TrainingEvents

/// The ledger and the principal whom a change is about, and the two officers who agree on it.
struct PrincipalChangeArguments: ParsableArguments {
    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Argument(help: "The name of the principal.")
    var principal: String

    @OptionGroup var credentials: CredentialArguments
    @OptionGroup var output: OutputOptions

    func record(_ change: GrantChange, _ fill: (inout GrantEntry) -> Void = { _ in }) throws {
        try reporting {
            var entry = GrantEntry(change, principal)
            fill(&entry)
            try AccessAdministration(of: ledger).change(entry, by: credentials.caller(), now: systemNow)
            if output.json {
                Console.print(JSONValue.members(["recorded": .string(change.name), "principal": .string(principal)]))
            } else {
                Console.print(Words("已登錄", "recorded")(output.language))
            }
        }
    }

    /// Makes a new credential in a file and records its hash; without the record there is no file.
    func record(_ change: GrantChange, newCredential path: String) throws {
        let credential = Credential(newFor: principal)
        try reporting { try CredentialFile.write(credential, to: path) }
        do {
            try record(change) { $0.credential = credential.fingerprint }
        } catch {
            CredentialFile.discard(path)
            throw error
        }
    }
}

/// `trainledger principal add`.
struct PrincipalAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make somebody known, with a new credential. 新增人員",
        discussion: """
            EXAMPLES:
              trainledger principal add ledger chen --new-credential chen.credential \\
                  --credential lin.credential --second wang.credential
            """)

    @OptionGroup var arguments: PrincipalChangeArguments

    @Option(help: ArgumentHelp("The file to write the credential to, for its owner alone.", valueName: "file"))
    var newCredential: String

    func run() throws { try arguments.record(.principalAdded, newCredential: newCredential) }
}

/// `trainledger principal replace`.
struct PrincipalReplaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace", abstract: "Give somebody another credential; the old one is void. 更換憑證",
        discussion: """
            EXAMPLES:
              trainledger principal replace ledger chen \\
                  --new-credential chen-2.credential \\
                  --credential lin.credential --second wang.credential
            """)

    @OptionGroup var arguments: PrincipalChangeArguments

    @Option(help: ArgumentHelp("The file to write the credential to, for its owner alone.", valueName: "file"))
    var newCredential: String

    func run() throws { try arguments.record(.credentialReplaced, newCredential: newCredential) }
}

/// `trainledger principal password`.
struct PrincipalPasswordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Set your own password for the pages. 設定登入密碼",
        discussion: """
            Shows your own credential, and reads the password from a file or standard input, one line of 12 to 128 \
            characters: other users of a machine can see what a command was called with.

            EXAMPLES:
              trainledger principal password ledger --password-file - \\
                  --credential huang.credential
            """)

    @Argument(help: "The directory of the ledger.")
    var ledger: String

    @Option(help: ArgumentHelp("A file that holds the password on one line; - is standard input.", valueName: "file"))
    var passwordFile: String

    @OptionGroup var credentials: CredentialArguments
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reporting {
            guard let credential = try credentials.caller().credential else {
                throw ValidationError("--credential is needed: your own")
            }
            try PasswordStore(of: ledger).set(try OneLineInput.read(passwordFile), by: credential)
            if output.json {
                Console.print(JSONValue.members(["principal": .string(credential.principal)]))
            } else {
                Console.print(Words("已設定", "set")(output.language))
            }
        }
    }
}

/// `trainledger principal remove`.
struct PrincipalRemoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Somebody may do nothing any more. 移除人員",
        discussion: """
            EXAMPLES:
              trainledger principal remove ledger chen \\
                  --credential lin.credential --second wang.credential
            """)

    @OptionGroup var arguments: PrincipalChangeArguments

    func run() throws { try arguments.record(.principalRemoved) }
}

/// What role it is about, and for which training unit.
struct RoleArguments: ParsableArguments {
    @OptionGroup var arguments: PrincipalChangeArguments

    @Option(help: ArgumentHelp("The role: auditor, reviewer, clerk, operator, keyOfficer.", valueName: "role"))
    var role: Role

    @Option(help: ArgumentHelp("The training unit of a clerk.", valueName: "unit"))
    var unit: String?

    @Flag(help: "A clerk of every training unit.")
    var allUnits = false

    func validate() throws {
        if role == .clerk, (unit == nil) == !allUnits {
            throw ValidationError("a clerk's role is for a --unit, or for --all-units")
        }
        if role != .clerk, unit != nil || allUnits { throw ValidationError("only a clerk's role is for a unit") }
    }

    func record(_ change: GrantChange) throws {
        try arguments.record(change) { entry in
            entry.role = role
            entry.unit = unit
        }
    }
}

/// `trainledger principal grant`.
struct PrincipalGrantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Give somebody a role. 授予角色",
        discussion: """
            EXAMPLES:
              trainledger principal grant ledger chen --role clerk --unit U-NTPC-VTC \\
                  --credential lin.credential --second wang.credential
            """)

    @OptionGroup var grant: RoleArguments

    func run() throws { try grant.record(.roleGranted) }
}

/// `trainledger principal revoke`.
struct PrincipalRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take a role away. 撤銷角色",
        discussion: """
            EXAMPLES:
              trainledger principal revoke ledger chen --role clerk --unit U-NTPC-VTC \\
                  --credential lin.credential --second wang.credential
            """)

    @OptionGroup var grant: RoleArguments

    func run() throws { try grant.record(.roleRevoked) }
}

/// `trainledger principal assign`.
struct PrincipalAssignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign", abstract: "Give a reviewer the case of a trainee. 指派案件",
        discussion: """
            EXAMPLES:
              trainledger principal assign ledger huang --trainee T-COFFEE-01 \\
                  --credential lin.credential --second wang.credential
            """)

    @OptionGroup var arguments: PrincipalChangeArguments

    @Option(help: ArgumentHelp("The trainee whose case it is.", valueName: "id"))
    var trainee: String

    func run() throws { try arguments.record(.caseAssigned) { $0.trainee = trainee } }
}

/// `trainledger principal close`.
struct PrincipalCloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "A case is no longer a reviewer's. 結案",
        discussion: """
            EXAMPLES:
              trainledger principal close ledger huang --trainee T-COFFEE-01 \\
                  --credential lin.credential --second wang.credential
            """)

    @OptionGroup var arguments: PrincipalChangeArguments

    @Option(help: ArgumentHelp("The trainee whose case it is.", valueName: "id"))
    var trainee: String

    func run() throws { try arguments.record(.caseClosed) { $0.trainee = trainee } }
}
