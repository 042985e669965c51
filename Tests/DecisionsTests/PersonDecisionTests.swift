import Decisions
import LedgerTestKit
import Testing
import TrainingEvents

@Suite struct `Linked histories fold as one person` {
    @Test func `the quota is one for both IDs`() throws {
        var story = Story()
        story.passes("T-1", "C-0", fee: 100_000, from: "2025-01-04")
        story.isPaid("T-1", "P-0", .tuitionSubsidy, for: "C-0", amount: 65_000, on: "2025-04-01")
        story.passes("T-2", "C-1", from: "2026-03-07")
        #expect(try story.decide(.tuitionSubsidy, "T-2").amountNTD == 8_000)
        story.link("T-2", "T-1")
        let decision = try story.decide(.tuitionSubsidy, "T-2")
        #expect((decision.outcome, decision.amountNTD) == (.reduced, 5_000))
        story.unlink("T-2", "T-1")
        #expect(try story.decide(.tuitionSubsidy, "T-2").amountNTD == 8_000)
    }

    @Test func `the half-months drawn are too, and the certificate of one is the other's`() throws {
        var story = Story()
        story.today = "2026-12-01"
        story.trains("T-1", from: "2026-06-01", days: 60)
        story.register("T-2")
        story.draws("T-2", .employmentInsuranceTrainingAllowance, from: "2025-06-01", to: "2025-11-30", halfMonths: 10)
        story.link("T-1", "T-2")
        #expect(try story.decide(.livingAllowance).halfMonths == 2)
        story.certifies("T-2", .disabled)
        #expect(try story.decide(.livingAllowance).halfMonths == 4)
    }

    @Test func `an application, a survey or a payout under the other ID counts`() throws {
        var story = Story()
        let lessons = story.approveWeekly(from: "2026-03-07")
        story.register("T-1")
        story.register("T-2")
        story.verifies("T-2", asOf: "2026-03-07", [Spell(.labour)])
        story.starts("T-1", on: "2026-03-07")
        story.attendsAll("T-1", in: "C-1", lessons)
        story.completes("T-1", on: "2026-04-04")
        story.starts("T-2", on: "2026-03-07")
        story.fillsInSurvey("T-2", on: "2026-04-04")
        #expect(try story.decide(.tuitionSubsidy, "T-1").outcome == .pending)
        story.link("T-1", "T-2")
        story.isPaid("T-2", "P-1", .tuitionSubsidy, amount: 3_000, on: "2026-05-01")
        for id in ["T-1", "T-2"] {
            let decision = try story.decide(.tuitionSubsidy, id)
            #expect((decision.outcome, decision.amountNTD, decision.dueNTD) == (.granted, 8_000, 5_000))
        }
    }

    @Test func `who left under one ID and joined again under the other is enrolled`() throws {
        var story = Story()
        let lessons = story.approveWeekly(from: "2026-03-07")
        story.register("T-1")
        story.register("T-2")
        story.starts("T-1", on: "2026-03-07")
        story.leaves("T-1", on: "2026-03-14")
        story.starts("T-2", on: "2026-03-14")
        story.link("T-1", "T-2")
        #expect(!lessons.isEmpty)
        #expect(try story.decide(.tuitionSubsidy, "T-1").outcome == .pending)
    }

    @Test func `a class that both IDs joined uses the quota once`() throws {
        var story = Story()
        story.passes("T-1", "C-1", fee: 50_000, from: "2026-01-03", closed: false)
        story.register("T-2")
        story.starts("T-2", on: "2026-01-03")
        story.isPaid("T-1", "P-1", .tuitionSubsidy, amount: 40_000, on: "2026-03-01")
        story.link("T-1", "T-2")
        story.passes("T-1", "C-2", fee: 50_000, from: "2026-02-07")
        #expect(try story.decide(.tuitionSubsidy, in: "C-2").amountNTD == 30_000)
    }
}

@Suite struct `What the ledger knew, and what happened` {
    /// The class is over and closed; the insurance look-up is recorded later, and tells of the start day.
    private func late() -> Story {
        var story = Story()
        story.today = "2026-05-01"
        story.approveWeekly(from: "2026-03-07")
        story.register("T-1")
        story.starts(on: "2026-03-07")
        for week in 0..<5 { story.attends(on: Day("2026-03-07") + 7 * week, minutes: week == 0 ? 0 : 299) }
        story.completes(on: "2026-04-04")
        story.fillsInSurvey(on: "2026-04-04")
        return story
    }

    @Test func `a late event changes the decision, not the one as it was known before`() throws {
        var story = late()
        story.attends(on: "2026-04-04", minutes: 300)
        let before = story.events.count
        story.today = "2026-07-01"
        story.verifies(asOf: "2026-07-01", [Spell(.labour)])
        // Four hours and more absent of 25, over a fifth: a record corrected late pays.
        #expect(try story.decide(.tuitionSubsidy).outcome == .refused)
        story.attends(on: "2026-03-07", minutes: 300)
        #expect(try story.decide(.tuitionSubsidy).amountNTD == 8_000)
        #expect(try story.decide(.tuitionSubsidy, first: before + 1).outcome == .refused)
        #expect(try story.decide(.tuitionSubsidy, first: before).outcome == .refused)
    }

    @Test func `a retraction is not known before it was made`() throws {
        var story = Story()
        story.passes(from: "2026-03-07")
        let payout = story.isPaid("T-1", "P-1", .tuitionSubsidy, amount: 8_000, on: "2026-05-01")
        let before = story.events.count
        story.retract(payout)
        #expect(try story.decide(.tuitionSubsidy).dueNTD == 8_000)
        #expect(try story.decide(.tuitionSubsidy, first: before).dueNTD == 0)
    }

    @Test func `an amendment of the fee or the days counts from when it is recorded`() throws {
        var story = Story()
        story.passes(from: "2026-03-07")
        let before = story.events.count
        story.amend("C-1", ["fee": 5_000])
        #expect(try story.decide(.tuitionSubsidy).amountNTD == 4_000)
        #expect(try story.decide(.tuitionSubsidy, first: before).amountNTD == 8_000)
    }

    @Test func `an amended start day moves every rule that is tested on it`() throws {
        var story = Story()
        story.passes(from: "2026-03-07")
        story.amend("C-1", ["startsOn": "2026-03-08"])
        #expect(try story.decide(.tuitionSubsidy).missing == ["insuranceStatement"])
    }

    @Test func `an amended birth date counts`() throws {
        var story = Story()
        story.passes(from: "2026-03-07")
        story.tell(.traineeAmended, about: "T-1", ["birthDate": "2011-03-08", "reason": "typed wrong"])
        let decision = try story.decide(.tuitionSubsidy)
        #expect(decision.outcome == .refused)
        #expect(decision.reason("TIP-04")?.events.count == 2)
    }

    @Test func `facts that happened later are left out on demand`() throws {
        var story = Story()
        story.today = "2026-06-01"
        story.happenedOn = "2026-03-01"
        story.passes(from: "2026-03-07")
        story.happenedOn = "2026-05-15"
        story.isPaid("T-1", "P-1", .tuitionSubsidy, amount: 8_000, on: "2026-05-15")
        #expect(try story.decide(.tuitionSubsidy).dueNTD == 0)
        #expect(try story.decide(.tuitionSubsidy, happenedBy: "2026-05-14").dueNTD == 8_000)
        #expect(try story.decide(.tuitionSubsidy, happenedBy: "2026-05-15").dueNTD == 0)
    }
}

@Suite struct `LIV-09 and LIV-10 the cap` {
    private let start: Day = "2026-06-01"

    /// A trainee entitled to four half-months, with what was drawn before.
    private func drawing(_ tell: (inout Story) -> Void) throws -> Decision {
        var story = Story()
        story.today = "2026-12-01"
        story.trains(from: start, days: 60)
        tell(&story)
        return try story.decide(.livingAllowance)
    }

    private func drew(
        _ halfMonths: Int64, from: Day, _ kind: BenefitKind = .employmentInsuranceTrainingAllowance
    ) throws -> Decision {
        try drawing { $0.draws("T-1", kind, from: from, to: from + 10, halfMonths: halfMonths) }
    }

    @Test(arguments: [(Int64(8), Outcome.granted, Int64(4)), (9, .reduced, 3), (11, .reduced, 1), (12, .refused, 0)])
    func `six months within two years, together with the insurance's`(
        drawn: Int64, outcome: Outcome, halfMonths: Int64
    ) throws {
        let decision = try drew(drawn, from: "2025-06-01")
        #expect((decision.outcome, decision.halfMonths) == (outcome, halfMonths))
    }

    @Test func `twelve for the disabled on the start day`() throws {
        for (to, halfMonths) in [(start, Int64(3)), (start - 1, 0)] {
            let decision = try drawing {
                $0.certifies("T-1", .disabled, to: to)
                $0.draws(
                    "T-1", .employmentInsuranceTrainingAllowance, from: "2024-06-01", to: "2024-06-10", halfMonths: 21)
            }
            #expect(decision.halfMonths == halfMonths)
        }
    }

    @Test func `the earliest months are granted first`() throws {
        #expect(try drew(9, from: "2025-06-01").instalments.map(\.halfMonths) == [2, 1])
        #expect(try drew(11, from: "2025-06-01").instalments.map(\.halfMonths) == [1])
    }

    @Test func `each month counts by its own first day, from two years before to the day before`() throws {
        // Twelve half-months laid from a day: six months of thirty days.
        func used(from: Day) throws -> JSONValue? { try drew(12, from: from).fact("usedHalfMonths", of: "LIV-09") }
        #expect(try used(from: "2024-06-01") == 12)
        #expect(try used(from: "2024-05-31") == 10)
        #expect(try used(from: Day("2024-06-01") - 150) == 2)
        #expect(try used(from: Day("2024-06-01") - 151) == 0)
        // The last month counts if it begins on the day before the start day.
        #expect(try used(from: start - 151) == 12)
        #expect(try used(from: start - 150) == 10)
        #expect(try used(from: start - 1) == 2)
        #expect(try used(from: start + 60) == 0)
    }

    @Test func `an odd half-month is the last month's`() throws {
        #expect(try drew(3, from: Day("2024-06-01") - 30).fact("usedHalfMonths", of: "LIV-09") == 1)
    }

    @Test func `two years before 29 February begin on 28 February`() throws {
        var story = Story()
        story.today = "2028-12-01"
        story.trains(from: "2028-02-29", days: 60)
        #expect(try story.decide(.livingAllowance).fact("lookbackFrom", of: "LIV-09") == "2026-02-28")
    }

    @Test func `payouts of this allowance count unless revoked in full`() throws {
        func used(revoked: Int64) throws -> JSONValue? {
            try drawing {
                $0.approveFullTime("C-0", from: "2025-06-01", days: 60)
                $0.isPaid(
                    "T-1", "P-0", .livingAllowance, for: "C-0", amount: 34_308, on: "2025-09-01", halfMonths: 4,
                    from: "2025-06-01", to: "2025-07-30")
                if revoked > 0 { $0.isRevoked("T-1", payout: "P-0", amount: revoked, on: "2025-10-01", as: .returned) }
            }.fact("usedHalfMonths", of: "LIV-09")
        }
        #expect(try used(revoked: 0) == 4)
        #expect(try used(revoked: 34_307) == 4)
        #expect(try used(revoked: 34_308) == 0)
    }

    @Test func `the learning reward never counts, nor what was assessed but not paid`() throws {
        let decision = try drawing {
            $0.trains(in: "C-0", from: "2025-06-01", days: 60)
            $0.isPaid(
                "T-1", "P-0", .learningReward, for: "C-0", amount: 16_000, on: "2025-09-01", halfMonths: 4,
                from: "2025-06-01", to: "2025-07-30")
        }
        #expect(decision.fact("usedHalfMonths", of: "LIV-09") == 0)
    }

    @Test func `otherTrainingAllowance counts by COFFEE's table and not by SEMI's`() throws {
        #expect(try drew(4, from: "2025-06-01", .otherTrainingAllowance).fact("usedHalfMonths", of: "LIV-09") == 4)
        for (first, used) in [(Day("2025-11-30"), JSONValue.integer(0)), ("2025-12-01", 4)] {
            var story = Story()
            story.today = "2026-12-01"
            story.trains(from: first, days: 60)
            story.draws("T-1", .otherTrainingAllowance, from: "2025-01-01", to: "2025-03-01", halfMonths: 4)
            #expect(try story.decide(.livingAllowance).fact("usedHalfMonths", of: "LIV-09") == used)
        }
    }

    /// A grant under LIV-03's exception, and what the insurance paid from a day after the class, which ends on
    /// 2026-07-30.
    private func exception(_ halfMonths: Int64, from: Day, knownOn: Day = "2026-07-01") throws -> Decision {
        try drawing {
            $0.happenedOn = knownOn
            $0.certifies("T-1", .involuntaryUnemployed)
            $0.draws("T-1", .employmentInsuranceTrainingAllowance, from: from, to: from + 10, halfMonths: halfMonths)
        }
    }

    @Test func `under LIV-03's exception what the insurance pays within two years after counts too`() throws {
        #expect(try exception(8, from: "2026-07-31").halfMonths == 4)
        let decision = try exception(10, from: "2026-07-31")
        #expect((decision.outcome, decision.halfMonths) == (.reduced, 2))
        #expect(try exception(12, from: "2026-07-31").outcome == .refused)
        #expect(try exception(12, from: "2028-07-31").halfMonths == 4)
        // Only the month that begins on 2028-07-30 is within.
        #expect(try exception(12, from: "2028-07-30").halfMonths == 4)
        #expect(try exception(12, from: Day("2028-07-30") - 150).outcome == .refused)
    }

    @Test func `the excess of a grant that was paid is owed back`() throws {
        var story = Story()
        story.today = "2026-12-01"
        story.trains(from: start, days: 60)
        story.happenedOn = "2026-07-01"
        story.certifies("T-1", .involuntaryUnemployed)
        story.isPaid(
            "T-1", "P-1", .livingAllowance, amount: 35_400, on: "2026-09-01", halfMonths: 4, from: start, to: start + 59
        )
        #expect(try story.decide(.livingAllowance).dueNTD == 0)
        story.draws("T-1", .employmentInsuranceTrainingAllowance, from: "2027-01-01", to: "2027-06-01", halfMonths: 10)
        #expect(try story.decide(.livingAllowance).dueNTD == -17_700)
    }

    @Test func `without the exception it does not`() throws {
        #expect(try drew(12, from: "2026-07-31").halfMonths == 4)
    }
}
