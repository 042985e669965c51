import Histories
import TrainingEvents

/// The decision `attendance`: within the limits, or expulsion is called for (PRE-14).
enum AttendanceDecision {
    static func decide(_ decisionCase: DecisionCase, _ evidence: inout some Evidence) -> Decision {
        var decision = Decision(.attendance, of: decisionCase)
        let summary = decisionCase.attendance
        ATT01.note(decisionCase, in: &evidence)
        ATT04.note(decisionCase, in: &evidence)
        if summary.minutesOutside > 0 || summary.minutesBeforeJoining > 0 { ATT02.note(summary, in: &evidence) }
        if summary.minutesUnrecorded > 0 { ATT03.note(summary, in: &evidence) }
        PRE18.note(decisionCase, in: &evidence)
        let limits: PRE14.Limits?
        switch PRE14.limits(decisionCase) {
        case .success(let value): limits = value
        case .failure(let missing):
            decision.wait(for: missing, PRE14.self, in: &evidence)
            return decision
        }
        guard decisionCase.enrolment.started != nil, let limits else {
            PRE14.note(.notApplicable, in: &evidence)
            return decision
        }
        let finding = PRE14.find(summary, limits)
        PRE14.note(finding, limits, decisionCase, in: &evidence)
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

    static func note(_ decisionCase: DecisionCase, in evidence: inout some Evidence) {
        let summary = decisionCase.attendance
        note(
            .applied, in: &evidence,
            [
                "scheduledMinutes": .integer(summary.minutesScheduled),
                "presentMinutes": .integer(summary.minutesPresent),
                "leaveMinutes": .integer(summary.minutesLeave),
                "truancyMinutes": .integer(summary.minutesTruancy),
                "absentMinutes": .integer(summary.minutesAbsent),
            ], events: decisionCase.attendancePositions)
    }
}

/// Sessions before joining and from the leaving day on (ATT-02).
enum ATT02: Clause {
    static let id = "ATT-02"

    static func note(_ summary: AttendanceSummary, in evidence: inout some Evidence) {
        note(
            .applied, in: &evidence,
            [
                "beforeJoiningMinutes": .integer(summary.minutesBeforeJoining),
                "outsideMinutes": .integer(summary.minutesOutside),
            ])
    }
}

/// Session days without a record (ATT-03).
enum ATT03: Clause {
    static let id = "ATT-03"

    static func note(_ summary: AttendanceSummary, in evidence: inout some Evidence) {
        note(.applied, in: &evidence, ["unrecordedMinutes": .integer(summary.minutesUnrecorded)])
    }
}

/// The latest timetable counts (ATT-04).
enum ATT04: Clause {
    static let id = "ATT-04"

    /// Says nothing of a class without a timetable.
    static func note(_ decisionCase: DecisionCase, in evidence: inout some Evidence) {
        guard let position = decisionCase.ruled.history.schedulePosition else { return }
        note(
            .applied, in: &evidence, ["trainingDays": .number(decisionCase.ruled.history.daySchedules.count)],
            events: [position], under: ATT01.id)
    }
}

/// No certificate after leaving, expulsion or a failed assessment (PRE-18).
enum PRE18: Clause {
    static let id = "PRE-18"

    /// Says nothing while the enrolment is open.
    static func note(_ decisionCase: DecisionCase, in evidence: inout some Evidence) {
        guard decisionCase.ruled.isPreEmployment, let ending = decisionCase.enrolment.ending else { return }
        note(
            .applied, in: &evidence,
            ["ending": .string("\(ending.kind)"), "certificate": .bool(ending.hasCertificate)],
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
        if let own = decisionCase.ruled.history.fields.attendanceLimits {
            return .success(Limits(truancyPercent: own.truancyPercent, leavePercent: own.leavePercent))
        }
        guard decisionCase.ruled.isPreEmployment else { return .success(nil) }
        return decisionCase.rules.attendance.map {
            Limits(truancyPercent: $0.value.truancyPercent, leavePercent: $0.value.leavePercent)
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

    static func note(
        _ finding: Finding, _ limits: Limits, _ decisionCase: DecisionCase, in evidence: inout some Evidence
    ) {
        let summary = decisionCase.attendance
        note(
            Reason.Result(finding), in: &evidence,
            [
                "truancyMinutes": .integer(summary.minutesTruancy),
                "truancyPercentLimit": .integer(limits.truancyPercent),
                "leaveMinutes": .integer(summary.minutesLeave),
                "leaveMinutesLimit": .integer(leaveLimitMinutes(summary.minutesScheduled, limits)),
                "scheduledMinutes": .integer(summary.minutesScheduled),
                "unrecordedMinutes": .integer(summary.minutesUnrecorded),
            ], events: decisionCase.ruled.history.fieldPositions + decisionCase.attendancePositions,
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
