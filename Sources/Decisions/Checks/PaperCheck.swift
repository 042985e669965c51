import CivilTime
import Histories
import TrainingEvents

/// Which papers of a table's row are not on file (LIV-12, PRE-12).
enum PaperCheck {
    /// The requirements that nothing handed in satisfies, alternatives joined by a bar; each code once.
    static func lacking(
        _ requirements: [RequiredPaper], _ papers: [Paper], _ decisionCase: DecisionCase
    ) -> [String] {
        var codes: [String] = []
        for requirement in requirements
        where !isSatisfied(requirement, by: papers, before: decisionCase.startsOn)
            && isRequired(requirement, decisionCase)
            && !(requirement.isReferralLetter && isReferred(decisionCase))
        {
            if !codes.contains(requirement.code) { codes.append(requirement.code) }
        }
        return codes
    }

    /// A referral that was issued for the class stands for its letter [reading].
    private static func isReferred(_ decisionCase: DecisionCase) -> Bool {
        decisionCase.person.referrals.contains { $0.classNumber == decisionCase.enrolment.classNumber }
    }

    /// A paper issued on or after the start day does not do where the table wants one issued before it.
    private static func isSatisfied(
        _ requirement: RequiredPaper, by papers: [Paper], before start: CivilDate
    ) -> Bool {
        papers.contains { paper in
            guard requirement.anyOf.contains(paper.code) else { return false }
            guard requirement.isIssuedBeforeStart, let issuedOn = paper.issuedOn else { return true }
            return issuedOn < start
        }
    }

    /// A conditional paper is required only where events show its condition (CAT-01).
    private static func isRequired(_ requirement: RequiredPaper, _ decisionCase: DecisionCase) -> Bool {
        guard let condition = requirement.condition else { return true }
        let person = decisionCase.person
        switch condition {
        case .under25: return person.birthDate.age(on: decisionCase.startsOn) < 25
        case .migrantWorker: return person.nationality == .foreign
        case .maleAged19To37:
            return person.sex == .male && (19...37).contains(person.birthDate.age(on: decisionCase.startsOn))
        case .noLabourInsuranceRecord:
            guard let verification = person.verification(for: decisionCase.startsOn) else { return false }
            return !verification.spells.contains { LabourInsurance.isLabour($0.scheme) }
        case .notShown: return false
        }
    }
}
