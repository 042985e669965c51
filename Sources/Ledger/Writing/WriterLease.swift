/// Decides who writes, where several machines have a copy of a ledger.
package protocol WriterLease: Sendable {
    /// An epoch for a writer that opens now, higher than any that was given out before.
    ///
    /// - Parameter known: the highest epoch that this copy of the ledger knows of.
    /// - Throws: `log` with `notTheWriter` if the lease is lost, or a writer that this copy does not know of has written.
    func claim(after known: UInt32) throws(LedgerError) -> UInt32

    /// Makes sure that the lease is held, for as long as writing takes.
    ///
    /// - Throws: `log` with `notTheWriter`.
    func check() throws(LedgerError)

    /// Notes that this epoch has written; called before anybody is told so.
    ///
    /// - Throws: `log` with `notTheWriter` or `inputOutput`; then nobody is told.
    func didWrite(_ epoch: UInt32) throws(LedgerError)

    /// Gives the lease back.
    func end()
}
