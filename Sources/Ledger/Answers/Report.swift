package import CivilTime
package import Decisions
import Histories
package import TrainingEvents

/// What a report lists about everyone at once: what `balance` answers for one trainee.
package enum ReportKind: String, CaseIterable, Sendable {
    /// The minutes of every enrolment that was started (ATT-01 to ATT-04).
    case attendance
    /// The quota of every person who has a window on the day (TIP-15).
    case quota
    /// The half-months drawn in the lookback of every pre-employment class that was started (LIV-09).
    case halfMonths = "half-months"
}

/// One line of a report: named values in a fixed order.
package struct ReportRow: Sendable {
    package let members: [JSONValue.Member]

    init(_ members: KeyValuePairs<String, JSONValue>) {
        self.members = members.map { JSONValue.Member($0.key, $0.value) }
    }

    /// The values with tabs between them.
    package var text: String {
        members.map { member in
            switch member.value {
            case .string(let text): text
            default: member.value.text
            }
        }.joined(separator: "\t")
    }

    package var json: JSONValue { .object(members) }
}

/// A report of everyone. Persons come in the order of registration, under the ID registered first; the classes
/// of a person in the order of approval.
package struct Report: Sendable {
    package let kind: ReportKind
    /// The day asked for; only `quota` depends on it.
    package let on: CivilDate
    package let rows: [ReportRow]

    /// O(events of the persons).
    ///
    /// - Parameters:
    ///   - on: the day asked for; the as-of day where `nil`.
    ///   - jobs: how many threads share the persons, at least 1.
    package init(_ kind: ReportKind, on day: CivilDate?, by engine: DecisionEngine, jobs: Int) {
        self.kind = kind
        let day = day ?? engine.asOfDay
        on = day
        let persons = FactsDigest.persons(engine.histories)
        rows = inParallel(persons.count, jobs: jobs) { index in
            Self.rows(kind, of: persons[index], on: day, by: engine)
        }.flatMap(\.self)
    }

    private static func rows(
        _ kind: ReportKind, of members: [TraineeNumber], on day: CivilDate, by engine: DecisionEngine
    ) -> [ReportRow] {
        let person = PersonHistory(joining: members.compactMap { engine.histories.trainee($0) })
        let trainee = engine.histories.registry.trainees.id(of: members[0])
        switch kind {
        case .quota:
            return engine.quotaBalance(of: person, on: day).map { [ReportRow(trainee, $0)] } ?? []
        case .attendance:
            return started(person, engine).map { enrolment, history, id in
                ReportRow(trainee, id, AttendanceSummary(of: enrolment, in: history))
            }
        case .halfMonths:
            return started(person, engine).compactMap { _, history, id in
                guard history.programme == .preEmployment else { return nil }
                return engine.allowanceUse(of: person, before: history.startsOn).map { ReportRow(trainee, id, $0) }
            }
        }
    }

    /// The enrolments that were started, in the order in which their classes were approved.
    private static func started(
        _ person: PersonHistory, _ engine: DecisionEngine
    ) -> [(enrolment: Enrolment, history: ClassHistory, classID: String)] {
        person.enrolments.sorted { $0.classNumber < $1.classNumber }.compactMap { enrolment in
            guard enrolment.started != nil, let history = engine.histories.class(enrolment.classNumber) else {
                return nil
            }
            return (enrolment, history, engine.histories.registry.classes.id(of: enrolment.classNumber))
        }
    }
}

extension ReportRow {
    fileprivate init(_ trainee: String, _ balance: QuotaBalance) {
        self.init([
            "trainee": .string(trainee), "windowFrom": .string("\(balance.windowFrom)"),
            "windowTo": .string("\(balance.windowTo)"), "cap": .integer(balance.capNTD),
            "paid": .integer(balance.paidNTD), "committed": .integer(balance.committedNTD),
            "remaining": .integer(balance.remainingNTD),
        ])
    }

    fileprivate init(_ trainee: String, _ classID: String, _ summary: AttendanceSummary) {
        self.init([
            "trainee": .string(trainee), "class": .string(classID),
            "scheduledMinutes": .integer(summary.minutesScheduled),
            "presentMinutes": .integer(summary.minutesPresent), "leaveMinutes": .integer(summary.minutesLeave),
            "truancyMinutes": .integer(summary.minutesTruancy), "absentMinutes": .integer(summary.minutesAbsent),
            "unrecordedMinutes": .integer(summary.minutesUnrecorded),
        ])
    }

    fileprivate init(_ trainee: String, _ classID: String, _ use: AllowanceUse) {
        self.init([
            "trainee": .string(trainee), "class": .string(classID), "lookbackFrom": .string("\(use.from)"),
            "lookbackTo": .string("\(use.to)"), "capHalfMonths": .integer(use.capHalfMonths),
            "usedHalfMonths": .integer(use.usedHalfMonths),
            "remainingHalfMonths": .integer(use.remainingHalfMonths),
        ])
    }
}
