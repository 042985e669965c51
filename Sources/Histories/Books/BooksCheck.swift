package import TrainingEvents

/// Why books do not stand, as data. Amounts are in whole NT$, debits positive.
package struct BooksError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// Debits and credits do not come to the same.
        case unbalanced
        /// An account does not hold what the payouts and decisions come to.
        case disagreement
        /// A sum does not fit 64 bits.
        case overflow
    }

    package let code: Code
    /// Whose books; `nil` for sums over everyone.
    package let trainee: TraineeNumber?
    package let classNumber: ClassNumber?
    package let kind: PayoutKind
    /// The account; `nil` where all of them together do not come to 0.
    package let account: BookAccount?
    /// What the books hold.
    package let postedNTD: Int64
    /// What they should.
    package let expectedNTD: Int64
}

extension TraineeHistory {
    /// Checks the books of this trainee ID: that each line sums to zero, and that each account holds what the payouts
    /// and the decisions told come to, added up anew.
    ///
    /// The books were posted event by event; the sums here go over the facts. O(lines × payouts and decisions).
    ///
    /// - Throws: the first line and account that do not stand.
    package func checkBooks() throws(BooksError) {
        for line in books {
            if let account = line.balances.overflowed { throw error(.overflow, line, account, 0) }
            guard let columns = line.balances.columns else { throw error(.overflow, line, nil, 0) }
            guard columns.debitNTD == columns.creditNTD else {
                throw BooksError(
                    code: .unbalanced, trainee: number, classNumber: line.classNumber, kind: line.kind, account: nil,
                    postedNTD: columns.debitNTD, expectedNTD: columns.creditNTD)
            }
            try compare(line)
        }
        for payout in payouts { try requireLine(payout.classNumber, payout.kind) }
        for decision in issuedDecisions {
            if let kind = decision.kind.paidAs { try requireLine(decision.classNumber, kind) }
        }
    }

    private func compare(_ line: BookLine) throws(BooksError) {
        let sums = factSums(line.classNumber, line.kind)
        for account in BookAccount.allCases {
            guard let expected = sums.balance(of: account) else { throw error(.overflow, line, account, 0) }
            guard line.balances[account] == expected else { throw error(.disagreement, line, account, expected) }
        }
    }

    private func requireLine(_ classNumber: ClassNumber, _ kind: PayoutKind) throws(BooksError) {
        guard !books.contains(where: { $0.classNumber == classNumber && $0.kind == kind }) else { return }
        try compare(BookLine(classNumber: classNumber, kind: kind))
    }

    private func error(
        _ code: BooksError.Code, _ line: BookLine, _ account: BookAccount?, _ expected: Int64
    ) -> BooksError {
        BooksError(
            code: code, trainee: number, classNumber: line.classNumber, kind: line.kind, account: account,
            postedNTD: account.map { line.balances[$0] } ?? 0, expectedNTD: expected)
    }

    /// The four figures of a class and kind, added up from the facts.
    private func factSums(_ classNumber: ClassNumber, _ kind: PayoutKind) -> FactSums {
        var sums = FactSums()
        if let told = issuedDecisions.last(where: { $0.classNumber == classNumber && $0.kind.paidAs == kind }) {
            sums.assessed = told.grantedNTD
        }
        for payout in payouts where payout.classNumber == classNumber && payout.kind == kind {
            sums.paid = FactSums.sum(sums.paid, payout.amountNTD)
            for revocation in payout.revocations { sums.revoked = FactSums.sum(sums.revoked, revocation.amountNTD) }
            for repayment in payout.repayments { sums.repaid = FactSums.sum(sums.repaid, repayment.amountNTD) }
        }
        return sums
    }
}

/// What was assessed, paid, revoked and repaid, in whole NT$; `nil` where a sum does not fit.
private struct FactSums {
    var assessed: Int64? = 0
    var paid: Int64? = 0
    var revoked: Int64? = 0
    var repaid: Int64? = 0

    static func sum(_ left: Int64?, _ right: Int64?) -> Int64? {
        guard let left, let right else { return nil }
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? nil : sum
    }

    /// What an account has to hold. No amount is negative, so that the opposite of a sum fits.
    func balance(of account: BookAccount) -> Int64? {
        switch account {
        case .assessedBenefits: assessed
        case .payable: Self.sum(paid, assessed.map { 0 - $0 })
        case .fundDisbursed: paid.map { 0 - $0 }
        case .recoverable: Self.sum(revoked, repaid.map { 0 - $0 })
        case .revokedBenefits: revoked.map { 0 - $0 }
        case .fundRecovered: repaid
        }
    }
}
