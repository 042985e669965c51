package import Access
package import ArgumentParser
import Foundation
package import Ledger
import TrainingEvents

/// What those who ask show, where the ledger is under access control.
package struct CredentialArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file that shows who you are, where the ledger is under access control (TRAINLEDGER_CREDENTIAL).",
            valueName: "file"))
    package var credential: String?

    @Option(help: ArgumentHelp("The credential of a second person, where two have to agree.", valueName: "file"))
    package var second: String?

    package init() {}

    /// - Throws: `access` if a file holds no credential; `input` if others may read it.
    package func caller(role: Role? = nil, purpose: String? = nil) throws(LedgerError) -> Caller {
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
package struct AccessArguments: ParsableArguments {
    @OptionGroup package var credentials: CredentialArguments

    @Option(
        help: ArgumentHelp(
            "The role to act in: auditor, reviewer, clerk, operator, keyOfficer (default: the first that may).",
            valueName: "role"))
    package var role: Role?

    @Option(
        help: ArgumentHelp(
            "What it is needed for, such as the number of a case; written down (TRAINLEDGER_PURPOSE).",
            valueName: "text"))
    package var purpose: String?

    package init() {}

    package func caller() throws(LedgerError) -> Caller { try credentials.caller(role: role, purpose: purpose) }

    package func request(
        _ operation: Access.Operation, of subject: AccessSubject = .nobody
    ) throws(LedgerError) -> AccessRequest {
        AccessRequest(operation, of: subject, by: try caller(), now: systemNow)
    }
}

extension Role: ExpressibleByArgument {
    package init?(argument: String) { self.init(named: argument) }

    package static var allValueStrings: [String] { allCases.map(\.name) }
}
