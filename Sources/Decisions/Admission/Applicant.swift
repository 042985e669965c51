import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// One application of a class, as admission looks at it.
struct Applicant {
    let decisionCase: DecisionCase
    let application: Application
    /// What the selection counts, points times the weight's denominator; `nil` for who was
    /// absent from a part or was not scored.
    let points: Int64?
    /// The written score, which parts equal totals.
    let written: Int64
    /// Whether this one was seen at the selection at all.
    let isScored: Bool
    /// The forfeitures that make this one rank as an alternate (PRE-11).
    let forfeitures: [DayFact]

    init(_ decisionCase: DecisionCase, _ application: Application, _ rules: AdmissionRules) {
        self.decisionCase = decisionCase
        self.application = application
        let score = decisionCase.enrolment.score
        isScored = score != nil
        written = score?.written ?? -1
        switch decisionCase.classHistory.fields.selection {
        case .writtenOral: points = PRE08.points(score, rules)
        case .interview: points = score?.interview.map { $0 * rules.writtenWeight.denominator }
        case .firstCome, nil: points = 0
        }
        forfeitures =
            decisionCase.classHistory.programme == .preEmployment
            ? PRE11.forfeitures(
                of: decisionCase.person, before: application, in: decisionCase.classHistory,
                decisionCase.engine.histories, years: rules.forfeitYears) : []
    }

    /// Whether the application stands: not withdrawn, refused or forfeited.
    var isLive: Bool {
        let enrolment = decisionCase.enrolment
        return application.closed == nil && (enrolment.started != nil || enrolment.forfeited == nil)
    }

    /// The order of applications: submission, then recording (TIP-02).
    func isBefore(_ other: Applicant) -> Bool {
        (application.at, application.position) < (other.application.at, other.application.position)
    }

    /// The order of the selection: points, written score, then application (PRE-08, PRE-09).
    func ranksBefore(_ other: Applicant) -> Bool {
        if forfeitures.isEmpty != other.forfeitures.isEmpty { return forfeitures.isEmpty }
        if (points ?? -1, written) != (other.points ?? -1, other.written) {
            return (points ?? -1, written) > (other.points ?? -1, other.written)
        }
        return isBefore(other)
    }
}

/// Selection by written and oral test (PRE-08).
enum PRE08: Clause {
    static let id = "PRE-08"

    /// The weighted total times the weight's denominator, exact; `nil` for who was absent from a part. Too late to
    /// the written test is absent from it.
    static func points(_ score: SelectionScore?, _ rules: AdmissionRules) -> Int64? {
        guard let score, let written = score.written, let oral = score.oral, score.minutesLate <= rules.lateMinutes
        else { return nil }
        let weight = rules.writtenWeight
        return written * weight.numerator + oral * (weight.denominator - weight.numerator)
    }

    static func reason(_ applicant: Applicant, _ rules: AdmissionRules) -> Reason {
        let score = applicant.decisionCase.enrolment.score
        let facts: KeyValuePairs<String, JSONValue?> = [
            "written": score?.written.map { .integer($0) }, "oral": score?.oral.map { .integer($0) },
            "minutesLate": score.map { .integer($0.minutesLate) }, "passMark": .integer(rules.passMark),
        ]
        return selection(applicant, facts, rules)
    }
}

/// Selection by interview (PRE-09).
enum PRE09: Clause {
    static let id = "PRE-09"

    static func reason(_ applicant: Applicant, _ rules: AdmissionRules) -> Reason {
        let score = applicant.decisionCase.enrolment.score
        let facts: KeyValuePairs<String, JSONValue?> = [
            "interview": score?.interview.map { .integer($0) }, "passMark": .integer(rules.passMark),
        ]
        return selection(applicant, facts, rules)
    }

    /// The class does not take place: no more than so many came.
    static func cancelled(came: Int, _ rules: AdmissionRules, events: [UInt64]) -> Reason {
        reason(
            .failed, ["came": .number(came), "cancelledUpTo": .number(rules.cancelAttendance)], events: events,
            lack: Lack("came", has: .number(came), needed: .number(rules.cancelAttendance + 1)))
    }
}

extension Clause {
    /// Met from the pass mark on; pending where nobody was scored yet; failed below it or when absent from a part.
    fileprivate static func selection(
        _ applicant: Applicant, _ facts: KeyValuePairs<String, JSONValue?>, _ rules: AdmissionRules
    ) -> Reason {
        let scale = rules.writtenWeight.denominator
        let events = [applicant.decisionCase.enrolment.score?.position].compactMap(\.self)
        guard applicant.isScored else {
            return reason(.pending, facts, events: events, lack: Lack("selection.scored"))
        }
        guard let points = applicant.points else {
            return reason(.failed, facts, events: events, lack: Lack("attendedAllParts"))
        }
        if points >= rules.passMark * scale { return reason(.met, facts, events: events) }
        return reason(
            .failed, facts, events: events,
            lack: Lack("points", has: .integer(points / scale), needed: .integer(rules.passMark)))
    }
}
