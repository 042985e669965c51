import Access
import Histories
import Rulebook
import Decisions
import Explanations
import Ledger
import TrainingEvents

/// A decision as the trainee page unfolds it.
struct DecisionView {
    private let decision: Decision
    private let context: AnswerContext
    private let style: ReadingStyle
    private let links: EventLinks
    /// Events linked to a clause at most; the timeline has them all.
    private static let eventLimit = 40

    init(_ decision: Decision, _ context: AnswerContext, _ style: ReadingStyle, _ links: EventLinks) {
        self.decision = decision
        self.context = context
        self.style = style
        self.links = links
    }

    /// Whether a clause of the decision rests on a reading.
    var hasReading: Bool { decision.reasons.contains { context.rulebook.clause($0.clause)?.reading != nil } }

    func values(_ issued: [IssuedComparison], _ path: String) -> [String: Any] {
        let rendering = DecisionRendering(decision, context, style)
        let classID = context.registry.classes.id(of: decision.classNumber)
        let statement =
            "\(path)/statement?kind=\(decision.kind.name)&class=\(PathText.encoded(classID))"
            + "&as-of=@\(context.point.eventCount)"
        return [
            "headline": rendering.headline, "outcomeClass": "\(decision.outcome)",
            "isOpen": false, "statement": statement, "hasStatement": Terms.carriesMoney(decision.kind),
            "amounts": instalments, "reasons": decision.reasons.map(reason),
            "issued": issued.map { IssuedView($0, decision, context, style, links).values },
        ]
    }

    private var instalments: [String] {
        decision.instalments.map { instalment in
            let days = "\(style.show(instalment.from)) – \(style.show(instalment.to))"
            let months = Terms.months(instalment.halfMonths, style.language)
            return "\(days)  \(months)  \(Terms.money(instalment.amountNTD))"
        }
    }

    private func reason(_ reason: Reason) -> [String: Any] {
        let language = style.language
        let clause = context.rulebook.clause(reason.clause)
        let result =
            reason.isFinding
            ? Words("查核事項", "to look into")(language) : Terms.result(reason.result.rawValue, language)
        var values: [String: Any] = [
            "clause": reason.clause,
            "title": clause.map { language == .chinese ? $0.title.chinese : $0.title.english } ?? "",
            "result": result, "resultClass": Self.styleClass(reason),
            "source": (clause?.sources ?? []).map(\.description).joined(separator: "; "),
            "events": reason.events.prefix(Self.eventLimit).map { links.values($0) },
            "hasEvents": !reason.events.isEmpty,
        ]
        if let reading = clause?.reading {
            let text = RemarkTerms.text(reading, language)
            values["reading"] = text
            // Of a rulebook of one's own, whose remarks are in whatever language they were written; most likely this one.
            if language == .chinese, text == reading { values["readingLanguage"] = "en" }
        }
        if let lack = reason.lack, reason.result != .met { values["lack"] = style.show(lack) }
        if !reason.facts.isEmpty { values["facts"] = style.show(reason.facts) }
        return values
    }

    private static func styleClass(_ reason: Reason) -> String {
        switch reason.result.rawValue {
        case "failed": "refused"
        case "pending": "pending"
        case "met", "applied": "granted"
        default: "soft"
        }
    }
}
