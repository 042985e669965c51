import LedgerTestKit
import Testing
import TrainingEvents

@testable import Histories

@Suite struct `The books of a trainee` {
    /// `T-1` in `C-1`, a class of the programme for employed workers; money moves from then on.
    static func story() -> Story {
        var story = Story()
        story.approve(from: "2026-03-02", to: "2026-03-31")
        story.register("T-1", born: "1990-01-01")
        return story
    }

    private func balances(_ story: Story, happenedBy day: Day? = nil) throws -> AccountBalances {
        let trainee = try #require(try story.histories(happenedBy: day).trainee(TraineeNumber(0)))
        try trainee.checkBooks()
        return trainee.books.reduce(into: AccountBalances()) { $0.add($1.balances) }
    }

    private func expect(_ found: AccountBalances, _ expected: KeyValuePairs<BookAccount, Int64>) {
        for account in BookAccount.allCases {
            #expect(found[account] == expected.first { $0.key == account }?.value ?? 0, "\(account)")
        }
    }

    @Test func `every entry debits one account and credits another`() {
        for entry in BookEntry.allCases {
            var balances = AccountBalances()
            balances.post(entry, 700)
            expect(balances, [entry.debited: 700, entry.credited: -700])
        }
    }

    @Test func `a decision that grants is owed until it is paid`() throws {
        var story = Self.story()
        story.isTold(.tuitionSubsidy, .granted, amount: 8_000)
        expect(try balances(story), [.assessedBenefits: 8_000, .payable: -8_000])
        story.isPaid("P-1", .tuitionSubsidy, amount: 8_000, on: "2026-05-01")
        expect(try balances(story), [.assessedBenefits: 8_000, .fundDisbursed: -8_000])
    }

    @Test func `a payout without a decision leaves a debit in what is payable`() throws {
        var story = Self.story()
        story.isPaid("P-1", .feeWaiver, amount: 500, on: "2026-05-01")
        expect(try balances(story), [.payable: 500, .fundDisbursed: -500])
    }

    @Test func `a revocation is claimed until it is repaid`() throws {
        var story = Self.story()
        story.isPaid("P-1", .tuitionSubsidy, amount: 8_000, on: "2026-05-01")
        story.isRevoked(payout: "P-1", amount: 3_000, on: "2026-06-01", as: .overpaid)
        story.repays("P-1", 1_000)
        expect(
            try balances(story),
            [
                .payable: 8_000, .fundDisbursed: -8_000, .recoverable: 2_000, .revokedBenefits: -3_000,
                .fundRecovered: 1_000,
            ])
        story.repays("P-1", 2_000)
        #expect(try balances(story)[.recoverable] == 0)
    }

    @Test func `a decision told again counts in place of the one before, and a refusal takes it back`() throws {
        var story = Self.story()
        story.isTold(.tuitionSubsidy, .granted, amount: 8_000)
        story.isTold(.tuitionSubsidy, .reduced, amount: 5_000)
        #expect(try balances(story)[.assessedBenefits] == 5_000)
        story.isTold(.tuitionSubsidy, .refused, amount: 5_000)
        expect(try balances(story), [:])
    }

    @Test func `what a decision on the fee says is the trainee's to pay, and in no account`() throws {
        var story = Self.story()
        story.isTold(.feeShare, .granted, amount: 2_000)
        expect(try balances(story), [:])
    }

    @Test func `each kind of payment has its own line`() throws {
        var story = Self.story()
        story.isTold(.tuitionSubsidy, .granted, amount: 8_000)
        story.isTold(.learningReward, .granted, amount: 6_000)
        let trainee = try #require(try story.histories().trainee(TraineeNumber(0)))
        #expect(trainee.books.map(\.kind) == [.tuitionSubsidy, .learningReward])
        #expect(trainee.books.map { $0.balances[.payable] } == [-8_000, -6_000])
    }

    @Test func `retracted events are not in the books`() throws {
        var story = Self.story()
        story.isPaid("P-1", .tuitionSubsidy, amount: 8_000, on: "2026-05-01")
        let second = story.isPaid("P-2", .tuitionSubsidy, amount: 900, on: "2026-05-02")
        let told = story.isTold(.tuitionSubsidy, .granted, amount: 8_000)
        let revoked = story.isRevoked(payout: "P-1", amount: 3_000, on: "2026-06-01", as: .overpaid)
        for position in [second, told, revoked] { story.retract(position) }
        expect(try balances(story), [.payable: 8_000, .fundDisbursed: -8_000])
    }

    @Test func `folded anew without a retracted event they are as if it had never been`() throws {
        var story = Self.story()
        story.isPaid("P-1", .tuitionSubsidy, amount: 8_000, on: "2026-05-01")
        let revoked = story.isRevoked(payout: "P-1", amount: 3_000, on: "2026-06-01", as: .overpaid)
        var histories = try story.histories()
        let live = story.events.enumerated().filter { $0.offset >= 2 && UInt64($0.offset) != revoked }
            .map { LiveEvent(position: UInt64($0.offset), event: $0.element) }
        let retraction = story.retract(revoked)
        histories.fold(retraction: story.events[Int(retraction)], at: retraction, refolding: live)
        #expect(histories.trainees == (try story.histories().trainees))
        #expect(try TrialBalance(histories, 0..<1).total[.recoverable] == 0)
    }

    @Test func `a revocation whose payout is left out is left out with it`() throws {
        var story = Self.story()
        story.happenedOn = "2026-06-02"
        story.isPaid("P-1", .tuitionSubsidy, amount: 8_000, on: "2026-05-01")
        story.happenedOn = "2026-06-01"
        story.isRevoked(payout: "P-1", amount: 3_000, on: "2026-06-01", as: .overpaid)
        expect(try balances(story, happenedBy: "2026-06-01"), [:])
        #expect(try balances(story, happenedBy: "2026-06-02")[.recoverable] == 3_000)
    }
}

@Suite struct `Books that do not stand are refused` {
    private func paid() throws -> LedgerHistories {
        var story = `The books of a trainee`.story()
        story.isTold(.tuitionSubsidy, .granted, amount: 8_000)
        story.isPaid("P-1", .tuitionSubsidy, amount: 8_000, on: "2026-05-01")
        return try story.histories()
    }

    private func error(_ histories: LedgerHistories) throws -> BooksError {
        try #require(throws: BooksError.self) { try TrialBalance(histories, 0..<histories.trainees.count).check() }
    }

    @Test func `a leg without its counterpart`() throws {
        var histories = try paid()
        try TrialBalance(histories, 0..<1).check()
        histories.trainees[0]?.books[0].balances.add(1, to: .recoverable)
        let error = try error(histories)
        #expect(error.code == .unbalanced)
        #expect(error.trainee == TraineeNumber(0) && error.classNumber == ClassNumber(0))
        #expect((error.postedNTD, error.expectedNTD) == (8_001, 8_000))
    }

    @Test(arguments: BookEntry.allCases) func `an entry that no event tells of`(entry: BookEntry) throws {
        var histories = try paid()
        histories.trainees[0]?.books[0].balances.post(entry, 1)
        let error = try error(histories)
        #expect(error.code == .disagreement)
        let first = [entry.debited, entry.credited].min { $0.rawValue < $1.rawValue }
        #expect(error.account == first)
        #expect(error.postedNTD - error.expectedNTD == (error.account == entry.debited ? 1 : -1))
    }

    @Test func `a payout that nobody posted`() throws {
        var histories = try paid()
        histories.trainees[0]?.books = []
        let error = try error(histories)
        #expect(error.code == .disagreement && error.account == .assessedBenefits)
        #expect((error.postedNTD, error.expectedNTD) == (0, 8_000))
    }

    @Test func `a payout that was changed behind the books`() throws {
        var histories = try paid()
        histories.trainees[0]?.payouts[0].amountNTD = 8_001
        let error = try error(histories)
        #expect(error.account == .payable)
        #expect((error.postedNTD, error.expectedNTD) == (0, 1))
    }

    @Test func `a balance beyond 64 bits, and not the one just below`() throws {
        var balances = AccountBalances()
        balances.add(.max - 1, to: .recoverable)
        balances.add(1, to: .recoverable)
        #expect(balances.overflowed == nil && balances[.recoverable] == .max)
        balances.add(1, to: .recoverable)
        #expect(balances.overflowed == .recoverable && balances[.recoverable] == .max)
        var histories = try paid()
        histories.trainees[0]?.books[0].balances = balances
        #expect(try error(histories).code == .overflow)
    }

    @Test func `two columns of which one does not fit`() {
        var balances = AccountBalances()
        balances.add(.max, to: .recoverable)
        balances.add(-.max, to: .payable)
        #expect(balances.columns?.debitNTD == .max && balances.columns?.creditNTD == .max)
        balances.add(1, to: .fundRecovered)
        #expect(balances.columns == nil)
    }
}

@Suite struct `The trial balance` {
    @Test func `adds up by programme and kind, whoever was paid, and both columns are equal`() throws {
        var story = `The books of a trainee`.story()
        story.register("T-2", born: "1991-01-01")
        story.approve("C-2", .preEmployment, from: "2026-03-02", to: "2026-03-31")
        story.isPaid(
            "T-2", "P-1", .livingAllowance, for: "C-2", amount: 700, on: "2026-05-01", halfMonths: 1,
            from: "2026-04-01", to: "2026-04-15")
        story.isPaid("T-2", "P-2", .tuitionSubsidy, amount: 20, on: "2026-05-01")
        story.isPaid("T-1", "P-3", .tuitionSubsidy, amount: 3, on: "2026-05-01")
        let histories = try story.histories()
        var whole = try TrialBalance(histories, 1..<2)
        whole.add(try TrialBalance(histories, 0..<1))
        #expect(whole == (try TrialBalance(histories, 0..<2)))
        #expect(whole.lines.map(\.programme) == [.industryTalent, .preEmployment])
        #expect(whole.lines.map { $0.balances[.fundDisbursed] } == [-23, -700])
        let columns = try #require(whole.total.columns)
        #expect(columns == (723, 723))
    }

    @Test func `of a ledger in which no money moved is empty`() throws {
        let balance = try TrialBalance(try `The books of a trainee`.story().histories(), 0..<1)
        try balance.check()
        #expect(balance.lines.isEmpty && balance.total.columns?.debitNTD == 0)
    }
}

extension Story {
    @discardableResult
    fileprivate mutating func isTold(_ kind: DecisionKind, _ outcome: Outcome, amount: Int64) -> UInt64 {
        tell(
            .decisionIssued, about: "T-1",
            [
                "kind": .string(kind.name), "class": "C-1", "on": "2026-04-20", "outcome": .string(outcome.name),
                "amount": .integer(amount), "rulebook": "base", "atSequence": 1,
            ])
    }

    fileprivate mutating func repays(_ payout: String, _ amount: Int64) {
        tell(
            .repaymentReceived, about: "T-1",
            ["payout": .string(payout), "amount": .integer(amount), "on": "2026-07-01"])
    }

    @discardableResult
    fileprivate mutating func isPaid(
        _ payout: String, _ kind: TrainingEvents.PayoutKind, amount: Int64, on: Day
    ) -> UInt64 {
        isPaid("T-1", payout, kind, amount: amount, on: on)
    }
}
