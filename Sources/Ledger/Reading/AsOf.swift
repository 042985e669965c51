package import CivilTime
import TrainingEvents

/// What the ledger knew: at its head, after its first N events, or at an instant.
package enum AsOf: Hashable, Sendable {
    case head
    /// The first this many events.
    case position(UInt64)
    /// Everything recorded up to and including this instant.
    case instant(Instant)

    /// Reads `@120`, a date (the end of that day in Taipei), or an RFC 3339 instant.
    package init(_ text: String) throws(LedgerError) {
        if text.hasPrefix("@") {
            let digits = text.dropFirst()
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let position = UInt64(digits) else {
                throw .asOf("\(shown(text)) is no position; write @ and a number of events, such as @120")
            }
            self = .position(position)
        } else if let date = CivilDate(text) {
            self = .instant(Instant(endOf: date))
        } else if let instant = Instant(text) {
            self = .instant(instant)
        } else {
            throw .asOf(
                "\(shown(text)) is neither a date (2026-06-01, 115-06-01), an instant "
                    + "(2026-06-01T09:00:00+08:00) nor a position (@120)")
        }
    }
}

/// The point of the log that a question resolved to; every answer states it.
package struct LedgerPoint: Hashable, Sendable {
    /// How many events are known: positions below this one.
    package var eventCount: UInt64
    /// The recorded time of the last of them; `nil` for an empty ledger.
    package var recordedTime: Instant?
    /// Events that happened after this day are left out (`--happened-by`).
    package var happenedBy: CivilDate?

    package init(eventCount: UInt64, recordedTime: Instant?, happenedBy: CivilDate?) {
        self.eventCount = eventCount
        self.recordedTime = recordedTime
        self.happenedBy = happenedBy
    }
}
