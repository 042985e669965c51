import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// An unemployed young national in a class of the programme's time (YTH-01).
enum YTH01: Clause {
    static let id = "YTH-01"

    /// What of the four conditions does not hold.
    private enum Bar { case startsOn, nationality, age, unemployed }

    static func assess(
        _ decisionCase: DecisionCase, _ rules: YouthRules, _ verdict: inout Verdict<some Evidence>
    ) {
        let start = decisionCase.startsOn
        let person = decisionCase.person
        let age = person.birthDate.age(on: start)
        let verification = person.verification(for: start)
        let spells = (verification?.spells ?? []).filter { $0.covers(start) && rules.isBarring($0) }
        let works = person.works.filter { $0.covers(start) }
        let bar: Bar?
        if start < rules.firstStart || start > rules.lastStart {
            bar = .startsOn
        } else if !rules.nationalities.contains(person.nationality) {
            bar = .nationality
        } else if age < rules.minimumAge || age > rules.maximumAge {
            bar = .age
        } else {
            bar = spells.isEmpty && works.isEmpty ? nil : .unemployed
        }
        note(
            bar != nil ? .failed : verification == nil ? .pending(["insuranceVerification"]) : .met, in: &verdict,
            [
                "startsOn": .string(start.description), "firstStart": .string(rules.firstStart.description),
                "lastStart": .string(rules.lastStart.description), "nationality": .string(person.nationality.name),
                "age": .number(age), "verified": .bool(verification != nil),
                "inForce": .array(spells.map { .string($0.scheme.name) }),
                "work": .array(works.map { .string($0.kind.name) }),
            ],
            events: person.fieldPositions + decisionCase.ruled.history.fieldPositions
                + [verification?.position].compactMap(\.self) + works.map(\.position),
            lack: bar.map { lack($0, decisionCase, rules, spells, works) }
                ?? (verification == nil ? Lack("insuranceVerification") : nil))
        ARI05.note(decisionCase, under: id, in: &verdict.evidence)
    }

    private static func lack(
        _ bar: Bar, _ decisionCase: DecisionCase, _ rules: YouthRules, _ spells: [InsuranceSpell], _ works: [WorkFact]
    ) -> Lack {
        let (start, person) = (decisionCase.startsOn, decisionCase.person)
        switch bar {
        case .startsOn:
            return Lack(
                "startsOn", has: .string(start.description),
                needed: .string("\(rules.firstStart) – \(rules.lastStart)"))
        case .nationality:
            return Lack(
                "nationality", has: .string(person.nationality.name),
                needed: .array(rules.nationalities.codes.map { .string($0) }))
        case .age:
            return Lack(
                "age", has: .number(person.birthDate.age(on: start)),
                needed: .string("\(rules.minimumAge)–\(rules.maximumAge)"))
        case .unemployed:
            return Lack(
                "unemployed", has: .array(spells.map { .string($0.scheme.name) } + works.map { .string($0.kind.name) }))
        }
    }
}

/// NT$8,000 for a 30-day month (YTH-02).
enum YTH02: Clause {
    static let id = "YTH-02"

    /// Months of participation from the joining day to the last day; a remainder with any training gives half a
    /// month or one. Nothing under one month.
    static func months(_ decisionCase: DecisionCase, _ rules: YouthRules) -> [AllowanceMonth] {
        let days = CountedDays(from: Participation.firstDay(decisionCase), to: Participation.lastDay(decisionCase))
        return AllowanceMonth.months(days, decisionCase.ruled, length: rules.daysOfMonth) { _, minutes in
            minutes == 0 ? 0 : minutes < rules.remainderMinutes ? 1 : 2
        }
    }

    static func instalment(_ month: AllowanceMonth, _ rules: YouthRules) -> Instalment {
        Instalment(
            from: month.from, to: month.to, halfMonths: month.halfMonths,
            amountNTD: rules.monthlyNTD * month.halfMonths / 2)
    }

    static func assess(
        _ months: [AllowanceMonth], _ decisionCase: DecisionCase, _ rules: YouthRules,
        _ verdict: inout Verdict<some Evidence>
    ) {
        note(
            months.isEmpty ? .failed : .met, as: months.isEmpty ? .failed : .applied, in: &verdict,
            [
                "monthlyNTD": .integer(rules.monthlyNTD), "months": .array(months.map(\.json)),
                "halfMonths": .integer(months.halfMonths),
            ], events: LIV07.positions(decisionCase),
            lack: months.isEmpty ? Lack("daysCounted", needed: .number(rules.daysOfMonth)) : nil)
    }
}

/// When nothing is paid (YTH-03).
enum YTH03: Clause {
    static let id = "YTH-03"

    static func assess(
        _ decisionCase: DecisionCase, _ rules: YouthRules, _ verdict: inout Verdict<some Evidence>
    ) {
        let summary = decisionCase.attendance
        let same = sameNature(decisionCase, daysOfMonth: rules.daysOfMonth)
        let claims = falseClaims(decisionCase)
        let hasLeft = decisionCase.leavingDay != nil
        let absence = decisionCase.enrolment.started == nil ? Finding.met : Self.absence(summary, rules)
        let isBarred =
            hasLeft || !same.isEmpty || decisionCase.enrolment.inspectionEvaded != nil || !claims.isEmpty
        let finding: Finding = isBarred ? .failed : absence
        note(
            finding, in: &verdict,
            [
                "ending": decisionCase.enrolment.ending.map { .string("\($0.kind)") },
                "absentMinutes": .integer(summary.minutesAbsent),
                "scheduledMinutes": .integer(summary.minutesScheduled),
                "unrecordedMinutes": .integer(summary.minutesUnrecorded),
                "absenceLimit": .string(rules.absenceLimit.description), "sameNature": .array(same.map(\.what)),
                "inspectionEvaded": .bool(decisionCase.enrolment.inspectionEvaded != nil),
                "falseClaim": .bool(!claims.isEmpty),
            ],
            events: [decisionCase.enrolment.ending?.position, decisionCase.enrolment.inspectionEvaded?.position]
                .compactMap(\.self) + same.flatMap(\.positions) + claims + decisionCase.attendancePositions,
            lack: finding == .failed
                ? lack(hasLeft: hasLeft, same, claims, decisionCase, rules) : finding.firstMissing)
    }

    private static func lack(
        hasLeft: Bool, _ same: [Drawn], _ claims: [UInt64], _ decisionCase: DecisionCase, _ rules: YouthRules
    ) -> Lack {
        if hasLeft { return Lack("completion") }
        if let drawn = same.first { return Lack("sameNature", has: drawn.what) }
        let summary = decisionCase.attendance
        if decisionCase.enrolment.inspectionEvaded != nil { return Lack("inspection") }
        if !claims.isEmpty { return Lack("falseClaim") }
        return Lack(
            "absentMinutes", has: .integer(summary.minutesAbsent),
            limit: .integer(rules.absenceLimit.roundedUp(of: summary.minutesScheduled) - 1))
    }

    /// Absence of the limit or more, whatever its cause; unrecorded days wait if they could reach it (ATT-03).
    private static func absence(_ summary: AttendanceSummary, _ rules: YouthRules) -> Finding {
        let limit = rules.absenceLimit
        let scheduled = summary.minutesScheduled
        func isReached(_ minutes: Int64) -> Bool {
            scheduled > 0 && minutes * limit.denominator >= scheduled * limit.numerator
        }
        if isReached(summary.minutesAbsent) { return .failed }
        return isReached(summary.minutesAbsent + summary.minutesUnrecorded) ? .pending(["attendance"]) : .met
    }

    private enum Drawn {
        case payout(Payout)
        case benefit(BenefitFact)

        var what: JSONValue {
            switch self {
            case .payout(let payout): .string(payout.kind.name)
            case .benefit(let benefit): .string(benefit.kind.name)
            }
        }

        var positions: [UInt64] {
            switch self {
            case .payout(let payout): payout.positions
            case .benefit(let benefit): [benefit.position]
            }
        }
    }

    /// The same nature for the same cause: a living allowance for the class, or another training allowance that
    /// overlaps it [reading].
    private static func sameNature(_ decisionCase: DecisionCase, daysOfMonth: Int) -> [Drawn] {
        let ruled = decisionCase.ruled
        var drawn = decisionCase.payouts(.livingAllowance).filter { $0.netNTD > 0 }.map(Drawn.payout)
        for benefit in decisionCase.person.benefits {
            guard benefit.kind == .otherTrainingAllowance || benefit.kind == .employmentInsuranceTrainingAllowance,
                benefit.from <= ruled.endsOn,
                benefit.lastDay(daysOfMonth: daysOfMonth).map({ ruled.startsOn <= $0 }) ?? true
            else { continue }
            drawn.append(.benefit(benefit))
        }
        return drawn
    }

    /// A reward revoked as falsely claimed is never given again: the revocations before this class was applied for.
    private static func falseClaims(_ decisionCase: DecisionCase) -> [UInt64] {
        let revoked = decisionCase.person.payouts.filter { $0.kind == .learningReward && !$0.revocations.isEmpty }
        guard !revoked.isEmpty else { return [] }
        let applied = decisionCase.enrolment.allowanceApplications.filter { $0.kind == .learningReward }.map(\.on).min()
        return revoked.flatMap { payout in
            payout.revocations.filter { revocation in
                revocation.reason == .falseClaim
                    && (payout.classNumber == decisionCase.enrolment.classNumber
                        || applied.map { revocation.on <= $0 } ?? true)
            }
        }
        .map(\.position)
    }
}
