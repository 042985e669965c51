package import CivilTime
package import Histories
import TrainingEvents

/// Half-months drawn within the lookback, against the cap (LIV-09).
package struct AllowanceUse: Hashable, Sendable {
    package let from: CivilDate
    package let to: CivilDate
    package let capHalfMonths: Int64
    package let usedHalfMonths: Int64
    /// The positions of the benefits, payouts and certificates that count.
    package let positions: [UInt64]

    package var remainingHalfMonths: Int64 { max(0, capHalfMonths - usedHalfMonths) }

    /// What was drawn in the years before `day` by rules of that day.
    init(of person: PersonHistory, before day: CivilDate, _ rules: AllowanceRules.Cap) {
        from = day.moved(years: -rules.lookbackYears)
        to = day.adding(days: -1)
        let longer = person.identities.filter { rules.longerCategories.contains($0.category) && $0.holds(on: day) }
        capHalfMonths = longer.isEmpty ? rules.halfMonths : rules.halfMonthsLonger
        var used: Int64 = 0
        var positions = longer.flatMap(\.positions)
        for benefit in person.benefits where Self.counts(benefit, rules) {
            let halfMonths = Self.halfMonths(benefit.halfMonths, laidFrom: benefit.from, within: from...max(from, to))
            if halfMonths > 0 { positions.append(benefit.position) }
            used += halfMonths
        }
        for payout in person.payouts where payout.kind == .livingAllowance && payout.netNTD > 0 {
            guard let first = payout.from else { continue }
            let halfMonths = Self.halfMonths(payout.halfMonths, laidFrom: first, within: from...max(from, to))
            if halfMonths > 0 { positions += payout.positions }
            used += halfMonths
        }
        usedHalfMonths = used
        self.positions = Array(Set(positions)).sorted()
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
        var rest = halfMonths
        var kept: [AllowanceMonth] = []
        for var month in months where rest > 0 {
            month.halfMonths = min(month.halfMonths, rest)
            rest -= month.halfMonths
            kept.append(month)
        }
        return kept
    }

    static func reason(_ use: AllowanceUse, wanted: Int64) -> Reason {
        reason(
            use.remainingHalfMonths == 0 && wanted > 0 ? .failed : .applied,
            [
                "lookbackFrom": .string(use.from.description), "lookbackTo": .string(use.to.description),
                "capHalfMonths": .integer(use.capHalfMonths), "usedHalfMonths": .integer(use.usedHalfMonths),
                "remainingHalfMonths": .integer(use.remainingHalfMonths), "wantedHalfMonths": .integer(wanted),
            ], events: use.positions,
            lack: use.remainingHalfMonths < wanted
                ? Lack(
                    "remainingHalfMonths", has: .integer(use.remainingHalfMonths), needed: .integer(wanted)) : nil)
    }
}

/// What the insurance paid after the class, together with a grant under LIV-03's exception (LIV-10).
enum LIV10: Clause {
    static let id = "LIV-10"

    static func find(
        _ decisionCase: DecisionCase, cap: Int64, _ rules: AllowanceRules.Cap
    ) -> (remaining: Int64, reason: Reason) {
        let first = decisionCase.classHistory.endsOn.adding(days: 1)
        let last = first.endOfPeriod(years: rules.laterYears)
        var drawn: Int64 = 0
        var positions: [UInt64] = []
        for benefit in decisionCase.person.benefits where benefit.kind == .employmentInsuranceTrainingAllowance {
            let count = AllowanceUse.halfMonths(
                benefit.halfMonths, laidFrom: benefit.from, within: first...max(first, last))
            if count > 0 { positions.append(benefit.position) }
            drawn += count
        }
        let remaining = max(0, cap - drawn)
        return (
            remaining,
            reason(
                remaining == 0 ? .failed : .applied,
                [
                    "from": .string(first.description), "to": .string(last.description),
                    "capHalfMonths": .integer(cap), "drawnLaterHalfMonths": .integer(drawn),
                    "remainingHalfMonths": .integer(remaining),
                ], events: positions,
                lack: remaining == 0 ? Lack("remainingHalfMonths", has: .integer(remaining)) : nil)
        )
    }
}

extension DecisionEngine {
    /// The half-months drawn in the lookback of a day, by the rules of that day; `nil` without rules for it.
    package func allowanceUse(of person: PersonHistory, before day: CivilDate) -> AllowanceUse? {
        guard let cap = try? AllowanceRules.Cap(rulebook, on: day) else { return nil }
        return AllowanceUse(of: person, before: day, cap)
    }
}
