package import CivilTime
package import Histories
import TrainingEvents

/// Half-months drawn within the lookback, against the cap (LIV-09).
package struct AllowanceUse: Hashable, Sendable {
    package let from: CivilDate
    package let to: CivilDate
    package let capHalfMonths: Int64
    package let usedHalfMonths: Int64

    package var remainingHalfMonths: Int64 { max(0, capHalfMonths - usedHalfMonths) }

    /// What was drawn in the years before `day` by rules of that day.
    init(of person: PersonHistory, before day: CivilDate, _ rules: AllowanceRules.Cap) {
        from = day.moved(years: -rules.lookbackYears)
        to = day.adding(days: -1)
        let isLonger = person.identities.contains { Self.isLonger($0, on: day, rules) }
        capHalfMonths = isLonger ? rules.halfMonthsLonger : rules.halfMonths
        var used: Int64 = 0
        Self.forEachDrawn(by: person, within: from...max(from, to), rules) { halfMonths, _ in used += halfMonths }
        usedHalfMonths = used
    }

    /// The positions of the benefits, payouts and certificates that count, ascending.
    static func positions(
        of person: PersonHistory, before day: CivilDate, _ rules: AllowanceRules.Cap
    ) -> [UInt64] {
        let from = day.moved(years: -rules.lookbackYears)
        let to = day.adding(days: -1)
        var positions = person.identities.filter { isLonger($0, on: day, rules) }.flatMap(\.positions)
        forEachDrawn(by: person, within: from...max(from, to), rules) { halfMonths, drawn in
            guard halfMonths > 0 else { return }
            switch drawn {
            case .benefit(let benefit): positions.append(benefit.position)
            case .payout(let payout): positions += payout.positions
            }
        }
        return positions.ascendingOnce
    }

    private enum Drawn {
        case benefit(BenefitFact)
        case payout(Payout)
    }

    private static func isLonger(_ identity: IdentityFact, on day: CivilDate, _ rules: AllowanceRules.Cap) -> Bool {
        rules.longerCategories.contains(identity.category) && identity.holds(on: day)
    }

    /// Every allowance drawn, with how many half-months of it lie within the days.
    private static func forEachDrawn(
        by person: PersonHistory, within days: ClosedRange<CivilDate>, _ rules: AllowanceRules.Cap,
        _ body: (Int64, Drawn) -> Void
    ) {
        for benefit in person.benefits where counts(benefit, rules) {
            body(halfMonths(benefit.halfMonths, laidFrom: benefit.from, within: days), .benefit(benefit))
        }
        for index in person.payouts.indices where person.payouts[index].kind == .livingAllowance {
            let payout = person.payouts[index]
            guard payout.netNTD > 0, let first = payout.from else { continue }
            body(halfMonths(payout.halfMonths, laidFrom: first, within: days), .payout(payout))
        }
    }

    private static func counts(_ benefit: BenefitFact, _ rules: AllowanceRules.Cap) -> Bool {
        switch benefit.kind {
        case .employmentInsuranceTrainingAllowance: true
        case .otherTrainingAllowance: rules.countsOtherTrainingAllowance
        case .unemploymentBenefit, .oldAgeBenefit, .elderLivingSubsidy, .disabilityLivingSubsidy: false
        }
    }

    /// The half-months whose month's own first day lies within the days: laid in 30-day months of two from the
    /// benefit's first day.
    static func halfMonths(_ count: Int64, laidFrom first: CivilDate, within days: ClosedRange<CivilDate>) -> Int64 {
        var rest = count
        var day = first
        var counted: Int64 = 0
        while rest > 0 {
            let part = min(2, rest)
            if days.contains(day) { counted += part }
            rest -= part
            day = day.adding(days: 30)
        }
        return counted
    }
}

/// The cap within the lookback (LIV-09).
enum LIV09: Clause {
    static let id = "LIV-09"

    /// The earliest months are granted first.
    static func limit(_ months: [AllowanceMonth], to halfMonths: Int64) -> [AllowanceMonth] {
        guard months.halfMonths > halfMonths else { return months }
        var rest = halfMonths
        var kept: [AllowanceMonth] = []
        for var month in months where rest > 0 {
            month.halfMonths = min(month.halfMonths, rest)
            rest -= month.halfMonths
            kept.append(month)
        }
        return kept
    }

    static func assess(
        _ use: AllowanceUse, wanted: Int64, isNothingLeft: Bool, _ decisionCase: DecisionCase,
        _ rules: AllowanceRules.Cap, _ verdict: inout Verdict<some Evidence>
    ) {
        note(
            isNothingLeft ? .failed : .met,
            as: use.remainingHalfMonths == 0 && wanted > 0 ? .failed : .applied, in: &verdict,
            [
                "lookbackFrom": .string(use.from.description), "lookbackTo": .string(use.to.description),
                "capHalfMonths": .integer(use.capHalfMonths), "usedHalfMonths": .integer(use.usedHalfMonths),
                "remainingHalfMonths": .integer(use.remainingHalfMonths), "wantedHalfMonths": .integer(wanted),
            ],
            events: AllowanceUse.positions(of: decisionCase.person, before: decisionCase.startsOn, rules),
            lack: use.remainingHalfMonths < wanted
                ? Lack(
                    "remainingHalfMonths", has: .integer(use.remainingHalfMonths), needed: .integer(wanted)) : nil)
    }
}

/// What the insurance paid after the class, together with a grant under LIV-03's exception (LIV-10).
enum LIV10: Clause {
    static let id = "LIV-10"

    /// The half-months that are left of the cap.
    static func remaining(_ decisionCase: DecisionCase, cap: Int64, _ rules: AllowanceRules.Cap) -> Int64 {
        max(0, cap - drawnLater(decisionCase, rules).reduce(0) { $0 + $1.halfMonths })
    }

    static func assess(
        _ remaining: Int64, isNothingLeft: Bool, _ decisionCase: DecisionCase, cap: Int64,
        _ rules: AllowanceRules.Cap, _ verdict: inout Verdict<some Evidence>
    ) {
        let days = days(decisionCase, rules)
        note(
            isNothingLeft ? .failed : .met, as: remaining == 0 ? .failed : .applied, in: &verdict,
            [
                "from": .string(days.from.description), "to": .string(days.to.description),
                "capHalfMonths": .integer(cap),
                "drawnLaterHalfMonths": .integer(drawnLater(decisionCase, rules).reduce(0) { $0 + $1.halfMonths }),
                "remainingHalfMonths": .integer(remaining),
            ], events: drawnLater(decisionCase, rules).filter { $0.halfMonths > 0 }.map(\.position),
            lack: remaining == 0 ? Lack("remainingHalfMonths", has: .integer(remaining)) : nil)
    }

    private static func days(
        _ decisionCase: DecisionCase, _ rules: AllowanceRules.Cap
    ) -> (from: CivilDate, to: CivilDate) {
        let first = decisionCase.ruled.endsOn.adding(days: 1)
        return (first, first.endOfPeriod(years: rules.laterYears))
    }

    private static func drawnLater(
        _ decisionCase: DecisionCase, _ rules: AllowanceRules.Cap
    ) -> [(halfMonths: Int64, position: UInt64)] {
        let days = days(decisionCase, rules)
        return decisionCase.person.benefits.filter { $0.kind == .employmentInsuranceTrainingAllowance }.map {
            let count = AllowanceUse.halfMonths(
                $0.halfMonths, laidFrom: $0.from, within: days.from...max(days.from, days.to))
            return (count, $0.position)
        }
    }
}

extension DecisionEngine {
    /// The half-months drawn in the lookback of a day, by the rules of that day; `nil` without rules for it.
    package func allowanceUse(of person: PersonHistory, before day: CivilDate) -> AllowanceUse? {
        guard let cap = try? AllowanceRules.Cap(rulebook, on: day) else { return nil }
        return AllowanceUse(of: person, before: day, cap)
    }
}
