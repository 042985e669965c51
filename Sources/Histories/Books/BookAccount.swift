/// An account of the books (會計科目), kept for each class and kind of payment of a trainee.
///
/// A balance is in whole NT$: a debit (借方) counts up, a credit (貸方) down. Each of the four figures – assessed, paid,
/// revoked, repaid – is the balance of one account; `payable` and `recoverable` say what of them is still open.
package enum BookAccount: UInt8, CaseIterable, Hashable, Sendable {
    /// What was granted (核定補助): debit.
    case assessedBenefits
    /// Granted and not yet paid (應付補助款): credit; a debit is money paid for which no decision is on record.
    case payable
    /// What left the fund (基金撥付): credit.
    case fundDisbursed
    /// Revoked and not yet back (應收繳回款): debit.
    case recoverable
    /// What was revoked of the payouts (撤銷補助): credit.
    case revokedBenefits
    /// What came back to the fund (基金收回): debit.
    case fundRecovered

    /// The name of the account in JSON.
    package var name: String { "\(self)" }
}

/// What an event does to the books: the account that it debits, and the one that it credits with the same amount.
package enum BookEntry: CaseIterable, Sendable {
    /// `decision.issued` that grants: by how much more than was granted before.
    case assessment
    /// `payout.made`.
    case payment
    /// `payout.revoked`.
    case revocation
    /// `repayment.received`.
    case repayment

    package var debited: BookAccount {
        switch self {
        case .assessment: .assessedBenefits
        case .payment: .payable
        case .revocation: .recoverable
        case .repayment: .fundRecovered
        }
    }

    package var credited: BookAccount {
        switch self {
        case .assessment: .payable
        case .payment: .fundDisbursed
        case .revocation: .revokedBenefits
        case .repayment: .recoverable
        }
    }
}
