package import Decisions
package import Ledger
import TrainingEvents

/// A unit's fitness to apply as people read it.
package struct UnitDecisionRendering {
    private let decision: UnitDecision
    private let context: AnswerContext
    private let style: ReadingStyle

    package init(_ decision: UnitDecision, _ context: AnswerContext, _ style: ReadingStyle) {
        self.decision = decision
        self.context = context
        self.style = style
    }

    package var lines: [String] {
        let unit = context.registry.units.id(of: decision.unit)
        let outcome = Terms.outcome(decision.outcome, of: .unitEligibility, style.language)
        return ["\(unit)  \(style.show(decision.closingOn)): \(outcome)"]
            + ReasonRendering(context.rulebook, style).lines(decision.reasons) + ["  " + context.basis(style)]
    }
}
