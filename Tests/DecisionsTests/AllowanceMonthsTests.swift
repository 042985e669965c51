import Decisions
import LedgerTestKit
import Testing
import TrainingEvents

/// 30 days of six hours from 2026-06-01, then a remainder of so many days with such lessons on its first days.
private func remainder(days: Int, _ minutes: [Int]) throws -> Decision {
    let start: Day = "2026-06-01"
    let lessons =
        Lesson.daily(from: start, days: 30)
        + minutes.enumerated().map { Lesson(start + (30 + $0.offset), minutes: $0.element) }
    var story = Story()
    story.today = "2026-12-01"
    story.trains(from: start, days: 30 + days, lessons)
    return try story.decide(.livingAllowance)
}

/// Lessons of six hours, and a shorter last one, of so many minutes together.
private func lessons(_ minutes: Int) -> [Int] {
    let short = minutes % 360
    return Array(repeating: 360, count: minutes / 360) + (short > 0 ? [short] : [])
}

@Suite struct `LIV-07 months of participation` {
    @Test func `COFFEE: 44 days are three half-months, NT$26,550`() throws {
        var story = Story()
        story.today = "2026-12-01"
        story.trains(from: "2026-06-01", days: 44, Lesson.coffee)
        let decision = try story.decide(.livingAllowance)
        #expect((decision.outcome, decision.halfMonths, decision.amountNTD) == (.granted, 3, 26_550))
        #expect(
            decision.instalments.map { "\($0.from) \($0.to) \($0.halfMonths) \($0.amountNTD)" }
                == ["2026-06-01 2026-06-30 2 17700", "2026-07-01 2026-07-14 1 8850"])
        #expect(decision.fact("remainderMinutes", of: "LIV-07") == 3_240)
        #expect(decision.payee == .trainee)
    }

    @Test func `SEMI: 59 days are four half-months, NT$30,300`() throws {
        var story = Story()
        story.today = "2022-12-01"
        story.trains(from: "2022-06-01", days: 59, Lesson.semi)
        let decision = try story.decide(.livingAllowance)
        #expect((decision.outcome, decision.halfMonths, decision.amountNTD) == (.granted, 4, 30_300))
    }

    @Test func `25 remainder days with 40 hours are half a month`() throws {
        #expect(try remainder(days: 25, lessons(2_400)).halfMonths == 3)
    }

    @Test(arguments: [(9, Int64(2)), (10, 3), (19, 3), (20, 4), (29, 4), (30, 4)])
    func `the remainder's days`(days: Int, halfMonths: Int64) throws {
        // 60 hours and more fall in each remainder.
        let daily = Array(repeating: 400, count: days)
        #expect(try remainder(days: days, daily).halfMonths == halfMonths)
    }

    @Test(arguments: [
        (10, 1_799, Int64(2)), (10, 1_800, 3), (29, 1_799, 2), (29, 3_599, 3), (29, 3_600, 4), (20, 3_600, 4),
        (20, 3_599, 3),
    ])
    func `the remainder's hours`(days: Int, minutes: Int, halfMonths: Int64) throws {
        let decision = try remainder(days: days, lessons(minutes))
        #expect(decision.halfMonths == halfMonths)
        #expect(decision.fact("remainderMinutes", of: "LIV-07") == .integer(Int64(minutes)))
        #expect(decision.fact("remainderDays", of: "LIV-07") == .integer(Int64(days)))
    }

    @Test func `under 30 days there is nothing`() throws {
        for (joined, outcome) in [(Day("2026-06-15"), Outcome.granted), ("2026-06-16", .refused)] {
            // To 2026-07-14: 30 days, and 29.
            var story = Story()
            story.today = "2026-12-01"
            story.trains(from: "2026-06-01", days: 44, Lesson.coffee, joining: joined)
            #expect(try story.decide(.livingAllowance).outcome == outcome)
        }
    }

    private func ended(_ end: (inout Story) -> Void) throws -> Decision {
        var story = Story()
        story.today = "2026-12-01"
        story.approveFullTime(from: "2026-06-01", days: 60)
        story.isEntitled(on: "2026-06-01")
        story.starts(on: "2026-06-01")
        end(&story)
        return try story.decide(.livingAllowance)
    }

    @Test func `whoever leaves or is expelled took part to the day before`() throws {
        #expect(try ended { $0.leaves(on: "2026-07-01") }.halfMonths == 2)
        #expect(try ended { $0.leaves(on: "2026-06-30") }.outcome == .refused)
        #expect(try ended { $0.isExpelled(on: "2026-07-11") }.halfMonths == 3)
        #expect(try ended { $0.isExpelled(on: "2026-07-10") }.halfMonths == 2)
    }

    @Test func `a class cancelled midway ends it the day before`() throws {
        #expect(try ended { $0.cancel(on: "2026-07-11") }.halfMonths == 3)
        #expect(try ended { $0.cancel(on: "2026-06-30") }.outcome == .refused)
    }

    @Test func `a completion reaches to the class's end day, whenever it was`() throws {
        #expect(try ended { $0.completes(on: "2026-07-20", certificate: false) }.halfMonths == 4)
    }

    @Test func `reporting in before the class begins adds no day`() throws {
        var story = Story()
        story.today = "2026-12-01"
        story.trains(from: "2026-06-01", days: 39, joining: "2026-05-20")
        let decision = try story.decide(.livingAllowance)
        #expect(decision.instalments.first?.from == Day("2026-06-01").date)
        #expect(decision.halfMonths == 2)
    }
}

@Suite struct `LIV-06 the rate` {
    @Test func `is that of the wage in force on the first day of each month, also inside a class`() throws {
        // From 2025-12-02 the second month begins on 2026-01-01, from 2025-12-01 a day earlier.
        for (start, second) in [(Day("2025-12-02"), Int64(17_700)), ("2025-12-01", 17_154)] {
            var story = Story()
            story.today = "2026-12-01"
            story.trains(from: start, days: 60)
            #expect(try story.decide(.livingAllowance).instalments.map(\.amountNTD) == [17_154, second])
        }
    }

    @Test(arguments: [
        (2018, Int64(13_200)), (2019, 13_860), (2020, 14_280), (2021, 14_400), (2022, 15_150), (2023, 15_840),
        (2024, 16_482), (2025, 17_154), (2026, 17_700), (2027, 17_700),
    ])
    func `60 % of each year's monthly wage`(year: Int, monthly: Int64) throws {
        var story = Story()
        story.today = "2028-01-01"
        story.trains(from: Day(stringLiteral: "\(year)-06-01"), days: 40, nil)
        let decision = try story.decide(.livingAllowance)
        #expect(decision.instalments.map(\.amountNTD) == [monthly, monthly / 2])
    }

    @Test func `before the wage table it waits for the wage`() throws {
        var story = Story()
        story.trains(from: "2017-06-01", days: 40)
        #expect(try story.decide(.livingAllowance).missing == ["rulebook:allowance.basicWage"])
    }
}

@Suite struct `LIV-08 days with another benefit` {
    private func drawing(
        _ kind: BenefitKind, from: Day, to: Day?, halfMonths: Int64? = nil
    ) throws -> Decision {
        var story = Story()
        story.today = "2026-12-01"
        story.trains(from: "2026-06-01", days: 60)
        story.draws("T-1", kind, from: from, to: to, halfMonths: halfMonths)
        return try story.decide(.livingAllowance)
    }

    @Test func `are taken out, and what is left is counted whole`() throws {
        let decision = try drawing(.unemploymentBenefit, from: "2026-05-20", to: "2026-06-10")
        // 50 days are left, from 06-11: a month, and 20 days of six hours.
        #expect(decision.halfMonths == 4)
        #expect(decision.instalments.map { $0.from } == [Day("2026-06-11").date, Day("2026-07-11").date])
        #expect(decision.fact("daysTaken", of: "LIV-08") == 10)
    }

    @Test func `leave nothing if fewer than 30 are left`() throws {
        #expect(try drawing(.unemploymentBenefit, from: "2026-06-01", to: "2026-06-30").halfMonths == 2)
        #expect(try drawing(.unemploymentBenefit, from: "2026-06-01", to: "2026-07-01").outcome == .refused)
        #expect(try drawing(.unemploymentBenefit, from: "2026-06-01", to: nil).outcome == .refused)
    }

    @Test func `taken out of the middle join the months across them`() throws {
        let decision = try drawing(
            .employmentInsuranceTrainingAllowance, from: "2026-06-11", to: "2026-06-20", halfMonths: 1)
        #expect(decision.instalments.map { $0.to } == [Day("2026-07-10").date, Day("2026-07-30").date])
    }

    @Test func `without a last day last as long as the half-months`() throws {
        let decision = try drawing(.employmentInsuranceTrainingAllowance, from: "2026-06-01", to: nil, halfMonths: 1)
        #expect(decision.fact("daysTaken", of: "LIV-08") == 15)
        #expect(
            try drawing(.employmentInsuranceTrainingAllowance, from: "2025-06-01", to: nil, halfMonths: 2).halfMonths
                == 4)
    }

    @Test func `other benefits take none`() throws {
        for kind in [BenefitKind.otherTrainingAllowance, .disabilityLivingSubsidy] {
            #expect(try drawing(kind, from: "2026-06-01", to: "2026-07-30", halfMonths: 1).halfMonths == 4)
        }
    }
}

@Suite struct `LIV-14 while the enrolment is open` {
    private func open(asOf day: Day, started: Bool = true) throws -> Decision {
        var story = Story()
        story.approveFullTime(from: "2026-06-01", days: 70)
        story.isEntitled(on: "2026-06-01")
        if started { story.starts(on: "2026-06-01") } else { story.applies() }
        story.today = day
        story.register("T-9")
        return try story.decide(.livingAllowance)
    }

    @Test func `the full months that ended by the as-of day are granted`() throws {
        for (day, halfMonths) in [
            (Day("2026-06-29"), Int64(0)), ("2026-06-30", 2), ("2026-07-29", 2), ("2026-07-30", 4),
        ] {
            let decision = try open(asOf: day)
            #expect((decision.outcome, decision.halfMonths) == (.pending, halfMonths))
            #expect(decision.amountNTD == 8_850 * halfMonths)
            #expect(decision.expectedAmountNTD == 17_700 * 2 + 8_850)
            #expect(decision.missing == ["completion"])
        }
    }

    @Test func `the remainder waits though the class is over`() throws {
        #expect(try open(asOf: "2026-12-31").halfMonths == 4)
    }

    @Test func `whoever has not joined yet waits for that`() throws {
        let decision = try open(asOf: "2026-12-31", started: false)
        #expect((decision.outcome, decision.missing) == (.pending, ["enrolment.started"]))
        #expect(decision.amountNTD == 0)
    }

    @Test func `the as-of day is the last event's recorded day, not the day on which it happened`() throws {
        var story = Story()
        story.approveFullTime(from: "2026-06-01", days: 70)
        story.isEntitled(on: "2026-06-01")
        story.starts(on: "2026-06-01")
        story.today = "2026-06-30"
        story.happenedOn = "2026-05-01"
        story.register("T-9")
        #expect(try story.decide(.livingAllowance).halfMonths == 2)
    }
}
