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

    /// The months of days in ascending order: whole ones first, then the remainder for as many half-months as
    /// `remainder` says of its days and scheduled minutes. Nothing under one month.
    static func months(
        _ days: [CivilDate], _ classHistory: ClassHistory, length: Int, remainder: (Int, Int64) -> Int64
    ) -> [AllowanceMonth] {
        guard length > 0, days.count >= length else { return [] }
        let minutesByDay = classHistory.minutesByDay
        var months: [AllowanceMonth] = []
        var index = 0
        while index < days.count {
            let block = days[index..<min(index + length, days.count)]
            let minutes = block.reduce(Int64(0)) { $0 + (minutesByDay[$1] ?? 0) }
            let isWhole = block.count == length
            let halfMonths = isWhole ? 2 : remainder(block.count, minutes)
            if let from = block.first, let to = block.last, halfMonths > 0 {
                months.append(
                    AllowanceMonth(
                        from: from, to: to, days: block.count, minutes: minutes, halfMonths: halfMonths,
                        isWhole: isWhole))
            }
            index += length
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

extension ClassHistory {
    /// The scheduled minutes of each day that has sessions.
    fileprivate var minutesByDay: [CivilDate: Int64] {
        Dictionary(daySchedules.map { ($0.on, $0.minutes) }, uniquingKeysWith: { first, _ in first })
    }
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
    /// Days in ascending order, with those taken out left out.
    let days: [CivilDate]
    let months: [AllowanceMonth]
    let reasons: [Reason]

    /// - Parameter lastDayBefore: the first day of insurance or work that begins during the class (LIV-04).
    init(_ decisionCase: DecisionCase, _ rules: AllowanceRules, lastDayBefore: CivilDate?) {
        let classHistory = decisionCase.classHistory
        let enrolment = decisionCase.enrolment
        // Whoever reported in before the class begins takes part from its start day.
        let first = max(enrolment.started?.on ?? classHistory.startsOn, classHistory.startsOn)
        let ends = [enrolment.leavingDay, classHistory.cancelled?.on, lastDayBefore].compactMap(\.self)
        let last = ends.map { $0.adding(days: -1) }.reduce(classHistory.endsOn, min)
        let concurrent = decisionCase.person.benefits.filter { rules.concurrentBenefits.contains($0.kind.name) }
        let all = Self.days(first, last)
        let counting = all.filter { day in !concurrent.contains { LIV08.takesOut($0, day, rules) } }
        days = counting
        months = LIV07.months(counting, classHistory, rules)
        var reasons = [
            LIV07.reason(first, last, months, counting, decisionCase, rules)
        ]
        let taken = concurrent.filter { benefit in all.contains { LIV08.takesOut(benefit, $0, rules) } }
        if !taken.isEmpty { reasons.append(LIV08.reason(taken, daysTaken: all.count - counting.count)) }
        self.reasons = reasons
    }

    static func days(_ first: CivilDate, _ last: CivilDate) -> [CivilDate] {
        guard first <= last else { return [] }
        return (0...last.days(since: first)).map { first.adding(days: $0) }
    }
}

/// Months of participation (LIV-07).
enum LIV07: Clause {
    static let id = "LIV-07"

    /// Whole months first; the remainder by its days and scheduled minutes. Nothing under one month.
    static func months(_ days: [CivilDate], _ classHistory: ClassHistory, _ rules: AllowanceRules) -> [AllowanceMonth] {
        AllowanceMonth.months(days, classHistory, length: rules.daysOfMonth) { days, minutes in
            Int64(rules.remainderSteps.first { days >= $0.days && minutes >= $0.minutes }?.halfMonths ?? 0)
        }
    }

    static func reason(
        _ first: CivilDate, _ last: CivilDate, _ months: [AllowanceMonth], _ days: [CivilDate],
        _ decisionCase: DecisionCase, _ rules: AllowanceRules
    ) -> Reason {
        let length = rules.daysOfMonth
        let hasMonth = length > 0 && days.count >= length
        let rest = hasMonth ? days.suffix(days.count % length) : []
        let minutesByDay = decisionCase.classHistory.minutesByDay
        let remainderMinutes = rest.reduce(Int64(0)) { $0 + (minutesByDay[$1] ?? 0) }
        let enrolment = decisionCase.enrolment
        let events =
            [
                enrolment.started?.position, enrolment.ending?.position, decisionCase.classHistory.cancelled?.position,
                decisionCase.classHistory.schedulePosition,
            ].compactMap(\.self) + decisionCase.classHistory.dayPositions
        return reason(
            months.isEmpty ? .failed : .applied,
            [
                "participationFrom": .string(first.description),
                "participationTo": first <= last ? .string(last.description) : nil,
                "daysCounted": .number(days.count), "remainderDays": hasMonth ? .number(rest.count) : nil,
                "remainderMinutes": hasMonth ? .integer(remainderMinutes) : nil,
                "months": .array(months.map(\.json)),
                "halfMonths": .integer(months.reduce(0) { $0 + $1.halfMonths }),
            ], events: events, lack: lack(days.count, rest.count, remainderMinutes, rules))
    }

    /// What the next half-month or month would have taken: a first month, days of the remainder, or its hours.
    private static func lack(_ days: Int, _ rest: Int, _ minutes: Int64, _ rules: AllowanceRules) -> Lack? {
        guard days >= rules.daysOfMonth else {
            return Lack("daysCounted", has: .number(days), needed: .number(rules.daysOfMonth))
        }
        let next = rules.remainderSteps.last { rest < $0.days || minutes < $0.minutes }
        guard rest > 0, let next else { return nil }
        if rest < next.days { return Lack("remainderDays", has: .number(rest), needed: .number(next.days)) }
        return Lack("remainderMinutes", has: .integer(minutes), needed: .integer(next.minutes))
    }
}

/// Not at the same time as another benefit: those days are taken out (LIV-08).
enum LIV08: Clause {
    static let id = "LIV-08"

    /// Whether the benefit was drawn for the day.
    static func takesOut(_ benefit: BenefitFact, _ day: CivilDate, _ rules: AllowanceRules) -> Bool {
        benefit.from <= day && (benefit.lastDay(daysOfMonth: rules.daysOfMonth).map { day <= $0 } ?? true)
    }

    static func reason(_ benefits: [BenefitFact], daysTaken: Int) -> Reason {
        reason(
            .applied,
            ["benefits": .array(benefits.map { .string($0.kind.name) }), "daysTaken": .number(daysTaken)],
            events: benefits.map(\.position))
    }
}

/// The rate: 60 % of the basic wage in force on the first day of each month (LIV-06).
enum LIV06: Clause {
    static let id = "LIV-06"

    /// The instalments of the months; `nil` where the wage table does not reach.
    static func instalments(_ months: [AllowanceMonth], _ rules: AllowanceRules) -> [Instalment]? {
        var instalments: [Instalment] = []
        for month in months {
            guard let monthly = rules.monthlyNTD(on: month.from) else { return nil }
            instalments.append(
                Instalment(
                    from: month.from, to: month.to, halfMonths: month.halfMonths,
                    amountNTD: monthly * month.halfMonths / 2))
        }
        return instalments
    }

    static func reason(_ instalments: [Instalment]?, _ months: [AllowanceMonth], _ rules: AllowanceRules) -> Reason {
        let wages = months.map { month in
            JSONValue.members([
                "from": .string(month.from.description),
                "basicWageNTD": rules.basicWageNTD(on: month.from).map { .integer($0) },
                "monthlyNTD": rules.monthlyNTD(on: month.from).map { .integer($0) },
                "halfMonths": .integer(month.halfMonths),
            ])
        }
        return reason(
            instalments == nil ? .pending : .applied,
            ["rate": .string(rules.rate.description), "months": .array(wages)],
            lack: instalments == nil ? Lack(MissingParameter.code(of: .allowanceBasicWage)) : nil)
    }
}
