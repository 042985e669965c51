import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// A 30-day month of participation, or the remainder after the last one.
struct AllowanceMonth: Hashable {
    let from: CivilDate
    let to: CivilDate
    let days: Int
    let minutes: Int64
    var halfMonths: Int64
    /// Whether it has all its days.
    let isWhole: Bool

    /// The months of days: whole ones first, then the remainder for as many half-months as `remainder` says of its
    /// days and scheduled minutes. Nothing under one month.
    static func months(
        _ days: CountedDays, _ ruled: RuledClass, length: Int, remainder: (Int, Int64) -> Int64
    ) -> [AllowanceMonth] {
        let count = days.count
        guard length > 0, count >= length else { return [] }
        var months: [AllowanceMonth] = []
        months.reserveCapacity(count / length + 1)
        days.forEachBlock(of: length, in: ruled) { block in
            let isWhole = block.days == length
            let halfMonths = isWhole ? 2 : remainder(block.days, block.minutes)
            guard halfMonths > 0 else { return }
            months.append(
                AllowanceMonth(
                    from: block.from, to: block.to, days: block.days, minutes: block.minutes, halfMonths: halfMonths,
                    isWhole: isWhole))
        }
        return months
    }

    var json: JSONValue {
        .members([
            "from": .string(from.description), "to": .string(to.description), "days": .number(days),
            "minutes": .integer(minutes), "halfMonths": .integer(halfMonths),
        ])
    }
}

extension [AllowanceMonth] {
    /// The half-months of all of them.
    var halfMonths: Int64 { reduce(0) { $0 + $1.halfMonths } }
}

extension BenefitFact {
    /// The last day for which it was drawn. One without a last day lasts as long as its half-months, laid from its
    /// first day; without either it still runs [reading].
    func lastDay(daysOfMonth: Int) -> CivilDate? {
        guard to == nil, halfMonths > 0 else { return to }
        return from.adding(days: (Int(halfMonths) * daysOfMonth + 1) / 2 - 1)
    }
}

/// The days that count, and what they come to (LIV-07, LIV-08).
struct Participation {
    let first: CivilDate
    let last: CivilDate
    /// The days with those taken out left out.
    let days: CountedDays
    let months: [AllowanceMonth]
    /// The benefits that were drawn for some of the days.
    let taken: [BenefitFact]
    /// How many days they take out.
    let daysTaken: Int

    /// - Parameter lastDayBefore: the first day of insurance or work that begins during the class (LIV-04).
    init(_ decisionCase: DecisionCase, _ rules: Shared<AllowanceRules>, lastDayBefore: CivilDate?) {
        let ruled = decisionCase.ruled
        first = Self.firstDay(decisionCase)
        var last = Self.lastDay(decisionCase)
        if let lastDayBefore { last = min(last, lastDayBefore.adding(days: -1)) }
        self.last = last
        let all = CountedDays(from: first, to: last)
        var counting = all
        var taken: [BenefitFact] = []
        for benefit in decisionCase.person.benefits where rules.concurrentBenefits.contains(benefit.kind) {
            let end = benefit.lastDay(daysOfMonth: rules.daysOfMonth) ?? .latest
            guard all.overlaps(from: benefit.from, to: end) else { continue }
            taken.append(benefit)
            counting.remove(from: benefit.from, to: end)
        }
        days = counting
        self.taken = taken
        daysTaken = taken.isEmpty ? 0 : all.count - counting.count
        months = LIV07.months(counting, ruled, rules)
    }

    /// Whoever reported in before the class begins takes part from its start day.
    static func firstDay(_ decisionCase: DecisionCase) -> CivilDate {
        max(decisionCase.enrolment.started?.on ?? decisionCase.startsOn, decisionCase.startsOn)
    }

    /// The day before leaving or cancelling, at the latest the last of the class.
    static func lastDay(_ decisionCase: DecisionCase) -> CivilDate {
        var last = decisionCase.ruled.endsOn
        if let left = decisionCase.leavingDay { last = min(last, left.adding(days: -1)) }
        if let cancelled = decisionCase.ruled.cancelled { last = min(last, cancelled.on.adding(days: -1)) }
        return last
    }
}

/// Months of participation (LIV-07).
enum LIV07: Clause {
    static let id = "LIV-07"

    /// Whole months first; the remainder by its days and scheduled minutes. Nothing under one month.
    static func months(_ days: CountedDays, _ ruled: RuledClass, _ rules: Shared<AllowanceRules>) -> [AllowanceMonth] {
        AllowanceMonth.months(days, ruled, length: rules.daysOfMonth) { days, minutes in
            Int64(rules.remainderSteps.first { days >= $0.days && minutes >= $0.minutes }?.halfMonths ?? 0)
        }
    }

    static func assess(
        _ participation: Participation, _ decisionCase: DecisionCase, _ rules: Shared<AllowanceRules>,
        _ verdict: inout Verdict<some Evidence>
    ) {
        let months = participation.months
        note(
            months.isEmpty ? .failed : .met, as: months.isEmpty ? .failed : .applied, in: &verdict,
            facts(participation, Remainder(participation, decisionCase, rules)),
            events: positions(decisionCase),
            lack: lack(participation, Remainder(participation, decisionCase, rules), rules))
    }

    private static func facts(_ participation: Participation, _ rest: Remainder) -> Facts {
        [
            "participationFrom": .string(participation.first.description),
            "participationTo": participation.first <= participation.last
                ? .string(participation.last.description) : nil,
            "daysCounted": .number(participation.days.count),
            "remainderDays": rest.hasMonth ? .number(rest.days) : nil,
            "remainderMinutes": rest.hasMonth ? .integer(rest.minutes) : nil,
            "months": .array(participation.months.map(\.json)),
            "halfMonths": .integer(participation.months.halfMonths),
        ]
    }

    /// The events that shaped the days of participation.
    static func positions(_ decisionCase: DecisionCase) -> [UInt64] {
        let (enrolment, classHistory) = (decisionCase.enrolment, decisionCase.classHistory)
        return [
            enrolment.started?.position, enrolment.ending?.position, classHistory.cancelled?.position,
            classHistory.schedulePosition,
        ].compactMap(\.self) + classHistory.dayPositions
    }

    /// The days beyond the whole months, whether they come to a half-month or not.
    private struct Remainder {
        let hasMonth: Bool
        private(set) var days = 0
        private(set) var minutes: Int64 = 0

        init(_ participation: Participation, _ decisionCase: DecisionCase, _ rules: Shared<AllowanceRules>) {
            let length = rules.daysOfMonth
            hasMonth = length > 0 && participation.days.count >= length
            guard hasMonth else { return }
            var rest: (days: Int, minutes: Int64) = (0, 0)
            participation.days.forEachBlock(of: length, in: decisionCase.ruled) { block in
                if block.days < length { rest = (block.days, block.minutes) }
            }
            (days, minutes) = rest
        }
    }

    /// What the next half-month or month would have taken: a first month, days of the remainder, or its hours.
    private static func lack(_ participation: Participation, _ rest: Remainder, _ rules: Shared<AllowanceRules>)
        -> Lack?
    {
        let days = participation.days.count
        guard days >= rules.daysOfMonth else {
            return Lack("daysCounted", has: .number(days), needed: .number(rules.daysOfMonth))
        }
        let next = rules.remainderSteps.last { rest.days < $0.days || rest.minutes < $0.minutes }
        guard rest.days > 0, let next else { return nil }
        if rest.days < next.days {
            return Lack("remainderDays", has: .number(rest.days), needed: .number(next.days))
        }
        return Lack("remainderMinutes", has: .integer(rest.minutes), needed: .integer(next.minutes))
    }
}

/// Not at the same time as another benefit: those days are taken out (LIV-08).
enum LIV08: Clause {
    static let id = "LIV-08"

    /// Says nothing where no day is taken out.
    static func note(_ participation: Participation, in evidence: inout some Evidence) {
        guard !participation.taken.isEmpty else { return }
        note(
            .applied, in: &evidence,
            [
                "benefits": .array(participation.taken.map { .string($0.kind.name) }),
                "daysTaken": .number(participation.daysTaken),
            ], events: participation.taken.map(\.position))
    }
}

/// The rate: 60 % of the basic wage in force on the first day of each month (LIV-06).
enum LIV06: Clause {
    static let id = "LIV-06"

    /// The instalments of the months; `nil` where the wage table does not reach.
    static func instalments(_ months: [AllowanceMonth], _ rules: Shared<AllowanceRules>) -> [Instalment]? {
        var instalments: [Instalment] = []
        instalments.reserveCapacity(months.count)
        for month in months {
            guard let monthly = rules.value.monthlyNTD(on: month.from) else { return nil }
            instalments.append(
                Instalment(
                    from: month.from, to: month.to, halfMonths: month.halfMonths,
                    amountNTD: monthly * month.halfMonths / 2))
        }
        return instalments
    }

    static func assess(
        _ instalments: [Instalment]?, _ months: [AllowanceMonth], _ rules: Shared<AllowanceRules>,
        _ verdict: inout Verdict<some Evidence>
    ) {
        let missing = MissingParameter.code(of: .allowanceBasicWage)
        note(
            instalments == nil ? .pending([missing]) : .met, as: instalments == nil ? .pending : .applied,
            in: &verdict,
            ["rate": .string(rules.rate.description), "months": .array(months.map { wage(of: $0, rules) })],
            lack: instalments == nil ? Lack(missing) : nil)
    }

    private static func wage(of month: AllowanceMonth, _ rules: Shared<AllowanceRules>) -> JSONValue {
        .members([
            "from": .string(month.from.description),
            "basicWageNTD": rules.value.basicWageNTD(on: month.from).map { .integer($0) },
            "monthlyNTD": rules.value.monthlyNTD(on: month.from).map { .integer($0) },
            "halfMonths": .integer(month.halfMonths),
        ])
    }
}
