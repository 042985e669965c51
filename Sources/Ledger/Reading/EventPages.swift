import Access
import EventLog
import Synchronization
package import TrainingEvents

/// The IDs of a ledger as far as it was read, kept between requests so that a page of events is read without all before
/// it. Shared by threads.
package final class KnownIDs: Sendable {
    private let state = Mutex<(registry: Registry, count: UInt64)>((Registry(), 0))

    package init() {}

    /// The IDs of the first `count` events or of more. What was read before is not read again.
    fileprivate func registry(_ reader: LedgerReader, atLeast count: UInt64) throws(LedgerError) -> Registry {
        let known = state.withLock { $0 }
        guard known.count < count else { return known.registry }
        var registry = known.registry
        try fromWalk {
            try reader.log.forEach(from: known.count, to: count) { position, record in
                // Nearly all events are about somebody known.
                if let peek = EventPeek(record), !peek.type.introducesSubject { return }
                registry.note(try LedgerReader.decode(record, at: position).subject)
            }
        }
        state.withLock { if $0.count < count { $0 = (registry, count) } }
        return registry
    }
}

/// Some events of a ledger, and where the next ones begin.
package struct EventPage: Sendable {
    package let events: [(position: UInt64, event: Event)]
    package let registry: Registry
    /// The position behind the last one that was looked at.
    package let next: UInt64
}

extension LedgerReader {
    /// The selected events of a point from a position on, at most `limit` of them, and of what was looked at in so many
    /// steps at most: a page can have fewer, and its ``EventPage/next`` says where to go on. Texts are as the role sees
    /// them that asked.
    ///
    /// - Throws: as ``forEachEvent(_:at:_:)``.
    package func page(
        _ selection: EventSelection, at point: LedgerPoint, from start: UInt64, limit: Int, knowing ids: KnownIDs,
        steps: UInt64 = 200_000
    ) throws(LedgerError) -> EventPage {
        guard warrant.units == nil else { return try page(walking: selection, at: point, from: start, limit) }
        try warrant.require(.readEvents)
        var view = EventView(selection, warrant)
        try view.requireGranted()
        let registry = try ids.registry(self, atLeast: point.eventCount)
        var events: [(UInt64, Event)] = []
        var next = min(start, point.eventCount)
        let end = min(point.eventCount, next + min(steps, point.eventCount))
        while next < end, events.count < limit {
            let event = try event(at: next)
            if view.shows(event, registry), !point.leavesOut(event) {
                events.append((next, try selection.opensTexts ? opened(event, registry) : warrant.masking(event)))
            }
            next += 1
        }
        return EventPage(events: events, registry: registry, next: next)
    }

    /// The same for whoever has a bounded reach: which unit holds a class, only the events before tell.
    private func page(
        walking selection: EventSelection, at point: LedgerPoint, from start: UInt64, _ limit: Int
    ) throws(LedgerError) -> EventPage {
        var events: [(UInt64, Event)] = []
        var last = Registry()
        var next = point.eventCount
        try forEachEvent(selection, at: point) { position, event, registry throws(LedgerError) in
            guard position >= start else { return }
            guard events.count < limit else {
                next = min(next, position)
                return
            }
            events.append((position, event))
            last = registry
        }
        return EventPage(events: events, registry: last, next: next)
    }
}

extension EventType {
    /// Whether events of the type give an ID to somebody or something new.
    fileprivate var introducesSubject: Bool {
        switch subjectForm {
        case .introducesTrainee, .introducesClass, .introducesUnit: true
        default: false
        }
    }
}
