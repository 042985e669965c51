import CivilTime
import Histories
package import TrainingEvents

/// The decision `admission` of a class: its applications in rank order with their seats (TIP-02, TIP-19, PRE-08 to
/// PRE-11).
struct AdmissionList<Kept: Evidence> {
    private let engine: DecisionEngine
    private let ruled: RuledClass
    private let rules: Shared<AdmissionRules>
    private let applicants: [Applicant<Kept>]
    private let ranking: Ranking
    private let lapse: Instant?

    /// A row, and what is kept of how it came about.
    typealias Row = (decision: Decision, evidence: Kept)

    private init(
        _ engine: DecisionEngine, _ ruled: RuledClass, _ applicants: [Applicant<Kept>], _ rules: Shared<AdmissionRules>
    ) {
        self.engine = engine
        self.ruled = ruled
        self.rules = rules
        self.applicants = applicants
        ranking = Ranking(ruled.history, rules)
        lapse = ruled.isPreEmployment ? PRE10.lapse(ruled.history, rules) : nil
    }

    /// Who of a roster applied for a class, in the order of the roster.
    static func applicants(
        _ engine: DecisionEngine, _ ruled: RuledClass, _ roster: ClassRoster
    ) -> [Applicant<Kept>] {
        roster.cases(in: ruled.history.number, engine).compactMap { member in
            member.case.enrolment.application.map { application in
                switch ruled.rules.admission {
                case .success(let rules):
                    Applicant(member.case, listed: member.listed, application, rules)
                case .failure:
                    Applicant(listed: member.listed, trainee: member.case.enrolment.trainee, application: application)
                }
            }
        }
    }

    /// The rows of a class, in rank order; who has no place in it comes last, in the order of application.
    ///
    /// - Parameter applicants: all of the class, in the order of the roster.
    static func decide(_ engine: DecisionEngine, _ ruled: RuledClass, _ applicants: [Applicant<Kept>]) -> [Row] {
        switch ruled.rules.admission {
        case .success(let rules): return AdmissionList(engine, ruled, applicants, rules).rows()
        case .failure(let missing):
            return applicants.map {
                var decision = Decision(kind: .admission, trainee: $0.trainee, classNumber: ruled.history.number)
                var evidence = Kept()
                decision.seat = .notAdmitted
                decision.wait(for: missing, TIP19.self, in: &evidence)
                return (decision, evidence)
            }
        }
    }

    /// The row of an applicant before anything is decided.
    private func decision(_ applicant: Applicant<Kept>) -> Decision {
        Decision(kind: .admission, trainee: applicant.trainee, classNumber: ruled.history.number)
    }

    private func rows() -> [Row] {
        let live = applicants.filter(\.isLive).sorted { ranking.ranks($0, before: $1) }
        let came = applicants.filter { $0.score?.interview != nil }
        let isCancelled =
            ruled.history.selection(rules) == .interview && !came.isEmpty && came.count <= rules.cancelAttendance
        let rows = isCancelled ? live.map { cancelled($0, came: came) } : seated(live)
        // Withdrawn, refused and forfeited ones have no place in the order and stand at the end.
        let gone = applicants.filter { !$0.isLive }.sorted { $0.isBefore($1) }
        let numbers = self.numbers
        return zip(live, rows).enumerated().map { index, entry in
            var row = entry.1
            row.decision.rank = numbers[entry.0.application.position] ?? Int64(index + 1)
            row.decision.isClassCancelled = isCancelled
            return row
        }
            + gone.map { applicant in
                var row = closed(applicant)
                row.decision.rank = numbers[applicant.application.position]
                row.decision.isClassCancelled = isCancelled
                return row
            }
    }

    /// The registration numbers of a quota class: all applications ever made count, and a number stays (TIP-02).
    private var numbers: [UInt64: Int64] {
        guard rules.quotaProgrammes.contains(ruled.programme) else { return [:] }
        let all = applicants.flatMap { [$0.application] + $0.earlierApplications }
        let ordered = all.sorted { ($0.at, $0.position) < ($1.at, $1.position) }
        return Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1.position, Int64($0 + 1)) })
    }

    /// Seats in rank order. Who may not apply or failed the selection takes none; who ranks as an alternate for a
    /// forfeited place is never seated (PRE-11).
    private func seated(_ ranked: [Applicant<Kept>]) -> [Row] {
        var plan = SeatPlan(ruled.history, rules)
        for applicant in applicants where !applicant.isLive && gaveUpTooLate(applicant) { plan.keepEmpty() }
        return ranked.map { applicant in
            var decision = decision(applicant)
            var evidence = applicant.basis
            guard applicant.registration != .refused, ranking.isPassing(applicant) else {
                decision.seat = .notAdmitted
                decision.conclude(waitsForScore: applicant.registration != .refused && !ranking.isScored(applicant))
                return (decision, evidence)
            }
            let isFull = plan.isFull(for: applicant.application.employer)
            let seat = applicant.ranksAsAlternate ? .alternate : plan.seat(for: applicant.application.employer)
            decision.seat = seat
            TIP19.note(seat, plan, applicant, in: ruled.history, employerFull: isFull, in: &evidence)
            decision.missing = applicant.registrationMissing
            decision.outcome = decision.missing.isEmpty ? .granted : .pending
            if seat == .alternate { standBy(applicant, &decision, &evidence) }
            return (decision, evidence)
        }
    }

    /// An alternate waits for a seat until noon of the last working day before the start (PRE-10); one who joined
    /// the class does not lapse.
    private func standBy(_ applicant: Applicant<Kept>, _ decision: inout Decision, _ evidence: inout Kept) {
        decision.outcome = .pending
        decision.missing.append("seat")
        guard let lapse, !applicant.hasStarted else { return }
        if PRE10.hasLapsed(lapse, engine, ruled.history, &evidence) {
            decision.outcome = .refused
            decision.missing = []
        }
    }

    private func cancelled(_ applicant: Applicant<Kept>, came: [Applicant<Kept>]) -> Row {
        let positions = came.compactMap { $0.score?.position }
        var decision = decision(applicant)
        decision.seat = .notAdmitted
        decision.outcome = .refused
        var evidence = applicant.basis
        PRE09.note(cancelledWith: came.count, rules, events: positions, in: &evidence)
        return (decision, evidence)
    }

    /// Why an application does not stand any more; nothing is decided about it.
    private func closed(_ applicant: Applicant<Kept>) -> Row {
        var decision = decision(applicant)
        decision.seat = .notAdmitted
        decision.outcome = .notApplicable
        var evidence = Kept()
        if let closed = applicant.application.closed {
            TIP02.note(closed: closed, isWithdrawn: applicant.application.isWithdrawn, in: &evidence)
        } else {
            PRE11.note(forfeited: applicant.forfeited, in: &evidence)
        }
        return (decision, evidence)
    }

    private func gaveUpTooLate(_ applicant: Applicant<Kept>) -> Bool {
        guard let lapse, let forfeited = applicant.forfeited else { return false }
        return forfeited.on > lapse.taipeiDate
    }
}

/// Alternates lapse at noon of the last working day before the start (PRE-10).
enum PRE10: Clause {
    static let id = "PRE-10"

    static func lapse(_ classHistory: ClassHistory, _ rules: Shared<AdmissionRules>) -> Instant {
        let day = ARI06.workingDay(before: classHistory.startsOn, holidays: rules.holidays)
        return Instant(startOf: day).adding(minutes: rules.lapseMinute)
    }

    /// Whether an alternate's place is gone.
    static func hasLapsed(
        _ lapse: Instant, _ engine: DecisionEngine, _ classHistory: ClassHistory, _ evidence: inout some Evidence
    ) -> Bool {
        let now = engine.histories.lastRecordedTime
        let hasLapsed = now.map { $0 >= lapse } ?? false
        note(
            hasLapsed ? .failed : .pending, in: &evidence,
            ["lapsesAt": .string(lapse.description), "asOf": now.map { .string($0.description) }],
            events: classHistory.fieldPositions, lack: Lack("seat", needed: .string(lapse.description)))
        ARI06.note(
            .applied, in: &evidence,
            [
                "startsOn": .string(classHistory.startsOn.description),
                "workingDayBefore": .string(lapse.taipeiDate.description),
            ], under: id)
        return hasLapsed
    }
}

extension TIP02 {
    /// A withdrawn or refused application counts no more.
    static func note(closed: DayFact, isWithdrawn: Bool, in evidence: inout some Evidence) {
        note(
            .notApplicable, in: &evidence,
            ["closedOn": .string(closed.on.description), "withdrawn": .bool(isWithdrawn)], events: [closed.position])
    }
}

extension PRE11 {
    /// A forfeited place is gone.
    static func note(forfeited fact: DayFact?, in evidence: inout some Evidence) {
        note(
            .notApplicable, in: &evidence, ["forfeitedOn": fact.map { .string($0.on.description) }],
            events: fact.map { [$0.position] } ?? [])
    }
}

extension Decision {
    /// No seat: refused, or waiting for the result of the selection.
    fileprivate mutating func conclude(waitsForScore: Bool) {
        outcome = waitsForScore ? .pending : .refused
        if waitsForScore { missing = ["selection.scored"] }
    }
}

extension DecisionEngine {
    /// The decision `admission`: one row an application, in rank order; none for a class that does not stand.
    package func admission(to number: ClassNumber, roster: ClassRoster? = nil) -> [Decision] {
        let roster = roster ?? ClassRoster(histories, of: number)
        guard let ruled = ruled(number) else { return [] }
        let applicants = AdmissionList<FullEvidence>.applicants(self, ruled, roster)
        return AdmissionList.decide(self, ruled, applicants).map { row in
            var decision = row.decision
            decision.reasons = row.evidence.reasons
            return decision
        }
    }

    /// The same without the facts of the reasons: what digests cover.
    ///
    /// - Parameter applicants: all of the class, in the order of the roster: ``applicants(to:roster:)``.
    package func admissionOutlines(
        to number: ClassNumber, of applicants: [Applicant<DecisionOutline>]
    ) -> [(decision: Decision, evidence: DecisionOutline)] {
        ruled(number).map { AdmissionList.decide(self, $0, applicants) } ?? []
    }

    /// Who applied for a class, as far as these histories hold them, in the order of the roster; nobody where the class
    /// does not stand.
    package func applicants(to number: ClassNumber, roster: ClassRoster) -> [Applicant<DecisionOutline>] {
        ruled(number).map { AdmissionList.applicants(self, $0, roster) } ?? []
    }
}
