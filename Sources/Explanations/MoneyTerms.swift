package import Ledger

extension Terms {
    /// What became of a decision between two rulebooks or points.
    package static func change(_ change: DecisionChange.Kind, _ language: Language) -> String {
        let words =
            switch change {
            case .same: Words("不變", "same")
            case .amount: Words("金額改變", "amount")
            case .reasonOnly: Words("僅理由改變", "reason only")
            case .newlyGranted: Words("改為核發", "newly granted")
            case .lost: Words("不再核發", "lost")
            }
        return words(language)
    }

    /// What a line of a settlement says of a decision.
    package static func status(_ status: Settlement.Status, _ language: Language) -> String {
        let words =
            switch status {
            case .due: Words("應撥", "due")
            case .withheld: Words("暫緩", "withheld")
            case .overpaid: Words("溢領", "overpaid")
            case .waiting: Words("待定", "waiting")
            }
        return words(language)
    }
}
