package import Decisions
package import Histories
import Rulebook
package import TrainingEvents

/// What is to be paid for a class now: every decision about money, and what follows from it.
///
/// A settlement moves no money; ``LedgerWriter/record(_:)`` records its payouts.
package struct Settlement: Sendable {
    /// What a line of a settlement says about a decision; one decision can have several.
    package enum Status: String, CaseIterable, Sendable {
        /// Owed, and paid by this settlement.
        case due
        /// Owed, and not paid now: once it were paid, the same decision would come to another amount, because
        /// something else has to be paid before it or instead of it.
        case withheld
        /// More was paid than is assessed. Never an event: a revocation is somebody's decision.
        case overpaid
        /// Pending: what it comes to beyond what is granted already, if nothing that is missing fails.
        case waiting
    }

    /// One line.
    package struct Entry: Sendable {
        package let status: Status
        package let decision: Decision
        /// The NT$ that the status speaks of, 0 or more.
        package let amountNTD: Int64
        /// For `due` only.
        package let payout: ProposedPayout?
        /// For all but `due`: the clause that explains it.
        package let clause: String?
    }

    package let classNumber: ClassNumber
    /// By person in order of registration, kind and status.
    package let entries: [Entry]
    /// What is assessed, pending parts that are granted already included, in NT$.
    package let assessedNTD: Int64
    /// Paid before, less what was revoked, in NT$.
    package let paidNTD: Int64
    package let context: AnswerContext

    /// What is paid by it, in the order of the entries.
    package var payouts: [ProposedPayout] { entries.compactMap(\.payout) }

    /// The sum of a status in NT$. Assessed less paid before is due and withheld less overpaid.
    package func totalNTD(_ status: Status) -> Int64 {
        entries.reduce(0) { $1.status == status ? $0 + $1.amountNTD : $0 }
    }

    /// The kinds of decision that pay money.
    static let kinds: [DecisionKind] = [.tuitionSubsidy, .livingAllowance, .learningReward]

    /// Settles a class at the point to which the histories were folded.
    ///
    /// - Parameter taken: the IDs that the log has for payouts of the class, those of retracted ones too.
    package init(of number: ClassNumber, _ histories: LedgerHistories, taken: Set<String>, _ context: AnswerContext) {
        let persons = Self.persons(in: number, histories)
        let engine = DecisionEngine(histories: histories, rulebook: context.rulebook, for: persons.flatMap(\.self))
        var candidates = persons.flatMap { Self.candidates($0, number, engine, taken) }
        Self.withholdWhatWouldChange(&candidates, persons, histories, context)
        classNumber = number
        entries = candidates.flatMap(\.entries)
        assessedNTD = candidates.reduce(0) { $0 + $1.decision.amountNTD }
        paidNTD = candidates.reduce(0) { $0 + $1.decision.paidNTD }
        self.context = context
    }

    /// The IDs of everyone who has to do with the class, each person once, in order of registration.
    private static func persons(in number: ClassNumber, _ histories: LedgerHistories) -> [[TraineeNumber]] {
        var persons: [[TraineeNumber]] = []
        var seen: Set<TraineeNumber> = []
        for case .some(let trainee) in histories.trainees
        where trainee.enrolment(in: number) != nil && !seen.contains(trainee.number) {
            let members = histories.linkedTrainees(trainee.number)
            seen.formUnion(members)
            persons.append(members)
        }
        return persons.sorted { $0[0] < $1[0] }
    }

    private static func candidates(
        _ members: [TraineeNumber], _ number: ClassNumber, _ engine: DecisionEngine, _ taken: Set<String>
    ) -> [Candidate] {
        let person = PersonHistory(joining: members.compactMap { engine.histories.trainee($0) })
        guard let enrolment = person.enrolments.first(where: { $0.classNumber == number }),
            let found = engine.decisionCase(person, enrolment.trainee, in: number)
        else { return [] }
        return kinds.compactMap { kind in
            engine.decide(kind, found).map { decision in
                Candidate(decision: decision, payout: ProposedPayout(decision, found, taken: taken))
            }
        }
    }

    /// Takes back the payouts after which their own decisions would come to another amount, until the rest can be
    /// paid together: so that settling twice pays once, whatever the rules are.
    private static func withholdWhatWouldChange(
        _ candidates: inout [Candidate], _ persons: [[TraineeNumber]], _ histories: LedgerHistories,
        _ context: AnswerContext
    ) {
        guard let time = context.point.recordedTime else { return }
        while candidates.contains(where: { $0.payout != nil }) {
            var paid = histories
            for payout in candidates.compactMap(\.payout) {
                paid.fold(payout.event(at: time), at: paid.eventCount, isLive: true)
            }
            let engine = DecisionEngine(histories: paid, rulebook: context.rulebook, for: persons.flatMap(\.self))
            var isSettled = true
            for index in candidates.indices where candidates[index].payout != nil {
                let before = candidates[index].decision
                guard let found = engine.decisionCase(before.trainee, in: before.classNumber),
                    let after = engine.decide(before.kind, found), after.dueNTD != 0
                else { continue }
                candidates[index].withhold(because: after)
                isSettled = false
            }
            if isSettled { return }
        }
    }
}

/// A decision about money, and whether it is paid now.
private struct Candidate {
    let decision: Decision
    private(set) var payout: ProposedPayout?
    private var withheldBy: String?

    init(decision: Decision, payout: ProposedPayout?) {
        self.decision = decision
        self.payout = payout
    }

    mutating func withhold(because after: Decision) {
        payout = nil
        withheldBy = DecisionChange.clause(from: decision, to: after)
    }

    var entries: [Settlement.Entry] {
        var entries: [Settlement.Entry] = []
        let due = decision.dueNTD
        if due > 0 {
            entries.append(
                payout == nil ? entry(.withheld, due, withheldBy) : entry(.due, due, nil))
        } else if due < 0 {
            entries.append(entry(.overpaid, -due, decision.clauseOfAmount))
        }
        if decision.outcome == .pending {
            let rest = max(0, decision.expectedAmountNTD - decision.amountNTD)
            entries.append(entry(.waiting, rest, decision.reasons.first { $0.result == .pending }?.clause))
        }
        return entries
    }

    private func entry(_ status: Settlement.Status, _ amount: Int64, _ clause: String?) -> Settlement.Entry {
        Settlement.Entry(
            status: status, decision: decision, amountNTD: amount, payout: status == .due ? payout : nil,
            clause: clause)
    }
}

extension Decision {
    /// The clause that explains the amount: the one that failed, or waits; else the cap that reduced it; else the
    /// one that sets it.
    fileprivate var clauseOfAmount: String? {
        if let failed = reasons.first(where: { $0.result == .failed }) { return failed.clause }
        if outcome == .pending, let waiting = reasons.first(where: { $0.result == .pending }) { return waiting.clause }
        let caps = outcome == .reduced ? ["TIP-13", "LIV-10", "LIV-09"] : []
        let setting = caps + ["TIP-08", "LIV-07", "YTH-02"]
        return setting.first { clause in reasons.contains { $0.clause == clause } } ?? reasons.last?.clause
    }
}
