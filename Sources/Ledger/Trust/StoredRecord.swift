import Access
import EventLog

extension LedgerReader {
    /// The canonical bytes of an event as the log holds them, personal texts sealed, and the hash of its leaf in the tree.
    ///
    /// - Throws: `access` unless the reader was opened for `proveEvents` of everyone; `asOf` for a position that there is
    ///   not; `log`.
    package func storedRecord(at position: UInt64) throws(LedgerError) -> (bytes: [UInt8], leaf: String) {
        try warrant.requireEveryone(.proveEvents)
        guard position < head else { throw .asOf("the ledger has \(head) events; \(position) is none of them") }
        return try fromLog { () throws(LogError) in
            (try log.record(at: position), "\(MerkleTree.leafHash(try log.entry(at: position)))")
        }
    }
}
