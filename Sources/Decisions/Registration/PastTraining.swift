import CivilTime
import Histories
import TrainingEvents

/// How a person's earlier pre-employment classes ended, as far as they count for a class (PRE-03 to PRE-06).
struct PastTraining {
    struct Course {
        let classHistory: ClassHistory
        let ending: Ending
        /// Leaving in the adaptation period does not count for every bar.
        var countsForRepeats: Bool { ending.kind != .withdrawn || !ending.isInAdaptationPeriod }
    }

    let courses: [Course]

    /// Classes run, commissioned or subsidised by the agency; for a local government's class all [reading].
    init(_ decisionCase: DecisionCase, _ rules: RegistrationRules.History) {
        let own = decisionCase.classHistory.fields.delivery?.name
        let allCount = own.map(rules.allDeliveries.contains) ?? false
        courses = decisionCase.person.enrolments.compactMap { enrolment in
            guard enrolment.classNumber != decisionCase.classHistory.number, let ending = enrolment.ending,
                let classHistory = decisionCase.engine.histories.class(enrolment.classNumber),
                classHistory.programme == .preEmployment
            else { return nil }
            let delivery = classHistory.fields.delivery?.name
            guard allCount || delivery.map(rules.deliveries.contains) == true else { return nil }
            return Course(classHistory: classHistory, ending: ending)
        }
    }
}

extension PastTraining.Course {
    var positions: [UInt64] { [ending.position] }

    func json(_ decisionCase: DecisionCase) -> JSONValue {
        .members([
            "class": decisionCase.id(of: classHistory.number), "ending": .string("\(ending.kind)"),
            "on": .string(ending.on.description),
        ])
    }
}

/// 180 days after the last completion (PRE-03).
enum PRE03: Clause {
    static let id = "PRE-03"

    static func assess(
        _ past: PastTraining, _ decisionCase: DecisionCase, _ rules: RegistrationRules.History
    ) -> Assessed {
        let start = decisionCase.startsOn
        let completed = past.courses.filter { $0.ending.kind == .completed && $0.ending.on < start }
        // The last day that is still barred: the 180th after the completion (ARI-04).
        let last = completed.map(\.ending.on).max()
        let barredUntil = last.map { $0.adding(days: rules.completionDays) }
        let isBarred = barredUntil.map { start <= $0 } ?? false
        let facts: KeyValuePairs<String, JSONValue?> = [
            "lastCompletedOn": last.map { .string($0.description) }, "startsOn": .string(start.description),
            "barredUntil": barredUntil.map { .string($0.description) },
        ]
        let main = reason(
            isBarred ? .failed : .met, facts, events: completed.flatMap(\.positions),
            lack: isBarred
                ? Lack(
                    "startsOn", has: .string(start.description),
                    needed: barredUntil.map { .string($0.adding(days: 1).description) }) : nil)
        let days = ARI04.reason(.applied, ["withinDays": .number(rules.completionDays)], under: id)
        return Assessed(finding: isBarred ? .failed : .met, reason: main, supports: [days])
    }
}

/// An expulsion within the year before the start day (PRE-04).
enum PRE04: Clause {
    static let id = "PRE-04"

    static func assess(
        _ past: PastTraining, _ decisionCase: DecisionCase, _ rules: RegistrationRules.History
    ) -> Assessed {
        let window = Lookback(years: rules.expulsionYears, before: decisionCase.startsOn)
        let expelled = past.courses.filter { $0.ending.kind == .expelled && window.contains($0.ending.on) }
        return window.assess(Self.self, expelled, allowed: 0, decisionCase)
    }
}

/// The same course within three years before the start day (PRE-05).
enum PRE05: Clause {
    static let id = "PRE-05"

    static func assess(
        _ past: PastTraining, _ decisionCase: DecisionCase, _ rules: RegistrationRules.History
    ) -> Assessed {
        let window = Lookback(years: rules.sameCourseYears, before: decisionCase.startsOn)
        let name = decisionCase.classHistory.fields.courseName
        let same = past.courses.filter {
            $0.countsForRepeats && $0.classHistory.fields.courseName == name && window.contains($0.ending.on)
        }
        return window.assess(Self.self, same, allowed: 0, decisionCase)
    }
}

/// Two endings within two years before the start day (PRE-06).
enum PRE06: Clause {
    static let id = "PRE-06"

    static func assess(
        _ past: PastTraining, _ decisionCase: DecisionCase, _ rules: RegistrationRules.History
    ) -> Assessed {
        let window = Lookback(years: rules.repeatYears, before: decisionCase.startsOn)
        let counted = past.courses.filter { $0.countsForRepeats && window.contains($0.ending.on) }
        return window.assess(Self.self, counted, allowed: max(0, rules.repeatTimes - 1), decisionCase)
    }
}

/// The years before a day: [day − years, day − 1] (ARI-04).
struct Lookback {
    let from: CivilDate
    let to: CivilDate

    init(years: Int, before day: CivilDate) {
        from = day.moved(years: -years)
        to = day.adding(days: -1)
    }

    func contains(_ day: CivilDate) -> Bool { from <= day && day <= to }

    /// Fails where more courses lie in the years than are allowed.
    fileprivate func assess(
        _ clause: any Clause.Type, _ courses: [PastTraining.Course], allowed: Int, _ decisionCase: DecisionCase
    ) -> Assessed {
        let isBarred = courses.count > allowed
        let facts: KeyValuePairs<String, JSONValue?> = [
            "from": .string(from.description), "to": .string(to.description),
            "courses": .array(courses.map { $0.json(decisionCase) }), "allowed": .number(allowed),
        ]
        let main = clause.reason(
            isBarred ? .failed : .met, facts, events: courses.flatMap(\.positions),
            lack: isBarred ? Lack("courses", has: .number(courses.count), limit: .number(allowed)) : nil)
        return Assessed(finding: isBarred ? .failed : .met, reason: main)
    }
}

/// "Within N days after" and "within N years before" (ARI-04).
enum ARI04: Clause {
    static let id = "ARI-04"
}
