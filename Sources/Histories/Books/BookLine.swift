package import TrainingEvents

/// The books of one trainee ID for one class and kind of payment (分類帳).
package struct BookLine: Hashable, Sendable {
    package internal(set) var classNumber: ClassNumber
    package internal(set) var kind: PayoutKind
    package internal(set) var balances = AccountBalances()

    package init(classNumber: ClassNumber, kind: PayoutKind) {
        self.classNumber = classNumber
        self.kind = kind
    }
}

extension TraineeHistory {
    /// Posts an entry of an event that bears on a payout.
    mutating func post(_ entry: BookEntry, _ amountNTD: Int64, of payout: Payout) {
        let line = indexOfBookLine(payout.classNumber, payout.kind)
        books[line].balances.post(entry, amountNTD)
    }

    /// Posts by how much a decision grants more or less than the one before it for the same class and kind.
    mutating func post(_ decision: IssuedDecision) {
        guard let kind = decision.kind.paidAs else { return }
        let line = indexOfBookLine(decision.classNumber, kind)
        let before = books[line].balances[.assessedBenefits]
        books[line].balances.post(.assessment, decision.grantedNTD &- before)
    }

    private mutating func indexOfBookLine(_ classNumber: ClassNumber, _ kind: PayoutKind) -> Int {
        for index in books.indices where books[index].classNumber == classNumber && books[index].kind == kind {
            return index
        }
        books.append(BookLine(classNumber: classNumber, kind: kind))
        return books.count - 1
    }
}

extension IssuedDecision {
    /// What it grants, in whole NT$; 0 unless it grants something.
    var grantedNTD: Int64 {
        switch outcome {
        case .granted, .reduced: amountNTD ?? 0
        case .refused, .pending, .notApplicable: 0
        }
    }
}

extension DecisionKind {
    /// As what is paid what such a decision grants; `nil` if it grants no money of the fund.
    package var paidAs: PayoutKind? {
        switch self {
        case .tuitionSubsidy: .tuitionSubsidy
        case .livingAllowance: .livingAllowance
        case .learningReward: .learningReward
        case .registration, .admission, .feeShare, .attendance, .unitEligibility: nil
        }
    }
}
