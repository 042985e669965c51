import CivilTime
import TrainingEvents

/// The words of the field in both languages.
enum Terms {
    static func outcome(_ outcome: Outcome, _ language: Language) -> String {
        let words =
            switch outcome {
            case .granted: Words("核發", "granted")
            case .reduced: Words("減額核發", "reduced")
            case .refused: Words("不予核發", "refused")
            case .pending: Words("待補件或待結算", "pending")
            case .notApplicable: Words("不適用", "not applicable")
            }
        return words(language)
    }

    static func kind(_ kind: DecisionKind, _ language: Language) -> String {
        let words =
            switch kind {
            case .registration: Words("報名", "registration")
            case .admission: Words("錄訓", "admission")
            case .feeShare: Words("自行負擔費用", "fee share")
            case .tuitionSubsidy: Words("訓練費用補助", "tuition subsidy")
            case .attendance: Words("出缺勤", "attendance")
            case .livingAllowance: Words("職業訓練生活津貼", "living allowance")
            case .learningReward: Words("學習獎勵金", "learning reward")
            case .unitEligibility: Words("訓練單位資格", "unit eligibility")
            }
        return words(language)
    }

    static func result(_ result: String, _ language: Language) -> String {
        let words: [String: Words] = [
            "met": Words("符合", "met"), "failed": Words("不符合", "failed"), "applied": Words("適用", "applied"),
            "pending": Words("待定", "pending"), "notApplicable": Words("不適用", "not applicable"),
        ]
        return words[result]?(language) ?? result
    }

    /// An amount in NT$, with thousands apart: `NT$26,550`.
    static func money(_ amount: Int64) -> String {
        let digits = String(amount.magnitude)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return (amount < 0 ? "−" : "") + "NT$" + grouped
    }

    /// Half-months as months: `1.5`.
    static func months(_ halfMonths: Int64) -> String {
        halfMonths % 2 == 0 ? "\(halfMonths / 2)" : "\(halfMonths / 2).5"
    }

    /// Minutes as hours and minutes: `15:00`.
    static func hours(_ minutes: Int64) -> String {
        "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    }
}
