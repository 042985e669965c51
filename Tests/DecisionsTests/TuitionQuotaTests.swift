import CivilTime
import Decisions
import Histories
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

extension Story {
    /// The quota of `T-1` on a day.
    fileprivate func quota(on day: Day, by book: String = "base") throws -> QuotaBalance? {
        let histories = try histories()
        let engine = DecisionEngine(histories: histories, rulebook: try BuiltInRulebooks.book(named: book))
        let person = try #require(histories.person(TraineeNumber(0)))
        return engine.quotaBalance(of: person, on: day.date)
    }

    /// A class that `T-1` passed and was paid for, one payout of the amount.
    fileprivate mutating func used(_ amount: Int64, for id: String = "C-0", from start: Day = "2012-03-05") {
        passes("T-1", id, fee: 100_000, from: start)
        isPaid("T-1", "P-\(id)", .tuitionSubsidy, for: id, amount: amount, on: start + 90)
    }
}

/// 65,000 or so was used from 2012-03-05; then a class of NT$10,000 starts.
private func second(_ used: Int64, from start: Day, fee: Int64 = 10_000) throws -> Decision {
    var story = Story()
    story.used(used)
    story.passes("T-1", "C-1", fee: fee, from: start)
    return try story.decide(.tuitionSubsidy)
}

@Suite struct `TIP-12 the quota window` {
    @Test func `three years from 2012-03-05 end 2015-03-04`() throws {
        let decision = try second(65_000, from: "2015-03-04")
        #expect(decision.fact("windowFrom", of: "TIP-12") == "2012-03-05")
        #expect(decision.fact("windowTo", of: "TIP-12") == "2015-03-04")
        #expect(decision.amountNTD == 5_000)
    }

    @Test func `after it ends the next participation opens a new one on its own start day`() throws {
        for (start, end) in [(Day("2015-03-05"), "2018-03-04"), ("2015-05-01", "2018-04-30")] {
            let decision = try second(70_000, from: start)
            #expect(decision.outcome == .granted)
            #expect(decision.fact("windowFrom", of: "TIP-12") == .string(start.date.description))
            #expect(decision.fact("windowTo", of: "TIP-12") == .string(end))
        }
    }

    @Test func `a class belongs to the window that holds its start day, whenever it is paid`() throws {
        var story = Story()
        story.used(60_000)
        story.passes("T-1", "C-1", fee: 20_000, from: "2015-03-04")
        story.isPaid("T-1", "P-1", .tuitionSubsidy, for: "C-1", amount: 10_000, on: "2016-01-01")
        story.passes("T-1", "C-2", fee: 80_000, from: "2015-05-01")
        #expect(try story.decide(.tuitionSubsidy, in: "C-2").amountNTD == 64_000)
        #expect(try story.quota(on: "2015-03-04")?.paidNTD == 70_000)
    }

    @Test func `a class not paid opens a window all the same if the trainee took part`() throws {
        var story = Story()
        story.approveWeekly("C-0", from: "2012-03-05")
        story.register("T-1")
        story.verifies(asOf: "2012-03-05", [Spell(.labour)])
        story.starts(in: "C-0", on: "2012-03-05")
        story.leaves("T-1", "C-0", on: "2012-03-06")
        story.passes("T-1", "C-1", from: "2014-01-04")
        #expect(try story.decide(.tuitionSubsidy).fact("windowFrom", of: "TIP-12") == "2012-03-05")
    }

    @Test(arguments: ["uninsured", "extra seat", "not started", "another programme"])
    func `a class without a subsidised part opens none`(why: String) throws {
        var story = Story()
        let programme: Programme = why == "another programme" ? .preEmployment : .industryTalent
        story.approveWeekly("C-0", programme, from: "2012-03-05")
        story.register("T-1")
        story.verifies(asOf: "2012-03-05", [Spell(why == "uninsured" ? .nationalPension : .labour)])
        story.applies(to: "C-0")
        story.isAdmitted(to: "C-0", seat: why == "extra seat" ? .extra : .subsidised)
        if why != "not started" { story.starts(in: "C-0", on: "2012-03-05") }
        story.passes("T-1", "C-1", from: "2014-01-04")
        story.verifies(asOf: "2014-06-01", [Spell(.labour, from: why == "uninsured" ? "2013-01-01" : "2010-01-01")])
        #expect(try story.decide(.tuitionSubsidy).fact("windowFrom", of: "TIP-12") == "2014-01-04")
    }

    @Test func `takeoff and careService share the window`() throws {
        for programme in [Programme.takeoff, .careService, .labourSelfLearning] {
            var story = Story()
            story.used(65_000)
            story.passes("T-1", "C-1", programme, from: "2014-01-04")
            #expect(try story.decide(.tuitionSubsidy).amountNTD == 5_000)
        }
    }

    @Test func `an earlier class recorded late moves the window back`() throws {
        var story = Story()
        story.passes("T-1", "C-1", from: "2014-01-04")
        #expect(try story.decide(.tuitionSubsidy).fact("windowFrom", of: "TIP-12") == "2014-01-04")
        story.today = "2026-02-01"
        story.used(70_000)
        let decision = try story.decide(.tuitionSubsidy)
        #expect(decision.fact("windowFrom", of: "TIP-12") == "2012-03-05")
        #expect(decision.outcome == .refused)
    }
}

@Suite struct `TIP-13 NT$70,000 a window` {
    @Test(arguments: [
        (Int64(65_000), Outcome.reduced, Int64(5_000)), (62_000, .granted, 8_000), (62_001, .reduced, 7_999),
        (69_999, .reduced, 1), (70_000, .refused, 0), (80_000, .refused, 0),
    ])
    func `what is left is paid, and nothing when nothing is`(used: Int64, outcome: Outcome, amount: Int64) throws {
        let decision = try second(used, from: "2014-01-04")
        #expect((decision.outcome, decision.amountNTD) == (outcome, amount))
        #expect(decision.result(of: "TIP-13") == (outcome == .refused ? .failed : .applied))
    }

    @Test func `a class dearer than the quota gives it whole`() throws {
        var story = Story()
        story.passes("T-1", "C-1", fee: 100_000, from: "2014-01-04")
        let decision = try story.decide(.tuitionSubsidy)
        #expect((decision.outcome, decision.amountNTD) == (.reduced, 70_000))
    }

    @Test func `a pending one says what it comes to with what is left`() throws {
        var story = Story()
        story.used(65_000)
        story.approveWeekly("C-1", from: "2014-01-04")
        story.verifies(asOf: "2014-01-04", [Spell(.labour)])
        story.starts(on: "2014-01-04")
        let decision = try story.decide(.tuitionSubsidy)
        #expect((decision.outcome, decision.amountNTD, decision.expectedAmountNTD) == (.pending, 0, 5_000))
    }

    @Test func `cap-2025 gives 100,000 to classes that start from 2025-01-01`() throws {
        for (start, base, raised) in [(Day("2024-12-31"), Int64(5_000), Int64(5_000)), ("2025-01-01", 5_000, 8_000)] {
            var story = Story()
            story.used(65_000, from: "2023-01-07")
            story.passes("T-1", "C-1", from: start)
            #expect(try story.decide(.tuitionSubsidy).amountNTD == base)
            #expect(try story.decide(.tuitionSubsidy, by: "cap-2025").amountNTD == raised)
        }
        var story = Story()
        story.used(70_000, from: "2023-01-07")
        story.passes("T-1", "C-1", fee: 50_000, from: "2025-01-04")
        #expect(try story.decide(.tuitionSubsidy).outcome == .refused)
        #expect(try story.decide(.tuitionSubsidy, by: "cap-2025").amountNTD == 30_000)
    }
}

@Suite struct `TIP-14 the order in which a window is used up` {
    @Test func `unpaid classes go by end day, then start day, then class ID`() throws {
        // Each asks for 32,000; the third in order gets 6,000.
        var story = Story()
        story.register("T-1")
        for (id, start, end) in [
            ("C-A", Day("2026-02-07"), Day("2026-05-02")), ("C-D", "2026-02-07", "2026-05-02"),
            ("C-B", "2026-03-07", "2026-05-02"), ("C-C", "2026-03-14", "2026-05-01"),
        ] {
            story.approve(id, fee: 40_000, from: start, to: end)
            story.verifies(asOf: start, [Spell(.labour)])
            story.starts(in: id, on: start)
            story.completes("T-1", id, on: end)
            story.fillsInSurvey(of: id, on: end)
        }
        let amounts = try ["C-C", "C-A", "C-D", "C-B"].map { try story.decide(.tuitionSubsidy, in: $0).amountNTD }
        #expect(amounts == [32_000, 32_000, 6_000, 0])
    }

    @Test func `paid classes go first, in the order of their first payout, at net amounts`() throws {
        var story = Story()
        story.passes("T-1", "C-1", fee: 50_000, from: "2026-01-03")
        story.passes("T-1", "C-2", fee: 50_000, from: "2026-02-07")
        #expect(try story.decide(.tuitionSubsidy, in: "C-1").amountNTD == 40_000)
        #expect(try story.decide(.tuitionSubsidy, in: "C-2").amountNTD == 30_000)
        story.isPaid("T-1", "P-2", .tuitionSubsidy, for: "C-2", amount: 40_000, on: "2026-04-01")
        #expect(try story.decide(.tuitionSubsidy, in: "C-2").amountNTD == 40_000)
        #expect(try story.decide(.tuitionSubsidy, in: "C-1").amountNTD == 30_000)
        story.isPaid("T-1", "P-1", .tuitionSubsidy, for: "C-1", amount: 30_000, on: "2026-01-01")
        #expect(try story.decide(.tuitionSubsidy, in: "C-2").dueNTD == 0)
        #expect(try story.decide(.tuitionSubsidy, in: "C-1").dueNTD == 0)
    }

    @Test func `pending and refused classes use nothing`() throws {
        var story = Story()
        story.approveWeekly("C-0", fee: 100_000, from: "2026-01-03")
        story.register("T-1")
        story.verifies(asOf: "2026-01-03", [Spell(.labour)])
        story.starts(in: "C-0", on: "2026-01-03")
        story.passes("T-1", "C-1", fee: 80_000, from: "2026-02-07")
        #expect(try story.decide(.tuitionSubsidy).amountNTD == 64_000)
        #expect(try story.decide(.tuitionSubsidy, in: "C-0").expectedAmountNTD == 70_000)
    }

    @Test func `a class stays paid though its payout was revoked`() throws {
        var story = Story()
        story.passes("T-1", "C-1", fee: 50_000, from: "2026-01-03")
        story.passes("T-1", "C-2", fee: 50_000, from: "2026-02-07")
        story.isPaid("T-1", "P-2", .tuitionSubsidy, for: "C-2", amount: 40_000, on: "2026-04-01")
        story.isRevoked("T-1", payout: "P-2", amount: 40_000, on: "2026-05-01", as: .returned)
        let second = try story.decide(.tuitionSubsidy, in: "C-2")
        #expect((second.amountNTD, second.paidNTD, second.dueNTD) == (40_000, 0, 40_000))
        // Its net paid amount, nothing, is what the next class finds used.
        #expect(try story.decide(.tuitionSubsidy, in: "C-1").amountNTD == 40_000)
    }

    @Test(arguments: [RevocationReason.falseClaim, .ineligible])
    func `a payout revoked as falseClaim or ineligible refuses the class`(reason: RevocationReason) throws {
        var story = Story()
        story.passes(from: "2026-01-03")
        story.isPaid("T-1", "P-1", .tuitionSubsidy, amount: 8_000, on: "2026-04-01")
        story.isRevoked("T-1", payout: "P-1", amount: 8_000, on: "2026-05-01", as: reason)
        let decision = try story.decide(.tuitionSubsidy)
        #expect((decision.outcome, decision.dueNTD) == (.refused, 0))
        #expect(decision.result(of: "TIP-14") == .failed)
    }

    @Test(arguments: [RevocationReason.overpaid, .duplicate, .returned])
    func `other reasons leave the assessment as it is`(reason: RevocationReason) throws {
        var story = Story()
        story.passes(from: "2026-01-03")
        story.isPaid("T-1", "P-1", .tuitionSubsidy, amount: 9_000, on: "2026-04-01")
        #expect(try story.decide(.tuitionSubsidy).dueNTD == -1_000)
        story.isRevoked("T-1", payout: "P-1", amount: 1_000, on: "2026-05-01", as: reason)
        let decision = try story.decide(.tuitionSubsidy)
        #expect((decision.outcome, decision.amountNTD, decision.dueNTD) == (.granted, 8_000, 0))
    }

    @Test func `a payout of another kind or class uses nothing`() throws {
        var story = Story()
        story.passes(from: "2026-01-03")
        story.approveWeekly("C-9", .preEmployment, from: "2026-01-03")
        story.isPaid("T-1", "P-1", .feeWaiver, amount: 70_000, on: "2026-04-01")
        story.isPaid("T-1", "P-2", .tuitionSubsidy, for: "C-9", amount: 70_000, on: "2026-04-01")
        #expect(try story.decide(.tuitionSubsidy).dueNTD == 8_000)
    }
}

@Suite struct `TIP-15 the balance on a day` {
    @Test func `has the window, what is paid, what is assessed but unpaid, and the rest`() throws {
        var story = Story()
        story.used(30_000)
        story.passes("T-1", "C-1", from: "2014-01-04")
        let balance = try #require(try story.quota(on: "2015-03-04"))
        #expect((balance.windowFrom, balance.windowTo) == (Day("2012-03-05").date, Day("2015-03-04").date))
        #expect(
            (balance.capNTD, balance.paidNTD, balance.committedNTD, balance.remainingNTD) == (
                70_000, 30_000, 8_000, 32_000
            ))
    }

    @Test func `outside every window there is none`() throws {
        var story = Story()
        story.used(30_000)
        #expect(try story.quota(on: "2012-03-04") == nil)
        #expect(try story.quota(on: "2012-03-05") != nil)
        #expect(try story.quota(on: "2015-03-05") == nil)
    }
}

@Suite struct `TIP-19 the seat` {
    private func seated(_ seats: [Seat]) throws -> Decision {
        var story = Story()
        story.register("T-1")
        story.approveWeekly(from: "2026-03-07")
        story.verifies(asOf: "2026-03-07", [Spell(.labour)])
        story.applies()
        for seat in seats { story.isAdmitted(seat: seat) }
        story.starts(on: "2026-03-07")
        return try story.decide(.tuitionSubsidy)
    }

    @Test func `an extra one is not subsidised`() throws {
        #expect(try seated([.extra]).outcome == .refused)
        #expect(try seated([.subsidised]).outcome == .pending)
        #expect(try seated([.alternate]).outcome == .pending)
    }

    @Test func `the last admission counts`() throws {
        #expect(try seated([.extra, .subsidised]).outcome == .pending)
        #expect(try seated([.subsidised, .extra]).outcome == .refused)
    }

    @Test func `a forfeited one is gone with its application`() throws {
        var story = Story()
        story.register("T-1")
        story.approveWeekly(from: "2026-03-07")
        story.applies()
        story.isAdmitted(seat: .extra)
        story.forfeits(on: "2026-03-01")
        #expect(try story.decide(.tuitionSubsidy).outcome == .notApplicable)
        story.applies()
        #expect(try story.decide(.tuitionSubsidy).outcome == .pending)
    }
}
