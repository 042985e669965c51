import Access
import ArgumentParser
import Foundation
import Ledger
import TrainingEvents

/// What those who ask show, where the ledger is under access control.
struct CredentialArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file that shows who you are, where the ledger is under access control (TRAINLEDGER_CREDENTIAL).",
            valueName: "file"))
    var credential: String?

    @Option(help: ArgumentHelp("The credential of a second person, where two have to agree.", valueName: "file"))
    var second: String?

    /// - Throws: `access` if a file holds no credential; `input` if others may read it.
    func caller(role: Role? = nil, purpose: String? = nil) throws(LedgerError) -> Caller {
        let path = credential ?? Self.environment("TRAINLEDGER_CREDENTIAL")
        return Caller(
            credential: try path.map { path throws(LedgerError) in try CredentialFile.read(path) },
            second: try second.map { path throws(LedgerError) in try CredentialFile.read(path) },
            role: role, purpose: purpose ?? Self.environment("TRAINLEDGER_PURPOSE"))
    }

    private static func environment(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// Who asks, as what and what for.
struct AccessArguments: ParsableArguments {
    @OptionGroup var credentials: CredentialArguments

    @Option(
        help: ArgumentHelp(
            "The role to act in: auditor, reviewer, clerk, operator, keyOfficer (default: the first that may).",
            valueName: "role"))
    var role: Role?

    @Option(
        help: ArgumentHelp(
            "What it is needed for, such as the number of a case; written down (TRAINLEDGER_PURPOSE).",
            valueName: "text"))
    var purpose: String?

    func caller() throws(LedgerError) -> Caller { try credentials.caller(role: role, purpose: purpose) }

    func request(
        _ operation: Access.Operation, of subject: AccessSubject = .nobody
    ) throws(LedgerError) -> AccessRequest {
        AccessRequest(operation, of: subject, by: try caller(), now: systemNow)
    }
}

extension Role: ExpressibleByArgument {
    init?(argument: String) { self.init(named: argument) }

    static var allValueStrings: [String] { allCases.map(\.name) }
}
