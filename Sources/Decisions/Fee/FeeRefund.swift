import CivilTime
import Histories
import TrainingEvents

/// Whether the fee goes back: only if asked for before the start day, or if the class is cancelled (PRE-13).
struct FeeRefund {
    let askedOn: CivilDate?
    let isCancelled: Bool
    let isDue: Bool

    init(_ decisionCase: DecisionCase) {
        let enrolment = decisionCase.enrolment
        // Without a day of asking the day of the refund is the latest on which it was asked for.
        let refunds = enrolment.fees.filter(\.isRefund).map { $0.requestedOn ?? $0.on }
        // Who withdraws the application before the start day asks by it.
        let withdrawn = enrolment.application.flatMap { $0.isWithdrawn ? $0.closed?.on : nil }
        askedOn = (refunds + [withdrawn].compactMap(\.self)).min()
        isCancelled = decisionCase.classHistory.cancelled != nil
        isDue = isCancelled || (askedOn.map { $0 < decisionCase.startsOn } ?? false)
    }
}

/// Refund of the fee (PRE-13).
enum PRE13: Clause {
    static let id = "PRE-13"

    static func reason(_ refund: FeeRefund, _ decisionCase: DecisionCase) -> Reason {
        let enrolment = decisionCase.enrolment
        let refundedNTD = enrolment.fees.filter(\.isRefund).reduce(0) { $0 - $1.amountNTD }
        let isAsked = refund.askedOn != nil || refund.isCancelled
        let events =
            enrolment.fees.map(\.position)
            + [decisionCase.classHistory.cancelled?.position].compactMap(\.self)
            + (enrolment.application?.isWithdrawn == true
                ? [enrolment.application?.closed?.position].compactMap(\.self) : [])
        return reason(
            isAsked ? .applied : .notApplicable,
            [
                "askedOn": refund.askedOn.map { .string($0.description) },
                "startsOn": .string(decisionCase.startsOn.description), "cancelled": .bool(refund.isCancelled),
                "refundDue": .bool(refund.isDue), "refundedNTD": .integer(refundedNTD),
            ], events: events)
    }
}
