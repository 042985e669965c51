package import Access
import EventLog
import Foundation

/// The passwords with which principals sign in to the pages, in `LEDGER.access/passwords`: a line each, the hash and the
/// name. Only hashes are kept, in a file of their own: unlike the log of grants, it forgets the old ones.
package struct PasswordStore {
    private let ledger: String
    private let logs: AccessLogs
    private let path: String
    private static let limit = 16 << 20

    /// - Throws: `access`: `wrongState` if the ledger is not under access control.
    package init(of ledger: String) throws(LedgerError) {
        logs = try AccessLogs(requiredOf: ledger)
        self.ledger = ledger
        path = AccessLogs.directory(of: ledger) + "/passwords"
    }

    /// Sets the password of whoever shows their credential.
    ///
    /// - Throws: `access`: `denied` for an unknown credential, `wrongState` for a password of a length that is not taken.
    package func set(
        _ password: String, by credential: Credential, cost: PasswordHash.Cost = .usual
    ) throws(LedgerError) {
        guard let principal = try logs.currentGrants().principal(showing: credential) else {
            throw .access(AccessError(.unknownPrincipal, .readPrincipals))
        }
        guard let hash = PasswordHash(of: password, cost: cost) else {
            throw .access(
                AccessError(
                    .wrongState,
                    "a password has \(PasswordHash.lengths.lowerBound) to \(PasswordHash.lengths.upperBound) characters"
                ))
        }
        let files = RealFileSystem()
        // Two who set theirs at once: the lock of the log of grants keeps one from undoing the other.
        try logs.grants.whileLocked { () throws(LedgerError) in
            var hashes = try read()
            hashes[principal.name] = hash.text
            let lines = hashes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }.joined()
            try fromLog { () throws(LogError) in
                try files.replace(path, in: AccessLogs.directory(of: ledger), with: Array(lines.utf8))
            }
        }
    }

    /// Who signs in with a name and a password; `nil` if nobody does. Takes as long for an unknown name.
    ///
    /// - Throws: `access` if the grants are damaged; `log`.
    package func signIn(_ name: String, _ password: String) throws(LedgerError) -> SignedIn? {
        let kept = try read()[name].flatMap { PasswordHash(text: $0) }
        let isKnown = try logs.currentGrants()[name] != nil
        let signedIn = SignedIn(name, password: password, kept ?? Self.nobodys)
        return isKnown && kept != nil ? signedIn : nil
    }

    /// What a password is held against where there is no principal of the name.
    private static let nobodys: PasswordHash = {
        guard let hash = PasswordHash(of: "the password of nobody") else { preconditionFailure("its length is taken") }
        return hash
    }()

    private func read() throws(LedgerError) -> [String: String] {
        let files = RealFileSystem()
        let bytes = try fromLog { () throws(LogError) in
            try files.exists(path) ? try files.content(path, limit: Self.limit) : []
        }
        var hashes: [String: String] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            if words.count == 2 { hashes[String(words[1])] = String(words[0]) }
        }
        return hashes
    }
}
