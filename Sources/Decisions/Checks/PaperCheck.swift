import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// Which papers of a table's row are not on file (LIV-12, PRE-12).
enum PaperCheck {
    /// The requirements that nothing handed in satisfies, alternatives joined by a bar; each code once.
    static func lacking(
        _ requirements: [PaperRequirement], _ papers: [Paper], _ decisionCase: DecisionCase
    ) -> [String] {
        var codes: [String] = []
        for requirement in requirements
        where isRequired(requirement, papers, decisionCase)
            && !isSatisfied(requirement, by: papers, before: decisionCase.startsOn)
            && !(requirement.anyOf.contains("referralLetter") && isReferred(decisionCase))
        {
            let code = requirement.anyOf.joined(separator: "|")
            if !codes.contains(code) { codes.append(code) }
        }
        return codes
    }

    /// A referral that was issued for the class stands for its letter [reading].
    private static func isReferred(_ decisionCase: DecisionCase) -> Bool {
        decisionCase.person.referrals.contains { $0.classNumber == decisionCase.classHistory.number }
    }

    /// A paper issued on or after the start day does not do where the table wants one issued before it.
    private static func isSatisfied(
        _ requirement: PaperRequirement, by papers: [Paper], before start: CivilDate
    ) -> Bool {
        papers.contains { paper in
            guard requirement.anyOf.contains(paper.code) else { return false }
            guard requirement.issuedBeforeStart, let issuedOn = paper.issuedOn else { return true }
            return issuedOn < start
        }
    }

    /// A conditional paper is required only where events show its condition (CAT-01).
    private static func isRequired(
        _ requirement: PaperRequirement, _ papers: [Paper], _ decisionCase: DecisionCase
    ) -> Bool {
        guard let condition = requirement.condition else { return true }
        let person = decisionCase.person
        let age = person.birthDate.age(on: decisionCase.startsOn)
        switch condition {
        case "under25": return age < 25
        case "migrantWorker": return person.nationality == .foreign
        case "maleAged19To37": return person.sex == .male && (19...37).contains(age)
        case "noLabourInsuranceRecord":
            guard let verification = person.verification(for: decisionCase.startsOn) else { return false }
            return !verification.spells.contains {
                [.labour, .employment, .occupationalUnion, .fishersAssociation].contains($0.scheme)
            }
        default: return false
        }
    }
}
