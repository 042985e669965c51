import TrainingEvents

/// A clause of the rules as code: one small type named by its ID.
///
/// Versions are kept when a clause changes, so that an old decision can be recomputed as it was.
protocol Clause {
    static var id: String { get }
    static var version: Int { get }
}

extension Clause {
    static var version: Int { 1 }

    /// The reason that this clause gives.
    ///
    /// - Parameters:
    ///   - lack: for a clause that fails or waits, what is nearest to changing it.
    ///   - parent: the clause that this one was applied for.
    static func reason(
        _ result: Reason.Result, _ facts: KeyValuePairs<String, JSONValue?> = [:], events: [UInt64] = [],
        lack: Lack? = nil, under parent: String? = nil
    ) -> Reason {
        Reason(
            clause: id, version: version, result: result,
            facts: facts.compactMap { key, value in value.map { JSONValue.Member(key, $0) } },
            events: events.count < 2 ? events : Array(Set(events)).sorted(), lack: lack, parent: parent)
    }

    /// Something to look into that changes no outcome: a certificate that the facts contradict, a late closing.
    static func finding(
        _ facts: KeyValuePairs<String, JSONValue?>, events: [UInt64] = [], under parent: String? = nil
    ) -> Reason {
        var reason = reason(.applied, facts, events: events, under: parent)
        reason.isFinding = true
        return reason
    }
}

/// What a clause finds: it holds, it fails for sure, or something is missing that could still change it.
enum Finding: Hashable {
    case met
    case failed
    case pending([String])
}

/// A clause with what it found, and the clauses that it rests on.
struct Assessed {
    let finding: Finding
    let reason: Reason
    var supports: [Reason] = []
}

/// The clauses applied so far, and whether one of them has failed or waits.
struct Verdict {
    private(set) var reasons: [Reason] = []
    private(set) var missing: [String] = []
    private(set) var hasFailed = false

    /// Takes down a clause. A clause that fails for sure wins over a pending one (rules, section 6).
    mutating func note(_ finding: Finding, _ reason: Reason) {
        reasons.append(reason)
        switch finding {
        case .met: break
        case .failed: hasFailed = true
        case .pending(let codes): for code in codes where !missing.contains(code) { missing.append(code) }
        }
    }

    mutating func note(_ reason: Reason) { reasons.append(reason) }

    mutating func note(_ more: [Reason]) { reasons += more }

    /// Takes down a clause that stands for its own finding, and what it rests on.
    mutating func note(_ assessed: Assessed) {
        note(assessed.finding, assessed.reason)
        reasons += assessed.supports
    }
}

extension Reason.Result {
    init(_ finding: Finding) {
        switch finding {
        case .met: self = .met
        case .failed: self = .failed
        case .pending: self = .pending
        }
    }
}
