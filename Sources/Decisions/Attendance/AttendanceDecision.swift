import Histories
import TrainingEvents

/// The decision `attendance`: within the limits, or expulsion is called for (PRE-14).
enum AttendanceDecision {
    static func decide(_ decisionCase: DecisionCase) -> Decision {
        var decision = Decision(.attendance, of: decisionCase)
        let summary = AttendanceSummary(of: decisionCase.enrolment, in: decisionCase.classHistory)
        decision.reasons.append(ATT01.reason(summary))
        if let schedule = ATT04.reason(decisionCase) { decision.reasons.append(schedule) }
        if summary.minutesOutside > 0 || summary.minutesBeforeJoining > 0 {
            decision.reasons.append(ATT02.reason(summary))
        }
        if summary.minutesUnrecorded > 0 { decision.reasons.append(ATT03.reason(summary)) }
        if let certificate = PRE18.reason(decisionCase) { decision.reasons.append(certificate) }
        let limits: PRE14.Limits?
        switch PRE14.limits(decisionCase) {
        case .success(let value): limits = value
        case .failure(let missing):
            decision.wait(for: missing, PRE14.self)
            return decision
        }
        guard decisionCase.enrolment.started != nil, let limits else {
            decision.reasons.append(PRE14.reason(.notApplicable))
            return decision
        }
        let finding = PRE14.find(summary, limits)
        decision.reasons.append(PRE14.reason(finding, summary, limits, decisionCase))
        switch finding {
        case .met: decision.outcome = .granted
        case .failed: decision.outcome = .refused
        case .pending(let codes):
            decision.outcome = .pending
            decision.missing = codes
        }
        return decision
    }
}

/// Present, leave and truancy (ATT-01).
enum ATT01: Clause {
    static let id = "ATT-01"

    static func reason(_ summary: AttendanceSummary) -> Reason {
        reason(
            .applied,
            [
                "scheduledMinutes": .integer(summary.minutesScheduled),
                "presentMinutes": .integer(summary.minutesPresent),
                "leaveMinutes": .integer(summary.minutesLeave),
                "truancyMinutes": .integer(summary.minutesTruancy),
                "absentMinutes": .integer(summary.minutesAbsent),
            ], events: summary.positions)
    }
}

/// Sessions before joining and from the leaving day on (ATT-02).
enum ATT02: Clause {
    static let id = "ATT-02"

    static func reason(_ summary: AttendanceSummary) -> Reason {
        reason(
            .applied,
            [
                "beforeJoiningMinutes": .integer(summary.minutesBeforeJoining),
                "outsideMinutes": .integer(summary.minutesOutside),
            ])
    }
}

/// Session days without a record (ATT-03).
enum ATT03: Clause {
    static let id = "ATT-03"

    static func reason(_ summary: AttendanceSummary) -> Reason {
        reason(.applied, ["unrecordedMinutes": .integer(summary.minutesUnrecorded)])
    }
}

/// The latest timetable counts (ATT-04).
enum ATT04: Clause {
    static let id = "ATT-04"

    static func reason(_ decisionCase: DecisionCase) -> Reason? {
        guard let position = decisionCase.classHistory.schedulePosition else { return nil }
        return reason(
            .applied, ["trainingDays": .number(decisionCase.classHistory.daySchedules.count)], events: [position],
            under: ATT01.id)
    }
}

/// No certificate after leaving, expulsion or a failed assessment (PRE-18).
enum PRE18: Clause {
    static let id = "PRE-18"

    static func reason(_ decisionCase: DecisionCase) -> Reason? {
        guard decisionCase.classHistory.programme == .preEmployment, let ending = decisionCase.enrolment.ending else {
            return nil
        }
        return reason(
            .applied, ["ending": .string("\(ending.kind)"), "certificate": .bool(ending.hasCertificate)],
            events: [ending.position])
    }
}

/// The limits beyond which expulsion is called for (PRE-14).
enum PRE14: Clause {
    static let id = "PRE-14"

    /// Limits in percent of the scheduled minutes, each the most that is still within.
    struct Limits {
        let truancyPercent: Int64
        let leavePercent: Int64
    }

    /// The limits of the class itself, else those of the document for pre-employment classes; `nil` for other
    /// programmes, whose rules know no expulsion for absence.
    static func limits(_ decisionCase: DecisionCase) -> Result<Limits?, MissingParameter> {
        if let own = decisionCase.classHistory.fields.attendanceLimits {
            return .success(Limits(truancyPercent: own.truancyPercent, leavePercent: own.leavePercent))
        }
        guard decisionCase.classHistory.programme == .preEmployment else { return .success(nil) }
        return decisionCase.rules.attendance.map {
            Limits(truancyPercent: $0.truancyPercent, leavePercent: $0.leavePercent)
        }
    }

    /// Truancy is compared exactly; the limit of leave is rounded down to whole hours (156 h: 15 h).
    static func isExceeded(truancy: Int64, leave: Int64, scheduled: Int64, _ limits: Limits) -> Bool {
        truancy * 100 > scheduled * limits.truancyPercent || leave > leaveLimitMinutes(scheduled, limits)
    }

    static func leaveLimitMinutes(_ scheduled: Int64, _ limits: Limits) -> Int64 {
        scheduled * limits.leavePercent / (100 * 60) * 60
    }

    /// Unrecorded days wait only if they could still exceed a limit: at worst the trainee was absent, on leave as
    /// far as leave was approved (ATT-03).
    static func find(_ summary: AttendanceSummary, _ limits: Limits) -> Finding {
        let scheduled = summary.minutesScheduled
        if isExceeded(truancy: summary.minutesTruancy, leave: summary.minutesLeave, scheduled: scheduled, limits) {
            return .failed
        }
        let uncovered = summary.minutesUnrecorded - summary.minutesUnrecordedCovered
        let worstTruancy = summary.minutesTruancy + uncovered
        let worstLeave = summary.minutesLeave + summary.minutesUnrecordedCovered
        return isExceeded(truancy: worstTruancy, leave: worstLeave, scheduled: scheduled, limits)
            ? .pending(["attendance"]) : .met
    }

    static func reason(
        _ finding: Finding, _ summary: AttendanceSummary, _ limits: Limits, _ decisionCase: DecisionCase
    ) -> Reason {
        reason(
            Reason.Result(finding),
            [
                "truancyMinutes": .integer(summary.minutesTruancy),
                "truancyPercentLimit": .integer(limits.truancyPercent),
                "leaveMinutes": .integer(summary.minutesLeave),
                "leaveMinutesLimit": .integer(leaveLimitMinutes(summary.minutesScheduled, limits)),
                "scheduledMinutes": .integer(summary.minutesScheduled),
                "unrecordedMinutes": .integer(summary.minutesUnrecorded),
            ], events: decisionCase.classHistory.fieldPositions + summary.positions,
            lack: lack(finding, summary, limits))
    }

    private static func lack(_ finding: Finding, _ summary: AttendanceSummary, _ limits: Limits) -> Lack? {
        switch finding {
        case .met: return nil
        case .pending(let codes): return codes.first.map { Lack($0) }
        case .failed:
            let truancyLimit = summary.minutesScheduled * limits.truancyPercent / 100
            if summary.minutesTruancy * 100 > summary.minutesScheduled * limits.truancyPercent {
                return Lack(
                    "truancyMinutes", has: .integer(summary.minutesTruancy), limit: .integer(truancyLimit))
            }
            return Lack(
                "leaveMinutes", has: .integer(summary.minutesLeave),
                limit: .integer(leaveLimitMinutes(summary.minutesScheduled, limits)))
        }
    }
}
