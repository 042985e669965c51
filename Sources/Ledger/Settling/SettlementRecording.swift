import Access
package import TrainingEvents

extension LedgerReader {
    /// The IDs that the log has for payouts of a class: those of the events that this program made, and of the
    /// payouts of all senders, retracted ones too. A walk over the log.
    package func payoutIDs(
        of number: ClassNumber, at point: LedgerPoint
    ) throws(LedgerError) -> Set<String> {
        try warrant.require(.settleClass)
        var ids: Set<String> = []
        try forEachRecord(upTo: point.eventCount) { position, record throws(LedgerError) in
            if let peek = EventPeek(record), peek.type != .payoutMade { return }
            let event = try Self.decode(record, at: position)
            guard case .payoutMade(let payout) = event.body, payout.classNumber == number else { return }
            ids.insert(payout.payout)
            if event.envelope.source == ProposedPayout.source { ids.insert(event.envelope.id) }
        }
        return ids
    }
}

extension LedgerWriter {
    /// Records the payouts of a settlement in one commit: after a crash all of them are there or none.
    ///
    /// - Throws: `unexpectedSequence` if the ledger has other events than were settled, and nothing was admitted;
    ///   `refused` if the door does not take a payout – close the writer then, and none is recorded; `log`.
    package func record(_ settlement: Settlement) throws(LedgerError) {
        let point = settlement.context.point
        guard head == point.eventCount else { throw .unexpectedSequence(expected: point.eventCount, head: head) }
        guard let time = point.recordedTime else { return }
        for payout in settlement.payouts {
            _ = try admitOwn(payout.event(at: time).json(sequence: head, registry: settlement.context.registry))
        }
        try commit()
    }
}
