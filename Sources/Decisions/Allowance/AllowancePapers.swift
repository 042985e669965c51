import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// The papers of the category and the common ones (LIV-12).
enum LIV12: Clause {
    static let id = "LIV-12"

    static func find(
        _ held: [IdentityFact], _ applications: [AllowanceApplication], _ decisionCase: DecisionCase,
        _ rules: AllowanceRules
    ) -> (Finding, Reason) {
        let start = decisionCase.startsOn
        let certificates = decisionCase.person.identities.filter { $0.holds(on: start) }
        let handedIn = applications.flatMap(\.papers) + certificates.flatMap(\.papers)
        var best: (category: Category, lacking: [String])?
        for category in categoriesInOrder(held, rules) {
            let lacking = rules.categories.papers(for: category.name)
                .filter { isRequired($0, decisionCase) && !isSatisfied($0, by: handedIn, before: start) }
                .map { $0.anyOf.joined(separator: "|") }
            if lacking.count < best?.lacking.count ?? .max { best = (category, lacking) }
        }
        var missing = applications.isEmpty ? ["allowance.applied"] : []
        for code in best?.lacking ?? [] where !missing.contains(code) { missing.append(code) }
        let finding: Finding = missing.isEmpty ? .met : .pending(missing)
        let facts: KeyValuePairs<String, JSONValue?> = [
            "category": best.map { .string($0.category.name) },
            "handedIn": .array(handedIn.map { .string($0.code) }), "missing": .array(missing.map { .string($0) }),
        ]
        let events = applications.map(\.position) + certificates.filter { !$0.papers.isEmpty }.map(\.position)
        return (finding, reason(Reason.Result(finding), facts, events: events))
    }

    /// The categories held, in the order of the table: of several with as few papers lacking the first is named.
    private static func categoriesInOrder(_ held: [IdentityFact], _ rules: AllowanceRules) -> [Category] {
        rules.categories.categories.compactMap(Category.init(named:)).filter { category in
            held.contains { $0.category == category }
        }
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
    private static func isRequired(_ requirement: PaperRequirement, _ decisionCase: DecisionCase) -> Bool {
        guard let condition = requirement.condition else { return true }
        let person = decisionCase.person
        let age = person.birthDate.age(on: decisionCase.startsOn)
        switch condition {
        case "under25": return age < 25
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
