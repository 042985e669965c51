package import Access
package import CivilTime
import EventLog
import Glibc
import TrainingEvents

/// Puts a ledger under access control, and says who may do what there.
package struct AccessAdministration {
    private let ledger: String
    private let logs: AccessLogs

    /// - Throws: `access`: `wrongState` if the ledger is not under access control.
    package init(of ledger: String) throws(LedgerError) {
        logs = try AccessLogs(requiredOf: ledger)
        self.ledger = ledger
    }

    /// Puts a ledger under access control, for good: makes its two logs in `LEDGER.access`, with the first two key
    /// officers, and the mark without which nobody is answered. A crash leaves the ledger as it was, or all of it.
    ///
    /// - Throws: `access`: `wrongState` if it is already; `refused` for a name that cannot be one; `log`.
    package static func enable(
        _ ledger: String, officers: (Credential, Credential), now: Instant
    ) throws(LedgerError) {
        guard try AccessMark.read(in: ledger, RealFileSystem()) == nil else {
            throw .access(AccessError(.wrongState, "\(ledger) is under access control already"))
        }
        _ = try LedgerReader(forOwnUse: ledger, keys: nil)
        guard officers.0.principal != officers.1.principal else {
            throw .access(AccessError(.notChanged(.nameTaken), "two key officers are needed, with two names"))
        }
        var entries: [GrantEntry] = []
        for officer in [officers.0, officers.1] {
            entries += [try addition(of: officer, by: []), role(.keyOfficer, to: officer.principal)]
        }
        let first = entries
        let mark = try makeLogs(of: ledger)
        let logs = AccessLogs(of: ledger, mark)
        try logs.grants.append(mark.grants, at: now) { () throws(LedgerError) in first }
        try mark.write(in: ledger, RealFileSystem())
    }

    /// Both logs, empty. What an attempt that was cut short left is replaced: nobody was answered by it.
    private static func makeLogs(of ledger: String) throws(LedgerError) -> AccessMark {
        let files = RealFileSystem()
        let directory = AccessLogs.directory(of: ledger)
        return try fromLog { () throws(LogError) in
            if try files.exists(directory) {
                throw LogError(
                    .alreadyExists,
                    "there is something at \(directory) already; move it away if no other ledger needs it")
            }
            try files.makeDirectory(directory)
            // Who looked at whom, and the hashes of passwords, are for the ledger's own account alone.
            guard chmod(directory, 0o700) == 0 else {
                throw LogError(.inputOutput(errno), "\(directory) cannot be made private")
            }
            try files.synchroniseDirectory(FilePath.parent(of: directory))
            return AccessMark(
                grants: try AccessLog<GrantEntry>.create(directory + "/grants"),
                reads: try AccessLog<AccessEntry>.create(directory + "/reads"))
        }
    }

    private static func role(_ role: Role, to principal: String) -> GrantEntry {
        var entry = GrantEntry(.roleGranted, principal)
        entry.role = role
        return entry
    }

    private static func addition(of credential: Credential, by: [String]) throws(LedgerError) -> GrantEntry {
        var entry = GrantEntry(.principalAdded, credential.principal)
        entry.credential = credential.fingerprint
        entry.by = by
        try check(entry)
        return entry
    }

    private static func check(_ entry: GrantEntry) throws(LedgerError) {
        do throws(EventError) { try entry.validate() } catch { throw .refused(error) }
    }

    /// Records a change that two key officers agree on. Both are named in it.
    ///
    /// - Throws: `access`: `denied`, `notChanged`; `refused` where a name or ID cannot be one; `log`.
    package func change(_ change: GrantEntry, by caller: Caller, now: @escaping @Sendable () -> Instant)
        throws(LedgerError)
    {
        let request = AccessRequest(.administerPrincipals, by: caller, now: now)
        let warrant = try AccessGate.warrant(for: request, on: ledger)
        var entry = change
        entry.by = [warrant.principal, warrant.second].compactMap(\.self)
        try Self.check(entry)
        let final = entry
        try logs.grants.append(logs.mark.grants, at: now()) { () throws(LedgerError) in
            if let objection = try logs.currentGrants().objection(to: final) {
                throw .access(AccessError(.notChanged(objection), Self.sentence(objection, final)))
            }
            return [final]
        }
    }

    /// Everyone who is or was known, for whoever may see that.
    ///
    /// - Throws: `access`: `denied`.
    package func principals(
        for caller: Caller, now: @escaping @Sendable () -> Instant
    ) throws(LedgerError) -> [Grants.Principal] {
        try AccessGate.pass(
            AccessRequest(.readPrincipals, by: caller, now: now), for: .readPrincipals, on: ledger)
        return try logs.currentGrants().principals
    }

    private static func sentence(_ objection: GrantObjection, _ entry: GrantEntry) -> String {
        switch objection {
        case .nameTaken: "there is or was a principal named \(entry.principal); names are never given again"
        case .unknownPrincipal: "there is no principal named \(entry.principal)"
        case .nothingChanges: "that is so already for \(entry.principal)"
        case .noReviewer: "\(entry.principal) is no reviewer; cases are assigned to reviewers"
        case .tooFewKeyOfficers: "fewer than two key officers would be left, and nobody could change anything"
        }
    }
}
