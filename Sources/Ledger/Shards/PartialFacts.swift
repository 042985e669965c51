import Decisions
import EventLog
package import Histories
import TrainingEvents

/// The leaves of one person in the trees of facts and of decisions.
struct PersonLeaves: Hashable, Sendable {
    let facts: TreeHash
    let decisions: TreeHash

    /// Bytes of both.
    static let length = 2 * TreeHash.length
    /// How many stand in a block: 512 KiB.
    static let perBlock = 8_192
}

/// Somebody who applied for a class, as a shard hands them on: the class orders them.
struct ClassApplicant: SnapshotFact {
    var classNumber: ClassNumber
    var applicant: Applicant<DecisionOutline>

    static var blank: Self { Self(classNumber: .placeholder, applicant: .blank) }

    mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&classNumber)
        try coder.code(&applicant.listed)
        try coder.code(&applicant.trainee)
        try applicant.application.code(&coder)
        try coder.code(&applicant.earlierApplications)
        try coder.code(&applicant.score)
        try coder.code(&applicant.hasStarted)
        try coder.code(&applicant.forfeited)
        try coder.code(&applicant.registration)
        try coder.code(&applicant.registrationMissing)
        try coder.code(&applicant.ranksAsAlternate)
        var clauses = applicant.basis.applied.map { AppliedEntry($0.entry, $0.events) }
        try coder.code(&clauses)
        if Coder.isReading { applicant.basis = DecisionOutline(clauses.map { ($0.entry, $0.events) }) }
    }
}

extension ClassApplicant {
    /// Marks beyond this are none: sums and products of them pass no bound.
    private static let highestMark: Int64 = 1_000_000

    /// Why this can be no applicant of a ledger; `nil` if it can.
    func fault(in plan: ShardPlan) -> String? {
        guard classNumber.value < UInt32(clamping: plan.others.classes.count),
            applicant.listed.value < plan.traineeCount, applicant.trainee.value < plan.traineeCount
        else { return "an applicant or a class that the plan does not know" }
        let marks = [applicant.score?.written, applicant.score?.oral, applicant.score?.interview]
        guard marks.compactMap(\.self).allSatisfy({ (0...Self.highestMark).contains($0) }) else {
            return "a mark that is none"
        }
        return nil
    }
}

extension Applicant<DecisionOutline> {
    fileprivate static var blank: Self {
        Self(listed: TraineeNumber(0), trainee: TraineeNumber(0), application: .blank)
    }
}

/// A clause that was applied, with its events.
private struct AppliedEntry: SnapshotFact {
    private(set) var entry: DecisionOutline.Entry
    private(set) var events: [UInt64]

    private static let results: [Reason.Result] = [.met, .failed, .applied, .pending, .notApplicable]

    init(_ entry: DecisionOutline.Entry, _ events: [UInt64]) {
        self.entry = entry
        self.events = events
    }

    static var blank: Self {
        Self(DecisionOutline.Entry(clause: "", version: 0, result: .met, eventCount: 0), [])
    }

    mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        var clause = entry.clause
        var version = UInt64(entry.version)
        var result = UInt64(Self.results.firstIndex(of: entry.result) ?? 0)
        try coder.code(&clause)
        try coder.code(&version)
        try coder.code(&result)
        try coder.code(positions: &events)
        guard Coder.isReading else { return }
        guard version <= UInt64(Int32.max), result < UInt64(Self.results.count) else {
            throw SnapshotFault(reason: "a clause that is none")
        }
        entry = DecisionOutline.Entry(
            clause: clause, version: Int(version), result: Self.results[Int(result)], eventCount: events.count)
    }
}

extension ComparisonRow: SnapshotFact {
    package static var blank: Self {
        Self(trainee: "", classID: "", kind: .placeholder, change: .same, differenceNTD: 0)
    }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&trainee)
        try coder.code(&classID)
        try coder.code(&kind)
        var number = UInt64(DecisionChange.Kind.allCases.firstIndex(of: change) ?? 0)
        try coder.code(&number)
        guard number < UInt64(DecisionChange.Kind.allCases.count) else {
            throw SnapshotFault(reason: "a change that is none")
        }
        change = DecisionChange.Kind.allCases[Int(number)]
        try coder.code(&before)
        try coder.code(&after)
        try coder.code(&differenceNTD)
        try coder.code(&clause)
    }
}

extension ComparisonRow.Side: SnapshotFact {
    package static var blank: Self { Self(outcome: .placeholder, amountNTD: 0, governmentShareNTD: nil, dueNTD: 0) }

    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&outcome)
        try coder.code(&amountNTD)
        try coder.code(&governmentShareNTD)
        try coder.code(&dueNTD)
    }
}
