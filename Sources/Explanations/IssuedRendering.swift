import Histories
package import Ledger
import TrainingEvents

/// A decision as it was told, beside the one that is recomputed.
package struct IssuedRendering {
    private let comparison: IssuedComparison
    private let style: ReadingStyle

    package init(_ comparison: IssuedComparison, _ style: ReadingStyle) {
        self.comparison = comparison
        self.style = style
    }

    package var lines: [String] {
        let issued = comparison.issued
        let language = style.language
        let outcome = Terms.outcome(issued.outcome, of: issued.kind, language)
        let amount = issued.amountNTD.map { " \(Terms.money($0))" } ?? ""
        let told = Words(
            "  \(style.show(issued.on)) 通知（#\(issued.position)）：\(outcome)\(amount)",
            "  told on \(style.show(issued.on)) (#\(issued.position)): \(outcome)\(amount)")(language)
        guard !comparison.agrees else { return [told + Words("，與重算相符", ", as recomputed")(language)] }
        let changed = Words("，與重算不符，因", ", not as recomputed, because of")(language)
        let causes = comparison.causes.map { "      " + sentence($0) }
        return [told + changed] + (causes.isEmpty ? ["      –"] : causes)
    }

    private func sentence(_ cause: IssuedComparison.Cause) -> String {
        let language = style.language
        switch cause {
        case .lateEvent(let position, let type):
            let name = Terms.eventType(type.name, language)
            return Words("補登之事件 #\(position) \(name)", "a late event, #\(position) \(name)")(language)
        case .correction(let position, let type):
            let name = Terms.eventType(type.name, language)
            return Words("更正 #\(position) \(name)", "a correction, #\(position) \(name)")(language)
        case .laterEvent(let position, let type):
            let name = Terms.eventType(type.name, language)
            return Words("其後之事件 #\(position) \(name)", "a later event, #\(position) \(name)")(language)
        case .parameter(let clause):
            return Words("規則參數之變更（\(clause)）", "another value in the rulebook (\(clause))")(language)
        case .clause(let clause):
            let name = clause ?? "–"
            return Words("條款之實作或原通知（\(name)）", "the clause as implemented, or what was told (\(name))")(language)
        }
    }
}
