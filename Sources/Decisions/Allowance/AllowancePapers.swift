import CivilTime
import Histories
import Rulebook
import TrainingEvents

/// The papers of the category and the common ones (LIV-12).
enum LIV12: Clause {
    static let id = "LIV-12"

    static func assess(
        _ held: [IdentityFact], _ applications: [AllowanceApplication], _ decisionCase: DecisionCase,
        _ rules: Shared<AllowanceRules>, _ verdict: inout Verdict<some Evidence>
    ) {
        let start = decisionCase.startsOn
        let certificates = decisionCase.person.identities.filter { $0.holds(on: start) }
        let handedIn = applications.flatMap(\.papers) + certificates.flatMap(\.papers)
        var best: (category: Category, lacking: [String])?
        for category in rules.categories.inOrder where held.contains(where: { $0.category == category }) {
            let lacking = PaperCheck.lacking(rules.categories.papers(for: category), handedIn, decisionCase)
            if lacking.count < best?.lacking.count ?? .max { best = (category, lacking) }
        }
        var missing = applications.isEmpty ? ["allowance.applied"] : []
        for code in best?.lacking ?? [] where !missing.contains(code) { missing.append(code) }
        note(
            missing.isEmpty ? .met : .pending(missing), in: &verdict,
            [
                "category": best.map { .string($0.category.name) },
                "handedIn": .array(handedIn.map { .string($0.code) }),
                "missing": .array(missing.map { .string($0) }),
            ],
            events: applications.map(\.position) + certificates.filter { !$0.papers.isEmpty }.map(\.position),
            lack: missing.first.map { Lack($0) })
    }
}
