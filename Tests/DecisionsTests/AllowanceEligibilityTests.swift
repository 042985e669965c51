import Decisions
import LedgerTestKit
import Testing
import TrainingEvents

private let start: Day = "2026-06-01"

/// A trainee who completes a class of 60 days with everything in order, but for what the test tells.
private func story(_ days: Int = 60, _ lessons: [Lesson]? = nil, _ tell: (inout Story) -> Void = { _ in }) -> Story {
    var story = Story()
    story.today = "2026-12-01"
    story.trains(from: start, days: days, lessons)
    tell(&story)
    return story
}

@Suite struct `LIV-01 a full-time class` {
    private func isFullTime(_ days: Int, _ lessons: [Lesson]) throws -> Bool {
        try story(days, lessons).decide(.livingAllowance).result(of: "LIV-01") == .met
    }

    @Test func `COFFEE and SEMI are, with all they give`() throws {
        var coffee = Story()
        coffee.today = "2026-12-01"
        coffee.trains(from: "2026-06-01", days: 44, Lesson.coffee)
        #expect(try coffee.decide(.livingAllowance).result(of: "LIV-01") == .met)
        var semi = Story()
        semi.today = "2022-12-01"
        semi.trains(from: "2022-06-01", days: 59, Lesson.semi)
        #expect(try semi.decide(.livingAllowance).result(of: "LIV-01") == .met)
    }

    @Test func `lasts a month or longer, to the day before the corresponding day`() throws {
        // 2026-06-01 to 06-30 is a month; from 2026-07-01 thirty days are not.
        #expect(try isFullTime(30, Lesson.daily(from: start, days: 30)))
        #expect(try !isFullTime(29, Lesson.daily(from: start, days: 29)))
        for (days, outcome) in [(30, Reason.Result.failed), (31, .met)] {
            var july = Story()
            july.today = "2026-12-01"
            july.trains(from: "2026-07-01", days: days)
            #expect(try july.decide(.livingAllowance).result(of: "LIV-01") == outcome)
        }
    }

    @Test func `has four training days a week on average`() throws {
        // 56 days are eight weeks: 32 days.
        let lessons = Lesson.daily(from: start, days: 56, minutes: 420)
        #expect(try isFullTime(56, Array(lessons.prefix(32))))
        #expect(try !isFullTime(56, Array(lessons.prefix(31))))
    }

    @Test func `has four daytime hours on each of them`() throws {
        var lessons = Lesson.daily(from: start, days: 59)
        #expect(try isFullTime(60, lessons + [Lesson(start + 59, "14:00", "18:00")]))
        #expect(try !isFullTime(60, lessons + [Lesson(start + 59, "14:01", "18:30")]))
        #expect(try isFullTime(60, lessons + [Lesson(start + 59, "06:00", "12:00")]))
        #expect(try !isFullTime(60, lessons + [Lesson(start + 59, "06:00", "11:59")]))
        lessons.append(Lesson(start + 59, "08:00", "10:00"))
        #expect(try isFullTime(60, lessons + [Lesson(start + 59, "16:00", "20:00")]))
    }

    @Test func `has a hundred hours a month on average`() throws {
        // 60 days are two months: 12,000 minutes on 40 days.
        let lessons = Lesson.daily(from: start, days: 39, minutes: 300)
        #expect(try isFullTime(60, lessons + [Lesson(start + 50, minutes: 300)]))
        #expect(try !isFullTime(60, lessons + [Lesson(start + 50, minutes: 299)]))
    }

    @Test func `without a timetable yet leaves it pending`() throws {
        var story = Story()
        story.approve("C-1", .preEmployment, from: start, to: start + 59)
        story.isEntitled(on: start)
        story.starts(on: start)
        #expect(try story.decide(.livingAllowance).missing.contains("class.scheduled"))
    }
}

@Suite struct `LIV-02 a category on the list` {
    private func decide(_ category: TrainingEvents.Category, from first: Day) throws -> Reason.Result? {
        var story = Story()
        story.approveFullTime(from: first, days: 60)
        story.isEntitled(on: first, as: category)
        story.starts(on: first)
        return try story.decide(.livingAllowance).result(of: "LIV-02")
    }

    @Test(arguments: [Day("2025-11-30"), "2025-12-01"])
    func `SEMI's until 2025-11-30, COFFEE's from 2025-12-01`(first: Day) throws {
        for category in [TrainingEvents.Category.middleAged, .elder, .newResident, .youthNotInSchoolOrWork] {
            #expect(try decide(category, from: first) == .met)
        }
        for category in [TrainingEvents.Category.occupationalInjury, .registeredHomeless] {
            #expect(try decide(category, from: first) == (first == "2025-12-01" ? .met : .failed))
        }
        for category in [TrainingEvents.Category.crimeVictim, .economicHardship, .independentYouth] {
            #expect(try decide(category, from: first) == .failed)
        }
    }

    @Test func `valid on the start day`() throws {
        for (from, to, result) in [
            (start, start, Reason.Result.met), (start + 1, start + 9, .failed), (start - 9, start - 1, .failed),
        ] {
            var story = Story()
            story.approveFullTime(from: start, days: 60)
            story.register("T-1")
            story.certifies("T-1", .middleAged, from: from, to: to)
            story.starts(on: start)
            #expect(try story.decide(.livingAllowance).result(of: "LIV-02") == result)
        }
    }

    @Test func `without any it is refused`() throws {
        var story = story()
        story.revokes("T-1", .middleAged, on: start)
        #expect(try story.decide(.livingAllowance).outcome == .refused)
    }
}

@Suite struct `LIV-03 employment insurance first` {
    private func knownOn(_ day: Day, validFrom: Day = "2026-01-01") -> Story {
        story {
            $0.happenedOn = day
            $0.certifies("T-1", .involuntaryUnemployed, from: validFrom)
        }
    }

    @Test func `whoever is involuntarily unemployed is sent to the insurance`() throws {
        let decision = try knownOn("2026-05-01").decide(.livingAllowance)
        #expect(decision.outcome == .refused)
        #expect(decision.result(of: "LIV-03") == .failed)
    }

    @Test func `unless the status became known only after the class started`() throws {
        #expect(try knownOn(start).decide(.livingAllowance).outcome == .refused)
        let decision = try knownOn(start + 1).decide(.livingAllowance)
        #expect(decision.outcome == .granted)
        #expect(decision.result(of: "LIV-10") == .applied)
    }

    @Test func `and only if it holds on the start day`() throws {
        let decision = try knownOn("2026-05-01", validFrom: start + 1).decide(.livingAllowance)
        #expect(decision.outcome == .granted)
        #expect(decision.result(of: "LIV-03") == .notApplicable)
    }

    @Test func `of several certificates one known in time is enough`() throws {
        var story = knownOn("2026-05-01")
        story.happenedOn = "2026-07-01"
        story.certifies("T-1", .involuntaryUnemployed, from: "2026-01-01")
        #expect(try story.decide(.livingAllowance).outcome == .refused)
    }
}

@Suite struct `LIV-04 not insured and not at work` {
    private func insured(_ spells: Spell...) throws -> Decision {
        try story { $0.verifies(asOf: start, spells) }.decide(.livingAllowance)
    }

    @Test(arguments: [InsuranceScheme.labour, .employment])
    func `labour insurance in force on the start day refuses`(scheme: InsuranceScheme) throws {
        #expect(try insured(Spell(scheme)).result(of: "LIV-04") == .failed)
        #expect(try insured(Spell(scheme, to: start)).outcome == .refused)
        #expect(try insured(Spell(scheme, to: start - 1)).outcome == .granted)
    }

    @Test(arguments: [InsuranceScheme.occupationalUnion, .farmers, .fishersAssociation, .nationalPension])
    func `a union's, farmers' or fishers' insurance does not`(scheme: InsuranceScheme) throws {
        #expect(try insured(Spell(scheme)).outcome == .granted)
    }

    @Test func `nor a laid-off continuation or a spell marked for training, but an injury's continuation does`() throws
    {
        #expect(try insured(Spell(.labour, mark: .laidOff)).outcome == .granted)
        #expect(try insured(Spell(.labour, from: start, mark: .training)).outcome == .granted)
        #expect(try insured(Spell(.labour, mark: .occupationalInjury)).outcome == .refused)
    }

    @Test(arguments: [WorkKind.employed, .partTime, .selfEmployed])
    func `work on the start day refuses, part-time too`(kind: WorkKind) throws {
        #expect(
            try story { $0.works("T-1", as: kind, from: "2026-01-01") }.decide(.livingAllowance).outcome == .refused)
        #expect(
            try story { $0.works("T-1", as: kind, from: "2026-01-01", to: start - 1) }.decide(.livingAllowance).outcome
                == .granted)
    }

    @Test func `insurance or work that begins during the class ends the participation the day before`() throws {
        // 60 days would be two months; 59 leave a remainder of 29 days, still a month; 40 give one and a half.
        for (day, halfMonths) in [(start + 59, Int64(4)), (start + 40, 3), (start + 30, 2)] {
            #expect(try insured(Spell(.labour, from: day)).halfMonths == halfMonths)
            #expect(
                try story { $0.works("T-1", as: .partTime, from: day, to: day) }.decide(.livingAllowance).halfMonths
                    == halfMonths)
        }
        #expect(try insured(Spell(.labour, from: start + 29)).outcome == .refused)
        #expect(try insured(Spell(.labour, from: start + 60)).halfMonths == 4)
    }

    @Test func `an unverified start day leaves it pending`() throws {
        var story = Story()
        story.approveFullTime(from: start, days: 60)
        story.register("T-1", born: "1976-05-05")
        story.certifies("T-1", .middleAged)
        story.asks(
            "T-1", for: .livingAllowance, on: start, papers: ["applicationForm", "idCard", "allowanceAffidavit"])
        story.verifies(asOf: start - 1, [Spell(.labour, to: "2020-12-31")])
        story.starts(on: start)
        story.completes(on: start + 59)
        let decision = try story.decide(.livingAllowance)
        #expect((decision.outcome, decision.missing) == (.pending, ["insuranceVerification"]))
        #expect((decision.amountNTD, decision.expectedAmountNTD) == (0, 35_400))
    }
}

@Suite struct `LIV-05 old-age benefits` {
    @Test func `whoever has drawn one by the start day is excluded`() throws {
        #expect(try story { $0.draws("T-1", .oldAgeBenefit, from: start) }.decide(.livingAllowance).outcome == .refused)
        #expect(
            try story { $0.draws("T-1", .oldAgeBenefit, from: "2020-01-01", to: "2020-01-01") }
                .decide(.livingAllowance).outcome == .refused)
        #expect(
            try story { $0.draws("T-1", .oldAgeBenefit, from: start + 1) }.decide(.livingAllowance).outcome == .granted)
    }

    @Test func `unless of low income on the start day`() throws {
        for (to, outcome) in [(start, Outcome.granted), (start - 1, .refused)] {
            let decision = try story {
                $0.draws("T-1", .oldAgeBenefit, from: "2020-01-01")
                $0.certifies("T-1", .lowIncome, to: to)
            }.decide(.livingAllowance)
            #expect(decision.outcome == outcome)
        }
    }

    @Test(arguments: [BenefitKind.elderLivingSubsidy, .disabilityLivingSubsidy])
    func `or drawing a living subsidy on the start day`(kind: BenefitKind) throws {
        for (to, outcome) in [(start, Outcome.granted), (start - 1, .refused)] {
            let decision = try story {
                $0.draws("T-1", .oldAgeBenefit, from: "2020-01-01")
                $0.draws("T-1", kind, from: "2025-01-01", to: to)
            }.decide(.livingAllowance)
            #expect(decision.outcome == outcome)
        }
    }
}

@Suite struct `LIV-11 a false claim` {
    /// A payout of an earlier class was revoked on a day; this class is applied for on the start day.
    private func revoked(_ on: Day, as reason: RevocationReason = .falseClaim) -> Story {
        story {
            $0.approveFullTime("C-0", from: "2020-01-01", days: 60)
            $0.isPaid(
                "T-1", "P-0", .livingAllowance, for: "C-0", amount: 28_560, on: "2020-04-01", halfMonths: 4,
                from: "2020-01-01", to: "2020-02-29")
            $0.isRevoked("T-1", payout: "P-0", amount: 28_560, on: on, as: reason)
        }
    }

    @Test func `bars applications from its day to the day before the same day two years later`() throws {
        #expect(try revoked("2026-06-01").decide(.livingAllowance).outcome == .refused)
        #expect(try revoked("2026-06-02").decide(.livingAllowance).outcome == .granted)
        #expect(try revoked("2024-06-02").decide(.livingAllowance).outcome == .refused)
        #expect(try revoked("2024-06-01").decide(.livingAllowance).outcome == .granted)
    }

    @Test func `no other reason bars`() throws {
        #expect(try revoked("2026-01-01", as: .ineligible).decide(.livingAllowance).outcome == .granted)
    }

    @Test func `an application after the bar will do beside one within it`() throws {
        var story = revoked("2024-06-02")
        story.asks("T-1", for: .livingAllowance, on: "2026-06-02")
        #expect(try story.decide(.livingAllowance).outcome == .granted)
    }

    @Test func `a payout of this class revoked as falseClaim or ineligible refuses it`() throws {
        for reason in [RevocationReason.falseClaim, .ineligible] {
            let decision = try story {
                $0.isPaid(
                    "T-1", "P-1", .livingAllowance, amount: 35_400, on: "2026-09-01", halfMonths: 4, from: start,
                    to: start + 59)
                $0.isRevoked("T-1", payout: "P-1", amount: 35_400, on: "2026-10-01", as: reason)
            }.decide(.livingAllowance)
            #expect((decision.outcome, decision.dueNTD) == (.refused, 0))
        }
    }
}
