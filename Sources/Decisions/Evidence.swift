import Histories
package import TrainingEvents

/// The facts of a reason: those that are `nil` are left out.
package typealias Facts = KeyValuePairs<String, JSONValue?>

/// A clause that was applied: what it came to, without what it looked at.
package struct AppliedClause {
    let clause: String
    let version: Int
    let result: Reason.Result
    /// The clause that this one was applied for.
    var parent: String?
    /// Whether it is something to look into and changes no outcome.
    var isFinding = false
}

/// What a decision keeps of the clauses that led to it.
///
/// The clauses are written once, generic over what is kept. Facts, events and lacks come as closures, so that where
/// they are not kept they are never made: a million decisions that nobody reads cost no text and no list.
package protocol Evidence: Sendable {
    init()

    /// Takes down a clause.
    mutating func take(
        _ applied: AppliedClause, facts: () -> Facts, events: () -> [UInt64], lack: () -> Lack?)

    /// Takes down what another decision kept, after what is kept already.
    mutating func take(_ other: Self)

    /// Takes down of another decision the clauses that failed or wait.
    mutating func takeOpen(of other: Self)
}

/// Keeps nothing: for outcomes and amounts alone.
package struct NoEvidence: Evidence {
    package init() {}

    package mutating func take(
        _ applied: AppliedClause, facts: () -> Facts, events: () -> [UInt64], lack: () -> Lack?
    ) {}

    package mutating func take(_ other: NoEvidence) {}

    package mutating func takeOpen(of other: NoEvidence) {}
}

/// Keeps every reason in full.
struct FullEvidence: Evidence {
    private(set) var reasons: [Reason] = []

    package mutating func take(
        _ applied: AppliedClause, facts: () -> Facts, events: () -> [UInt64], lack: () -> Lack?
    ) {
        reasons.append(
            Reason(
                clause: applied.clause, version: applied.version, result: applied.result,
                facts: facts().compactMap { key, value in value.map { JSONValue.Member(key, $0) } },
                events: events().ascendingOnce, lack: lack(), parent: applied.parent, isFinding: applied.isFinding))
    }

    package mutating func take(_ other: FullEvidence) { reasons += other.reasons }

    package mutating func takeOpen(of other: FullEvidence) {
        reasons += other.reasons.filter { $0.result == .failed || $0.result == .pending }
    }
}

/// Keeps which clauses came to what from which events, and no fact: what digests cover.
package struct DecisionOutline: Evidence, Hashable {
    /// One clause that was applied.
    package struct Entry: Hashable, Sendable {
        /// `LIV-07`.
        package let clause: String
        package let version: Int
        package let result: Reason.Result
        /// How many of ``DecisionOutline/events`` are its own.
        package let eventCount: Int

        package init(clause: String, version: Int, result: Reason.Result, eventCount: Int) {
            self.clause = clause
            self.version = version
            self.result = result
            self.eventCount = eventCount
        }
    }

    package private(set) var entries: [Entry] = []
    /// The positions of the events behind the entries, one after the other; those of each entry ascend.
    package private(set) var events: [UInt64] = []

    package init() {}

    /// An outline that was kept elsewhere.
    package init(_ applied: [(entry: Entry, events: [UInt64])]) {
        entries = applied.map(\.entry)
        events = applied.flatMap(\.events)
        precondition(applied.allSatisfy { $0.entry.eventCount == $0.events.count }, "an entry counts its events")
    }

    package mutating func take(
        _ applied: AppliedClause, facts: () -> Facts, events: () -> [UInt64], lack: () -> Lack?
    ) {
        let positions = events().ascendingOnce
        entries.append(
            Entry(
                clause: applied.clause, version: applied.version, result: applied.result,
                eventCount: positions.count))
        self.events += positions
    }

    /// The entries, each with its events.
    package var applied: [(entry: Entry, events: [UInt64])] {
        var next = 0
        return entries.map { entry in
            defer { next += entry.eventCount }
            return (entry, Array(events[next..<next + entry.eventCount]))
        }
    }

    package mutating func take(_ other: DecisionOutline) {
        entries += other.entries
        events += other.events
    }

    package mutating func takeOpen(of other: DecisionOutline) {
        var first = 0
        for entry in other.entries {
            let own = first..<first + entry.eventCount
            first = own.upperBound
            guard entry.result == .failed || entry.result == .pending else { continue }
            entries.append(entry)
            events += other.events[own]
        }
    }
}

/// Keeps which clauses came to what: enough to say whether two decisions are told in the same way.
package struct ClauseResults: Evidence, Equatable {
    /// One clause that was applied.
    package struct Entry: Equatable, Sendable {
        package let clause: String
        package let version: Int
        package let result: Reason.Result
    }

    package private(set) var entries: [Entry] = []

    package init() {}

    package mutating func take(
        _ applied: AppliedClause, facts: () -> Facts, events: () -> [UInt64], lack: () -> Lack?
    ) {
        entries.append(Entry(clause: applied.clause, version: applied.version, result: applied.result))
    }

    package mutating func take(_ other: ClauseResults) { entries += other.entries }

    package mutating func takeOpen(of other: ClauseResults) {
        entries += other.entries.filter { $0.result == .failed || $0.result == .pending }
    }
}
