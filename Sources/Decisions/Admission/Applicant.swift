import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// One application of a class, as admission looks at it.
struct Applicant<Kept: Evidence> {
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
    /// What is kept of how that was found.
    let registrationEvidence: Kept
    /// The forfeitures that make this one rank as an alternate (PRE-11).
    let forfeitures: [DayFact]

    init(_ decisionCase: DecisionCase, _ application: Application, _ rules: AdmissionRules) {
        self.decisionCase = decisionCase
        self.application = application
        let selection = decisionCase.ruled.history.selection(rules)
        isFirstCome = selection == .firstCome
        let score = decisionCase.enrolment.score
        isScored = score != nil
        written = score?.written ?? -1
        switch selection {
        case .writtenOral: points = PRE08.points(score, rules)
        case .interview: points = score?.interview.map { $0 * rules.writtenWeight.denominator }
        case .firstCome: points = 0
        }
        var evidence = Kept()
        registration = RegistrationDecision.decide(decisionCase, untilStart: true, &evidence)
        registrationEvidence = evidence
        forfeitures =
            decisionCase.ruled.isPreEmployment
            ? PRE11.forfeitures(before: application, decisionCase, years: rules.forfeitYears) : []
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
        rules.quotaProgrammes.contains(programme) ? .firstCome : fields.selection ?? .firstCome
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

    static func note<Kept: Evidence>(_ applicant: Applicant<Kept>, _ rules: AdmissionRules, in evidence: inout Kept) {
        let score = applicant.decisionCase.enrolment.score
        note(
            selection: applicant, rules, in: &evidence,
            [
                "written": score?.written.map { .integer($0) }, "oral": score?.oral.map { .integer($0) },
                "minutesLate": score.map { .integer($0.minutesLate) }, "passMark": .integer(rules.passMark),
            ])
    }
}

/// Selection by interview (PRE-09).
enum PRE09: Clause {
    static let id = "PRE-09"

    static func note<Kept: Evidence>(_ applicant: Applicant<Kept>, _ rules: AdmissionRules, in evidence: inout Kept) {
        let score = applicant.decisionCase.enrolment.score
        note(
            selection: applicant, rules, in: &evidence,
            ["interview": score?.interview.map { .integer($0) }, "passMark": .integer(rules.passMark)])
    }

    /// The class does not take place: no more than so many came.
    static func note(
        cancelledWith came: Int, _ rules: AdmissionRules, events: [UInt64], in evidence: inout some Evidence
    ) {
        note(
            .failed, in: &evidence,
            ["came": .number(came), "cancelledUpTo": .number(rules.cancelAttendance)], events: events,
            lack: Lack("came", has: .number(came), needed: .number(rules.cancelAttendance + 1)))
    }
}

extension Clause {
    /// Met from the pass mark on; pending where nobody was scored yet; failed below it or when absent from a part.
    @inline(__always)
    fileprivate static func note<Kept: Evidence>(
        selection applicant: Applicant<Kept>, _ rules: AdmissionRules, in evidence: inout Kept,
        _ facts: @autoclosure () -> Facts
    ) {
        let needed = rules.passMark * rules.writtenWeight.denominator
        let result: Reason.Result =
            !applicant.isScored ? .pending : applicant.points.map { $0 >= needed } ?? false ? .met : .failed
        note(
            result, in: &evidence, facts(),
            events: [applicant.decisionCase.enrolment.score?.position].compactMap(\.self),
            lack: result == .met ? nil : lack(applicant, rules))
    }

    private static func lack<Kept: Evidence>(_ applicant: Applicant<Kept>, _ rules: AdmissionRules) -> Lack {
        guard applicant.isScored else { return Lack("selection.scored") }
        guard let points = applicant.points else { return Lack("attendedAllParts") }
        return Lack(
            "points", has: .integer(points / rules.writtenWeight.denominator), needed: .integer(rules.passMark))
    }
}
