import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// An unemployed young national in a class of the programme's time (YTH-01).
enum YTH01: Clause {
    static let id = "YTH-01"

    static func assess(_ decisionCase: DecisionCase, _ rules: YouthRules) -> Assessed {
        let start = decisionCase.startsOn
        let person = decisionCase.person
        let age = person.birthDate.age(on: start)
        let verification = person.verification(for: start)
        let spells = (verification?.spells ?? []).filter { $0.covers(start) && rules.isBarring($0) }
        let works = person.works.filter { $0.covers(start) }
        let lack: Lack?
        if start < rules.firstStart || start > rules.lastStart {
            lack = Lack(
                "startsOn", has: .string(start.description),
                needed: .string("\(rules.firstStart) – \(rules.lastStart)"))
        } else if !rules.nationalities.contains(person.nationality.name) {
            lack = Lack(
                "nationality", has: .string(person.nationality.name),
                needed: .array(rules.nationalities.map { .string($0) }))
        } else if age < rules.minimumAge || age > rules.maximumAge {
            lack = Lack("age", has: .number(age), needed: .string("\(rules.minimumAge)–\(rules.maximumAge)"))
        } else if !spells.isEmpty || !works.isEmpty {
            lack = Lack(
                "unemployed", has: .array(spells.map { .string($0.scheme.name) } + works.map { .string($0.kind.name) }))
        } else {
            lack = nil
        }
        let finding: Finding =
            lack != nil ? .failed : verification == nil ? .pending(["insuranceVerification"]) : .met
        let facts: KeyValuePairs<String, JSONValue?> = [
            "startsOn": .string(start.description), "firstStart": .string(rules.firstStart.description),
            "lastStart": .string(rules.lastStart.description), "nationality": .string(person.nationality.name),
            "age": .number(age), "verified": .bool(verification != nil),
            "inForce": .array(spells.map { .string($0.scheme.name) }),
            "work": .array(works.map { .string($0.kind.name) }),
        ]
        let events =
            person.fieldPositions + decisionCase.classHistory.fieldPositions
            + [verification?.position].compactMap(\.self) + works.map(\.position)
        let main = reason(
            Reason.Result(finding), facts, events: events,
            lack: lack ?? (verification == nil ? Lack("insuranceVerification") : nil))
        return Assessed(finding: finding, reason: main, supports: [ARI05.reason(decisionCase, under: id)])
    }
}

/// NT$8,000 for a 30-day month (YTH-02).
enum YTH02: Clause {
    static let id = "YTH-02"

    /// Months of participation from the joining day to the last day; a remainder with any training gives half a
    /// month or one. Nothing under one month.
    static func months(_ decisionCase: DecisionCase, _ rules: YouthRules) -> [AllowanceMonth] {
        let classHistory = decisionCase.classHistory
        let enrolment = decisionCase.enrolment
        let first = max(enrolment.started?.on ?? classHistory.startsOn, classHistory.startsOn)
        let ends = [enrolment.leavingDay, classHistory.cancelled?.on].compactMap(\.self)
        let last = ends.map { $0.adding(days: -1) }.reduce(classHistory.endsOn, min)
        return AllowanceMonth.months(Participation.days(first, last), classHistory, length: rules.daysOfMonth) {
            _, minutes in minutes == 0 ? 0 : minutes < rules.remainderMinutes ? 1 : 2
        }
    }

    static func instalment(_ month: AllowanceMonth, _ rules: YouthRules) -> Instalment {
        Instalment(
            from: month.from, to: month.to, halfMonths: month.halfMonths,
            amountNTD: rules.monthlyNTD * month.halfMonths / 2)
    }

    static func assess(_ months: [AllowanceMonth], _ decisionCase: DecisionCase, _ rules: YouthRules) -> Assessed {
        let facts: KeyValuePairs<String, JSONValue?> = [
            "monthlyNTD": .integer(rules.monthlyNTD), "months": .array(months.map(\.json)),
            "halfMonths": .integer(months.reduce(0) { $0 + $1.halfMonths }),
        ]
        let classHistory = decisionCase.classHistory
        let events =
            [
                decisionCase.enrolment.started?.position, decisionCase.enrolment.ending?.position,
                classHistory.cancelled?.position, classHistory.schedulePosition,
            ].compactMap(\.self) + classHistory.fieldPositions
        let finding: Finding = months.isEmpty ? .failed : .met
        let lack = months.isEmpty ? Lack("daysCounted", needed: .number(rules.daysOfMonth)) : nil
        return Assessed(
            finding: finding, reason: reason(months.isEmpty ? .failed : .applied, facts, events: events, lack: lack))
    }
}

/// When nothing is paid (YTH-03).
enum YTH03: Clause {
    static let id = "YTH-03"

    static func assess(_ decisionCase: DecisionCase, _ rules: YouthRules) -> Assessed {
        let enrolment = decisionCase.enrolment
        let summary = AttendanceSummary(of: enrolment, in: decisionCase.classHistory)
        let same = sameNature(decisionCase, daysOfMonth: rules.daysOfMonth)
        let claims = falseClaims(decisionCase)
        let hasLeft = enrolment.leavingDay != nil
        let absence = enrolment.started == nil ? Finding.met : Self.absence(summary, rules)
        let isBarred = hasLeft || !same.isEmpty || enrolment.inspectionEvaded != nil || !claims.isEmpty
        let finding: Finding = isBarred ? .failed : absence
        let facts: KeyValuePairs<String, JSONValue?> = [
            "ending": enrolment.ending.map { .string("\($0.kind)") },
            "absentMinutes": .integer(summary.minutesAbsent), "scheduledMinutes": .integer(summary.minutesScheduled),
            "unrecordedMinutes": .integer(summary.minutesUnrecorded),
            "absenceLimit": .string(rules.absenceLimit.description), "sameNature": .array(same.map(\.what)),
            "inspectionEvaded": .bool(enrolment.inspectionEvaded != nil), "falseClaim": .bool(!claims.isEmpty),
        ]
        let events =
            [enrolment.ending?.position, enrolment.inspectionEvaded?.position].compactMap(\.self)
            + same.flatMap(\.positions) + claims + summary.positions
        let lack: Lack? =
            switch finding {
            case .met: nil
            case .pending(let codes): codes.first.map { Lack($0) }
            case .failed: self.lack(hasLeft: hasLeft, same, claims, summary, enrolment, rules)
            }
        return Assessed(
            finding: finding, reason: reason(Reason.Result(finding), facts, events: events, lack: lack))
    }

    private static func lack(
        hasLeft: Bool, _ same: [Drawn], _ claims: [UInt64], _ summary: AttendanceSummary, _ enrolment: Enrolment,
        _ rules: YouthRules
    ) -> Lack {
        if hasLeft { return Lack("completion") }
        if let drawn = same.first { return Lack("sameNature", has: drawn.what) }
        if enrolment.inspectionEvaded != nil { return Lack("inspection") }
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

    private struct Drawn {
        let what: JSONValue
        let positions: [UInt64]
    }

    /// The same nature for the same cause: a living allowance for the class, or another training allowance that
    /// overlaps it [reading].
    private static func sameNature(_ decisionCase: DecisionCase, daysOfMonth: Int) -> [Drawn] {
        let classHistory = decisionCase.classHistory
        let paid = decisionCase.payouts(.livingAllowance).filter { $0.netNTD > 0 }
            .map { Drawn(what: .string($0.kind.name), positions: $0.positions) }
        let drawn = decisionCase.person.benefits.filter { benefit in
            guard benefit.kind == .otherTrainingAllowance || benefit.kind == .employmentInsuranceTrainingAllowance,
                benefit.from <= classHistory.endsOn
            else { return false }
            return benefit.lastDay(daysOfMonth: daysOfMonth).map { classHistory.startsOn <= $0 } ?? true
        }
        return paid + drawn.map { Drawn(what: .string($0.kind.name), positions: [$0.position]) }
    }

    /// A reward revoked as falsely claimed is never given again: the revocations before this class was applied for.
    private static func falseClaims(_ decisionCase: DecisionCase) -> [UInt64] {
        let applied = decisionCase.enrolment.allowanceApplications.filter { $0.kind == .learningReward }.map(\.on).min()
        return decisionCase.person.payouts.filter { $0.kind == .learningReward }
            .flatMap { payout in
                payout.revocations.filter { revocation in
                    revocation.reason == .falseClaim
                        && (payout.classNumber == decisionCase.classHistory.number
                            || applied.map { revocation.on <= $0 } ?? true)
                }
            }
            .map(\.position)
    }
}
