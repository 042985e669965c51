import CivilTime
package import Decisions
package import Ledger
package import Rulebook
import TrainingEvents

/// A decision as people read it: the outcome, the instalments, and clause by clause why.
package struct DecisionRendering {
    private let decision: Decision
    private let context: AnswerContext
    private let style: ReadingStyle

    package init(_ decision: Decision, _ context: AnswerContext, _ style: ReadingStyle) {
        self.decision = decision
        self.context = context
        self.style = style
    }

    private var language: Language { style.language }

    /// Who, what, how much, and the clause that decided: one line.
    package var headline: String {
        let trainee = context.registry.trainees.id(of: decision.trainee)
        let classID = context.registry.classes.id(of: decision.classNumber)
        var text = "\(trainee)  \(classID)  \(Terms.kind(decision.kind, language)): "
        if let rank = decision.rank { text += "\(rank). " }
        if let seat = decision.seat { text += Terms.seat(seat, language) + Words("，", ", ")(language) }
        text += isPrepayment ? Words("學員應先繳", "the trainee prepays")(language) : outcome
        text += amounts
        if let reason = decision.decidingReason {
            text += "  [\(reason.clause)" + (reason.lack.map { " " + style.show($0) } ?? "") + "]"
        }
        return text
    }

    private var outcome: String { Terms.outcome(decision.outcome, of: decision.kind, language) }

    /// In the quota programmes the trainee prepays the fee and is paid back later (TIP-17).
    private var isPrepayment: Bool {
        decision.kind == .feeShare && decision.reasons.contains { $0.clause == "TIP-17" }
    }

    private var amounts: String {
        guard Terms.carriesMoney(decision.kind) else { return "" }
        var text = "  \(Terms.money(decision.amountNTD))"
        if let share = decision.governmentShareNTD, !isPrepayment {
            let money = Terms.money(share)
            text += Words("（政府負擔 \(money)）", " (government \(money))")(language)
        }
        if decision.halfMonths > 0 {
            let months = Terms.months(decision.halfMonths, language)
            text += Words("（\(months)）", " (\(months))")(language)
        }
        if decision.outcome == .pending {
            let expected = Terms.money(decision.expectedAmountNTD)
            text += Words("，預計 \(expected)", ", expected \(expected)")(language)
        }
        return text
    }

    /// The headline and everything that led to it.
    package var lines: [String] {
        var lines = [headline]
        for instalment in decision.instalments {
            let days = "\(style.show(instalment.from)) – \(style.show(instalment.to))"
            lines.append(
                "  \(days)  \(Terms.months(instalment.halfMonths, language))  \(Terms.money(instalment.amountNTD))")
        }
        lines += money
        if !decision.missing.isEmpty {
            lines.append(
                "  " + Words("尚缺", "missing")(language)
                    + ": \(decision.missing.map { Terms.code($0, language) }.joined(separator: ", "))")
        }
        lines += ReasonRendering(context.rulebook, style).lines(decision.reasons)
        lines.append("  " + context.basis(style))
        return lines
    }

    private var money: [String] {
        guard Terms.carriesMoney(decision.kind) else { return [] }
        var lines: [String] = []
        if decision.paidNTD != 0 || decision.dueNTD != 0 {
            let (paid, due) = (Terms.money(decision.paidNTD), Terms.money(decision.dueNTD))
            let words =
                decision.kind == .feeShare
                ? Words("已繳 \(paid)，應再繳（負為應退）\(due)", "paid \(paid), still to pay \(due)")
                : Words("已撥付 \(paid)，應補（負為溢領）\(due)", "paid \(paid), due \(due)")
            lines.append("  " + words(language))
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
}

/// Clauses as lines: the clause, its result and source, its facts, what it lacks, and the events behind it.
package struct ReasonRendering {
    private let rulebook: Rulebook
    private let style: ReadingStyle

    package init(_ rulebook: Rulebook, _ style: ReadingStyle) {
        self.rulebook = rulebook
        self.style = style
    }

    package func lines(_ reasons: [Reason]) -> [String] { reasons.flatMap(lines(of:)) }

    private func lines(of reason: Reason) -> [String] {
        let language = style.language
        let clause = rulebook.clause(reason.clause)
        let title = clause.map { language == .chinese ? $0.title.chinese : $0.title.english } ?? ""
        let source = (clause?.sources ?? []).map(\.description).joined(separator: "; ")
        let reading = clause?.reading == nil ? "" : Words("［解釋］", " [reading]")(language)
        let result =
            reason.isFinding
            ? Words("查核事項", "to look into")(language) : Terms.result(reason.result.rawValue, language)
        let indent = reason.parent == nil ? "  " : "    "
        var lines = ["\(indent)\(reason.clause) \(title): \(result)  [\(source)]\(reading)"]
        if let lack = reason.lack, reason.result != .met { lines.append("\(indent)    → \(style.show(lack))") }
        if !reason.facts.isEmpty { lines.append("\(indent)    \(style.show(reason.facts))") }
        let events = reason.events.prefix(12).map { "#\($0)" }.joined(separator: " ")
        let more = reason.events.count > 12 ? " … (\(reason.events.count))" : ""
        if !events.isEmpty { lines.append("\(indent)    " + Words("事件", "events")(language) + " \(events)\(more)") }
        return lines
    }
}

extension AnswerContext {
    /// Which events and which rulebook an answer rests on.
    package func basis(_ style: ReadingStyle) -> String {
        let day = point.recordedTime.map { style.show($0.taipeiDate) } ?? "–"
        return Words(
            "依帳本前 \(point.eventCount) 筆事件（登錄至 \(day)）及規則 \(rulebook.id)",
            "by the first \(point.eventCount) events (recorded until \(day)) and rulebook \(rulebook.id)")(
                style.language)
    }
}
