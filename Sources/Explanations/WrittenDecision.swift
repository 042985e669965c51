import CivilTime
package import Decisions
package import Ledger
import Rulebook
import TrainingEvents

/// The written statement of a decision (行政處分書), in Traditional Chinese and in the order of one: the disposition
/// (主旨), the facts (事實), the reasons and their legal basis (理由及法令依據), and the remedy (救濟).
///
/// It says what the decision's own data says and nothing else. It is a draft: an authority issues it under its name.
package struct WrittenDecision {
    private let decision: Decision
    private let context: AnswerContext
    private let courseName: String?
    private let style = ReadingStyle(language: .chinese, usesROCDates: true)

    /// - Parameter courseName: the name of the class (班名); its ID stands where it is `nil`.
    package init(_ decision: Decision, _ context: AnswerContext, courseName: String?) {
        self.decision = decision
        self.context = context
        self.courseName = courseName
    }

    package var lines: [String] {
        ["主旨：\(disposition)", "", "事實："] + numbered(facts) + ["", "理由及法令依據："] + numbered(grounds)
            + ["", "救濟：", "　　\(remedy)", "", "　　" + context.basis(style) + "（\(context.rulebook.digest)）。"]
    }

    // MARK: 主旨

    private var disposition: String {
        let trainee = context.registry.trainees.id(of: decision.trainee)
        let kind = Terms.kind(decision.kind, .chinese)
        let subject = "臺端（學員編號 \(trainee)）參加「\(className)」之\(kind)一案，"
        switch decision.outcome {
        case .granted: return subject + granted + "。"
        case .reduced: return subject + "減額\(granted)。"
        case .refused: return subject + refusal + "。"
        case .pending:
            let missing = decision.missing.map { Terms.code($0, .chinese) }.joined(separator: "、")
            let sofar = decision.amountNTD > 0 ? "先行核發\(money(decision.amountNTD))，其餘" : ""
            return subject + "\(sofar)俟\(missing)確定後再行決定，預計金額\(money(decision.expectedAmountNTD))。"
        case .notApplicable: return subject + "不適用本項規定。"
        }
    }

    private var className: String { courseName ?? context.registry.classes.id(of: decision.classNumber) }

    private var granted: String {
        switch decision.kind {
        case .registration: return "准予報名"
        case .admission: return "錄訓（\(decision.seat.map { Terms.seat($0, .chinese) } ?? "")）"
        case .attendance: return "出缺勤尚在規定範圍內"
        case .feeShare:
            let share = money(decision.governmentShareNTD ?? 0)
            return "應自行負擔\(money(decision.amountNTD))，由政府負擔\(share)"
        case .tuitionSubsidy, .livingAllowance, .learningReward, .unitEligibility:
            let months = decision.halfMonths > 0 ? "（\(Terms.months(decision.halfMonths))個月）" : ""
            return "核發\(money(decision.amountNTD))\(months)"
        }
    }

    private var refusal: String {
        switch decision.kind {
        case .registration: "不予受理報名"
        case .admission: "不予錄訓"
        case .attendance: "缺勤已逾規定，應予退訓"
        case .feeShare, .tuitionSubsidy, .livingAllowance, .learningReward, .unitEligibility: "不予核發"
        }
    }

    private func money(_ amount: Int64) -> String { "新臺幣" + Terms.money(amount).dropFirst(3) + "元" }

    // MARK: 事實

    /// What each clause took from the ledger, with the events that say so.
    private var facts: [String] {
        decision.reasons.filter { $0.parent == nil && $0.result != .notApplicable && !$0.facts.isEmpty }.map { reason in
            let title = context.rulebook.clause(reason.clause)?.title.chinese ?? reason.clause
            let events = reason.events.prefix(8).map { "第\($0)號" }.joined(separator: "、")
            let source = events.isEmpty ? "" : "（依帳本事件\(events)\(reason.events.count > 8 ? "等" : "")）"
            return "\(title)：\(style.show(reason.facts))\(source)。"
        }
    }

    // MARK: 理由及法令依據

    /// The clauses that decided: the rule in its words, its source, and how it was met or not.
    private var grounds: [String] {
        decision.reasons.filter { $0.result != .notApplicable && $0.parent == nil && !$0.isFinding }.compactMap { reason in
            guard let clause = context.rulebook.clause(reason.clause) else { return nil }
            let sources = clause.sources.map(\.description).joined(separator: "、")
            let reading = clause.reading == nil ? "" : "（其中部分為本機關之解釋）"
            let text = clause.text.chinese.hasSuffix("。") ? String(clause.text.chinese.dropLast()) : clause.text.chinese
            return "\(text)（\(reason.clause)，\(sources)）\(reading)。\(conclusion(reason))"
        }
    }

    private func conclusion(_ reason: Reason) -> String {
        let lack = reason.lack.map { "（\(style.show($0))）" } ?? ""
        return switch reason.result {
        case .met: "經查符合。"
        case .failed: "經查不符\(lack)。"
        case .pending: "尚待確定\(lack)。"
        case .applied: "據以計算\(lack)。"
        case .notApplicable: ""
        }
    }

    // MARK: 救濟

    /// Administrative Appeal Act (訴願法) arts. 14 and 58: 30 days from the day after service.
    private var remedy: String {
        "不服本決定者，得自本決定書送達之次日起30日內，依訴願法第14條第1項及第58條第1項規定，"
            + "繕具訴願書，經由原處分機關向其上級機關提起訴願。"
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
