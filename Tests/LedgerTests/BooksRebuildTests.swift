import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

@testable import Histories
@testable import Ledger

@Suite struct `A rebuild checks the books` {
    private func rebuild(_ histories: LedgerHistories, jobs: Int = 1) throws -> Rebuild {
        try Rebuild(histories, try BuiltInRulebooks.book(named: "base"), jobs: jobs)
    }

    /// The sums of payouts, revocations and repayments that stand, straight from the events.
    private func sums(_ reader: LedgerReader) throws -> (paid: Int64, revoked: Int64, repaid: Int64) {
        let retracted = try reader.retractedPositions(at: try reader.resolve(.head))
        var sums: (paid: Int64, revoked: Int64, repaid: Int64) = (0, 0, 0)
        for position in 0..<reader.head where !retracted.contains(position) {
            switch try reader.event(at: position).body {
            case .payoutMade(let payload): sums.paid += payload.amountNTD
            case .payoutRevoked(let payload): sums.revoked += payload.amountNTD
            case .repaymentReceived(let payload): sums.repaid += payload.amountNTD
            default: break
            }
        }
        return sums
    }

    @Test(arguments: [31, 32] as [UInt64])
    func `they hold what the events come to, whatever the way of folding`(seed: UInt64) throws {
        try LedgerFixture.withLedger { ledger in
            _ = try LedgerFixture.generate(into: ledger, trainees: 150, seed: seed)
            let reader = try LedgerReader(opening: ledger)
            let point = try reader.resolve(.head)
            let expected = try sums(reader)
            #expect(expected.paid > 0 && expected.revoked > 0, "seed \(seed)")
            let byEvent = try rebuild(try reader.foldEvents(at: point)).trialBalance
            for jobs in [1, 3] {
                let balance = try rebuild(try reader.histories(at: point, jobs: jobs), jobs: jobs).trialBalance
                #expect(balance == byEvent, "seed \(seed), \(jobs) jobs")
            }
            let total = byEvent.total
            #expect(total[.fundDisbursed] == -expected.paid, "seed \(seed)")
            #expect(total[.revokedBenefits] == -expected.revoked, "seed \(seed)")
            #expect(total[.fundRecovered] == expected.repaid, "seed \(seed)")
        }
    }

    @Test func `and refuses those that do not stand, naming whose, which account and both amounts`() throws {
        var story = Story()
        story.approve(from: "2026-03-02", to: "2026-03-31")
        story.register("T-1", born: "1990-01-01")
        story.isPaid("T-1", "P-1", .tuitionSubsidy, amount: 8_000, on: "2026-05-01")
        var histories = try story.histories()
        #expect(try rebuild(histories).trialBalance.total[.payable] == 8_000)
        histories.trainees[0]?.payouts[0].amountNTD = 7_999
        let error = try #require(throws: LedgerError.self) { try rebuild(histories) }
        #expect(
            error.message == "the books of \"T-1\" in \"C-1\", tuitionSubsidy: account payable holds NT$8000, "
                + "but the payouts and decisions come to NT$7999")
        #expect(error.exitStatus == 1)
        histories.trainees[0]?.books[0].balances.add(-5, to: .recoverable)
        let unbalanced = try #require(throws: LedgerError.self) { try rebuild(histories, jobs: 2) }
        #expect(unbalanced.message.hasSuffix("all accounts: debits of NT$8000, credits of NT$8005"))
    }
}
