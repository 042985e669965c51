import CivilTime
import Histories
import TrainingEvents

/// Early employment and union insurance during the class (PRE-15).
enum PRE15: Clause {
    static let id = "PRE-15"

    /// Work or insurance that begins during the class means leaving; union insurance over three months into it is
    /// reported to the Bureau of Labour Insurance.
    static func findings(_ found: LIV04.Found, _ decisionCase: DecisionCase, _ rules: AllowanceRules) -> [Reason] {
        var findings: [Reason] = []
        if let day = found.firstLaterDay {
            findings.append(
                finding(
                    [
                        "began": found.laterWhat.map { .string($0) }, "beganOn": .string(day.description),
                        "mustLeave": .bool(true),
                    ], events: [found.laterPosition].compactMap(\.self)))
        }
        if let report = unionReport(decisionCase, months: rules.unionReportMonths) { findings.append(report) }
        return findings
    }

    /// Union insurance over so many months into the class is to be reported; `nil` without it.
    static func unionReport(_ decisionCase: DecisionCase, months: Int) -> Reason? {
        let reportFrom = decisionCase.startsOn.moved(months: months)
        guard decisionCase.engine.asOfDay >= reportFrom else { return nil }
        let last = min(decisionCase.classHistory.endsOn, decisionCase.enrolment.leavingDay ?? .latest)
        guard let verification = decisionCase.person.verification(for: decisionCase.startsOn),
            verification.spells.contains(where: { isUnion($0, from: reportFrom, to: last) })
        else { return nil }
        return finding(
            ["unionInsuredAfter": .string(reportFrom.description), "report": .bool(true)],
            events: [verification.position])
    }

    private static func isUnion(_ spell: InsuranceSpell, from first: CivilDate, to last: CivilDate) -> Bool {
        [.occupationalUnion, .fishersAssociation].contains(spell.scheme) && first <= last && spell.from <= last
            && (spell.to.map { first <= $0 } ?? true)
    }
}
