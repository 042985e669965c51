import CivilTime
import Histories
import TrainingEvents

/// Early employment and union insurance during the class (PRE-15).
enum PRE15: Clause {
    static let id = "PRE-15"

    /// Work or insurance that begins during the class means leaving; union insurance over three months into it is
    /// reported to the Bureau of Labour Insurance.
    static func noteFindings(
        _ later: LIV04.Span?, _ decisionCase: DecisionCase, _ rules: Shared<AllowanceRules>,
        in evidence: inout some Evidence
    ) {
        if let later {
            noteFinding(
                in: &evidence,
                [
                    "began": .string(later.what), "beganOn": .string(later.from.description),
                    "mustLeave": .bool(true),
                ], events: [later.position])
        }
        noteUnionReport(decisionCase, months: rules.unionReportMonths, in: &evidence)
    }

    /// Union insurance over so many months into the class is to be reported; says nothing without it.
    static func noteUnionReport(_ decisionCase: DecisionCase, months: Int, in evidence: inout some Evidence) {
        let reportFrom = decisionCase.startsOn.moved(months: months)
        guard decisionCase.engine.asOfDay >= reportFrom else { return }
        let last = min(decisionCase.ruled.endsOn, decisionCase.leavingDay ?? .latest)
        guard let verification = decisionCase.person.verification(for: decisionCase.startsOn),
            verification.spells.contains(where: { isUnion($0, from: reportFrom, to: last) })
        else { return }
        noteFinding(
            in: &evidence, ["unionInsuredAfter": .string(reportFrom.description), "report": .bool(true)],
            events: [verification.position])
    }

    private static func isUnion(_ spell: InsuranceSpell, from first: CivilDate, to last: CivilDate) -> Bool {
        spell.scheme.isUnion && first <= last && spell.from <= last && (spell.to.map { first <= $0 } ?? true)
    }
}

extension InsuranceScheme {
    /// Insured through a union or an association, not by an employer.
    var isUnion: Bool { self == .occupationalUnion || self == .fishersAssociation }
}
