import Decisions
import LedgerTestKit
import Testing
import TrainingEvents

private let start: Day = "2026-03-07"

/// `T-1`, insured, joins a class of 25 hours on five days; what follows is the test's.
private func story(joining: Day = start) -> Story {
    var story = Story()
    story.approveWeekly(from: start)
    story.register("T-1")
    story.verifies(asOf: start, [Spell(.labour)])
    story.starts(on: joining)
    return story
}

extension Story {
    /// Attends each of the five days for 300 minutes, less what was missed of the last.
    fileprivate mutating func attendsBut(missing minutes: Int64, from first: Int = 0) {
        var rest = minutes
        for week in (first..<5).reversed() {
            let absent = min(rest, 300)
            attends(on: start + 7 * week, minutes: 300 - absent)
            rest -= absent
        }
    }
}

@Suite struct `TIP-10 completed, present, and the survey filled in` {
    @Test(arguments: [(Int64(300), Outcome.granted), (301, .refused), (360, .refused)])
    func `of 25 hours 5 absent are paid, more are not`(minutes: Int64, outcome: Outcome) throws {
        var story = story()
        story.attendsBut(missing: minutes)
        story.completes(on: start + 28)
        story.fillsInSurvey(on: start + 28)
        let decision = try story.decide(.tuitionSubsidy)
        #expect(decision.outcome == outcome)
        #expect(decision.amountNTD == (outcome == .granted ? 8_000 : 0))
    }

    @Test func `leave is absence too`() throws {
        var story = story()
        story.attendsBut(missing: 301)
        for week in 3..<5 {
            story.takesLeave(request: "L-\(week)", on: start + 7 * week, minutes: 300)
        }
        story.completes(on: start + 28)
        story.fillsInSurvey(on: start + 28)
        #expect(try story.decide(.tuitionSubsidy).outcome == .refused)
    }

    @Test func `without a certificate nothing is paid`() throws {
        var story = story()
        story.attendsBut(missing: 0)
        story.completes(on: start + 28, certificate: false)
        story.fillsInSurvey(on: start + 28)
        #expect(try story.decide(.tuitionSubsidy).outcome == .refused)
    }

    @Test func `whoever left or was expelled is refused`() throws {
        var left = story()
        left.leaves(on: start + 28)
        #expect(try left.decide(.tuitionSubsidy).outcome == .refused)
        var expelled = story()
        expelled.isExpelled(on: start + 28)
        #expect(try expelled.decide(.tuitionSubsidy).outcome == .refused)
    }

    @Test func `a missing survey leaves it pending`() throws {
        var story = story()
        story.attendsBut(missing: 0)
        story.completes(on: start + 28)
        let decision = try story.decide(.tuitionSubsidy)
        #expect((decision.outcome, decision.missing) == (.pending, ["survey"]))
        #expect((decision.amountNTD, decision.expectedAmountNTD) == (0, 8_000))
    }

    @Test func `unrecorded days leave it pending only while they could exceed a fifth`() throws {
        var story = story()
        for week in 0..<3 { story.attends(on: start + 7 * week, minutes: 300) }
        story.completes(on: start + 28)
        story.fillsInSurvey(on: start + 28)
        #expect(try story.decide(.tuitionSubsidy).missing == ["attendance"])
        story.attends(on: start + 21, minutes: 300)
        #expect(try story.decide(.tuitionSubsidy).outcome == .granted)
    }

    @Test func `an open enrolment waits for its completion`() throws {
        let decision = try story().decide(.tuitionSubsidy)
        #expect(decision.outcome == .pending)
        #expect(decision.missing == ["completion", "attendance", "survey"])
    }

    @Test func `an open enrolment over a fifth already is refused`() throws {
        var story = story()
        story.attends(on: start, minutes: 0)
        story.attends(on: start + 7, minutes: 299)
        #expect(try story.decide(.tuitionSubsidy).outcome == .refused)
    }

    @Test func `a cancelled class is completed by nobody, joined or not`() throws {
        var joined = story()
        joined.cancel(on: start + 7)
        #expect(try joined.decide(.tuitionSubsidy).outcome == .refused)
        var waiting = Story()
        waiting.approveWeekly(from: start)
        waiting.register("T-1")
        waiting.verifies(asOf: start, [Spell(.labour)])
        waiting.applies()
        #expect(try waiting.decide(.tuitionSubsidy).outcome == .pending)
        waiting.cancel(on: start - 1)
        #expect(try waiting.decide(.tuitionSubsidy).outcome == .refused)
    }
}

@Suite struct `TIP-11 joined late` {
    @Test(arguments: [(start + 1, Outcome.granted), (start + 8, .refused)])
    func `every session before joining is absence`(joining: Day, outcome: Outcome) throws {
        // One day of five hours missed is a fifth; two are more.
        var story = story(joining: joining)
        story.attendsBut(missing: 0, from: outcome == .granted ? 1 : 2)
        story.completes(on: start + 28)
        story.fillsInSurvey(on: start + 28)
        let decision = try story.decide(.tuitionSubsidy)
        #expect(decision.outcome == outcome)
        #expect(decision.fact("absentBeforeJoiningMinutes", of: "TIP-11") == .integer(outcome == .granted ? 300 : 600))
    }

    @Test func `insurance and age are tested on the class's start day all the same`() throws {
        var story = Story()
        story.approveWeekly(from: start)
        story.register("T-1")
        story.verifies(asOf: start + 1, [Spell(.labour, from: start + 1)])
        story.starts(on: start + 1)
        #expect(try story.decide(.tuitionSubsidy).outcome == .refused)
    }
}

@Suite struct `TIP-17 who is paid` {
    /// A class of NT$10,000 of which half was collected, with what was used of the quota before it.
    private func half(
        _ programme: Programme = .labourSelfLearning, used: Int64 = 0, fee: Int64 = 10_000,
        _ tell: (inout Story) -> Void = { _ in }
    ) throws -> Decision {
        var story = Story()
        if used > 0 {
            story.passes("T-1", "C-0", fee: 100_000, from: "2025-01-04")
            story.isPaid("T-1", "P-0", .tuitionSubsidy, for: "C-0", amount: used, on: "2025-04-01")
        }
        story.passes("T-1", "C-1", programme, fee: fee, from: start, half: true)
        tell(&story)
        return try story.decide(.tuitionSubsidy)
    }

    @Test func `industryTalent pays the trainee, who prepaid all of it`() throws {
        let decision = try half(.industryTalent)
        #expect(decision.payee == .trainee)
        #expect((decision.forwardToTraineeNTD, decision.traineeOwesUnitNTD) == (0, 0))
    }

    @Test func `labourSelfLearning with the whole fee prepaid pays the trainee`() throws {
        var story = Story()
        story.passes("T-1", "C-1", .labourSelfLearning, from: start)
        #expect(try story.decide(.tuitionSubsidy).payee == .trainee)
    }

    @Test func `with half prepaid the unit gets 8,000 and forwards 3,000`() throws {
        let decision = try half()
        #expect((decision.payee, decision.amountNTD) == (.unit, 8_000))
        #expect((decision.forwardToTraineeNTD, decision.traineeOwesUnitNTD) == (3_000, 0))
    }

    @Test func `with 2,000 of the quota left the unit gets 2,000 and is owed 3,000`() throws {
        let decision = try half(used: 68_000)
        #expect((decision.outcome, decision.amountNTD) == (.reduced, 2_000))
        #expect((decision.forwardToTraineeNTD, decision.traineeOwesUnitNTD) == (0, 3_000))
    }

    @Test func `prepaid is what was paid less what was refunded`() throws {
        let decision = try half {
            $0.pays(fee: 6_000, on: start)
            $0.pays(fee: 500, on: start, refund: true)
        }
        #expect(decision.forwardToTraineeNTD == 3_500)
        #expect(decision.fact("prepaidNTD", of: "TIP-17") == 5_500)
    }

    @Test func `if no payment is recorded it is half the fee rounded up`() throws {
        let decision = try half(fee: 9_999)
        #expect(decision.fact("prepaidNTD", of: "TIP-17") == 5_000)
        // 80 % rounded down: 7,999.
        #expect(decision.forwardToTraineeNTD == 3_000)
        let refunded = try half { $0.pays(fee: 500, on: start, refund: true) }
        #expect(refunded.fact("prepaidNTD", of: "TIP-17") == 5_000)
    }

    @Test func `whoever is refused owes the other half`() throws {
        var story = Story()
        story.approveWeekly("C-1", .labourSelfLearning, from: start, half: true)
        story.register("T-1")
        story.verifies(asOf: start, [Spell(.nationalPension)])
        story.starts(on: start)
        let decision = try story.decide(.tuitionSubsidy)
        #expect(decision.outcome == .refused)
        #expect((decision.payee, decision.traineeOwesUnitNTD) == (.unit, 5_000))
    }
}
