import CivilTime
import Histories
import TrainingEvents

/// Certified categories held against birth date, insurance and job-seeker registration (LIV-13).
///
/// A contradiction is a finding beside the certificate and never a refusal.
enum LIV13: Clause {
    static let id = "LIV-13"

    /// The table for which a category is looked at: they differ in the elder's birthday and the registration.
    enum Purpose { case fee, allowance }

    /// What the facts say about one category.
    struct Outcome {
        /// What contradicts the certificate.
        var contradictions: [String] = []
        /// What is put to a person to decide.
        var questions: [String] = []
        var facts: [JSONValue.Member] = []
        var events: [UInt64] = []
    }

    /// The checks of the categories of these certificates as one finding; says nothing where none of them has a check.
    static func noteFinding(
        _ held: [IdentityFact], _ purpose: Purpose, _ decisionCase: DecisionCase, in evidence: inout some Evidence
    ) {
        guard case .success(let rules) = decisionCase.rules.checks, held.contains(where: { hasCheck($0.category) })
        else { return }
        noteFinding(
            in: &evidence,
            ["checks": .array(checked(held, purpose, decisionCase, rules).map { $0.json })],
            events: checked(held, purpose, decisionCase, rules).flatMap(\.outcome.events))
    }

    private struct Checked {
        let category: Category
        let outcome: Outcome

        var json: JSONValue {
            .object(
                [JSONValue.Member("category", .string(category.name))] + outcome.facts + [
                    JSONValue.Member("contradictions", .array(outcome.contradictions.map { .string($0) })),
                    JSONValue.Member("questions", .array(outcome.questions.map { .string($0) })),
                ])
        }
    }

    /// Each category once, in the order of the certificates.
    private static func checked(
        _ held: [IdentityFact], _ purpose: Purpose, _ decisionCase: DecisionCase, _ rules: Shared<CheckRules>
    ) -> [Checked] {
        var checked: [Checked] = []
        for category in held.map(\.category) where !checked.contains(where: { $0.category == category }) {
            guard let outcome = outcome(of: category, purpose, decisionCase, rules) else { continue }
            checked.append(Checked(category: category, outcome: outcome))
        }
        return checked
    }

    /// Whether the facts can contradict a certificate of this category.
    private static func hasCheck(_ category: Category) -> Bool {
        switch category {
        case .middleAged, .elder, .youthNotInSchoolOrWork, .longTermUnemployed, .returningWoman: true
        default: false
        }
    }

    /// Whether the facts contradict a certificate of this category.
    static func isContradicted(_ category: Category, _ purpose: Purpose, _ decisionCase: DecisionCase) -> Bool {
        guard case .success(let rules) = decisionCase.rules.checks else { return false }
        return outcome(of: category, purpose, decisionCase, rules)?.contradictions.isEmpty == false
    }

    private static func outcome(
        of category: Category, _ purpose: Purpose, _ decisionCase: DecisionCase, _ rules: Shared<CheckRules>
    ) -> Outcome? {
        switch category {
        case .middleAged:
            age(decisionCase) { age, isPastBirthday in
                age >= rules.middleAgedFrom
                    && (age < rules.middleAgedTo || age == rules.middleAgedTo && !isPastBirthday)
            }
        case .elder:
            age(decisionCase) { age, isPastBirthday in
                let onBirthday = purpose == .fee && rules.elderOnBirthday
                return age > rules.middleAgedTo || age == rules.middleAgedTo && (isPastBirthday || onBirthday)
            }
        case .youthNotInSchoolOrWork:
            age(decisionCase) { age, _ in rules.youthFrom <= age && age < rules.youthBelow }
        case .longTermUnemployed: LongTermUnemployment(decisionCase, rules, purpose).outcome
        case .returningWoman: ReturningWoman(decisionCase, rules).outcome
        default: nil
        }
    }

    /// Holds an age on the start day against a category; "aged 45 to 65" ends on the birthday itself (ARI-05).
    private static func age(_ decisionCase: DecisionCase, _ fits: (Int, Bool) -> Bool) -> Outcome {
        let start = decisionCase.startsOn
        let birth = decisionCase.person.birthDate
        let age = birth.age(on: start)
        // On the birthday itself one year fewer was completed the day before.
        let isPastBirthday = birth.age(on: start.adding(days: -1)) == age
        var outcome = Outcome()
        outcome.facts = [
            JSONValue.Member("age", .number(age)), JSONValue.Member("pastBirthday", .bool(isPastBirthday)),
        ]
        outcome.events = decisionCase.person.fieldPositions
        if !fits(age, isPastBirthday) { outcome.contradictions = ["age"] }
        return outcome
    }
}
