import CivilTime
import Rulebook
import Testing

private func allowance(_ date: String) throws -> CategoryTable {
    try #require(try base()[.allowanceCategories, on: day(date)])
}

private func freeTraining(_ date: String) throws -> CategoryTable {
    try #require(try base()[.freeTrainingCategories, on: day(date)])
}

private func papers(_ table: CategoryTable, _ category: String) -> [String] {
    table.papers(for: category).map(\.description)
}

@Suite struct `The living-allowance table` {
    @Test func `has items 2 to 11 until 2025-11-30`() throws {
        let expected = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11(1)", "11(2)", "11(3)", "11(4)"]
        #expect(try allowance("2025-11-30").rows.map(\.number) == expected)
        #expect(try allowance("2018-01-01") == allowance("2025-11-30"))
    }

    @Test func `has items 1 to 14 from 2025-12-01`() throws {
        #expect(try allowance("2025-12-01").rows.map(\.number) == (1...14).map(String.init))
        #expect(try allowance("2025-11-30").row(for: "registeredHomeless") == nil)
        #expect(try allowance("2025-12-01").row(for: "registeredHomeless")?.number == "14")
    }

    @Test func `knows neither the insurance's own group nor who is only free of the fee`() throws {
        for date in ["2022-06-01", "2026-06-01"] {
            for category in ["involuntaryUnemployed", "voluntaryUnemployedInsured", "crimeVictim", "economicHardship"] {
                #expect(try allowance(date).row(for: category) == nil)
                #expect(try allowance(date).papers(for: category).isEmpty)
            }
        }
    }

    @Test func `asks a middle-aged person for the common papers only`() throws {
        #expect(
            papers(try allowance("2026-06-01"), "middleAged") == [
                "applicationForm", "idCard except newResident occupationalInjury", "allowanceAffidavit",
            ])
    }

    @Test func `lets a new resident bring the residence permit in place of the ID card`() throws {
        #expect(
            papers(try allowance("2026-06-01"), "newResident") == [
                "applicationForm", "allowanceAffidavit", "residencePermit|settlementPermit|idCard|otherProof",
                "householdRegister",
            ])
        #expect(
            papers(try allowance("2022-06-01"), "newResident").contains(
                "residencePermit|settlementPermit|idCard|otherProof"))
    }

    @Test func `wants a victim's paper issued before the start day`() throws {
        let table = try allowance("2026-06-01")
        #expect(table.row(for: "domesticViolenceVictim") == table.row(for: "sexualAssaultVictim"))
        let paper = try #require(table.row(for: "sexualAssaultVictim")?.papers.first)
        #expect(paper.issuedBeforeStart)
        #expect(paper.anyOf == ["victimCertificate", "protectionOrder", "assaultReport", "medicalProof", "judgment"])
    }

    @Test func `asks for some papers on a condition only`() throws {
        let paper = try #require(try allowance("2026-06-01").row(for: "soleBreadwinner")?.papers[1])
        #expect(paper.anyOf == ["inSchoolProof", "incapacityProof"])
        #expect(paper.condition == "dependantAged15to65")
    }
}

@Suite struct `The free-training table` {
    @Test func `has 24 rows until 2025-12-31 and 25 from 2026-01-01`() throws {
        #expect(try freeTraining("2025-12-31").rows.map(\.number) == (1...24).map(String.init))
        #expect(try freeTraining("2026-01-01").rows.map(\.number) == (1...25).map(String.init))
    }

    @Test func `takes occupational injury from 2026 on`() throws {
        #expect(try freeTraining("2025-12-31").row(for: "occupationalInjury") == nil)
        #expect(
            papers(try freeTraining("2026-01-01"), "occupationalInjury") == [
                "injuryBenefitLetter|injurySubsidyLetter", "residencePermit if migrantWorker",
            ])
    }

    @Test func `counts the registered homeless as in hardship`() throws {
        for date in ["2022-06-01", "2026-06-01"] {
            #expect(try freeTraining(date).row(for: "registeredHomeless")?.number == "21")
        }
    }

    @Test func `changed the papers of a victim of sexual assault`() throws {
        #expect(
            papers(try freeTraining("2025-12-31"), "sexualAssaultVictim")
                == ["idCard", "victimCertificate|protectionOrder|judgment"])
        #expect(
            papers(try freeTraining("2026-01-01"), "sexualAssaultVictim")
                == ["idCard", "victimCertificate|assaultReport|medicalProof|judgment"])
    }

    @Test func `wants originals of an offender's and a crime victim's paper until 2025, copies from 2026`() throws {
        for (category, paper) in [("rehabilitatedOffender", "releaseProof"), ("crimeVictim", "victimCertificate")] {
            #expect(papers(try freeTraining("2025-12-31"), category) == ["idCard", "\(paper) original"])
            #expect(papers(try freeTraining("2026-01-01"), category) == ["idCard", paper])
        }
    }

    @Test func `differs between the years in the papers of three rows and the number of one`() throws {
        let before = try freeTraining("2025-12-31")
        let after = try freeTraining("2026-01-01")
        let papers = before.categories.filter { before.papers(for: $0) != after.papers(for: $0) }
        #expect(papers == ["rehabilitatedOffender", "sexualAssaultVictim", "crimeVictim"])
        let numbers = before.categories.filter { before.row(for: $0)?.number != after.row(for: $0)?.number }
        #expect(numbers == ["other"])
        #expect(before.row(for: "other")?.number == "24" && after.row(for: "other")?.number == "25")
        #expect(Set(after.categories).subtracting(before.categories) == ["occupationalInjury"])
    }

    @Test func `names its rows as each document does`() throws {
        let before = try freeTraining("2025-12-31")
        let after = try freeTraining("2026-01-01")
        #expect(before.row(for: "elder")?.title.chinese == "年滿65歲以上之失業者")
        #expect(after.row(for: "elder")?.title.chinese == "高齡之失業者")
        let renamed = before.categories.filter {
            before.row(for: $0)?.title.chinese != after.row(for: $0)?.title.chinese
        }
        #expect(
            renamed == [
                "sexualAssaultVictim", "traffickingVictim", "nationalWithoutHousehold", "stateless", "crimeVictim",
                "disasterVictim", "elder",
            ])
    }

    @Test func `uses codes of the book only`() throws {
        let book = try base()
        for table in [try freeTraining("2022-06-01"), try freeTraining("2026-06-01"), try allowance("2026-06-01")] {
            for category in table.categories {
                #expect(book.categories.contains { $0.code == category })
                for code in table.papers(for: category).flatMap(\.anyOf) {
                    #expect(book.papers.contains { $0.code == code })
                }
            }
        }
    }
}
