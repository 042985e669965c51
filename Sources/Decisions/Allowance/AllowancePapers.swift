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
            let lacking = PaperCheck.lacking(
                rules.categories.papers(for: category.name), handedIn, decisionCase)
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
        let lack = missing.first.map { Lack($0) }
        return (finding, reason(Reason.Result(finding), facts, events: events, lack: lack))
    }

    /// The categories held, in the order of the table: of several with as few papers lacking the first is named.
    private static func categoriesInOrder(_ held: [IdentityFact], _ rules: AllowanceRules) -> [Category] {
        rules.categories.categories.compactMap(Category.init(named:)).filter { category in
            held.contains { $0.category == category }
        }
    }
}
