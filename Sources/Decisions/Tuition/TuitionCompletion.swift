import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// Completed with a certificate, absent not over a fifth, survey filled in (TIP-10).
enum TIP10: Clause {
    static let id = "TIP-10"

    static func assess(
        _ decisionCase: DecisionCase, _ rules: Shared<TuitionRules>, _ verdict: inout Verdict<some Evidence>
    ) {
        let summary = decisionCase.attendance
        let (finding, missing) = find(decisionCase, rules)
        note(
            finding, in: &verdict,
            [
                "ending": decisionCase.enrolment.ending.map { .string("\($0.kind)") },
                "certificate": decisionCase.enrolment.ending.map { .bool($0.hasCertificate) },
                "survey": .bool(decisionCase.enrolment.survey != nil),
                "absentMinutes": .integer(summary.minutesAbsent),
                "absentMinutesLimit": .integer(rules.absenceLimit.roundedDown(of: summary.minutesScheduled)),
                "scheduledMinutes": .integer(summary.minutesScheduled),
                "unrecordedMinutes": .integer(summary.minutesUnrecorded),
            ], events: positions(decisionCase) + decisionCase.attendancePositions,
            lack: finding == .met ? nil : lack(missing, decisionCase, rules))
        if summary.minutesBeforeJoining > 0, let started = decisionCase.enrolment.started {
            TIP11.note(summary.minutesBeforeJoining, started, in: &verdict.evidence)
        }
    }

    /// What it comes to, and what could still change it.
    private static func find(_ decisionCase: DecisionCase, _ rules: Shared<TuitionRules>) -> (
        Finding, missing: [String]
    ) {
        var missing: [String] = []
        var hasFailed = false
        if let ending = decisionCase.enrolment.ending {
            if ending.kind != .completed || !ending.hasCertificate { hasFailed = true }
        } else if decisionCase.ruled.cancelled != nil {
            // Nobody completes a class that was cancelled, whether they have joined it or not.
            hasFailed = true
        } else {
            if decisionCase.enrolment.started == nil { missing.append("enrolment.started") }
            missing.append("completion")
        }
        if decisionCase.enrolment.started != nil {
            switch absence(decisionCase.attendance, rules.absenceLimit) {
            case .met: break
            case .failed: hasFailed = true
            case .pending(let codes): missing += codes
            }
        }
        if decisionCase.enrolment.survey == nil { missing.append("survey") }
        return (hasFailed ? .failed : missing.isEmpty ? .met : .pending(missing), missing)
    }

    private static func positions(_ decisionCase: DecisionCase) -> [UInt64] {
        let enrolment = decisionCase.enrolment
        return [
            enrolment.ending?.position, enrolment.survey?.position, decisionCase.ruled.cancelled?.position,
        ].compactMap(\.self)
    }

    /// What is nearest to being paid: the completion, the hours, or what is not recorded yet.
    private static func lack(_ missing: [String], _ decisionCase: DecisionCase, _ rules: Shared<TuitionRules>) -> Lack {
        let (enrolment, summary) = (decisionCase.enrolment, decisionCase.attendance)
        if let ending = enrolment.ending, ending.kind != .completed || !ending.hasCertificate {
            return Lack("certificate", has: .string("\(ending.kind)"))
        }
        if rules.absenceLimit.isExceeded(by: summary.minutesAbsent, of: summary.minutesScheduled) {
            return Lack(
                "absentMinutes", has: .integer(summary.minutesAbsent),
                limit: .integer(rules.absenceLimit.roundedDown(of: summary.minutesScheduled)))
        }
        return Lack(missing.first ?? "completion")
    }

    /// Exactly the limit is still paid: 5 h of 25 h. Unrecorded days wait only if they could exceed it (ATT-03).
    static func absence(_ summary: AttendanceSummary, _ limit: Ratio) -> Finding {
        let scheduled = summary.minutesScheduled
        if limit.isExceeded(by: summary.minutesAbsent, of: scheduled) { return .failed }
        let worst = summary.minutesAbsent + summary.minutesUnrecorded
        return limit.isExceeded(by: worst, of: scheduled) ? .pending(["attendance"]) : .met
    }
}

/// Absent for every session before joining (TIP-11).
enum TIP11: Clause {
    static let id = "TIP-11"

    static func note(_ minutes: Int64, _ started: DayFact, in evidence: inout some Evidence) {
        note(
            .applied, in: &evidence,
            ["absentBeforeJoiningMinutes": .integer(minutes), "joinedOn": .string(started.on.description)],
            events: [started.position])
    }
}

/// The rate: 80 %, or all for a category held on the start day (TIP-08), from the closing on (TIP-09).
enum TIP08: Clause {
    static let id = "TIP-08"

    static func held(_ decisionCase: DecisionCase, _ rules: Shared<TuitionRules>) -> [IdentityFact] {
        decisionCase.person.identities.filter {
            rules.fullRateCategories.contains($0.category) && $0.holds(on: decisionCase.startsOn)
        }
    }

    /// The rate, the certificates behind it, and the rounding of the share.
    static func note(
        _ held: [IdentityFact], _ rate: Ratio, _ decisionCase: DecisionCase, in evidence: inout some Evidence
    ) {
        let feeNTD = decisionCase.ruled.feeNTD
        note(
            held.isEmpty ? .notApplicable : .met, in: &evidence,
            [
                "categories": .array(held.map { .string($0.category.name) }),
                "rate": .string(rate.description), "feeNTD": .integer(feeNTD),
            ], events: held.flatMap(\.positions) + decisionCase.ruled.history.fieldPositions)
        CAT01.note(held, on: decisionCase.startsOn, under: id, in: &evidence)
        ARI01.note(
            .applied, in: &evidence,
            [
                "rate": .string(rate.description), "feeNTD": .integer(feeNTD),
                "governmentNTD": .integer(rate.roundedDown(of: feeNTD)),
            ], under: id)
    }
}

/// Until the class is closed every amount is computed at the general rate (TIP-09).
enum TIP09: Clause {
    static let id = "TIP-09"

    static func rate(_ held: [IdentityFact], _ decisionCase: DecisionCase, _ rules: Shared<TuitionRules>) -> Ratio {
        decisionCase.ruled.history.closed != nil && !held.isEmpty ? rules.fullRate : rules.rate
    }

    static func note(_ rate: Ratio, _ decisionCase: DecisionCase, in evidence: inout some Evidence) {
        note(
            .applied, in: &evidence,
            [
                "closedOn": decisionCase.ruled.history.closed.map { .string($0.on.description) },
                "rate": .string(rate.description),
            ], events: decisionCase.ruled.history.closed.map { [$0.position] } ?? [])
    }
}
