import Decisions
import Histories
import LedgerTestKit
import Rulebook
import Testing
import TrainingEvents

private func books() throws -> [Rulebook] {
    try BuiltInRulebooks.names.map { try BuiltInRulebooks.book(named: $0) }
}

/// The codes of a rulebook are strings to it and cases to the events; here both are held together, because a code
/// that only one side knows would silently never match.
@Suite struct `Codes of the rulebook and of the events` {
    private static let vocabularies: [String: [String]] = [
        "insurance schemes": InsuranceScheme.codes.all, "insurance marks": InsuranceMark.codes.all,
        "benefit kinds": BenefitKind.codes.all, "deliveries": Delivery.codes.all, "programmes": Programme.codes.all,
        "unit kinds": UnitKind.codes.all, "certificate editions": CertificateEdition.codes.all,
        "review grades": ReviewGrade.codes.all, "categories": TrainingEvents.Category.codes.all,
        "category": TrainingEvents.Category.codes.all,
    ]

    @Test func `the categories are the same, in both directions`() throws {
        for book in try books() {
            #expect(Set(book.categories.map(\.code)) == Set(TrainingEvents.Category.codes.all))
        }
    }

    @Test func `every code of a list is a case of the vocabulary that its unit names`() throws {
        var seen: Set<String> = []
        for parameter in try books().flatMap(\.parameterListing) {
            guard let known = Self.vocabularies[parameter.unit] else { continue }
            seen.insert(parameter.unit)
            for entry in parameter.entries {
                for code in entry.value.split(whereSeparator: { " ,[]".contains($0) }) {
                    #expect(known.contains(String(code)), "\(parameter.name): \(code)")
                }
            }
        }
        #expect(seen == Set(Self.vocabularies.keys))
    }

    @Test func `every paper of the rulebook can be handed in`() throws {
        for book in try books() {
            #expect(Set(book.papers.map(\.code)).subtracting(OpenCodes.documents) == [])
        }
    }

    @Test func `every condition of an allowance paper is one that the events can show, or one that none shows`() throws
    {
        let shown: Set = ["under25", "maleAged19To37", "noLabourInsuranceRecord"]
        let notShown: Set = [
            "dependantAged15to65", "suspendedFromSchool", "signatureNotOnForms", "whenAsked", "atPayment",
        ]
        for table in try books().flatMap({ $0.history(.allowanceCategories) }) {
            let papers = table.value.common + table.value.rows.flatMap(\.papers)
            #expect(Set(papers.compactMap(\.condition)).subtracting(shown).subtracting(notShown) == [])
        }
    }
}

/// Stories that take every branch of the clauses, for what must hold of every reason.
private func manyDecisions() throws -> [(Story, Decision)] {
    var quota = Story()
    quota.register("T-1")
    quota.certifies("T-1", .disabled)
    quota.revokes("T-1", .disabled, on: "2030-01-01")
    quota.passes("T-1", "C-0", fee: 50_000, from: "2026-01-03")
    quota.isPaid("T-1", "P-0", .tuitionSubsidy, for: "C-0", amount: 40_000, on: "2026-03-01")
    quota.isRevoked("T-1", payout: "P-0", amount: 1_000, on: "2026-04-01", as: .overpaid)
    quota.passes("T-1", "C-1", .labourSelfLearning, fee: 50_000, from: "2026-03-07", half: true)
    quota.takesLeave(request: "L-1", on: "2026-03-07", minutes: 60)
    quota.attends(on: "2026-03-07", minutes: 200)
    quota.pays(fee: 25_000, on: "2026-03-07")
    quota.approveWeekly("C-2", from: "2026-04-04")
    quota.starts(in: "C-2", on: "2026-04-08")
    quota.leaves("T-1", "C-2", on: "2026-04-20")
    quota.approveWeekly("C-3", from: "2026-05-02")
    quota.applies(to: "C-3")
    quota.cancel("C-3", on: "2026-05-01")

    var allowance = Story()
    allowance.today = "2026-12-01"
    allowance.trains(from: "2026-06-01", days: 60)
    allowance.draws("T-1", .employmentInsuranceTrainingAllowance, from: "2025-06-01", to: "2025-07-01", halfMonths: 9)
    allowance.draws("T-1", .unemploymentBenefit, from: "2026-06-01", to: "2026-06-05")
    allowance.draws("T-1", .oldAgeBenefit, from: "2020-01-01")
    allowance.certifies("T-1", .lowIncome, papers: ["lowIncomeProof"])
    allowance.works(as: .partTime, from: "2026-07-28")
    allowance.happenedOn = "2026-07-01"
    allowance.certifies("T-1", .involuntaryUnemployed)
    allowance.isPaid(
        "T-1", "P-1", .livingAllowance, amount: 8_850, on: "2026-09-01", halfMonths: 1, from: "2026-06-01",
        to: "2026-06-30")
    var revoked = allowance
    revoked.isRevoked("T-1", payout: "P-1", amount: 8_850, on: "2026-10-01", as: .falseClaim)
    var found: [(Story, Decision)] = []
    for (story, classes) in [(quota, ["C-0", "C-1", "C-2", "C-3"]), (allowance, ["C-1"]), (revoked, ["C-1"])] {
        for classID in classes {
            for kind in DecisionEngine.kinds { found.append((story, try story.decide(kind, in: classID))) }
        }
    }
    return found
}

@Suite struct `Every reason` {
    @Test func `cites a clause of the rulebook in the version that the rulebook has`() throws {
        let book = try BuiltInRulebooks.book(named: "base")
        var cited: Set<String> = []
        for (_, decision) in try manyDecisions() {
            #expect(!decision.reasons.isEmpty)
            for reason in decision.reasons {
                #expect(book.clause(reason.clause)?.version == reason.version, "\(reason.clause)@\(reason.version)")
                cited.insert(reason.clause)
            }
        }
        #expect(cited.count >= 28, "the stories reach too few clauses: \(cited.sorted())")
    }

    @Test func `has events that exist, ascending, each about the trainee or the class`() throws {
        for (story, decision) in try manyDecisions() {
            for reason in decision.reasons {
                #expect(reason.events == Array(Set(reason.events)).sorted(), "\(reason.clause)")
                #expect(reason.events.allSatisfy { $0 < UInt64(story.events.count) }, "\(reason.clause)")
            }
        }
    }

    @Test func `names each fact once`() throws {
        for (_, decision) in try manyDecisions() {
            for reason in decision.reasons {
                #expect(Set(reason.facts.map(\.key)).count == reason.facts.count, "\(reason.clause)")
            }
        }
    }

    @Test func `that refuses has a clause that failed, and only a pending decision misses something`() throws {
        for (_, decision) in try manyDecisions() {
            if decision.outcome == .refused {
                #expect(decision.reasons.contains { $0.result == .failed })
                #expect((decision.amountNTD, decision.halfMonths) == (0, 0))
            }
            #expect(decision.missing.isEmpty == (decision.outcome != .pending))
            #expect(
                decision.instalments.reduce(0) { $0 + $1.amountNTD } == decision.amountNTD
                    || decision.kind != .livingAllowance)
        }
    }

    @Test func `is the same whatever else the ledger holds`() throws {
        for (story, decision) in try manyDecisions() {
            var crowd = story
            crowd.register("T-8")
            crowd.passes("T-8", "C-8", from: "2026-01-03")
            let classID = try story.histories().registry.classes.id(of: decision.classNumber)
            let again = try crowd.decide(decision.kind, in: classID)
            #expect(again.outcome == decision.outcome)
            #expect(again.amountNTD == decision.amountNTD)
            #expect(again.reasons.map(\.events) == decision.reasons.map(\.events))
        }
    }
}
