import CivilTime
import Histories
package import TrainingEvents

/// The decision `admission` of a class: its applications in rank order with their seats (TIP-02, TIP-19, PRE-08 to
/// PRE-11).
struct AdmissionList {
    private let engine: DecisionEngine
    private let classHistory: ClassHistory
    private let rules: AdmissionRules
    private let applicants: [Applicant]
    private let lapse: Instant?

    private init(
        _ engine: DecisionEngine, _ classHistory: ClassHistory, _ roster: ClassRoster, _ rules: AdmissionRules
    ) {
        self.engine = engine
        self.classHistory = classHistory
        self.rules = rules
        applicants = roster.cases(in: classHistory.number, engine).compactMap { decisionCase in
            decisionCase.enrolment.application.map { Applicant(decisionCase, $0, rules) }
        }
        lapse = classHistory.programme == .preEmployment ? PRE10.lapse(classHistory, rules) : nil
    }

    /// The rows of a class, in rank order; who has no place in it comes last, in the order of application.
    static func decide(
        _ engine: DecisionEngine, _ classHistory: ClassHistory, _ roster: ClassRoster
    ) -> [Decision] {
        switch engine.rules(of: classHistory).admission {
        case .success(let rules): return AdmissionList(engine, classHistory, roster, rules).decisions()
        case .failure(let missing):
            return roster.cases(in: classHistory.number, engine).filter { $0.enrolment.application != nil }.map {
                var decision = Decision(.admission, of: $0)
                decision.seat = .notAdmitted
                decision.wait(for: missing, TIP19.self)
                return decision
            }
        }
    }

    private func decisions() -> [Decision] {
        let live = applicants.filter(\.isLive).sorted { $0.ranksBefore($1, rules) }
        let came = applicants.filter { $0.decisionCase.enrolment.score?.interview != nil }
        let isCancelled =
            classHistory.selection(rules) == .interview && !came.isEmpty && came.count <= rules.cancelAttendance
        let rows = isCancelled ? live.map { cancelled($0, came: came) } : seated(live)
        // Withdrawn, refused and forfeited ones have no place in the order and stand at the end.
        let gone = applicants.filter { !$0.isLive }.sorted { $0.isBefore($1) }.map(closed)
        let numbers = self.numbers
        return zip(live, rows).enumerated().map { index, entry in
            var row = entry.1
            row.rank = numbers[entry.0.application.position] ?? Int64(index + 1)
            row.isClassCancelled = isCancelled
            return row
        }
            + gone.map { applicant, row in
                var row = row
                row.rank = numbers[applicant.application.position]
                row.isClassCancelled = isCancelled
                return row
            }
    }

    /// The registration numbers of a quota class: all applications ever made count, and a number stays (TIP-02).
    private var numbers: [UInt64: Int64] {
        guard rules.quotaProgrammes.contains(classHistory.programme.name) else { return [:] }
        let all = applicants.flatMap { [$0.application] + $0.decisionCase.enrolment.earlierApplications }
        let ordered = all.sorted { ($0.at, $0.position) < ($1.at, $1.position) }
        return Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1.position, Int64($0 + 1)) })
    }

    private var isSelective: Bool { classHistory.selection(rules) != .firstCome }

    private func selection(_ applicant: Applicant) -> Reason {
        classHistory.selection(rules) == .interview
            ? PRE09.reason(applicant, rules) : PRE08.reason(applicant, rules)
    }

    /// Seats in rank order. Who may not apply or failed the selection takes none; who ranks as an alternate for a
    /// forfeited place is never seated (PRE-11).
    private func seated(_ ranked: [Applicant]) -> [Decision] {
        var plan = SeatPlan(classHistory, rules)
        for applicant in applicants where !applicant.isLive && gaveUpTooLate(applicant) { plan.keepEmpty() }
        return ranked.map { applicant in
            var decision = Decision(.admission, of: applicant.decisionCase)
            decision.reasons = basis(applicant)
            guard applicant.registration.outcome != .refused, applicant.isPassing(rules) else {
                decision.seat = .notAdmitted
                decision.conclude(waitsForScore: applicant.registration.outcome != .refused && !applicant.isScored)
                return decision
            }
            let isFull = plan.isFull(for: applicant.application.employer)
            let seat = applicant.forfeitures.isEmpty ? plan.seat(for: applicant.application.employer) : .alternate
            decision.seat = seat
            decision.reasons.append(TIP19.seat(seat, plan, applicant, employerFull: isFull))
            decision.missing = applicant.registration.missing
            decision.outcome = decision.missing.isEmpty ? .granted : .pending
            if seat == .alternate { standBy(applicant, &decision) }
            return decision
        }
    }

    /// An alternate waits for a seat until noon of the last working day before the start (PRE-10); one who joined
    /// the class does not lapse.
    private func standBy(_ applicant: Applicant, _ decision: inout Decision) {
        decision.outcome = .pending
        decision.missing.append("seat")
        guard let lapse, applicant.decisionCase.enrolment.started == nil else { return }
        let (finding, reasons) = PRE10.assess(lapse, engine, classHistory)
        decision.reasons += reasons
        if finding == .failed {
            decision.outcome = .refused
            decision.missing = []
        }
    }

    /// The bar against applying if there is one, the order of application, the selection, and a forfeiture that
    /// ranks this one last.
    private func basis(_ applicant: Applicant) -> [Reason] {
        var reasons = applicant.registration.reasons.filter { $0.result == .failed || $0.result == .pending }
        reasons.append(TIP02.numbered(applicant.application, applicant.decisionCase))
        if isSelective { reasons.append(selection(applicant)) }
        if classHistory.programme == .preEmployment {
            reasons.append(
                PRE11.reason(for: applicant.application, applicant.decisionCase, rules.forfeitYears))
        }
        return reasons
    }

    private func cancelled(_ applicant: Applicant, came: [Applicant]) -> Decision {
        let positions = came.compactMap { $0.decisionCase.enrolment.score?.position }
        var decision = Decision(.admission, of: applicant.decisionCase)
        decision.seat = .notAdmitted
        decision.outcome = .refused
        decision.reasons =
            basis(applicant) + [PRE09.cancelled(came: came.count, rules, events: positions)]
        return decision
    }

    /// Why an application does not stand any more; nothing is decided about it.
    private func closed(_ applicant: Applicant) -> (Applicant, Decision) {
        var decision = Decision(.admission, of: applicant.decisionCase)
        decision.seat = .notAdmitted
        decision.outcome = .notApplicable
        let reason =
            applicant.application.closed.map { TIP02.closed($0, isWithdrawn: applicant.application.isWithdrawn) }
            ?? PRE11.forfeited(applicant.decisionCase.enrolment.forfeited)
        decision.reasons = [reason]
        return (applicant, decision)
    }

    private func gaveUpTooLate(_ applicant: Applicant) -> Bool {
        guard let lapse, let forfeited = applicant.decisionCase.enrolment.forfeited else { return false }
        return forfeited.on > lapse.taipeiDate
    }
}

/// Alternates lapse at noon of the last working day before the start (PRE-10).
enum PRE10: Clause {
    static let id = "PRE-10"

    static func lapse(_ classHistory: ClassHistory, _ rules: AdmissionRules) -> Instant {
        let day = ARI06.workingDay(before: classHistory.startsOn, holidays: rules.holidays)
        return Instant(startOf: day).adding(minutes: rules.lapseMinute)
    }

    static func assess(
        _ lapse: Instant, _ engine: DecisionEngine, _ classHistory: ClassHistory
    ) -> (Finding, [Reason]) {
        let now = engine.histories.lastRecordedTime
        let hasLapsed = now.map { $0 >= lapse } ?? false
        let main = reason(
            hasLapsed ? .failed : .pending,
            ["lapsesAt": .string(lapse.description), "asOf": now.map { .string($0.description) }],
            events: classHistory.fieldPositions, lack: Lack("seat", needed: .string(lapse.description)))
        let days = ARI06.reason(
            .applied,
            [
                "startsOn": .string(classHistory.startsOn.description),
                "workingDayBefore": .string(lapse.taipeiDate.description),
            ], under: id)
        return (hasLapsed ? .failed : .pending(["seat"]), [main, days])
    }
}

extension TIP02 {
    /// A withdrawn or refused application counts no more.
    static func closed(_ closed: DayFact, isWithdrawn: Bool) -> Reason {
        reason(
            .notApplicable,
            ["closedOn": .string(closed.on.description), "withdrawn": .bool(isWithdrawn)], events: [closed.position])
    }
}

extension PRE11 {
    /// A forfeited place is gone.
    static func forfeited(_ fact: DayFact?) -> Reason {
        reason(
            .notApplicable, ["forfeitedOn": fact.map { .string($0.on.description) }],
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
        return histories.class(number).map { AdmissionList.decide(self, $0, roster) } ?? []
    }
}
