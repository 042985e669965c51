import CivilTime
import Decisions
import Explanations
import Histories
import Ledger
import Rulebook
import TrainingEvents

/// A decision as it was told beside the same decision as it is recomputed, and what lies between them.
struct IssuedView {
    private let comparison: IssuedComparison
    private let decision: Decision
    private let context: AnswerContext
    private let style: ReadingStyle
    private let links: EventLinks

    init(
        _ comparison: IssuedComparison, _ decision: Decision, _ context: AnswerContext, _ style: ReadingStyle,
        _ links: EventLinks
    ) {
        self.comparison = comparison
        self.decision = decision
        self.context = context
        self.style = style
        self.links = links
    }

    private var language: Language { style.language }

    var values: [String: Any] {
        let issued = comparison.issued
        let verdict =
            comparison.agrees
            ? Words("與重算相符。", "It is as recomputed.") : Words("與重算不符，因：", "It is not as recomputed, because of:")
        return [
            "told": style.show(issued.on), "toldEvent": links.values(issued.position),
            "now": context.point.recordedTime.map { style.show($0.taipeiDate) } ?? "–",
            "count": "\(context.point.eventCount)", "rows": rows, "verdict": verdict(language),
            "verdictClass": comparison.agrees ? "granted" : "pending",
            "causes": IssuedRendering(comparison, style).causes.map(cause),
        ]
    }

    private var rows: [[String: Any]] {
        let issued = comparison.issued
        let rows = [
            row(Words("結果", "outcome"), outcome(issued.outcome), outcome(decision.outcome)),
            row(
                Words("金額", "amount"), issued.amountNTD.map(Terms.money) ?? "–",
                Terms.carriesMoney(decision.kind) ? Terms.money(decision.amountNTD) : "–"),
            row(Words("規則", "rulebook"), issued.rulebook, context.rulebook.id),
        ]
        return rows
            + clauses.map { clause in
                let name = Words("條款 \(clause)", "clause \(clause)")
                return row(name, facts(clause, in: comparison.then), facts(clause, in: decision))
            }
    }

    /// The first clause by which both part, and those that one of them alone rests on.
    private var clauses: [String] {
        guard let first = comparison.clause else { return [] }
        let (then, now) = (comparison.then?.reasons.map(\.clause) ?? [], decision.reasons.map(\.clause))
        let single = then.filter { !now.contains($0) } + now.filter { !then.contains($0) }
        return single.reduce(into: [first]) { clauses, clause in
            if !clauses.contains(clause) { clauses.append(clause) }
        }
    }

    private func row(_ name: Words, _ told: String, _ now: String) -> [String: Any] {
        ["name": name(language), "before": told, "after": now, "differs": told != now]
    }

    private func outcome(_ outcome: Outcome) -> String { Terms.outcome(outcome, of: decision.kind, language) }

    /// What a clause came to, and on what.
    private func facts(_ clause: String, in decision: Decision?) -> String {
        guard let reason = decision?.reasons.first(where: { $0.clause == clause }) else { return "–" }
        let result = Terms.result(reason.result.rawValue, language)
        return reason.facts.isEmpty ? result : Words("\(result)：", "\(result): ")(language) + style.show(reason.facts)
    }

    private func cause(_ cause: IssuedRendering.Cause) -> [String: Any] {
        var values: [String: Any] = ["what": cause.what, "name": cause.name]
        if let position = cause.position { values["event"] = links.values(position) }
        return values
    }
}
