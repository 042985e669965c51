import TrainingEvents

extension TrialBalance.Line: SnapshotFact {
    package static var blank: Self {
        Self(programme: nil, kind: .placeholder, balances: AccountBalances())
    }

    /// Balances that overflowed are no result that is handed on: who made them has refused them.
    package mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        var (programme, kind, balances) = (programme, kind, balances)
        try coder.code(&programme)
        try coder.code(&kind)
        for account in BookAccount.allCases { try coder.code(&balances[account]) }
        self = Self(programme: programme, kind: kind, balances: balances)
    }
}

extension TrialBalance {
    /// What was added up elsewhere.
    package init(lines: [Line]) {
        for line in lines { add(line) }
    }
}
