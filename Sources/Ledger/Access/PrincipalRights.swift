package import Access

/// What somebody may do at all, so that a page offers nothing that would be denied. It grants nothing: every request
/// still goes through the gate.
package struct PrincipalRights: Sendable {
    private let roles: Set<Role>

    /// - Throws: `access` if the grants are damaged; `log`.
    package init(of principal: String, in ledger: String) throws(LedgerError) {
        roles = try AccessLogs(requiredOf: ledger).currentGrants()[principal]?.roles ?? []
    }

    /// Whether somebody of the ledger has this credential.
    ///
    /// - Throws: `access` if the grants are damaged; `log`.
    package static func isKnown(_ credential: Credential, in ledger: String) throws(LedgerError) -> Bool {
        try AccessLogs(requiredOf: ledger).currentGrants().principal(showing: credential) != nil
    }

    /// Whether one of the principal's roles may do it for some record.
    package func mayDo(_ operation: Operation) -> Bool {
        roles.contains { AccessMatrix.permission($0, operation) != nil }
    }

    /// Whether one of the principal's roles may do it for everybody's records.
    package func mayDoForAll(_ operation: Operation) -> Bool {
        roles.contains { AccessMatrix.permission($0, operation)?.reach == .everything }
    }
}
