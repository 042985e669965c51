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
        let causes = causes.map { "      " + $0.sentence }
        return [told + changed] + (causes.isEmpty ? ["      –"] : causes)
    }

    /// What changed the decision since it was told.
    package struct Cause {
        /// What it is: 更正.
        package let what: String
        /// The event that it is, if it is one.
        package let position: UInt64?
        /// The event's type, or the clause.
        package let name: String

        package var sentence: String {
            position.map { "\(what) #\($0) \(name)" } ?? "\(what) [\(name)]"
        }
    }

    package var causes: [Cause] { comparison.causes.map(cause) }

    private func cause(_ cause: IssuedComparison.Cause) -> Cause {
        let language = style.language
        func event(_ what: Words, _ position: UInt64, _ type: EventType) -> Cause {
            Cause(what: what(language), position: position, name: Terms.eventType(type.name, language))
        }
        return switch cause {
        case .lateEvent(let position, let type): event(Words("補登之事件", "a late event,"), position, type)
        case .correction(let position, let type): event(Words("更正", "a correction,"), position, type)
        case .laterEvent(let position, let type): event(Words("其後之事件", "a later event,"), position, type)
        case .parameter(let clause):
            Cause(what: Words("規則參數之變更", "another value in the rulebook")(language), position: nil, name: clause)
        case .clause(let clause):
            Cause(
                what: Words("條款之實作或原通知", "the clause as implemented, or what was told")(language), position: nil,
                name: clause ?? "–")
        }
    }
}
