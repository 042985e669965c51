import CivilTime
package import Decisions
package import Histories
package import Ledger
import Rulebook
import TrainingEvents

/// The written statement of a decision (行政處分書), in Traditional Chinese and in the order of one: the disposition
/// (主旨), the facts (事實), the reasons and their legal basis (理由及法令依據), and the remedy (救濟).
///
/// It says what the decision's own data says and nothing else. It is a draft: an authority issues it under its name,
/// number and date. What waits for papers or records is no disposition but a notice to supplement them (補正通知).
package struct WrittenDecision {
    private let decision: Decision
    private let context: AnswerContext
    private let classHistory: ClassHistory?
    private let style = ReadingStyle(language: .chinese, usesROCDates: true)

    /// - Parameter classHistory: the class; its ID stands for its name where it is `nil`.
    package init(_ decision: Decision, _ context: AnswerContext, class classHistory: ClassHistory?) {
        self.decision = decision
        self.context = context
        self.classHistory = classHistory
    }

    package var lines: [String] {
        let heading = decision.outcome == .pending ? "補正通知（稿）" : "處分書（稿）"
        let trainee = context.registry.trainees.id(of: decision.trainee)
        return [
            heading, "受文者：學員編號 \(trainee)", "發文日期：　　年　　月　　日", "發文字號：", "",
            "主旨：\(Disposition(decision, className: className).text)", "", "事實：",
        ] + numbered(facts) + ["", "理由及法令依據："] + numbered(grounds) + ["", "救濟：", "　　\(remedy)", ""]
            + ["　　" + context.basis(style) + "（\(context.rulebook.digest)）。"]
    }

    private var className: String {
        guard let classHistory, let name = classHistory.fields.courseName else {
            return context.registry.classes.id(of: decision.classNumber)
        }
        let batch = classHistory.fields.batch.map { "(\($0))" } ?? ""
        return "\(name)\(batch)」（\(style.show(classHistory.startsOn))至\(style.show(classHistory.endsOn))）"
    }

    // MARK: 事實

    /// What each clause took from the ledger, with the events that say so.
    private var facts: [String] {
        decision.reasons.filter { $0.parent == nil && $0.result != .notApplicable }.compactMap { reason in
            let told = reason.facts.filter { $0.value != .array([]) && $0.value != .null }
            guard !told.isEmpty else { return nil }
            let title = context.rulebook.clause(reason.clause)?.title.chinese ?? reason.clause
            let events = reason.events.prefix(8).map { "第\($0)號" }.joined(separator: "、")
            let source = events.isEmpty ? "" : "（依帳本事件\(events)\(reason.events.count > 8 ? "等" : "")）"
            return "關於\(title)：\(style.show(told))\(source)。"
        }
    }

    // MARK: 理由及法令依據

    /// The clauses that decided, each with its source and how it was met or not; then what else was found.
    private var grounds: [String] {
        let citations = CitationRendering(rulebook: context.rulebook)
        return decision.reasons.filter { $0.result != .notApplicable && $0.parent == nil }.compactMap { reason in
            guard let clause = context.rulebook.clause(reason.clause) else { return nil }
            let reading = clause.reading == nil ? "" : "（文義未明部分依規則集所載之解釋）"
            let text =
                clause.text.chinese.hasSuffix("。") ? String(clause.text.chinese.dropLast()) : clause.text.chinese
            return "\(text)（\(reason.clause)，\(citations.text(clause))）\(reading)。\(conclusion(reason))"
        }
    }

    private func conclusion(_ reason: Reason) -> String {
        let lack = reason.lack.map { "（\(style.show($0))）" } ?? ""
        if reason.isFinding { return "附帶查核如事實欄所載，不影響本件結果。" }
        return switch reason.result {
        case .met: "經查符合。"
        case .failed: "經查不符\(lack)。"
        case .pending: "尚待確定\(lack)。"
        case .applied: "據以計算。"
        case .notApplicable: ""
        }
    }

    // MARK: 救濟

    /// Administrative Appeal Act (訴願法) arts. 14 and 58: 30 days from the day after service.
    private var remedy: String {
        if decision.outcome == .pending {
            return "本通知非行政處分。請補送上開文件或待紀錄完成；逾期未補者，將依現有資料決定，屆時得依訴願法提起訴願。"
        }
        return "不服本處分者，得自本處分書達到之次日起30日內（以原處分機關收受訴願書之日為準），"
            + "依訴願法第14條及第58條第1項規定，繕具訴願書，經由原處分機關向訴願管轄機關（　　　　）提起訴願。"
    }

    private func numbered(_ items: [String]) -> [String] {
        guard !items.isEmpty else { return ["　　無。"] }
        return items.enumerated().map { "　　\(Self.numeral($0 + 1))、\($1)" }
    }

    /// 一, 二, … 九十九.
    static func numeral(_ number: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        guard (1...99).contains(number) else { return "\(number)" }
        let tens = number / 10
        return (tens == 0 ? "" : (tens == 1 ? "" : digits[tens]) + "十") + digits[number % 10]
    }
}
