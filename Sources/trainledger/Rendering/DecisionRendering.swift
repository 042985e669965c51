import CivilTime
import Decisions
import Ledger
import Rulebook
import TrainingEvents

/// A decision as people read it: the outcome, the instalments, and clause by clause why.
struct DecisionRendering {
    private let decision: Decision
    private let context: AnswerContext
    private let output: OutputOptions

    init(_ decision: Decision, _ context: AnswerContext, _ output: OutputOptions) {
        self.decision = decision
        self.context = context
        self.output = output
    }

    private var language: Language { output.language }

    /// Who, what, how much: one line.
    var headline: String {
        let trainee = context.registry.trainees.id(of: decision.trainee)
        let classID = context.registry.classes.id(of: decision.classNumber)
        var text = "\(trainee)  \(classID)  \(Terms.kind(decision.kind, language)): "
        text += Terms.outcome(decision.outcome, language)
        if decision.kind == .attendance { return text }
        text += "  \(Terms.money(decision.amountNTD))"
        if decision.halfMonths > 0 {
            let months = Terms.months(decision.halfMonths)
            text += Words("（\(months) 個月）", " (\(months) months)")(language)
        }
        if decision.outcome == .pending {
            let expected = Terms.money(decision.expectedAmountNTD)
            text += Words("，預計 \(expected)", ", expected \(expected)")(language)
        }
        return text
    }

    /// The headline and everything that led to it.
    var lines: [String] {
        var lines = [headline]
        for instalment in decision.instalments {
            let days = "\(output.show(instalment.from)) – \(output.show(instalment.to))"
            lines.append(
                "  \(days)  \(Terms.months(instalment.halfMonths)) "
                    + Words("個月", "months")(language) + "  \(Terms.money(instalment.amountNTD))")
        }
        lines += money
        if !decision.missing.isEmpty {
            lines.append(
                "  " + Words("尚缺", "missing")(language)
                    + ": \(decision.missing.map { Terms.code($0, language) }.joined(separator: ", "))")
        }
        lines += decision.reasons.flatMap(lines(of:))
        let point = context.point.recordedTime.map { output.show($0.taipeiDate) } ?? "–"
        lines.append(
            "  "
                + Words(
                    "依帳本前 \(context.point.eventCount) 筆事件（登錄至 \(point)）及規則 \(context.rulebook.id)",
                    "by the first \(context.point.eventCount) events (recorded until \(point)) and rulebook "
                        + context.rulebook.id)(language))
        return lines
    }

    private var money: [String] {
        guard decision.kind != .attendance else { return [] }
        var lines: [String] = []
        if decision.paidNTD != 0 || decision.dueNTD != 0 {
            let (paid, due) = (Terms.money(decision.paidNTD), Terms.money(decision.dueNTD))
            lines.append("  " + Words("已撥付 \(paid)，應補（負為溢領）\(due)", "paid \(paid), due \(due)")(language))
        }
        if decision.payee == .unit {
            let (forward, owes) = (Terms.money(decision.forwardToTraineeNTD), Terms.money(decision.traineeOwesUnitNTD))
            lines.append(
                "  "
                    + Words(
                        "撥付訓練單位；單位轉撥學員 \(forward)，學員應補繳單位 \(owes)",
                        "paid to the unit, which forwards \(forward); the trainee owes it \(owes)")(language))
        }
        return lines
    }

    private func lines(of reason: Reason) -> [String] {
        let clause = context.rulebook.clause(reason.clause)
        let title = clause.map { language == .chinese ? $0.title.chinese : $0.title.english } ?? ""
        let source = (clause?.sources ?? []).map(\.description).joined(separator: "; ")
        let reading = clause?.reading == nil ? "" : Words("［解釋］", " [reading]")(language)
        let facts = output.show(reason.facts)
        let events = reason.events.prefix(12).map { "#\($0)" }.joined(separator: " ")
        let more = reason.events.count > 12 ? " … (\(reason.events.count))" : ""
        var lines = [
            "  \(reason.clause) \(title): \(Terms.result(reason.result.rawValue, language))  [\(source)]\(reading)"
        ]
        if !facts.isEmpty { lines.append("      \(facts)") }
        if !events.isEmpty { lines.append("      " + Words("事件", "events")(language) + " \(events)\(more)") }
        return lines
    }
}
