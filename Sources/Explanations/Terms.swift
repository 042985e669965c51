package import Decisions
package import Rulebook
package import TrainingEvents

/// The words of the field in both languages.
package enum Terms {
    package static func outcome(_ outcome: Outcome, _ language: Language) -> String {
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

    /// The outcome in the words of its kind: a registration is accepted, an allowance is paid.
    package static func outcome(_ outcome: Outcome, of kind: DecisionKind, _ language: Language) -> String {
        let words: Words? =
            switch (kind, outcome) {
            case (.registration, .granted): Words("准予報名", "may apply")
            case (.registration, .refused): Words("不得報名", "may not apply")
            case (.admission, .granted): Words("錄訓", "admitted")
            case (.admission, .refused): Words("未錄訓", "not admitted")
            case (.admission, .pending): Words("待定", "waiting")
            case (.attendance, .granted): Words("未逾缺勤上限", "within the limits")
            case (.attendance, .refused): Words("應予退訓", "expulsion is called for")
            case (.unitEligibility, .granted): Words("得申請辦訓", "may apply")
            case (.unitEligibility, .refused): Words("不得申請辦訓", "may not apply")
            case (.feeShare, .granted): Words("學員負擔", "the trainee pays")
            default: nil
            }
        return words?(language) ?? self.outcome(outcome, language)
    }

    /// Whether a kind's decision is about money.
    package static func carriesMoney(_ kind: DecisionKind) -> Bool {
        switch kind {
        case .feeShare, .tuitionSubsidy, .livingAllowance, .learningReward: true
        case .registration, .admission, .attendance, .unitEligibility: false
        }
    }

    package static func seat(_ seat: AdmissionSeat, _ language: Language) -> String {
        let words =
            switch seat {
            case .subsidised: Words("正取（補助名額）", "subsidised seat")
            case .extra: Words("正取（自費名額）", "extra seat")
            case .alternate: Words("備取", "alternate")
            case .notAdmitted: Words("未錄取", "no seat")
            }
        return words(language)
    }

    package static func kind(_ kind: DecisionKind, _ language: Language) -> String {
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

    package static func result(_ result: String, _ language: Language) -> String {
        let words: [String: Words] = [
            "met": Words("符合", "met"), "failed": Words("不符合", "failed"), "applied": Words("適用", "applied"),
            "pending": Words("待定", "pending"), "notApplicable": Words("不適用", "not applicable"),
        ]
        return words[result]?(language) ?? result
    }

    /// What a value of the rulebook stands on.
    package static func status(_ status: ValueStatus, _ language: Language) -> String {
        let words =
            switch status {
            case .statute: Words("法規", "statute")
            case .official: Words("官方文件", "official document")
            case .secondary: Words("間接來源", "secondary source")
            case .reading: Words("解釋", "reading")
            }
        return words(language)
    }

    /// An amount in NT$, with thousands apart: `NT$26,550`.
    package static func money(_ amount: Int64) -> String {
        let digits = String(amount.magnitude)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return (amount < 0 ? "−" : "") + "NT$" + grouped
    }

    /// Half-months as months: `1.5`.
    package static func months(_ halfMonths: Int64) -> String {
        halfMonths % 2 == 0 ? "\(halfMonths / 2)" : "\(halfMonths / 2).5"
    }

    /// Minutes as hours and minutes: `15:00`.
    package static func hours(_ minutes: Int64) -> String {
        "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    }
}
