import CivilTime
import Histories
import TrainingEvents

/// How a person's earlier pre-employment classes ended, as far as they count for a class (PRE-03 to PRE-06).
struct PastTraining {
    struct Course {
        let ruled: RuledClass
        let ending: Ending
        /// Leaving in the adaptation period does not count for every bar.
        var countsForRepeats: Bool { ending.kind != .withdrawn || !ending.isInAdaptationPeriod }
    }

    let courses: [Course]

    /// Classes run, commissioned or subsidised by the agency; for a local government's class all [reading].
    init(_ decisionCase: DecisionCase, _ rules: RegistrationRules.History) {
        var courses: [Course] = []
        if decisionCase.person.enrolments.count > 1 {
            let allCount = rules.allDeliveries.contains(decisionCase.ruled.history.fields.delivery)
            let person = decisionCase.person
            // By index: a copy of each would cost more than looking.
            for index in person.enrolments.indices {
                let number = person.enrolments[index].classNumber
                guard number != decisionCase.enrolment.classNumber, let ending = person.enrolments[index].ending,
                    let ruled = decisionCase.engine.ruled(number), ruled.isPreEmployment,
                    allCount || rules.deliveries.contains(ruled.history.fields.delivery)
                else { continue }
                courses.append(Course(ruled: ruled, ending: ending))
            }
        }
        self.courses = courses
    }
}

extension PastTraining.Course {
    var positions: [UInt64] { [ending.position] }

    func json(_ decisionCase: DecisionCase) -> JSONValue {
        .members([
            "class": decisionCase.id(of: ruled.history.number), "ending": .string("\(ending.kind)"),
            "on": .string(ending.on.description),
        ])
    }
}

/// 180 days after the last completion (PRE-03).
enum PRE03: Clause {
    static let id = "PRE-03"

    static func assess(
        _ past: PastTraining, _ decisionCase: DecisionCase, _ rules: RegistrationRules.History,
        _ verdict: inout Verdict<some Evidence>
    ) {
        let start = decisionCase.startsOn
        let completed = past.courses.filter { $0.ending.kind == .completed && $0.ending.on < start }
        // The last day that is still barred: the 180th after the completion (ARI-04).
        let last = completed.map(\.ending.on).max()
        let barredUntil = last.map { $0.adding(days: rules.completionDays) }
        let isBarred = barredUntil.map { start <= $0 } ?? false
        note(
            isBarred ? .failed : .met, in: &verdict,
            [
                "lastCompletedOn": last.map { .string($0.description) }, "startsOn": .string(start.description),
                "barredUntil": barredUntil.map { .string($0.description) },
            ], events: completed.flatMap(\.positions),
            lack: isBarred
                ? Lack(
                    "startsOn", has: .string(start.description),
                    needed: barredUntil.map { .string($0.adding(days: 1).description) }) : nil)
        ARI04.note(
            .applied, in: &verdict.evidence, ["withinDays": .number(rules.completionDays)], under: id)
    }
}

/// An expulsion within the year before the start day (PRE-04).
enum PRE04: Clause {
    static let id = "PRE-04"

    static func assess(
        _ past: PastTraining, _ decisionCase: DecisionCase, _ rules: RegistrationRules.History,
        _ verdict: inout Verdict<some Evidence>
    ) {
        let window = Lookback(years: rules.expulsionYears, before: decisionCase.startsOn)
        let expelled = past.courses.filter { $0.ending.kind == .expelled && window.contains($0.ending.on) }
        window.assess(Self.self, expelled, allowed: 0, decisionCase, &verdict)
    }
}

/// The same course within three years before the start day (PRE-05).
enum PRE05: Clause {
    static let id = "PRE-05"

    static func assess(
        _ past: PastTraining, _ decisionCase: DecisionCase, _ rules: RegistrationRules.History,
        _ verdict: inout Verdict<some Evidence>
    ) {
        let window = Lookback(years: rules.sameCourseYears, before: decisionCase.startsOn)
        let name = decisionCase.ruled.history.fields.courseName
        let same = past.courses.filter {
            $0.countsForRepeats && $0.ruled.history.fields.courseName == name && window.contains($0.ending.on)
        }
        window.assess(Self.self, same, allowed: 0, decisionCase, &verdict)
    }
}

/// Two endings within two years before the start day (PRE-06).
enum PRE06: Clause {
    static let id = "PRE-06"

    static func assess(
        _ past: PastTraining, _ decisionCase: DecisionCase, _ rules: RegistrationRules.History,
        _ verdict: inout Verdict<some Evidence>
    ) {
        let window = Lookback(years: rules.repeatYears, before: decisionCase.startsOn)
        let counted = past.courses.filter { $0.countsForRepeats && window.contains($0.ending.on) }
        window.assess(Self.self, counted, allowed: max(0, rules.repeatTimes - 1), decisionCase, &verdict)
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
    fileprivate func assess<Barring: Clause>(
        _ clause: Barring.Type, _ courses: [PastTraining.Course], allowed: Int, _ decisionCase: DecisionCase,
        _ verdict: inout Verdict<some Evidence>
    ) {
        let isBarred = courses.count > allowed
        clause.note(
            isBarred ? .failed : .met, in: &verdict,
            [
                "from": .string(from.description), "to": .string(to.description),
                "courses": .array(courses.map { $0.json(decisionCase) }), "allowed": .number(allowed),
            ], events: courses.flatMap(\.positions),
            lack: isBarred ? Lack("courses", has: .number(courses.count), limit: .number(allowed)) : nil)
    }
}

/// "Within N days after" and "within N years before" (ARI-04).
enum ARI04: Clause {
    static let id = "ARI-04"
}
