import EventLog
import Histories
import Synchronization
import TrainingEvents

/// Everyone's facts at the points that were asked for last. A later point is reached by folding what was recorded since;
/// nobody who asks at the same time folds the same twice.
final class FactsMemory: Sendable {
    /// The latest points, ascending by how many events they know.
    private let latest = Mutex<[LedgerHistories]>([])
    private let limit: UInt64
    /// Several: those who ask while others record stand at points that differ a little.
    private static let points = 3
    /// Events that are folded one by one; where there are more, all are folded anew, by all processors.
    private static let steps: UInt64 = 65_536

    /// - Parameter limit: facts of more events than this are not kept.
    init(upTo limit: UInt64) { self.limit = limit }

    /// The facts of the first `count` events.
    ///
    /// - Parameter fold: folds them from the log.
    /// - Throws: what `fold` and reading throw; then nothing is kept.
    func histories(
        upTo count: UInt64, of reader: LedgerReader, folding fold: () throws(LedgerError) -> LedgerHistories
    ) throws(LedgerError) -> LedgerHistories {
        guard count <= limit else { return try fold() }
        let found: LedgerHistories? = try latest.withLock { latest throws(LedgerError) in
            if let known = latest.first(where: { $0.eventCount == count }) { return known }
            if let oldest = latest.first, count < oldest.eventCount { return nil }
            var histories = LedgerHistories()
            if let base = latest.last(where: { $0.eventCount < count }), count - base.eventCount <= Self.steps {
                histories = base
                try reader.fold(onto: &histories, upTo: count)
            } else {
                histories = try fold()
            }
            latest.append(histories)
            latest.sort { $0.eventCount < $1.eventCount }
            if latest.count > Self.points { latest.removeFirst() }
            return histories
        }
        // A point of the past is folded without keeping anybody waiting, and not kept: those who replay history ask for each
        // but once.
        if let found { return found }
        return try fold()
    }
}

extension LedgerReader {
    /// Folds the events behind the last one that the facts know, up to `count`.
    ///
    /// - Throws: `log`, `record`.
    fileprivate func fold(onto histories: inout LedgerHistories, upTo count: UInt64) throws(LedgerError) {
        for position in histories.eventCount..<count {
            let event = try event(at: position)
            if case .eventRetracted = event.body {
                let live = try liveEvents(about: event.subject, upTo: position, without: event)
                histories.fold(retraction: event, at: position, refolding: live)
            } else {
                histories.fold(event, at: position, isLive: true)
            }
        }
    }

    /// The events about a subject before `end` that still count, its introduction among them.
    private func liveEvents(
        about subject: Subject, upTo end: UInt64, without retraction: Event
    ) throws(LedgerError) -> [LiveEvent] {
        let (kind, number): (SubjectKind, UInt32)
        switch subject {
        case .trainee(let trainee): (kind, number) = (.trainee, trainee.value)
        case .class(let own): (kind, number) = (.class, own.value)
        case .unit(let unit): (kind, number) = (.unit, unit.value)
        // Only what stands by itself goes with the retraction.
        case .rulebook, .newTrainee, .newClass, .newUnit: return []
        }
        let point = LedgerPoint(eventCount: end, recordedTime: nil, happenedBy: nil)
        return try lookingUp(at: point) { positions throws(LedgerError) in
            var events = PersonEvents()
            let about = try positions.positions(of: number, kind).ascendingOnce
            for (position, event) in zip(about, try self.events(at: about)) {
                // Links of others stand in a trainee's list too.
                if case .trainee(let own) = event.subject, kind == .trainee, own.value != number { continue }
                events.append(event, about: number, at: position)
            }
            events.append(retraction, about: number, at: end)
            let retracted = events.retracted
            return events.events.filter { !retracted.contains($0.position) && $0.position < end }
                .map { LiveEvent(position: $0.position, event: $0.event) }
        }
    }
}
