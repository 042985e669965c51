import Access
import CivilTime
import EventLog
import TrainingEvents

/// The two logs of access of a ledger, beside it in `LEDGER.access`: who may do what, and who asked what.
///
/// They lie apart so that a request reads the few grants and none of the many reads.
struct AccessLogs {
    let grants: AccessLog<GrantEntry>
    let reads: AccessLog<AccessEntry>
    let mark: AccessMark

    /// The directory of the logs of a ledger, by the ledger's real name: a link to it leads to the same.
    static func directory(of ledger: String) -> String { FilePath.real(ledger) + ".access" }

    /// The logs of a ledger; `nil` if it is not under access control.
    ///
    /// - Throws: `access` if what says so is damaged, or is missing beside logs of access; `log`.
    init?(of ledger: String) throws(LedgerError) {
        let files = RealFileSystem()
        if let mark = try AccessMark.read(in: ledger, files) {
            self.init(of: ledger, mark)
            return
        }
        let directory = Self.directory(of: ledger)
        guard try !fromLog({ () throws(LogError) in try files.exists(directory) }) else {
            throw .access(
                AccessError(
                    .damaged,
                    "there are logs of access in \(directory), and \(ledger)/\(AccessMark.fileName) is missing; put it "
                        + "back from a copy, or remove the logs if access control was never turned on"))
        }
        return nil
    }

    /// The logs of a ledger that has to be under access control.
    ///
    /// - Throws: `access`: `wrongState` if it is not.
    init(requiredOf ledger: String) throws(LedgerError) {
        guard let logs = try AccessLogs(of: ledger) else {
            throw .access(
                AccessError(
                    .wrongState, "\(ledger) is not under access control; trainledger principal enable begins it"))
        }
        self = logs
    }

    init(of ledger: String, _ mark: AccessMark) {
        let directory = Self.directory(of: ledger)
        grants = AccessLog(directory: directory + "/grants")
        reads = AccessLog(directory: directory + "/reads")
        self.mark = mark
    }

    /// Who may do what now.
    ///
    /// - Throws: `access` if the log is missing, damaged, or says what cannot be.
    func currentGrants() throws(LedgerError) -> Grants {
        try GrantsMemory.grants(of: grants.directory, mark.grants) { () throws(LedgerError) in try foldedGrants() }
    }

    private func foldedGrants() throws(LedgerError) -> Grants {
        var current = Grants()
        var objection: (position: UInt64, GrantObjection)?
        try grants.forEach(mark.grants) { placed in
            if let reason = current.objection(to: placed.entry) { objection = objection ?? (placed.position, reason) }
            current.take(placed.entry)
        }
        if let (position, reason) = objection {
            throw .access(
                AccessError(.damaged, "\(grants.directory): entry \(position) cannot follow (\(reason.rawValue))"))
        }
        return current
    }

    /// Writes an entry to the log of reads, durably.
    func record(_ entry: AccessEntry, at now: Instant) throws(LedgerError) {
        try reads.append(mark.reads, at: now) { () throws(LedgerError) in [entry] }
    }
}
