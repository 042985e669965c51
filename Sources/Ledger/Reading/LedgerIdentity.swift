import Access
package import EventLog

/// Which ledger an answer is about, and up to where: enough to find out later whether it rests on what a checkpoint
/// signs.
package struct LedgerIdentity: Hashable, Sendable {
    package let ledgerID: LedgerID
    /// The root of the tree over the first events.
    package let treeRoot: TreeHash
}

extension LedgerReader {
    /// Which ledger this is, with the root at a point. O(events behind the last segment's beginning), at most 65,536.
    ///
    /// - Throws: `access` if no report was asked for; `log`.
    package func identity(at point: LedgerPoint) throws(LedgerError) -> LedgerIdentity {
        try warrant.require(.readReport)
        let root = try fromLog { () throws(LogError) in try log.treeHead(at: point.eventCount).root }
        return LedgerIdentity(ledgerID: log.ledgerID, treeRoot: root)
    }
}
