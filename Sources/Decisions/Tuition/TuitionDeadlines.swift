package import CivilTime
import Histories
package import TrainingEvents

/// The deadlines after a class: the unit closes it, and the payout is expected (TIP-16).
enum TIP16: Clause {
    static let id = "TIP-16"

    static func noteFinding(
        _ decisionCase: DecisionCase, _ rules: Shared<TuitionRules>, in evidence: inout some Evidence
    ) {
        noteFinding(
            in: &evidence, facts(decisionCase, ClassDeadlines(decisionCase.classHistory, rules)),
            events: [decisionCase.ruled.history.closed?.position, payout(decisionCase)?.position].compactMap(\.self))
    }

    private static func payout(_ decisionCase: DecisionCase) -> Payout? {
        decisionCase.payouts(.tuitionSubsidy).first
    }

    private static func facts(_ decisionCase: DecisionCase, _ deadlines: ClassDeadlines) -> Facts {
        [
            "closeBy": .string(deadlines.closeBy.description),
            "closedOn": decisionCase.ruled.history.closed.map { .string($0.on.description) },
            "payBy": .string(deadlines.payBy.description),
            "paidOn": payout(decisionCase).map { .string($0.on.description) },
        ]
    }
}

/// The days by which a class of a quota programme is closed and paid.
package struct ClassDeadlines: Hashable, Sendable {
    /// The last day for the unit to close the class.
    package let closeBy: CivilDate
    /// The last day on which the payout is expected.
    package let payBy: CivilDate

    /// "Within N days after" the end, and N months from the day after it (ARI-03, ARI-04).
    init(_ classHistory: ClassHistory, _ rules: Shared<TuitionRules>) {
        closeBy = classHistory.endsOn.adding(days: rules.closingDays)
        payBy = classHistory.endsOn.adding(days: 1).endOfPeriod(months: rules.payoutMonths)
    }
}

/// Something that should have been done by a day and was not (TIP-16).
package struct OverdueItem: Hashable, Sendable {
    package enum What: String, Sendable { case close, payout }

    package let what: What
    package let classNumber: ClassNumber
    /// Whose payout is expected; `nil` for the closing.
    package let trainee: TraineeNumber?
    package let dueBy: CivilDate
    /// What is to be paid, in NT$; 0 for the closing.
    package let amountNTD: Int64
}

extension DecisionEngine {
    /// What is overdue on a day: classes not closed, and payouts not made though the subsidy is granted, in the order
    /// of the classes and of the trainees' registration.
    ///
    /// - Throws: ``MissingParameter`` where the rulebook gives no deadline for a class.
    package func overdue(on day: CivilDate) throws(MissingParameter) -> [OverdueItem] {
        var items: [OverdueItem] = []
        let roster = ClassRoster(histories)
        for classHistory in histories.classes.compactMap(\.self) where classHistory.cancelled == nil {
            let rules = try rules(of: classHistory).tuition.get()
            guard rules.programmes.contains(classHistory.programme) else { continue }
            let deadlines = ClassDeadlines(classHistory, rules)
            if day > deadlines.closeBy, classHistory.closed.map({ $0.on > day }) ?? true {
                items.append(
                    OverdueItem(
                        what: .close, classNumber: classHistory.number, trainee: nil, dueBy: deadlines.closeBy,
                        amountNTD: 0))
            }
            guard day > deadlines.payBy else { continue }
            for (_, member) in roster.cases(in: classHistory.number, self) {
                guard let decision = outcome(of: .tuitionSubsidy, member), decision.dueNTD > 0 else { continue }
                items.append(
                    OverdueItem(
                        what: .payout, classNumber: classHistory.number, trainee: member.enrolment.trainee,
                        dueBy: deadlines.payBy, amountNTD: decision.dueNTD))
            }
        }
        return items
    }
}
