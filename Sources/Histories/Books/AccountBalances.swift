/// The balances of all accounts, in whole NT$, debits positive.
///
/// A balance that would pass what 64 bits hold is not changed; that it was to be is kept, and no check passes any more.
package struct AccountBalances: Hashable, Sendable {
    var assessedBenefits: Int64 = 0
    var payable: Int64 = 0
    var fundDisbursed: Int64 = 0
    var recoverable: Int64 = 0
    var revokedBenefits: Int64 = 0
    var fundRecovered: Int64 = 0
    /// The first account whose balance did not fit.
    var overflowed: BookAccount?

    package init() {}

    package internal(set) subscript(account: BookAccount) -> Int64 {
        get {
            switch account {
            case .assessedBenefits: assessedBenefits
            case .payable: payable
            case .fundDisbursed: fundDisbursed
            case .recoverable: recoverable
            case .revokedBenefits: revokedBenefits
            case .fundRecovered: fundRecovered
            }
        }
        set {
            switch account {
            case .assessedBenefits: assessedBenefits = newValue
            case .payable: payable = newValue
            case .fundDisbursed: fundDisbursed = newValue
            case .recoverable: recoverable = newValue
            case .revokedBenefits: revokedBenefits = newValue
            case .fundRecovered: fundRecovered = newValue
            }
        }
    }

    /// Adds to one account: one leg of an entry.
    package mutating func add(_ amountNTD: Int64, to account: BookAccount) {
        let (sum, overflow) = self[account].addingReportingOverflow(amountNTD)
        if overflow { overflowed = overflowed ?? account } else { self[account] = sum }
    }

    /// Posts an entry: the amount to the debit of one account and to the credit of another. A negative amount takes
    /// back. (Wrapping: what lies beyond 64 bits comes to a balance that no check takes.)
    package mutating func post(_ entry: BookEntry, _ amountNTD: Int64) {
        add(amountNTD, to: entry.debited)
        add(0 &- amountNTD, to: entry.credited)
    }

    /// Adds the balances of other books, account by account.
    package mutating func add(_ other: AccountBalances) {
        overflowed = overflowed ?? other.overflowed
        for account in BookAccount.allCases { add(other[account], to: account) }
    }

    /// The sum of all debits and of all credits, each as it stands in a trial balance; `nil` if one does not fit.
    package var columns: (debitNTD: Int64, creditNTD: Int64)? {
        var debit = AccountBalances()
        var credit = AccountBalances()
        for account in BookAccount.allCases {
            let balance = self[account]
            if balance > 0 { debit.add(balance, to: .payable) } else { credit.add(balance, to: .payable) }
        }
        guard debit.overflowed == nil, credit.overflowed == nil, credit.payable != .min else { return nil }
        return (debit.payable, 0 - credit.payable)
    }
}
