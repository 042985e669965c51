import TrainingEvents

/// A clause of the rules as code: one small type named by its ID.
///
/// Versions are kept when a clause changes, so that an old decision can be recomputed as it was.
protocol Clause: SendableMetatype {
    static var id: String { get }
    /// The newest version, which applies unless a rulebook names an older one.
    static var version: Int { get }
    /// The versions that are implemented.
    static var versions: ClosedRange<Int> { get }
}

extension Clause {
    static var version: Int { 1 }
    static var versions: ClosedRange<Int> { 1...version }

    /// Takes down what this clause came to.
    ///
    /// - Parameters:
    ///   - facts: what it looked at.
    ///   - events: the positions of the events that carried the facts, in any order.
    ///   - lack: for a clause that fails or waits, what is nearest to changing it.
    ///   - parent: the clause that this one was applied for.
    @inline(__always)
    static func note(
        _ result: Reason.Result, in evidence: inout some Evidence, _ facts: @autoclosure () -> Facts = [:],
        events: @autoclosure () -> [UInt64] = [], lack: @autoclosure () -> Lack? = nil, under parent: String? = nil
    ) {
        evidence.take(
            AppliedClause(clause: id, version: version, result: result, parent: parent), facts: facts,
            events: events, lack: lack)
    }

    /// Takes down what this clause found, and lets it count for the verdict.
    ///
    /// - Parameter result: what the reason says where that is another thing than the finding: a clause that does not
    ///   apply bars from nothing.
    @inline(__always)
    static func note(
        _ finding: Finding, as result: Reason.Result? = nil, in verdict: inout Verdict<some Evidence>,
        _ facts: @autoclosure () -> Facts = [:], events: @autoclosure () -> [UInt64] = [],
        lack: @autoclosure () -> Lack? = nil
    ) {
        verdict.count(finding)
        verdict.evidence.take(
            AppliedClause(clause: id, version: version, result: result ?? Reason.Result(finding)), facts: facts,
            events: events, lack: lack)
    }

    /// Takes down something to look into that changes no outcome: a certificate that the facts contradict, a late
    /// closing.
    @inline(__always)
    static func noteFinding(
        in evidence: inout some Evidence, _ facts: @autoclosure () -> Facts,
        events: @autoclosure () -> [UInt64] = [], under parent: String? = nil
    ) {
        evidence.take(
            AppliedClause(clause: id, version: version, result: .applied, parent: parent, isFinding: true),
            facts: facts, events: events, lack: { nil })
    }
}

/// What a clause finds: it holds, it fails for sure, or something is missing that could still change it.
enum Finding: Hashable {
    case met
    case failed
    case pending([String])

    /// The nearest of what is missing, for the reason of a clause that waits.
    var firstMissing: Lack? {
        if case .pending(let codes) = self { codes.first.map { Lack($0) } } else { nil }
    }
}

/// Whether one of the clauses applied so far has failed or waits, and what is kept of them.
struct Verdict<Kept: Evidence> {
    var evidence = Kept()
    private(set) var missing: [String] = []
    private(set) var hasFailed = false

    /// A clause that fails for sure wins over a pending one (rules, section 6).
    mutating func count(_ finding: Finding) {
        switch finding {
        case .met: break
        case .failed: hasFailed = true
        case .pending(let codes): for code in codes where !missing.contains(code) { missing.append(code) }
        }
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
