import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// Completed with a certificate, absent not over a fifth, survey filled in (TIP-10).
enum TIP10: Clause {
    static let id = "TIP-10"

    static func find(_ decisionCase: DecisionCase, _ rules: TuitionRules) -> (Finding, [Reason]) {
        let enrolment = decisionCase.enrolment
        let summary = AttendanceSummary(of: enrolment, in: decisionCase.classHistory)
        var missing: [String] = []
        var hasFailed = false

        if let ending = enrolment.ending {
            if ending.kind != .completed || !ending.hasCertificate { hasFailed = true }
        } else if decisionCase.classHistory.cancelled != nil {
            // Nobody completes a class that was cancelled, whether they have joined it or not.
            hasFailed = true
        } else {
            if enrolment.started == nil { missing.append("enrolment.started") }
            missing.append("completion")
        }
        if enrolment.started != nil {
            switch absence(summary, rules.absenceLimit) {
            case .met: break
            case .failed: hasFailed = true
            case .pending(let codes): missing += codes
            }
        }
        if enrolment.survey == nil { missing.append("survey") }

        let finding: Finding = hasFailed ? .failed : missing.isEmpty ? .met : .pending(missing)
        let events =
            [enrolment.ending?.position, enrolment.survey?.position, decisionCase.classHistory.cancelled?.position]
            .compactMap(\.self) + summary.positions
        let facts: KeyValuePairs<String, JSONValue?> = [
            "ending": enrolment.ending.map { .string("\($0.kind)") },
            "certificate": enrolment.ending.map { .bool($0.hasCertificate) },
            "survey": .bool(enrolment.survey != nil),
            "absentMinutes": .integer(summary.minutesAbsent),
            "absentMinutesLimit": .integer(rules.absenceLimit.roundedDown(of: summary.minutesScheduled)),
            "scheduledMinutes": .integer(summary.minutesScheduled),
            "unrecordedMinutes": .integer(summary.minutesUnrecorded),
        ]
        let lack: Lack? = finding == .met ? nil : lack(enrolment, summary, missing, rules)
        var reasons = [reason(Reason.Result(finding), facts, events: events, lack: lack)]
        if summary.minutesBeforeJoining > 0, let started = enrolment.started {
            reasons.append(TIP11.reason(summary.minutesBeforeJoining, started))
        }
        return (finding, reasons)
    }

    /// What is nearest to being paid: the completion, the hours, or what is not recorded yet.
    private static func lack(
        _ enrolment: Enrolment, _ summary: AttendanceSummary, _ missing: [String], _ rules: TuitionRules
    ) -> Lack {
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

    static func reason(_ minutes: Int64, _ started: DayFact) -> Reason {
        reason(
            .applied,
            ["absentBeforeJoiningMinutes": .integer(minutes), "joinedOn": .string(started.on.description)],
            events: [started.position])
    }
}

/// The rate: 80 %, or all for a category held on the start day (TIP-08), from the closing on (TIP-09).
enum TIP08: Clause {
    static let id = "TIP-08"

    static func held(_ decisionCase: DecisionCase, _ rules: TuitionRules) -> [IdentityFact] {
        decisionCase.person.identities.filter {
            rules.fullRateCategories.contains($0.category) && $0.holds(on: decisionCase.startsOn)
        }
    }

    /// The rate, the certificates behind it, and the rounding of the share.
    static func reasons(_ held: [IdentityFact], _ rate: Ratio, _ decisionCase: DecisionCase) -> [Reason] {
        let feeNTD = decisionCase.classHistory.feeNTD
        let main = reason(
            held.isEmpty ? .notApplicable : .met,
            [
                "categories": .array(held.map { .string($0.category.name) }),
                "rate": .string(rate.description), "feeNTD": .integer(feeNTD),
            ], events: held.flatMap(\.positions) + decisionCase.classHistory.fieldPositions)
        let rounding = ARI01.reason(
            .applied,
            [
                "rate": .string(rate.description), "feeNTD": .integer(feeNTD),
                "governmentNTD": .integer(rate.roundedDown(of: feeNTD)),
            ], under: id)
        return [main, CAT01.reason(held, on: decisionCase.startsOn, under: id), rounding]
    }
}

/// Until the class is closed every amount is computed at the general rate (TIP-09).
enum TIP09: Clause {
    static let id = "TIP-09"

    static func rate(
        _ held: [IdentityFact], _ decisionCase: DecisionCase, _ rules: TuitionRules
    ) -> (Ratio, Reason) {
        let closed = decisionCase.classHistory.closed
        let rate = closed != nil && !held.isEmpty ? rules.fullRate : rules.rate
        let facts: KeyValuePairs<String, JSONValue?> = [
            "closedOn": closed.map { .string($0.on.description) }, "rate": .string(rate.description),
        ]
        return (rate, reason(.applied, facts, events: closed.map { [$0.position] } ?? []))
    }
}
