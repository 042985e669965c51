package import CivilTime
package import Decisions
package import Histories
package import TrainingEvents

/// What a person has left: quota, allowance months, attendance (TIP-15, LIV-09, ATT-01).
package struct BalanceAnswer: Sendable {
    package let trainee: String
    /// The day the balance is asked for.
    package let on: CivilDate
    package let quota: QuotaBalance?
    package let allowance: AllowanceUse?
    package let attendance: [(classID: String, summary: AttendanceSummary)]

    /// - Parameters:
    ///   - on: the day asked for; the as-of day where `nil`.
    ///   - reach: the classes that are shown.
    package init(
        of person: PersonHistory, id: String, on day: CivilDate?, by engine: DecisionEngine,
        within reach: ClassReach = .everything
    ) {
        let day = day ?? engine.asOfDay
        trainee = id
        on = day
        quota = engine.quotaBalance(of: person, on: day)
        allowance = engine.allowanceUse(of: person, before: day)
        attendance = person.enrolments.compactMap { enrolment in
            guard enrolment.started != nil, let history = engine.histories.class(enrolment.classNumber) else {
                return nil
            }
            let id = engine.histories.registry.classes.id(of: enrolment.classNumber)
            guard reach.contains(id) else { return nil }
            return (id, AttendanceSummary(of: enrolment, in: history))
        }.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    }

    /// The JSON answer of the contract.
    package func json(_ context: AnswerContext) -> JSONValue {
        .members([
            "trainee": .string(trainee),
            "on": .string("\(on)"),
            "quota": quota.map(\.json) ?? .null,
            "livingAllowance": allowance.map(\.json) ?? .null,
            "attendance": .array(attendance.map { $0.summary.json(classID: $0.classID) }),
            "rulebook": context.rulebookJSON,
            "asOf": context.asOf,
        ])
    }
}

extension QuotaBalance {
    package var json: JSONValue {
        .members([
            "windowFrom": .string("\(windowFrom)"), "windowTo": .string("\(windowTo)"), "cap": .integer(capNTD),
            "paid": .integer(paidNTD), "committed": .integer(committedNTD), "remaining": .integer(remainingNTD),
        ])
    }
}

extension AllowanceUse {
    package var json: JSONValue {
        .members([
            "lookbackFrom": .string("\(from)"), "lookbackTo": .string("\(to)"),
            "capHalfMonths": .integer(capHalfMonths), "usedHalfMonths": .integer(usedHalfMonths),
            "remainingHalfMonths": .integer(remainingHalfMonths),
        ])
    }
}

extension AttendanceSummary {
    package func json(classID: String) -> JSONValue {
        .members([
            "class": .string(classID), "scheduledMinutes": .integer(minutesScheduled),
            "presentMinutes": .integer(minutesPresent), "leaveMinutes": .integer(minutesLeave),
            "truancyMinutes": .integer(minutesTruancy), "absentMinutes": .integer(minutesAbsent),
            "unrecordedMinutes": .integer(minutesUnrecorded),
        ])
    }
}
