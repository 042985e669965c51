import CivilTime
import Decisions
import TrainingEvents

/// The disposition of a written decision (主旨): what is decided, for whom, and what follows in money.
struct Disposition {
    let decision: Decision
    let className: String

    init(_ decision: Decision, className: String) {
        self.decision = decision
        self.className = className
    }

    var text: String {
        let kind = Terms.kind(decision.kind, .chinese)
        let name = className.contains("」") ? "「\(className)" : "「\(className)」"
        return "臺端參加\(name)之\(kind)一案，\(outcome)。"
    }

    private var outcome: String {
        switch decision.outcome {
        case .granted: granted + money
        case .reduced: "減額" + granted + money
        case .refused: refused + money
        case .pending: pending
        case .notApplicable: "不適用本項規定"
        }
    }

    private var granted: String {
        switch decision.kind {
        case .registration: return "准予報名"
        case .admission: return decision.seat == .extra ? "錄訓（非補助名額）" : "錄訓"
        case .attendance: return "出缺勤尚在規定範圍內"
        case .feeShare:
            return "應自行負擔\(Self.amount(decision.amountNTD))，其餘\(Self.amount(decision.governmentShareNTD ?? 0))由政府負擔"
        case .tuitionSubsidy, .livingAllowance, .learningReward, .unitEligibility:
            let months = decision.halfMonths > 0 ? "（\(Terms.months(decision.halfMonths))個月）" : ""
            return "核發\(Self.amount(decision.amountNTD))\(months)"
        }
    }

    private var refused: String {
        switch decision.kind {
        case .registration: "不予受理報名"
        case .admission: "不予錄訓"
        case .attendance: "缺勤已逾規定，應辦理退訓"
        case .feeShare, .tuitionSubsidy, .livingAllowance, .learningReward, .unitEligibility: "不予核發"
        }
    }

    private var pending: String {
        let missing = decision.missing.map { Terms.lack($0, .chinese) }.joined(separator: "、")
        switch decision.kind {
        case .feeShare:
            return "暫應自行負擔\(Self.amount(decision.amountNTD))；補齊\(missing)後免負擔"
        case .tuitionSubsidy, .livingAllowance, .learningReward:
            let sofar = decision.amountNTD > 0 ? "先行核發\(Self.amount(decision.amountNTD))，其餘" : ""
            return "\(sofar)俟\(missing)確定後決定，預計合計\(Self.amount(decision.expectedAmountNTD))" + money
        case .admission: return decision.seat == .alternate ? "列為備取，俟遞補" : "俟\(missing)確定後決定"
        case .registration, .attendance, .unitEligibility: return "俟\(missing)確定後決定"
        }
    }

    /// What was paid, what is still owed or goes back, and who pays whom.
    private var money: String {
        guard Terms.carriesMoney(decision.kind), decision.kind != .feeShare else { return "" }
        var text = ""
        if decision.paidNTD != 0 {
            text += "；已撥付\(Self.amount(decision.paidNTD))"
            if decision.dueNTD > 0 { text += "，應再撥付\(Self.amount(decision.dueNTD))" }
            if decision.dueNTD < 0, decision.outcome != .pending {
                text += "，溢領\(Self.amount(-decision.dueNTD))應予繳回"
            }
        }
        if decision.payee == .unit {
            text += "；補助款撥付訓練單位"
            if decision.forwardToTraineeNTD > 0 {
                text += "，由訓練單位轉撥臺端\(Self.amount(decision.forwardToTraineeNTD))"
            }
            if decision.traineeOwesUnitNTD > 0 {
                text += "，臺端應另補繳訓練單位\(Self.amount(decision.traineeOwesUnitNTD))"
            }
        }
        return text
    }

    static func amount(_ amount: Int64) -> String { "新臺幣" + Terms.money(amount).dropFirst(3) + "元" }
}
