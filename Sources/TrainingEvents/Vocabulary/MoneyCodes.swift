/// What is applied for (申請項目).
package enum AllowanceKind: UInt8, CodeEnum {
    case tuitionSubsidy = 1
    case livingAllowance
    case learningReward
    case feeWaiver

    package static let codes = CodeNames<AllowanceKind>()
}

/// What is paid (給付項目).
package enum PayoutKind: UInt8, CodeEnum {
    case tuitionSubsidy = 1
    case livingAllowance
    case learningReward
    case feeWaiver

    package static let codes = CodeNames<PayoutKind>()
}

/// Who receives a payout (受款人).
package enum Payee: UInt8, CodeEnum {
    case trainee = 1
    case unit

    package static let codes = CodeNames<Payee>()
}

/// Why a payout was revoked (撤銷事由).
package enum RevocationReason: UInt8, CodeEnum {
    case falseClaim = 1
    case ineligible
    case overpaid
    case duplicate
    case returned

    package static let codes = CodeNames<RevocationReason>()
}

/// What is decided (決定種類).
package enum DecisionKind: UInt8, CodeEnum {
    case registration = 1
    case admission
    case feeShare
    case tuitionSubsidy
    case attendance
    case livingAllowance
    case learningReward
    case unitEligibility

    package static let codes = CodeNames<DecisionKind>()
}

/// What a decision comes to (決定結果).
package enum Outcome: UInt8, CodeEnum {
    case granted = 1
    case reduced
    case refused
    case pending
    case notApplicable

    package static let codes = CodeNames<Outcome>()
}
