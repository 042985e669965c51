package import CivilTime
package import Histories
package import Rulebook
package import TrainingEvents

/// A rulebook resolved for every class: what stays the same from event to event while the rulebook and the classes do.
package struct PreparedRules: Sendable {
    package let rulebook: Rulebook
    private(set) var byStart: [CivilDate: DatedRules] = [:]
    /// By class number.
    private(set) var classes: [RuledClass?] = []
    private var spans: RulesByDay

    /// O(classes).
    package init(_ rulebook: Rulebook, _ histories: LedgerHistories) {
        self.rulebook = rulebook
        spans = RulesByDay(rulebook)
        classes.reserveCapacity(histories.classes.count)
        for index in histories.classes.indices { prepare(ClassNumber(UInt32(index)), histories) }
    }

    /// Takes down a class that is new, or that an event has changed. O(sessions).
    package mutating func prepare(_ number: ClassNumber, _ histories: LedgerHistories) {
        while classes.count <= Int(number.value) { classes.append(nil) }
        classes[Int(number.value)] = histories.class(number).map { history in
            let rules = byStart[history.startsOn] ?? spans.rules(on: history.startsOn)
            byStart[history.startsOn] = rules
            return RuledClass(history, rules)
        }
    }
}

extension DecisionEngine {
    /// Whether a decision about one of the classes of a person can come out differently on a later day though nothing
    /// happens: an open enrolment is paid month by month (LIV-14), and union insurance is to be reported some months
    /// into the class (PRE-15).
    package func dependsOnDay(_ decisionCase: DecisionCase) -> Bool {
        let (ruled, enrolment) = (decisionCase.ruled, decisionCase.enrolment)
        guard ruled.isPreEmployment else { return false }
        let isOpen =
            enrolment.started == nil
            ? enrolment.isAwaitingStart : enrolment.ending == nil && ruled.history.cancelled == nil
        if isOpen { return true }
        guard case .success(let rules) = ruled.rules.registration else { return false }
        return asOfDay < ruled.startsOn.moved(months: rules.unionReportMonths)
    }

    /// When the alternates of a class lapse (PRE-10); `nil` for one that has none.
    package func lapse(of number: ClassNumber) -> Instant? {
        guard let ruled = ruled(number), ruled.isPreEmployment, case .success(let rules) = ruled.rules.admission
        else { return nil }
        return PRE10.lapse(ruled.history, rules)
    }
}
