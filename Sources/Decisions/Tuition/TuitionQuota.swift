import CivilTime
import Histories
import TrainingEvents

/// The quota window that the class belongs to (TIP-12).
enum TIP12: Clause {
    static let id = "TIP-12"

    static func note<Kept: Evidence>(
        _ window: QuotaWindow<Kept>, _ decisionCase: DecisionCase, in evidence: inout Kept
    ) {
        note(
            .applied, in: &evidence,
            [
                "windowFrom": .string(window.from.description), "windowTo": .string(window.to.description),
                "openedBy": decisionCase.id(of: window.opening.enrolment.classNumber),
            ], events: window.opening.enrolment.started.map { [$0.position] } ?? [])
    }
}

/// Periods of months and years (ARI-03, Civil Code art. 121).
enum ARI03: Clause {
    static let id = "ARI-03"

    /// The period of the window.
    static func note<Kept: Evidence>(
        _ window: QuotaWindow<Kept>, _ rules: Shared<TuitionRules>, in evidence: inout Kept
    ) {
        note(
            .applied, in: &evidence,
            [
                "from": .string(window.from.description), "years": .number(rules.windowYears),
                "to": .string(window.to.description),
            ], under: TIP12.id)
    }
}

/// The cap of a window (TIP-13).
enum TIP13: Clause {
    static let id = "TIP-13"

    static func note<Kept: Evidence>(_ share: QuotaWindow<Kept>.Share, capNTD: Int64, in evidence: inout Kept) {
        let wanted = share.claim.fullNTD
        note(
            share.leftNTD == 0 && wanted > 0 ? .failed : .applied, in: &evidence,
            [
                "capNTD": .integer(capNTD), "remainingNTD": .integer(share.leftNTD), "subsidyNTD": .integer(wanted),
            ], events: share.earlierPositions,
            lack: share.leftNTD < wanted
                ? Lack("remainingNTD", has: .integer(share.leftNTD), needed: .integer(wanted)) : nil)
    }
}

/// The order in which the window is used up (TIP-14).
enum TIP14: Clause {
    static let id = "TIP-14"

    static func note<Kept: Evidence>(
        _ share: QuotaWindow<Kept>.Share, _ decisionCase: DecisionCase, in evidence: inout Kept
    ) {
        note(
            .applied, in: &evidence,
            [
                "usedBefore": .array(
                    share.earlier.map {
                        .members(["class": decisionCase.id(of: $0.classNumber), "usedNTD": .integer($0.usedNTD)])
                    })
            ], events: share.earlierPositions)
    }
}

/// Who is paid, and what the unit and the trainee settle between them (TIP-17).
enum TIP17: Clause {
    static let id = "TIP-17"

    static func isHalfPrepaid(_ ruled: RuledClass, _ rules: Shared<TuitionRules>) -> Bool {
        ruled.feeCollection == .half && rules.halfPrepaymentProgrammes.contains(ruled.programme)
    }

    static func apply(
        to decision: inout Decision, _ decisionCase: DecisionCase, _ rules: Shared<TuitionRules>,
        in evidence: inout some Evidence
    ) {
        let feeNTD = decisionCase.ruled.feeNTD
        guard isHalfPrepaid(decisionCase.ruled, rules) else {
            decision.payee = .trainee
            note(.applied, in: &evidence, ["payee": .string(Payee.trainee.name)])
            return
        }
        decision.payee = .unit
        let fees = decisionCase.enrolment.fees
        // A refund alone records no payment.
        let isRecorded = fees.contains { !$0.isRefund }
        let prepaid =
            isRecorded
            ? fees.reduce(0) { $0 + $1.amountNTD } : rules.halfPrepayment.roundedUp(of: feeNTD)
        if decision.outcome != .pending {
            let balance = prepaid + decision.amountNTD - feeNTD
            decision.forwardToTraineeNTD = max(0, balance)
            decision.traineeOwesUnitNTD = max(0, -balance)
        }
        note(
            .applied, in: &evidence,
            [
                "payee": .string(Payee.unit.name), "prepaidNTD": .integer(prepaid),
                "feeNTD": .integer(feeNTD), "prepaidRecorded": .bool(isRecorded),
            ], events: fees.map(\.position))
    }
}
