import Access
import EventLog
import TrainingEvents

/// Leave to work on a ledger, or on segment files of it, by a plan.
///
/// Where a directory holds a whole ledger, whoever may rebuild or compare it is let in, as for a rebuild in one process. One
/// that holds segment files and no `ledger.json` has no gate: whoever gave them to a worker answers for it.
package struct ShardPassage: Sendable {
    /// The directory.
    let ledger: String
    /// `nil` where there is no whole ledger.
    private let ledgerID: LedgerID?
    /// What was granted; `nil` where there is no gate.
    private let operation: Operation?

    /// - Parameter request: who asks, for a ledger under access control; written down before this returns.
    /// - Throws: `access`; `log`.
    package init(to ledger: String, for request: AccessRequest? = nil) throws(LedgerError) {
        self.ledger = ledger
        let isLedger = try fromLog { () throws(LogError) in
            try RealFileSystem().exists("\(ledger)/\(Format.descriptionFile)")
        }
        guard isLedger else {
            (ledgerID, operation) = (nil, nil)
            return
        }
        let reader = try LedgerReader(opening: ledger, keys: nil, for: request)
        try reader.warrant.require(.rebuild, .compareRules)
        ledgerID = reader.log.ledgerID
        operation = reader.warrant.operation
    }

    /// - Throws: `access` if something else was granted; `shard` – `foreign` if the plan is of another ledger.
    func require(_ plan: ShardPlan, _ operation: Operation) throws(LedgerError) {
        guard self.operation == nil || self.operation == operation else {
            throw .access(AccessError(.notPermitted, operation))
        }
        guard ledgerID == nil || ledgerID == plan.ledgerID else {
            throw .shard(ShardError(.foreign, "\(ledger) is another ledger than the plan's"))
        }
    }
}
