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

    /// How far somebody has come in a class.
    package static func standing(_ standing: RosterList.Standing, _ language: Language) -> String {
        let words =
            switch standing {
            case .applied: Words("已報名", "applied")
            case .applicationClosed: Words("報名已取消", "application closed")
            case .admitted: Words("正取", "admitted")
            case .alternate: Words("備取", "alternate")
            case .forfeited: Words("放棄", "forfeited")
            case .started: Words("在訓", "in training")
            case .withdrawn: Words("離訓", "withdrawn")
            case .expelled: Words("退訓", "expelled")
            case .completed: Words("結訓", "completed")
            }
        return words(language)
    }
}
