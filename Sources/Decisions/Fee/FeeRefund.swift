import CivilTime
import Histories
import TrainingEvents

/// Whether the fee goes back: only if asked for before the start day, or if the class is cancelled (PRE-13).
struct FeeRefund {
    let askedOn: CivilDate?
    let isCancelled: Bool
    let isDue: Bool
    /// Whether the place came to nothing before it was taken: the application was closed or the place forfeited.
    let isGivenUp: Bool

    /// All payments, refunds not taken off, in NT$.
    let paymentsNTD: Int64

    /// Whether there is no share of the fee any more.
    var endsTheShare: Bool { isDue || isGivenUp }

    init(_ decisionCase: DecisionCase) {
        // Without a day of asking the day of the refund is the latest on which it was asked for.
        var paymentsNTD: Int64 = 0
        // Who withdraws the application before the start day asks by it.
        var askedOn: CivilDate?
        if let application = decisionCase.enrolment.application, application.isWithdrawn {
            askedOn = application.closed?.on
        }
        for fee in decisionCase.enrolment.fees {
            if fee.isRefund {
                let asked = fee.requestedOn ?? fee.on
                askedOn = min(askedOn ?? asked, asked)
            } else {
                paymentsNTD += fee.amountNTD
            }
        }
        self.askedOn = askedOn
        self.paymentsNTD = paymentsNTD
        isCancelled = decisionCase.ruled.cancelled != nil
        isGivenUp = decisionCase.enrolment.started == nil && !decisionCase.isAwaitingStart
        isDue = isCancelled || (askedOn.map { $0 < decisionCase.startsOn } ?? false)
    }
}

/// Refund of the fee (PRE-13).
enum PRE13: Clause {
    static let id = "PRE-13"

    static func note(_ refund: FeeRefund, _ decisionCase: DecisionCase, in evidence: inout some Evidence) {
        let isAsked = refund.askedOn != nil || refund.isCancelled || refund.isGivenUp
        note(
            isAsked ? .applied : .notApplicable, in: &evidence,
            [
                "askedOn": refund.askedOn.map { .string($0.description) },
                "startsOn": .string(decisionCase.startsOn.description), "cancelled": .bool(refund.isCancelled),
                "refundDue": .bool(refund.isDue), "refundedNTD": .integer(refundedNTD(decisionCase)),
                "placeGivenUp": .bool(refund.isGivenUp),
                "paymentsNTD": .integer(refund.paymentsNTD),
            ], events: positions(decisionCase))
    }

    private static func refundedNTD(_ decisionCase: DecisionCase) -> Int64 {
        decisionCase.enrolment.fees.filter(\.isRefund).reduce(0) { $0 - $1.amountNTD }
    }

    private static func positions(_ decisionCase: DecisionCase) -> [UInt64] {
        let enrolment = decisionCase.enrolment
        return enrolment.fees.map(\.position)
            + [decisionCase.ruled.cancelled?.position].compactMap(\.self)
            + (enrolment.application?.isWithdrawn == true
                ? [enrolment.application?.closed?.position].compactMap(\.self) : [])
    }
}
