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
    /// Whether this one may apply at all: who may not is given no seat.
    let registration: Decision
    /// The forfeitures that make this one rank as an alternate (PRE-11).
    let forfeitures: [DayFact]

    init(_ decisionCase: DecisionCase, _ application: Application, _ rules: AdmissionRules) {
        self.decisionCase = decisionCase
        self.application = application
        isFirstCome = decisionCase.classHistory.selection(rules) == .firstCome
        let score = decisionCase.enrolment.score
        isScored = score != nil
        written = score?.written ?? -1
        switch decisionCase.classHistory.selection(rules) {
        case .writtenOral: points = PRE08.points(score, rules)
        case .interview: points = score?.interview.map { $0 * rules.writtenWeight.denominator }
        case .firstCome: points = 0
        }
        registration = RegistrationDecision.decide(decisionCase, untilStart: true)
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

    /// Who passed comes first, then who ranks as an alternate for a forfeited place, then who failed, was absent, or
    /// has no result yet.
    private func group(_ rules: AdmissionRules) -> Int {
        guard isScored || isFirstCome else { return 4 }
        guard let points else { return 3 }
        guard isFirstCome || points >= rules.passMark * rules.writtenWeight.denominator else { return 2 }
        return forfeitures.isEmpty ? 0 : 1
    }

    private let isFirstCome: Bool

    /// Whether this one passed the selection, if there is one.
    func isPassing(_ rules: AdmissionRules) -> Bool { group(rules) < 2 }

    /// The order of the selection: points, written score, then application (PRE-08, PRE-09).
    func ranksBefore(_ other: Applicant, _ rules: AdmissionRules) -> Bool {
        if group(rules) != other.group(rules) { return group(rules) < other.group(rules) }
        guard points != nil, other.points != nil else { return isBefore(other) }
        if (points ?? -1, written) != (other.points ?? -1, other.written) {
            return (points ?? -1, written) > (other.points ?? -1, other.written)
        }
        return isBefore(other)
    }
}

extension ClassHistory {
    /// How places are given: in a quota programme always in the order of application (TIP-02).
    func selection(_ rules: AdmissionRules) -> Selection {
        rules.quotaProgrammes.contains(programme.name) ? .firstCome : fields.selection ?? .firstCome
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
