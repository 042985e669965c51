package import CivilTime
package import Histories
package import Rulebook
package import TrainingEvents

/// Decides: the facts at a point of the log, a rulebook, and that point's day.
package final class DecisionEngine: Sendable {
    package let histories: LedgerHistories
    package let rulebook: Rulebook
    /// The Taipei day of the last event's recorded time; never the clock's (LIV-14).
    package let asOfDay: CivilDate
    /// The rules by the start days that were asked for.
    package let rulesByStart: [CivilDate: DatedRules]
    private let classes: KnownClasses

    /// Prepares what is going to be asked for.
    ///
    /// - Parameters:
    ///   - members: the only trainee IDs that will be asked about; all of them where `nil`. Others are decided too, but
    ///     their classes are prepared each time.
    ///   - known: rules of the same rulebook that an earlier engine has at hand, for who makes one engine after the
    ///     other: threads that do would else wait for each other at ``RulesMemory``. Of use with `members` only.
    package convenience init(
        histories: LedgerHistories, rulebook: Rulebook, for members: [TraineeNumber]? = nil,
        known: [CivilDate: DatedRules] = [:]
    ) {
        if let members {
            var rules = known
            var some: [ClassNumber: RuledClass] = [:]
            for enrolment in members.compactMap({ histories.trainee($0) }).flatMap(\.enrolments) {
                guard some[enrolment.classNumber] == nil, let history = histories.class(enrolment.classNumber) else {
                    continue
                }
                let dated = rules[history.startsOn] ?? RulesMemory.rules(of: rulebook, on: history.startsOn)
                rules[history.startsOn] = dated
                some[enrolment.classNumber] = RuledClass(history, dated)
            }
            self.init(histories, rulebook, rules, .some(some))
        } else {
            self.init(histories: histories, PreparedRules(rulebook, histories))
        }
    }

    /// Decides by rules that are resolved already. O(1).
    ///
    /// - Parameter prepared: the rules for the classes of these histories.
    package convenience init(histories: LedgerHistories, _ prepared: PreparedRules) {
        self.init(histories, prepared.rulebook, prepared.byStart, .all(prepared.classes))
    }

    private init(
        _ histories: LedgerHistories, _ rulebook: Rulebook, _ rules: [CivilDate: DatedRules], _ classes: KnownClasses
    ) {
        self.histories = histories
        self.rulebook = rulebook
        asOfDay = histories.lastRecordedTime?.taipeiDate ?? .earliest
        rulesByStart = rules
        self.classes = classes
    }

    /// An equal engine as an object of its own, for another thread: threads that share one would spend their time on
    /// its count of references. O(1).
    package func forAnotherThread() -> DecisionEngine { DecisionEngine(histories, rulebook, rulesByStart, classes) }

    /// The class with the rules that its start day chooses (rules, section 7); `nil` if it does not stand.
    func ruled(_ number: ClassNumber) -> RuledClass? {
        switch classes {
        case .all(let classes):
            return Int(number.value) < classes.count ? classes[Int(number.value)] : nil
        case .some(let classes):
            if let known = classes[number] { return known }
            return histories.class(number).map { RuledClass($0, rules(of: $0)) }
        }
    }

    /// The rules for a class: what its start day chooses (rules, section 7).
    func rules(of classHistory: ClassHistory) -> DatedRules {
        rulesByStart[classHistory.startsOn] ?? RulesMemory.rules(of: rulebook, on: classHistory.startsOn)
    }

    /// The case of a trainee in a class; `nil` if one of them does not stand or they have nothing to do with
    /// each other.
    package func decisionCase(_ trainee: TraineeNumber, in number: ClassNumber) -> DecisionCase? {
        guard let person = histories.person(trainee) else { return nil }
        return decisionCase(person, trainee, in: number)
    }

    /// The case of the person whom a trainee ID belongs to, under whichever of their IDs they are in the class.
    package func personCase(_ trainee: TraineeNumber, in number: ClassNumber) -> DecisionCase? {
        guard let person = histories.person(trainee),
            let enrolment = person.enrolments.first(where: { $0.classNumber == number })
        else { return nil }
        return decisionCase(person, trainee, in: number) ?? decisionCase(person, enrolment.trainee, in: number)
    }

    /// The same for a person who is at hand.
    package func decisionCase(
        _ person: PersonHistory, _ trainee: TraineeNumber, in number: ClassNumber
    ) -> DecisionCase? {
        guard let ruled = ruled(number), let enrolment = person.enrolment(of: trainee, in: number) else { return nil }
        return DecisionCase(self, person, enrolment, ruled)
    }

    /// The cases of a person, one a class, each under the ID that leads there.
    package func cases(of person: PersonHistory) -> [DecisionCase] {
        var cases: [DecisionCase] = []
        cases.reserveCapacity(person.enrolments.count)
        for enrolment in person.enrolments {
            guard let ruled = ruled(enrolment.classNumber) else { continue }
            cases.append(DecisionCase(self, person, enrolment, ruled))
        }
        return cases
    }

    /// The kinds that are decided for an enrolment.
    package static let kinds: [DecisionKind] = [
        .registration, .feeShare, .tuitionSubsidy, .attendance, .livingAllowance, .learningReward,
    ]
}

/// The classes with their rules: all of them by number, or those that are going to be asked for.
private enum KnownClasses: Sendable {
    case all([RuledClass?])
    case some([ClassNumber: RuledClass])
}
