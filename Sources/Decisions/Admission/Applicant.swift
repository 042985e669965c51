import CivilTime
package import Histories
import Rulebook
package import TrainingEvents

/// One application of a class, as admission looks at it: what is found of one person alone. Applicants who were found
/// on several machines are ranked and seated together (`docs/scale.md`).
package struct Applicant<Kept: Evidence>: Sendable {
    /// The ID under which the person stands in the roster of the class: the first registered of those in it.
    package var listed: TraineeNumber
    /// The ID that leads the enrolment, told in the decision.
    package var trainee: TraineeNumber
    package var application: Application
    /// Applications of the person for the class before this one.
    package var earlierApplications: [Application]
    package var score: SelectionScore?
    /// Whether the person joined the class.
    package var hasStarted: Bool
    package var forfeited: DayFact?
    /// Whether this one may apply at all, and what is missing to say so: who may not is given no seat.
    package var registration: Outcome
    package var registrationMissing: [String]
    /// Whether a forfeited place makes this one rank as an alternate (PRE-11).
    package var ranksAsAlternate: Bool
    /// What every row of this applicant begins with: the bar against applying if there is one, the order of application,
    /// the selection, and a forfeiture that ranks this one last.
    package var basis: Kept

    /// An applicant about whom nothing more is found: what there is where admission waits for a parameter.
    package init(listed: TraineeNumber, trainee: TraineeNumber, application: Application) {
        self.listed = listed
        self.trainee = trainee
        self.application = application
        earlierApplications = []
        hasStarted = false
        registration = .pending
        registrationMissing = []
        ranksAsAlternate = false
        basis = Kept()
    }

    init(
        _ decisionCase: DecisionCase, listed: TraineeNumber, _ application: Application, _ rules: Shared<AdmissionRules>
    ) {
        let (ruled, enrolment) = (decisionCase.ruled, decisionCase.enrolment)
        self.init(listed: listed, trainee: enrolment.trainee, application: application)
        earlierApplications = enrolment.earlierApplications
        score = enrolment.score
        hasStarted = enrolment.started != nil
        forfeited = enrolment.forfeited
        var evidence = Kept()
        let decision = RegistrationDecision.decide(decisionCase, untilStart: true, &evidence)
        registration = decision.outcome
        registrationMissing = decision.missing
        ranksAsAlternate =
            ruled.isPreEmployment
            && !PRE11.forfeitures(before: application, decisionCase, years: rules.forfeitYears).isEmpty
        basis.takeOpen(of: evidence)
        TIP02.note(numbered: application, decisionCase, in: &basis)
        switch ruled.history.selection(rules) {
        case .firstCome: break
        case .interview: PRE09.note(score, rules, in: &basis)
        case .writtenOral: PRE08.note(score, rules, in: &basis)
        }
        if ruled.isPreEmployment {
            PRE11.note(for: application, decisionCase, years: rules.forfeitYears, in: &basis)
        }
    }

    /// Whether the application stands: not withdrawn, refused or forfeited.
    var isLive: Bool { application.closed == nil && (hasStarted || forfeited == nil) }
    /// The order of applications: submission, then recording (TIP-02).
    func isBefore(_ other: Applicant) -> Bool {
        (application.at, application.position) < (other.application.at, other.application.position)
    }
}

/// How the applicants of a class are ranked.
struct Ranking {
    private let selection: Selection
    private let rules: Shared<AdmissionRules>

    init(_ classHistory: ClassHistory, _ rules: Shared<AdmissionRules>) {
        selection = classHistory.selection(rules)
        self.rules = rules
    }

    /// Whether this one was seen at the selection at all.
    func isScored(_ applicant: Applicant<some Evidence>) -> Bool { applicant.score != nil }

    /// Whether this one passed the selection, if there is one.
    func isPassing(_ applicant: Applicant<some Evidence>) -> Bool { group(applicant) < 2 }

    /// The order of the selection: points, written score, then application (PRE-08, PRE-09).
    func ranks<Kept>(_ one: Applicant<Kept>, before other: Applicant<Kept>) -> Bool {
        let (ownGroup, otherGroup) = (group(one), group(other))
        if ownGroup != otherGroup { return ownGroup < otherGroup }
        guard let points = points(one), let otherPoints = self.points(other) else { return one.isBefore(other) }
        let (written, otherWritten) = (one.score?.written ?? -1, other.score?.written ?? -1)
        if (points, written) != (otherPoints, otherWritten) { return (points, written) > (otherPoints, otherWritten) }
        return one.isBefore(other)
    }

    /// What the selection counts, points times the weight's denominator; `nil` for who was absent from a part or was
    /// not scored.
    private func points(_ applicant: Applicant<some Evidence>) -> Int64? {
        switch selection {
        case .writtenOral: PRE08.points(applicant.score, rules)
        case .interview: PRE09.points(applicant.score, rules)
        case .firstCome: 0
        }
    }

    /// Who passed comes first, then who ranks as an alternate for a forfeited place, then who failed, was absent, or
    /// has no result yet.
    private func group(_ applicant: Applicant<some Evidence>) -> Int {
        guard isScored(applicant) || selection == .firstCome else { return 4 }
        guard let points = points(applicant) else { return 3 }
        guard selection == .firstCome || points >= rules.passMark * rules.writtenWeight.denominator else { return 2 }
        return applicant.ranksAsAlternate ? 1 : 0
    }
}

extension ClassHistory {
    /// How places are given: in a quota programme always in the order of application (TIP-02).
    func selection(_ rules: Shared<AdmissionRules>) -> Selection {
        rules.quotaProgrammes.contains(programme) ? .firstCome : fields.selection ?? .firstCome
    }
}

/// Selection by written and oral test (PRE-08).
enum PRE08: Clause {
    static let id = "PRE-08"

    /// The weighted total times the weight's denominator, exact; `nil` for who was absent from a part. Too late to
    /// the written test is absent from it.
    static func points(_ score: SelectionScore?, _ rules: Shared<AdmissionRules>) -> Int64? {
        guard let score, let written = score.written, let oral = score.oral, score.minutesLate <= rules.lateMinutes
        else { return nil }
        let weight = rules.writtenWeight
        return written * weight.numerator + oral * (weight.denominator - weight.numerator)
    }

    static func note(_ score: SelectionScore?, _ rules: Shared<AdmissionRules>, in evidence: inout some Evidence) {
        note(
            selection: score, points(score, rules), rules, in: &evidence,
            [
                "written": score?.written.map { .integer($0) }, "oral": score?.oral.map { .integer($0) },
                "minutesLate": score.map { .integer($0.minutesLate) }, "passMark": .integer(rules.passMark),
            ])
    }
}

/// Selection by interview (PRE-09).
enum PRE09: Clause {
    static let id = "PRE-09"

    /// The points times the weight's denominator, to be held to the same mark; `nil` for who did not come.
    static func points(_ score: SelectionScore?, _ rules: Shared<AdmissionRules>) -> Int64? {
        score?.interview.map { $0 * rules.writtenWeight.denominator }
    }

    static func note(_ score: SelectionScore?, _ rules: Shared<AdmissionRules>, in evidence: inout some Evidence) {
        note(
            selection: score, points(score, rules), rules, in: &evidence,
            ["interview": score?.interview.map { .integer($0) }, "passMark": .integer(rules.passMark)])
    }

    /// The class does not take place: no more than so many came.
    static func note(
        cancelledWith came: Int, _ rules: Shared<AdmissionRules>, events: [UInt64], in evidence: inout some Evidence
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
    fileprivate static func note(
        selection score: SelectionScore?, _ points: Int64?, _ rules: Shared<AdmissionRules>,
        in evidence: inout some Evidence, _ facts: @autoclosure () -> Facts
    ) {
        let needed = rules.passMark * rules.writtenWeight.denominator
        let result: Reason.Result =
            score == nil ? .pending : points.map { $0 >= needed } ?? false ? .met : .failed
        note(
            result, in: &evidence, facts(), events: [score?.position].compactMap(\.self),
            lack: result == .met ? nil : lack(score, points, rules))
    }

    private static func lack(_ score: SelectionScore?, _ points: Int64?, _ rules: Shared<AdmissionRules>) -> Lack {
        guard score != nil else { return Lack("selection.scored") }
        guard let points else { return Lack("attendedAllParts") }
        return Lack(
            "points", has: .integer(points / rules.writtenWeight.denominator), needed: .integer(rules.passMark))
    }
}
