import CivilTime
import Histories
import Rulebook
package import TrainingEvents

/// The decision `admission` of a class: its applications in rank order with their seats (TIP-02, TIP-19, PRE-08 to
/// PRE-11).
struct AdmissionList {
    private let engine: DecisionEngine
    private let classHistory: ClassHistory
    private let rules: AdmissionRules
    private let applicants: [Applicant]
    private let lapse: Instant?

    private init(_ engine: DecisionEngine, _ classHistory: ClassHistory, _ rules: AdmissionRules) {
        self.engine = engine
        self.classHistory = classHistory
        self.rules = rules
        applicants = engine.members(of: classHistory.number).compactMap { decisionCase in
            decisionCase.enrolment.application.map { Applicant(decisionCase, $0, rules) }
        }
        lapse = classHistory.programme == .preEmployment ? PRE10.lapse(classHistory, rules) : nil
    }

    /// The rows of a class, in rank order; who has no place in it comes last, in the order of application.
    static func decide(_ engine: DecisionEngine, _ classHistory: ClassHistory) -> [Decision] {
        switch engine.rules(of: classHistory).admission {
        case .success(let rules): return AdmissionList(engine, classHistory, rules).decisions()
        case .failure(let missing):
            return engine.members(of: classHistory.number).filter { $0.enrolment.application != nil }.map {
                var decision = Decision($0)
                decision.seat = .notAdmitted
                decision.wait(for: missing, TIP19.self)
                return decision
            }
        }
    }

    private func decisions() -> [Decision] {
        let live = applicants.filter(\.isLive)
        // Withdrawn, refused and forfeited ones stand at the end, in the order in which they applied.
        let gone = applicants.filter { !$0.isLive }.sorted { $0.isBefore($1) }.map { rejected($0, [closing($0)]) }
        let came = applicants.filter { $0.decisionCase.enrolment.score?.interview != nil }
        if classHistory.fields.selection == .interview, applicants.contains(where: \.isScored),
            came.count <= rules.cancelAttendance
        {
            return cancelled(live, came: came) + gone
        }
        let passing = live.filter { !isSelective || isPassing($0) }.sorted { $0.ranksBefore($1) }
        let failing = live.filter { isSelective && !isPassing($0) }.sorted { $0.ranksBefore($1) }
        return seated(passing) + failing.map { rejected($0, [selection($0)]) } + gone
    }

    private var isSelective: Bool {
        classHistory.fields.selection == .writtenOral || classHistory.fields.selection == .interview
    }

    private func isPassing(_ applicant: Applicant) -> Bool {
        applicant.points.map { $0 >= rules.passMark * rules.writtenWeight.denominator } ?? false
    }

    private func selection(_ applicant: Applicant) -> Reason {
        classHistory.fields.selection == .interview
            ? PRE09.reason(applicant, rules) : PRE08.reason(applicant, rules)
    }

    /// Seats in rank order; who ranks as an alternate for a forfeited place is never seated (PRE-11).
    private func seated(_ ranked: [Applicant]) -> [Decision] {
        var plan = SeatPlan(classHistory, rules)
        for applicant in applicants where !applicant.isLive && gaveUpTooLate(applicant) { plan.keepEmpty() }
        return ranked.enumerated().map { index, applicant in
            let isFull = plan.isFull(for: applicant.application.employer)
            let seat = applicant.forfeitures.isEmpty ? plan.seat(for: applicant.application.employer) : .alternate
            var decision = Decision(applicant.decisionCase)
            decision.rank = Int64(index + 1)
            decision.seat = seat
            decision.reasons = basis(applicant)
            decision.reasons.append(TIP19.seat(seat, plan, applicant, employerFull: isFull))
            guard seat == .alternate else {
                decision.outcome = .granted
                return decision
            }
            decision.outcome = .pending
            decision.missing = ["seat"]
            guard let lapse else { return decision }
            let (finding, reasons) = PRE10.assess(lapse, engine, classHistory)
            decision.reasons += reasons
            if finding == .failed {
                decision.outcome = .refused
                decision.missing = []
            }
            return decision
        }
    }

    /// The order of application, the selection, and a forfeiture that ranks this one last.
    private func basis(_ applicant: Applicant) -> [Reason] {
        var reasons = [TIP02.numbered(applicant.application, applicant.decisionCase)]
        if isSelective { reasons.append(selection(applicant)) }
        if classHistory.programme == .preEmployment {
            reasons.append(
                PRE11.reason(for: applicant.application, applicant.decisionCase, rules.forfeitYears))
        }
        return reasons
    }

    private func cancelled(_ live: [Applicant], came: [Applicant]) -> [Decision] {
        let positions = came.compactMap { $0.decisionCase.enrolment.score?.position }
        return live.sorted { $0.ranksBefore($1) }.map { applicant in
            var decision = rejected(applicant, [PRE09.cancelled(came: came.count, rules, events: positions)])
            decision.isClassCancelled = true
            return decision
        }
    }

    private func rejected(_ applicant: Applicant, _ reasons: [Reason]) -> Decision {
        var decision = Decision(applicant.decisionCase)
        decision.seat = .notAdmitted
        decision.reasons = [TIP02.numbered(applicant.application, applicant.decisionCase)] + reasons
        let waits = reasons.contains { $0.result == .pending }
        decision.outcome = waits ? .pending : .refused
        if waits { decision.missing = ["selection.scored"] }
        return decision
    }

    /// Why an application does not stand any more.
    private func closing(_ applicant: Applicant) -> Reason {
        let enrolment = applicant.decisionCase.enrolment
        if let closed = applicant.application.closed {
            return TIP02.closed(closed, isWithdrawn: applicant.application.isWithdrawn)
        }
        return PRE11.forfeited(enrolment.forfeited)
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
            .failed,
            ["closedOn": .string(closed.on.description), "withdrawn": .bool(isWithdrawn)], events: [closed.position],
            lack: Lack("application"))
    }
}

extension PRE11 {
    /// A forfeited place is gone.
    static func forfeited(_ fact: DayFact?) -> Reason {
        reason(
            .failed, ["forfeitedOn": fact.map { .string($0.on.description) }],
            events: fact.map { [$0.position] } ?? [], lack: Lack("application"))
    }
}

extension Decision {
    /// An admission that is not decided yet.
    fileprivate init(_ decisionCase: DecisionCase) {
        self.init(
            kind: .admission, trainee: decisionCase.enrolment.trainee, classNumber: decisionCase.classHistory.number)
    }
}

extension DecisionEngine {
    /// The cases of everybody who has to do with a class, each person once, in the order of registration.
    ///
    /// O(trainees of the ledger).
    package func members(of number: ClassNumber) -> [DecisionCase] {
        var seen: Set<TraineeNumber> = []
        return histories.trainees.compactMap { trainee -> DecisionCase? in
            guard let trainee, trainee.enrolment(in: number) != nil, !seen.contains(trainee.number),
                let person = histories.person(trainee.number),
                let enrolment = person.enrolments.first(where: { $0.classNumber == number })
            else { return nil }
            seen.formUnion(person.trainees)
            return decisionCase(person, enrolment.trainee, in: number)
        }
    }

    /// The decision `admission`: one row an application, in rank order; none for a class that does not stand.
    package func admission(to number: ClassNumber) -> [Decision] {
        histories.class(number).map { AdmissionList.decide(self, $0) } ?? []
    }
}
