import CivilTime
import Decisions
import Histories
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

@Suite("A class is settled: what is due is paid once")
struct SettlementTests {
    private func head(_ ledger: String) throws -> UInt64 { try LedgerReader(opening: ledger).head }

    private func expectBalance(_ settlement: Settlement) {
        let paid = settlement.totalNTD(.due) + settlement.totalNTD(.withheld) - settlement.totalNTD(.overpaid)
        #expect(settlement.assessedNTD - settlement.paidNTD == paid)
    }

    @Test("every class of the examples: running twice pays once, and then nothing is due")
    func examples() throws {
        try LedgerFixture.withLedger { ledger in
            for example in ["coffee-2026", "semi-2022", "tip-classes"] {
                try LedgerFixture.append(try LedgerFixture.lines(example), to: ledger)
            }
            let reader = try LedgerReader(opening: ledger)
            let classes = try reader.histories(at: try reader.resolve(.head)).registry.classes.ids
            var paid: Int64 = 0
            for id in classes {
                let before = try head(ledger)
                let first = try LedgerFixture.settle(ledger, id)
                expectBalance(first)
                #expect(try head(ledger) == before + UInt64(first.payouts.count))
                paid += first.totalNTD(.due)
                let second = try LedgerFixture.settle(ledger, id)
                #expect(second.payouts.isEmpty && second.totalNTD(.due) == 0, "\(id)")
                #expect(second.paidNTD == first.paidNTD + first.totalNTD(.due))
                #expect(second.totalNTD(.overpaid) == first.totalNTD(.overpaid))
                #expect(second.totalNTD(.waiting) == first.totalNTD(.waiting))
            }
            #expect(paid > 345_150, "the coffee class alone")
            #expect(try LedgerVerification(of: ledger) { _, _ in }.isSound)
        }
    }

    @Test("a generated population: whatever is settled is settled")
    func population() throws {
        try LedgerFixture.withLedger { ledger in
            _ = try LedgerFixture.generate(into: ledger, trainees: 120, seed: 5)
            let reader = try LedgerReader(opening: ledger)
            let classes = try reader.histories(at: try reader.resolve(.head)).registry.classes.ids
            var payouts = 0
            for id in classes {
                let first = try LedgerFixture.settle(ledger, id)
                expectBalance(first)
                payouts += first.payouts.count
                if !first.payouts.isEmpty { #expect(try LedgerFixture.settlement(ledger, of: id).payouts.isEmpty) }
            }
            #expect(payouts > 5)
        }
    }

    @Test("a fact amended afterwards yields the difference only: 80 % before the class is closed, the rest after")
    func amended() throws {
        var story = Story()
        story.passes(from: "2026-01-05", closed: false)
        story.certifies("T-1", .middleAged)
        try LedgerFixture.withLedger(of: story) { ledger in
            #expect(try LedgerFixture.settle(ledger).payouts.map(\.amountNTD) == [8_000])
            story.close(on: "2026-02-20")
            try LedgerFixture.append(story, to: ledger)
            let rest = try LedgerFixture.settle(ledger)
            #expect(rest.payouts.map(\.amountNTD) == [2_000])
            #expect(rest.payouts.map(\.id) == ["tuitionSubsidy/C-1/T-1/2"])
            #expect(try LedgerFixture.settlement(ledger).payouts.isEmpty)
            // Then it turns out that the category never held: too much was paid.
            story.revokes("T-1", .middleAged, on: "2000-01-01")
            try LedgerFixture.append(story, to: ledger)
            let before = try head(ledger)
            let less = try LedgerFixture.settle(ledger)
            #expect(less.entries.map(\.status) == [.overpaid])
            #expect(less.entries.map(\.amountNTD) == [2_000])
            #expect(less.entries.map(\.clause) == ["TIP-08"])
            #expect(try head(ledger) == before)
        }
    }

    @Test("a false claim revoked late is overpaid as far as it is not revoked, and never an event")
    func falseClaim() throws {
        for (revoked, overpaid) in [(Int64(5_000), [Int64(3_000)]), (8_000, [])] {
            var story = Story()
            story.passes(from: "2026-01-05")
            try LedgerFixture.withLedger(of: story) { ledger in
                let payout = try #require(try LedgerFixture.settle(ledger).payouts.first)
                let line = """
                    {"specversion":"1.0","id":"r","source":"/agency","type":"payout.revoked","subject":"T-1",\
                    "time":"2026-03-01T09:00:00+08:00","data":{"payout":"\(payout.id)","amount":\(revoked),\
                    "on":"2026-03-01","reason":"falseClaim"}}
                    """
                try LedgerFixture.append([Array(line.utf8)], to: ledger)
                let before = try head(ledger)
                let settlement = try LedgerFixture.settle(ledger)
                #expect(settlement.payouts.isEmpty)
                #expect(settlement.entries.map(\.amountNTD) == overpaid)
                #expect(settlement.entries.allSatisfy { $0.status == .overpaid && $0.clause == "TIP-14" })
                #expect(try head(ledger) == before)
            }
        }
    }

    @Test("linked IDs in one class are paid once, under the ID that joined")
    func linked() throws {
        var story = Story()
        story.register("T-1")
        story.approveWeekly(from: "2026-01-05")
        story.applies("T-1", to: "C-1")
        story.register("T-2")
        story.verifies("T-2", asOf: "2026-01-05", [Spell(.labour)])
        story.starts("T-2", in: "C-1", on: "2026-01-05")
        story.attendsAll("T-2", in: "C-1", Lesson.weekly(from: "2026-01-05"))
        story.completes("T-2", "C-1", on: "2026-02-02")
        story.fillsInSurvey("T-2", on: "2026-02-02")
        story.link("T-1", "T-2")
        try LedgerFixture.withLedger(of: story) { ledger in
            let settlement = try LedgerFixture.settle(ledger)
            #expect(settlement.payouts.map(\.id) == ["tuitionSubsidy/C-1/T-2/1"])
            #expect(try LedgerFixture.settlement(ledger).payouts.isEmpty)
        }
    }

    @Test("while the class runs its ended months are paid, then the rest with the days not paid yet (LIV-14)")
    func months() throws {
        var story = Story()
        story.today = "2026-06-01"
        story.approveFullTime(from: "2026-06-01", days: 44, Lesson.coffee)
        story.isEntitled(on: "2026-06-01")
        story.starts(on: "2026-06-01")
        story.today = "2026-07-01"
        story.attendsAll("T-1", in: "C-1", [Lesson.coffee[0]])
        try LedgerFixture.withLedger(of: story) { ledger in
            let month = try LedgerFixture.settle(ledger)
            #expect(month.entries.map(\.status) == [.due, .waiting])
            #expect(month.entries.map(\.amountNTD) == [17_700, 8_850])
            #expect(month.entries[1].decision.missing == ["completion"])
            #expect(month.payouts.map(\.period) == [try period(2, "2026-06-01", "2026-06-30")])
            story.today = "2026-07-14"
            story.completes(on: "2026-07-14")
            try LedgerFixture.append(story, to: ledger)
            let rest = try LedgerFixture.settle(ledger)
            #expect(rest.payouts.map(\.amountNTD) == [8_850])
            #expect(rest.payouts.map(\.period) == [try period(1, "2026-07-01", "2026-07-14")])
            let reader = try LedgerReader(opening: ledger)
            let last = try reader.event(at: reader.head - 1)
            guard case .payoutMade(let payout) = last.body else { throw StoryError.notDecided(.livingAllowance) }
            #expect(last.envelope.source == "/trainledger/settle")
            #expect(payout.on.description == "2026-07-14")
            #expect(last.envelope.time == rest.context.point.recordedTime)
            #expect(payout.payee == .trainee)
        }
    }

    private func period(_ halfMonths: Int64, _ from: Day, _ to: Day) throws -> ProposedPayout.Period {
        ProposedPayout.Period(halfMonths: halfMonths, from: from.date, to: to.date)
    }

    @Test("a payout after which the quota would leave more is withheld until the earlier class is settled")
    func withheld() throws {
        var story = Story()
        story.passes("T-1", "C-1", fee: 80_000, from: "2026-01-05")
        story.passes("T-1", "C-2", fee: 10_000, from: "2026-03-02")
        try LedgerFixture.withLedger(of: story) { ledger in
            let early = try LedgerFixture.settle(ledger, "C-2")
            #expect(early.payouts.isEmpty)
            #expect(early.entries.map(\.status) == [.withheld])
            #expect(early.entries.map(\.amountNTD) == [6_000])
            #expect(early.entries.map(\.clause) == ["TIP-13"])
            expectBalance(early)
            #expect(try LedgerFixture.settle(ledger, "C-1").payouts.map(\.amountNTD) == [64_000])
            #expect(try LedgerFixture.settle(ledger, "C-2").payouts.map(\.amountNTD) == [6_000])
            for id in ["C-1", "C-2"] { #expect(try LedgerFixture.settlement(ledger, of: id).entries.isEmpty) }
        }
    }
}
