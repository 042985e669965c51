import Decisions
import TrainingEvents

/// Computes a decision again from its reasons alone: results and facts, nothing of the ledger or the rulebook.
///
/// Shares no code with the decisions: it reads the JSON answer as a stranger would.
struct Recomputation {
    private let reasons: [JSONValue]

    init(_ answer: JSONValue) {
        reasons = (answer["reasons"]?.elements ?? []).filter { $0["finding"] != .bool(true) }
    }

    /// What the reasons come to: refused where a clause failed, pending where one waits, else what is computed.
    struct Result: Equatable {
        var outcome: String
        var amountNTD: Int64
    }

    func result(of kind: String) -> Result {
        if reasons.allSatisfy({ $0["result"] == .string("notApplicable") || $0["of"] != nil }) {
            return Result(outcome: "notApplicable", amountNTD: 0)
        }
        switch kind {
        case "feeShare": return feeShare
        case "tuitionSubsidy": return limited(by: tuition, remainingNTD)
        case "livingAllowance": return livingAllowance
        case "learningReward": return limited(by: reward, .max)
        default: return limited(by: 0, .max)
        }
    }

    // MARK: Kinds

    private var isRefused: Bool { reasons.contains { $0["result"] == .string("failed") } }
    private var isPending: Bool { reasons.contains { $0["result"] == .string("pending") } }

    private func limited(by amount: Int64, _ cap: Int64) -> Result {
        if isRefused { return Result(outcome: "refused", amountNTD: 0) }
        if isPending { return Result(outcome: "pending", amountNTD: 0) }
        return Result(outcome: amount > cap ? "reduced" : "granted", amountNTD: min(amount, cap))
    }

    private var tuition: Int64 {
        let fee = fact("feeNTD", of: "TIP-08")?.integer ?? 0
        return share(fact("rate", of: "TIP-09"), of: fee)
    }

    private var remainingNTD: Int64 { fact("remainingNTD", of: "TIP-13")?.integer ?? .max }

    private var feeShare: Result {
        if let fee = fact("feeNTD", of: "TIP-17")?.integer {
            let part = ratio(fact("prepaid", of: "TIP-17"))
            return Result(outcome: "granted", amountNTD: (fee * part.0 + part.1 - 1) / part.1)
        }
        if fact("refundDue", of: "PRE-13") == .bool(true) { return Result(outcome: "granted", amountNTD: 0) }
        let fee = fact("feeNTD", of: "PRE-12")?.integer ?? 0
        let isFree = fact("free", of: "PRE-12") == .bool(true)
        let amount = isFree ? 0 : fee - share(fact("rate", of: "PRE-12"), of: fee)
        return Result(outcome: isPending ? "pending" : "granted", amountNTD: amount)
    }

    private var reward: Int64 {
        let monthly = fact("monthlyNTD", of: "YTH-02")?.integer ?? 0
        return (fact("months", of: "YTH-02")?.elements ?? []).reduce(0) {
            $0 + monthly * ($1["halfMonths"]?.integer ?? 0) / 2
        }
    }

    /// Months of participation, the earliest first until the caps are used up, each at the rate of its first day.
    private var livingAllowance: Result {
        if isRefused { return Result(outcome: "refused", amountNTD: 0) }
        let months = fact("months", of: "LIV-07")?.elements ?? []
        let caps = ["LIV-09", "LIV-10"].compactMap { fact("remainingHalfMonths", of: $0)?.integer }
        var rest = caps.min() ?? .max
        let wanted = months.reduce(0) { $0 + ($1["halfMonths"]?.integer ?? 0) }
        let waits = reasons.filter { $0["result"] == .string("pending") }.compactMap { $0["clause"]?.scalar }
        let isOpen = waits.contains("LIV-14") && fact("started", of: "LIV-14") == .bool(true)
        let isWaiting = waits.contains { $0 != "LIV-14" } || fact("started", of: "LIV-14") == .bool(false)
        var amount: Int64 = 0
        for month in months where rest > 0 {
            let halfMonths = min(rest, month["halfMonths"]?.integer ?? 0)
            rest -= halfMonths
            let hasEnded = (month["to"]?.scalar ?? "") <= (fact("asOfDay", of: "LIV-14")?.scalar ?? "")
            if isOpen, !(month["days"] == .integer(30) && hasEnded) { continue }
            amount += monthlyNTD(from: month["from"]) * halfMonths / 2
        }
        if isOpen || isWaiting { return Result(outcome: "pending", amountNTD: isWaiting ? 0 : amount) }
        return Result(outcome: wanted > (caps.min() ?? .max) ? "reduced" : "granted", amountNTD: amount)
    }

    /// 60 % of the wage, as LIV-06 says rate and wage.
    private func monthlyNTD(from day: JSONValue?) -> Int64 {
        let month = (fact("months", of: "LIV-06")?.elements ?? []).first { $0["from"] == day }
        return share(fact("rate", of: "LIV-06"), of: month?["basicWageNTD"]?.integer ?? 0)
    }

    // MARK: Facts

    private func fact(_ name: String, of clause: String) -> JSONValue? {
        reasons.filter { $0["clause"] == .string(clause) }.compactMap { $0["facts"]?[name] }.last
    }

    private func ratio(_ value: JSONValue?) -> (Int64, Int64) {
        let parts = (value?.scalar ?? "").split(separator: "/").compactMap { Int64($0) }
        return parts.count == 2 ? (parts[0], parts[1]) : (0, 1)
    }

    private func share(_ value: JSONValue?, of amount: Int64) -> Int64 {
        let (part, whole) = ratio(value)
        return amount * part / whole
    }
}
