import Access
package import CivilTime
package import Rulebook
import TrainingEvents

/// What adopting a rulebook came to.
package struct RulebookAdoption: Sendable {
    /// The position of the event that adopts it.
    package let position: UInt64
    /// The first day on which it counts.
    package let from: CivilDate
    /// Whether the event is new; `false` where the ledger's last adoption says the same.
    package let isNew: Bool
}

extension LedgerWriter {
    /// The source of the events by which this program adopts rulebooks.
    package static var adoptionSource: String { "/trainledger/rulebook" }

    /// Keeps a rulebook, durable when the call returns, and adopts nothing.
    ///
    /// - Returns: whether the ledger did not keep it before.
    /// - Throws: `damagedRulebook`, `log`.
    @discardableResult
    package func keep(_ book: Rulebook) throws(LedgerError) -> Bool {
        try warrant.require(.adoptRulebook)
        return try rulebooks.keep(book)
    }

    /// Keeps a rulebook and admits the event that adopts it, to be made durable by ``commit()``.
    ///
    /// Where the last adoption that stands is of the same book and day there is nothing to record.
    ///
    /// - Parameters:
    ///   - from: the first day on which it counts; today where `nil`.
    ///   - note: free text for people.
    /// - Throws: `damagedRulebook`, `log`; `refused` if the door does not take the event.
    package func adopt(_ book: Rulebook, from: CivilDate?, note: String?) throws(LedgerError) -> RulebookAdoption {
        try keep(book)
        let time = now()
        if let position = adoptionPositions.last(where: { !retracted.contains($0) }),
            case .rulebookAdopted(let last) = try event(at: position).body,
            RulebookFile.name(last.digest) == RulebookFile.name(book.digest), from ?? last.from == last.from,
            from != nil || last.from <= time.taipeiDate
        {
            return RulebookAdoption(position: position, from: last.from, isNew: false)
        }
        let first = from ?? time.taipeiDate
        let id = "\(book.id)/\(adoptionPositions.count + 1)"
        let position = try admitOwn(
            .members([
                "specversion": .string("1.0"), "id": .string(id), "source": .string(Self.adoptionSource),
                "type": .string(EventType.rulebookAdopted.name), "subject": .string(book.id),
                "time": .string(time.description),
                "data": .members([
                    "digest": .string(book.digest), "from": .string(first.description),
                    "note": note.map { .string($0) },
                ]),
            ]))
        return RulebookAdoption(position: position, from: first, isNew: true)
    }

    /// Admits an event that this program made.
    ///
    /// - Returns: its position.
    /// - Throws: `refused` if the door does not take it, or its source and ID are taken.
    func admitOwn(_ json: JSONValue) throws(LedgerError) -> UInt64 {
        do throws(AdmissionError) {
            let draft: EventDraft
            do throws(EventError) { draft = try EventDraft(json: json) } catch { throw .refused(error) }
            switch try admit(draft, keepsRecordedTime: false) {
            case .admitted(let position): return position
            case .duplicate(let position):
                throw .refused(EventError(.alreadyExists, field: "id", found: "the event at position \(position)"))
            }
        } catch {
            switch error {
            case .refused(let reason): throw .refused(reason)
            case .failed(let failure): throw failure
            }
        }
    }
}
