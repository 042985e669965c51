package import CivilTime
package import TrainingEvents

/// A payout (撥款) and what became of it.
package struct Payout: Hashable, Sendable {
    package var id: String
    package var kind: PayoutKind
    package var classNumber: ClassNumber
    package var amountNTD: Int64
    package var on: CivilDate
    /// Half-months paid; 0 for kinds that have none.
    package var halfMonths: Int64
    package var from: CivilDate?
    package var to: CivilDate?
    package var payee: Payee?
    package var position: UInt64
    package var revocations: [Revocation] = []
    package var repayments: [Repayment] = []
    package var enforcementReferred: DayFact?

    /// The amount less what was revoked, in NT$; never below 0.
    package var netNTD: Int64 {
        max(0, amountNTD - revocations.reduce(0) { $0 + $1.amountNTD })
    }

    /// The positions of the payout and of its revocations.
    package var positions: [UInt64] { [position] + revocations.map(\.position) }
}

/// A revocation of a payout, whole or in part (撤銷).
package struct Revocation: Hashable, Sendable {
    package var amountNTD: Int64
    package var on: CivilDate
    package var reason: RevocationReason
    package var repayBy: CivilDate?
    package var position: UInt64
}

/// Money that came back (繳回).
package struct Repayment: Hashable, Sendable {
    package var amountNTD: Int64
    package var on: CivilDate
    package var position: UInt64
}
