package import CivilTime
package import Histories
package import Rulebook
package import TrainingEvents

/// Everything that a decision about one enrolment is made from.
package struct DecisionCase: Sendable {
    package let engine: DecisionEngine
    package let person: PersonHistory
    package let enrolment: Enrolment
    package let classHistory: ClassHistory
    /// The rules as they stand for this class.
    package let rules: DatedRules

    package var startsOn: CivilDate { classHistory.startsOn }

    /// The ID of a class, for the facts of a reason.
    func id(of number: ClassNumber) -> JSONValue { .string(engine.histories.registry.classes.id(of: number)) }

    /// The payouts of a kind for this class, in the order of the log.
    func payouts(_ kind: PayoutKind) -> [Payout] {
        person.payouts.filter { $0.kind == kind && $0.classNumber == classHistory.number }
    }
}

extension Decision {
    /// A decision of a kind about an enrolment, before anything is decided.
    init(_ kind: DecisionKind, of decisionCase: DecisionCase) {
        self.init(
            kind: kind, trainee: decisionCase.enrolment.trainee, classNumber: decisionCase.classHistory.number)
    }
}

/// Decides: the facts at a point of the log, a rulebook, and that point's day.
package struct DecisionEngine: Sendable {
    package let histories: LedgerHistories
    package let rulebook: Rulebook
    /// The Taipei day of the last event's recorded time; never the clock's (LIV-14).
    package let asOfDay: CivilDate
    /// The rules by the start days that were asked for.
    package let rulesByStart: [CivilDate: DatedRules]

    /// Resolves the rulebook once for every start day that is going to be asked for.
    ///
    /// - Parameters:
    ///   - members: the only trainee IDs that will be asked about; all of them where `nil`. Others are
    ///   decided too, but resolve the rulebook each time.
    ///   - known: rules of the same rulebook that an earlier engine has resolved.
    package init(
        histories: LedgerHistories, rulebook: Rulebook, for members: [TraineeNumber]? = nil,
        known: [CivilDate: DatedRules] = [:]
    ) {
        self.histories = histories
        self.rulebook = rulebook
        asOfDay = histories.lastRecordedTime?.taipeiDate ?? .earliest
        var resolved = known
        func resolve(_ history: ClassHistory?) {
            guard let day = history?.startsOn, resolved[day] == nil else { return }
            resolved[day] = DatedRules(rulebook, on: day)
        }
        if let members {
            let enrolments = members.compactMap { histories.trainee($0) }.flatMap(\.enrolments)
            for enrolment in enrolments { resolve(histories.class(enrolment.classNumber)) }
        } else {
            for history in histories.classes { resolve(history) }
        }
        rulesByStart = resolved
    }

    /// The rules for a class: what its start day chooses (rules, section 7).
    func rules(of classHistory: ClassHistory) -> DatedRules {
        rulesByStart[classHistory.startsOn] ?? DatedRules(rulebook, on: classHistory.startsOn)
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
        guard let classHistory = histories.class(number), let enrolment = person.enrolment(of: trainee, in: number)
        else { return nil }
        return DecisionCase(
            engine: self, person: person, enrolment: enrolment, classHistory: classHistory,
            rules: rules(of: classHistory))
    }

    /// The kinds that are decided for an enrolment.
    package static let kinds: [DecisionKind] = [
        .registration, .feeShare, .tuitionSubsidy, .attendance, .livingAllowance, .learningReward,
    ]

    /// Decides one kind for one enrolment; `nil` for the kinds that are decided for a class (``admission(to:)``) or a
    /// unit (``unitEligibility(_:on:)``).
    ///
    /// - Parameter claims: the person's claims on the quota, for who asks about several of their classes: without
    ///   them each tuition decision makes them anew.
    package func decide(
        _ kind: DecisionKind, _ decisionCase: DecisionCase, sharing claims: PersonClaims? = nil
    ) -> Decision? {
        switch kind {
        case .attendance: AttendanceDecision.decide(decisionCase)
        case .tuitionSubsidy: TuitionDecision.decide(decisionCase, claims)
        case .livingAllowance: AllowanceDecision.decide(decisionCase)
        case .registration: RegistrationDecision.decide(decisionCase)
        case .feeShare: FeeDecision.decide(decisionCase)
        case .learningReward: RewardDecision.decide(decisionCase)
        case .admission, .unitEligibility: nil
        }
    }
}
