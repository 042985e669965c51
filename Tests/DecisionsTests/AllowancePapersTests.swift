import Decisions
import LedgerTestKit
import Testing
import TrainingEvents

private let start: Day = "2026-06-01"
private let common: [JSONValue] = ["applicationForm", "idCard", "allowanceAffidavit"]

/// What is missing of a trainee's papers: those handed in with the certificate, and with the application.
private func missing(
    _ category: TrainingEvents.Category, certificate: [JSONValue] = [], application: [JSONValue]? = common,
    born: Day = "1980-05-05", sex: Sex = .female, spells: [Spell] = [Spell(.labour, to: "2020-12-31")],
    from first: Day = start
) throws -> [String] {
    var story = Story()
    story.today = "2026-12-01"
    story.approveFullTime(from: first, days: 60)
    story.register("T-1", born: born, sex: sex)
    story.verifies(asOf: first, by: .document, spells)
    story.certifies("T-1", category, papers: certificate)
    if let application { story.asks("T-1", for: .livingAllowance, on: first, papers: application) }
    story.starts(on: first)
    story.completes(on: first + 59)
    let decision = try story.decide(.livingAllowance)
    #expect(decision.outcome == (decision.missing.isEmpty ? .granted : .pending))
    return decision.missing
}

@Suite struct `LIV-12 the papers` {
    @Test func `the common ones are wanted of everybody`() throws {
        #expect(try missing(.middleAged) == [])
        #expect(try missing(.middleAged, application: []) == ["applicationForm", "idCard", "allowanceAffidavit"])
        #expect(try missing(.middleAged, application: ["applicationForm", "idCard"]) == ["allowanceAffidavit"])
    }

    @Test func `papers of the certificate and the application count together`() throws {
        #expect(
            try missing(.middleAged, certificate: ["idCard"], application: ["applicationForm", "allowanceAffidavit"])
                == [])
    }

    @Test func `without an application it waits for one`() throws {
        #expect(try missing(.middleAged, certificate: common, application: nil) == ["allowance.applied"])
    }

    @Test func `residencePermit stands for the ID card of a new resident`() throws {
        let own: [JSONValue] = ["applicationForm", "allowanceAffidavit", "residencePermit", "householdRegister"]
        #expect(try missing(.newResident, application: own) == [])
        #expect(try missing(.middleAged, application: own) == ["idCard"])
        #expect(
            try missing(.newResident, application: ["applicationForm", "allowanceAffidavit", "householdRegister"])
                == ["residencePermit|settlementPermit|idCard|otherProof"])
    }

    @Test(arguments: ["victimCertificate", "protectionOrder", "assaultReport", "medicalProof", "judgment"])
    func `of alternatives one suffices`(paper: String) throws {
        #expect(try missing(.domesticViolenceVictim, certificate: [.string(paper)]) == [])
    }

    @Test func `and none of them is named as one`() throws {
        #expect(
            try missing(.sexualAssaultVictim) == [
                "victimCertificate|protectionOrder|assaultReport|medicalProof|judgment"
            ])
    }

    @Test func `one that must be issued before the start day is not there if it was issued on it`() throws {
        for (day, count) in [(start - 1, 0), (start, 1)] {
            let paper = JSONValue.members(["code": "judgment", "issuedOn": .string("\(day.date)")])
            #expect(try missing(.sexualAssaultVictim, certificate: [paper]).count == count)
        }
    }

    @Test func `a conditional paper is wanted only where the events show its condition`() throws {
        let own: [JSONValue] = ["jobSeekerProof", "affidavit"]
        #expect(try missing(.longTermUnemployed, certificate: own) == [])
        #expect(try missing(.longTermUnemployed) == ["jobSeekerProof", "affidavit"])
        // Under 25 when assessed; men of 19 to 37.
        #expect(try missing(.longTermUnemployed, certificate: own, born: "2001-06-01") == [])
        #expect(try missing(.longTermUnemployed, certificate: own, born: "2001-06-02") == ["diploma"])
        #expect(
            try missing(.longTermUnemployed, certificate: own, born: "1988-06-02", sex: .male) == [
                "militaryServiceProof"
            ])
        #expect(try missing(.longTermUnemployed, certificate: own, born: "1988-06-01", sex: .male) == [])
        #expect(
            try missing(.longTermUnemployed, certificate: own, born: "2007-06-02", sex: .male) == ["diploma"])
        #expect(
            try missing(.longTermUnemployed, certificate: own, born: "2007-06-01", sex: .male)
                == ["diploma", "militaryServiceProof"])
    }

    @Test func `a returning woman without any labour insurance brings her certificate of service`() throws {
        let own: [JSONValue] = ["familyReasonProof", "affidavit"]
        #expect(try missing(.returningWoman, certificate: own) == [])
        #expect(try missing(.returningWoman, certificate: own, spells: [Spell(.nationalPension)]) == ["serviceProof"])
    }

    @Test(arguments: [
        (TrainingEvents.Category.soleBreadwinner, ["householdRegister", "affidavit"]), (.disabled, ["disabilityCard"]),
        (.indigenous, ["householdRegister"]), (.lowIncome, ["lowIncomeProof"]), (.elder, []),
        (.youthNotInSchoolOrWork, ["householdRegister", "affidavit"]),
        (.rehabilitatedOffender, ["releaseProof|otherProof"]),
    ])
    func `each category's own, before COFFEE's table too`(category: TrainingEvents.Category, own: [String]) throws {
        #expect(try missing(category) == own)
        #expect(try missing(category, from: "2022-06-01") == own)
    }

    @Test func `the two groups of ROC 114-12`() throws {
        #expect(try missing(.registeredHomeless) == [])
        #expect(try missing(.occupationalInjury) == ["injuryBenefitLetter"])
    }

    @Test func `of several categories one with complete papers suffices`() throws {
        var story = Story()
        story.today = "2026-12-01"
        story.trains(from: start, days: 60)
        story.certifies("T-1", .disabled)
        #expect(try story.decide(.livingAllowance).outcome == .granted)
        // The middle-aged one is taken away: the disabled one lacks its card.
        story.revokes("T-1", .middleAged, on: "2026-01-01")
        #expect(try story.decide(.livingAllowance).missing == ["disabilityCard"])
    }
}
