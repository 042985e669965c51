import Decisions
import LedgerTestKit
import Testing
import TrainingEvents

private let start: Day = "2026-03-07"

/// `T-1` passes a class that starts on 2026-03-07; the insurance is what the test tells.
private func story(born: Day = "1990-05-05", _ verify: (inout Story) -> Void) -> Story {
    var story = Story()
    let lessons = story.approveWeekly(from: start)
    story.register("T-1", born: born)
    verify(&story)
    story.starts(on: start)
    story.attendsAll("T-1", in: "C-1", lessons)
    story.completes(on: start + 28)
    story.fillsInSurvey(on: start + 28)
    story.close(on: start + 30)
    return story
}

private func insured(_ spells: Spell...) throws -> Decision {
    try story { $0.verifies(asOf: start, spells) }.decide(.tuitionSubsidy)
}

@Suite struct `TIP-04 fifteen or over on the start day` {
    @Test(arguments: [(Day("2011-03-07"), Outcome.granted), ("2011-03-08", .refused)])
    func `on the birthday itself it is reached`(born: Day, outcome: Outcome) throws {
        let decision = try story(born: born) { $0.verifies(asOf: start, [Spell(.labour)]) }.decide(.tuitionSubsidy)
        #expect(decision.outcome == outcome)
        #expect(decision.result(of: "TIP-04") == (outcome == .granted ? .met : .failed))
    }

    @Test func `whoever is born on 29 February completes the year on 1 March`() throws {
        for (first, outcome) in [(Day("2023-02-28"), Outcome.refused), ("2023-03-01", .granted)] {
            var story = Story()
            story.register("T-1", born: "2008-02-29")
            story.passes(from: first)
            #expect(try story.decide(.tuitionSubsidy).outcome == outcome)
        }
    }
}

@Suite struct `TIP-05 insured on the start day` {
    @Test(arguments: [InsuranceScheme.labour, .employment, .farmers, .occupationalUnion, .fishersAssociation])
    func `in employment, labour or farmers' insurance, a union or fishers' association counts`(
        scheme: InsuranceScheme
    ) throws {
        #expect(try insured(Spell(scheme)).outcome == .granted)
    }

    @Test(arguments: [InsuranceScheme.civilServant, .military, .nationalPension])
    func `civil servants' insurance, the military's and national pension alone do not count`(
        scheme: InsuranceScheme
    ) throws {
        let decision = try insured(Spell(scheme))
        #expect(decision.outcome == .refused)
        #expect(decision.result(of: "TIP-05") == .failed)
        #expect(try insured(Spell(scheme), Spell(.labour)).outcome == .granted)
    }

    @Test func `from the first day of a spell to its last`() throws {
        #expect(try insured(Spell(.labour, from: start)).outcome == .granted)
        #expect(try insured(Spell(.labour, from: start + 1)).outcome == .refused)
        #expect(try insured(Spell(.labour, to: start)).outcome == .granted)
        #expect(try insured(Spell(.labour, to: start - 1)).outcome == .refused)
    }

    @Test func `the application day does not matter, nor insurance lost later in the class`() throws {
        #expect(try insured(Spell(.labour, from: start, to: start)).outcome == .granted)
    }

    @Test func `of several verifications the highest asOf counts, whatever the order of the log`() throws {
        let lost = [Spell(.labour, to: start - 1)]
        let first = try story {
            $0.verifies(asOf: start + 10, lost)
            $0.verifies(asOf: start, [Spell(.labour)])
        }.decide(.tuitionSubsidy)
        #expect(first.outcome == .refused)
        let second = try story {
            $0.verifies(asOf: start, lost)
            $0.verifies(asOf: start + 10, [Spell(.labour)])
        }.decide(.tuitionSubsidy)
        #expect(second.outcome == .granted)
    }

    @Test func `of two with one asOf the later recorded counts`() throws {
        let decision = try story {
            $0.verifies(asOf: start, [Spell(.labour, to: start - 1)])
            $0.verifies(asOf: start, [Spell(.labour)])
        }.decide(.tuitionSubsidy)
        #expect(decision.outcome == .granted)
        #expect(decision.reason("TIP-05")?.events.count == 1)
    }

    @Test func `one whose asOf is before the start day verifies nothing`() throws {
        let decision = try story { $0.verifies(asOf: start - 1, [Spell(.labour)]) }.decide(.tuitionSubsidy)
        #expect(decision.outcome == .pending)
        #expect(decision.missing == ["insuranceStatement"])
    }
}

@Suite struct `TIP-06 excluded whatever other spell there is` {
    @Test(arguments: [InsuranceMark.training, .laidOff, .occupationalInjury])
    func `a mark in force on the start day`(mark: InsuranceMark) throws {
        let decision = try insured(Spell(.labour), Spell(.labour, mark: mark))
        #expect(decision.outcome == .refused)
        #expect(decision.result(of: "TIP-05") == .met)
        #expect(decision.result(of: "TIP-06") == .failed)
    }

    @Test(arguments: [InsuranceMark.training, .laidOff, .occupationalInjury])
    func `but not one that ended before or begins after`(mark: InsuranceMark) throws {
        #expect(
            try insured(
                Spell(.labour), Spell(.labour, to: start - 1, mark: mark), Spell(.labour, from: start + 1, mark: mark)
            ).outcome == .granted)
    }

    @Test func `a marked spell alone is no cover`() throws {
        #expect(try insured(Spell(.labour, mark: .training)).result(of: "TIP-05") == .failed)
    }
}

@Suite struct `TIP-07 which verification is used` {
    @Test func `none known yet leaves it pending`() throws {
        let decision = try story { _ in }.decide(.tuitionSubsidy)
        #expect(decision.outcome == .pending)
        #expect(decision.missing == ["insuranceStatement"])
        #expect(decision.expectedAmountNTD == 8_000)
    }

    @Test func `a system look-up that found no spell at all leaves it pending`() throws {
        let decision = try story { $0.verifies(asOf: start) }.decide(.tuitionSubsidy)
        #expect(decision.outcome == .pending)
        #expect(decision.missing == ["insuranceStatement"])
    }

    @Test func `then the trainee's own statement is used`() throws {
        for order in [true, false] {
            let decision = try story {
                if order { $0.verifies(asOf: start + 3) }
                $0.verifies(asOf: start, by: .document, [Spell(.labour)])
                if !order { $0.verifies(asOf: start + 3) }
            }.decide(.tuitionSubsidy)
            #expect(decision.outcome == .granted)
            #expect(decision.fact("method", of: "TIP-07") == "document")
        }
    }

    @Test func `a statement for another day does not do`() throws {
        let decision = try story {
            $0.verifies(asOf: start)
            $0.verifies(asOf: start - 1, by: .document, [Spell(.labour)])
        }.decide(.tuitionSubsidy)
        #expect(decision.outcome == .pending)
    }

    @Test func `spells found but none in force refuses`() throws {
        let decision = try insured(Spell(.labour, to: start - 1))
        #expect(decision.outcome == .refused)
        #expect(decision.missing.isEmpty || decision.result(of: "TIP-05") == .failed)
    }

    @Test func `which one was used is part of the decision`() throws {
        #expect(try insured(Spell(.labour)).fact("method", of: "TIP-07") == "system")
    }
}

@Suite struct `TIP-08 and TIP-09 the rate` {
    private func rate(
        _ category: TrainingEvents.Category, from first: Day = start, validFrom: Day = "2000-01-01", to: Day? = nil,
        closed: Bool = true
    ) throws -> Decision {
        var story = Story()
        story.register("T-1", born: "1958-01-01")
        story.certifies("T-1", category, from: validFrom, to: to)
        story.passes(from: first, closed: closed)
        return try story.decide(.tuitionSubsidy)
    }

    @Test(arguments: [
        TrainingEvents.Category.soleBreadwinner, .middleAged, .disabled, .indigenous, .lowIncome, .longTermUnemployed,
        .returningWoman, .domesticViolenceVictim, .rehabilitatedOffender, .newResident, .sexualAssaultVictim,
        .youthNotInSchoolOrWork, .elder, .crimeVictim, .occupationalInjury, .registeredHomeless,
    ])
    func `all of the fee for a category held on the start day`(category: TrainingEvents.Category) throws {
        #expect(try rate(category).amountNTD == 10_000)
    }

    @Test(arguments: [TrainingEvents.Category.economicHardship, .independentYouth, .stateless, .involuntaryUnemployed])
    func `80 % for any other`(category: TrainingEvents.Category) throws {
        #expect(try rate(category).amountNTD == 8_000)
    }

    @Test(arguments: [TrainingEvents.Category.occupationalInjury, .registeredHomeless])
    func `the two groups of ROC 114-12 only for starts from 2025-12-01`(category: TrainingEvents.Category) throws {
        #expect(try rate(category, from: "2025-11-30").amountNTD == 8_000)
        #expect(try rate(category, from: "2025-12-01").amountNTD == 10_000)
    }

    @Test func `validity is tested on the start day and no other`() throws {
        #expect(try rate(.disabled, validFrom: start).amountNTD == 10_000)
        #expect(try rate(.disabled, validFrom: start + 1).amountNTD == 8_000)
        #expect(try rate(.disabled, to: start).amountNTD == 10_000)
        #expect(try rate(.disabled, to: start - 1).amountNTD == 8_000)
    }

    @Test func `until the class is closed every amount is computed at 80 %`() throws {
        let open = try rate(.disabled, closed: false)
        #expect(open.outcome == .granted)
        #expect(open.amountNTD == 8_000)
    }

    @Test func `closing after a payout at 80 % leaves the rest due`() throws {
        var story = Story()
        story.register("T-1")
        story.certifies("T-1", .disabled)
        story.passes(from: start, closed: false)
        story.isPaid("T-1", "P-1", .tuitionSubsidy, amount: 8_000, on: start + 30)
        #expect(try story.decide(.tuitionSubsidy).dueNTD == 0)
        story.close(on: start + 40)
        #expect(try story.decide(.tuitionSubsidy).dueNTD == 2_000)
    }

    @Test func `a share that does not divide evenly is rounded down`() throws {
        // ARI-01: 80 % of 9,999 are 7,999.2.
        var story = Story()
        story.passes(fee: 9_999, from: start)
        #expect(try story.decide(.tuitionSubsidy).amountNTD == 7_999)
    }
}

@Suite struct `CAT-01 holding a category` {
    private func held(_ tell: (inout Story) -> Void) throws -> Bool {
        var story = Story()
        story.register("T-1")
        tell(&story)
        story.passes(from: start)
        return try story.decide(.tuitionSubsidy).result(of: "TIP-08") == .met
    }

    @Test func `a revocation takes effect on its day and not before`() throws {
        #expect(
            try held {
                $0.certifies("T-1", .disabled)
                $0.revokes("T-1", .disabled, on: start + 1)
            })
        #expect(
            try !held {
                $0.certifies("T-1", .disabled)
                $0.revokes("T-1", .disabled, on: start)
            })
    }

    @Test func `a certificate recorded after the revocation is a new one`() throws {
        #expect(
            try held {
                $0.certifies("T-1", .disabled)
                $0.revokes("T-1", .disabled, on: "2020-01-01")
                $0.certifies("T-1", .disabled)
            })
    }

    @Test func `another category's revocation takes nothing away`() throws {
        #expect(
            try held {
                $0.certifies("T-1", .disabled)
                $0.certifies("T-1", .middleAged)
                $0.revokes("T-1", .middleAged, on: "2020-01-01")
            })
    }

    @Test func `a revocation under one ID of a person counts for the certificate under the other`() throws {
        #expect(
            try !held {
                $0.certifies("T-1", .disabled)
                $0.register("T-2")
                $0.certifies("T-2", .disabled)
                $0.link("T-2", "T-1")
                $0.revokes("T-2", .disabled, on: "2020-01-01")
            })
    }
}
