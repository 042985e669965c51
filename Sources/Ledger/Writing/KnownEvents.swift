import Access

extension LedgerWriter {
    /// Whether an event with this source and ID was admitted, durable or not, retracted since or not.
    ///
    /// - Throws: `failed` if the ledger cannot say.
    package func holds(source: String, id: String) throws(AdmissionError) -> Bool {
        do throws(LedgerError) { try warrant.require(.recordEvents) } catch { throw .failed(error) }
        return try existing(source, id) != nil
    }
}
