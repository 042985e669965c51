import CivilTime
import Histories
import TrainingEvents

/// The quota window that the class belongs to (TIP-12).
enum TIP12: Clause {
    static let id = "TIP-12"

    static func reason(_ window: QuotaWindow, _ decisionCase: DecisionCase) -> Reason {
        reason(
            .applied,
            [
                "windowFrom": .string(window.from.description), "windowTo": .string(window.to.description),
                "openedBy": window.claims.first.map { decisionCase.id(of: $0.decisionCase.classHistory.number) },
            ], events: window.claims.first?.decisionCase.enrolment.started.map { [$0.position] } ?? [])
    }

    /// The period of the window (ARI-03).
    static func period(_ window: QuotaWindow, _ rules: TuitionRules) -> Reason {
        ARI03.reason(
            .applied,
            [
                "from": .string(window.from.description), "years": .number(rules.windowYears),
                "to": .string(window.to.description),
            ], under: id)
    }
}

/// Periods of months and years (ARI-03, Civil Code art. 121).
enum ARI03: Clause {
    static let id = "ARI-03"
}

/// The cap of a window (TIP-13).
enum TIP13: Clause {
    static let id = "TIP-13"

    static func reason(_ share: QuotaWindow.Share, capNTD: Int64) -> Reason {
        let wanted = share.claim.fullNTD
        let result: Reason.Result = share.leftNTD == 0 && wanted > 0 ? .failed : .applied
        return reason(
            result,
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

    static func reason(_ share: QuotaWindow.Share, _ decisionCase: DecisionCase) -> Reason {
        let used = share.earlier.map { entry in
            JSONValue.members(["class": decisionCase.id(of: entry.classNumber), "usedNTD": .integer(entry.usedNTD)])
        }
        return reason(.applied, ["usedBefore": .array(used)], events: share.earlierPositions)
    }
}

/// Who is paid, and what the unit and the trainee settle between them (TIP-17).
enum TIP17: Clause {
    static let id = "TIP-17"

    static func isHalfPrepaid(_ classHistory: ClassHistory, _ rules: TuitionRules) -> Bool {
        classHistory.feeCollection == .half && rules.halfPrepaymentProgrammes.contains(classHistory.programme.name)
    }

    static func apply(to decision: inout Decision, _ decisionCase: DecisionCase, _ rules: TuitionRules) {
        let classHistory = decisionCase.classHistory
        guard isHalfPrepaid(classHistory, rules) else {
            decision.payee = .trainee
            decision.reasons.append(reason(.applied, ["payee": .string(Payee.trainee.name)]))
            return
        }
        decision.payee = .unit
        let fees = decisionCase.enrolment.fees
        // A refund alone records no payment.
        let isRecorded = fees.contains { !$0.isRefund }
        let prepaid =
            isRecorded
            ? fees.reduce(0) { $0 + $1.amountNTD } : rules.halfPrepayment.roundedUp(of: classHistory.feeNTD)
        if decision.outcome != .pending {
            let balance = prepaid + decision.amountNTD - classHistory.feeNTD
            decision.forwardToTraineeNTD = max(0, balance)
            decision.traineeOwesUnitNTD = max(0, -balance)
        }
        decision.reasons.append(
            reason(
                .applied,
                [
                    "payee": .string(Payee.unit.name), "prepaidNTD": .integer(prepaid),
                    "feeNTD": .integer(classHistory.feeNTD), "prepaidRecorded": .bool(isRecorded),
                ], events: fees.map(\.position)))
    }
}

extension DecisionEngine {
    /// The claims of a person on the quota: every class they took part in, and `also` one that is asked about.
    func tuitionClaims(of person: PersonHistory, also asked: DecisionCase? = nil) -> [TuitionClaim] {
        var claims: [TuitionClaim] = []
        for enrolment in person.enrolments {
            guard let classHistory = histories.class(enrolment.classNumber) else { continue }
            let rules = rules(of: classHistory)
            guard case .success(let tuition) = rules.tuition, tuition.programmes.contains(classHistory.programme.name)
            else { continue }
            let isAsked = asked?.enrolment.classNumber == enrolment.classNumber
            guard enrolment.started != nil || isAsked else { continue }
            let decisionCase = DecisionCase(
                engine: self, person: person, enrolment: enrolment, classHistory: classHistory, rules: rules)
            let claim = TuitionClaim(decisionCase, tuition)
            if claim.tookPart || isAsked { claims.append(claim) }
        }
        return claims
    }
}
