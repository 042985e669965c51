package import TrainingEvents

extension Terms {
    /// Why an event was refused, in one sentence.
    package static func refusal(_ error: EventError, _ language: Language) -> String {
        guard language == .chinese, let sentence = chineseRefusals[error.code] else { return error.message }
        var text = sentence
        if !error.found.isEmpty { text += "；收到 \(error.found)" }
        if !error.expected.isEmpty { text += "；應為 \(error.expected)" }
        if let suggestion = error.suggestion { text += "；是否指「\(suggestion)」？" }
        return text
    }

    private static let chineseRefusals: [EventError.Code: String] = [
        .malformedJSON: "不是一個 JSON 物件", .lineTooLong: "此行過長", .malformedRecord: "儲存內容不是標準格式",
        .unknownType: "沒有這種事件", .unknownField: "此事件沒有這個欄位", .missingField: "缺少必要欄位",
        .duplicateField: "欄位重複", .wrongType: "欄位的 JSON 型別不符", .invalidValue: "欄位內容不符",
        .outOfRange: "超出範圍", .personalData: "編號不得為身分證號、居留證號或電話", .checkDigit: "檢查碼不符",
        .invalidText: "含有不接受的字元", .unknownReference: "先前沒有事件登記過", .unknownRulebook: "帳本未保存這份規則",
        .alreadyExists: "編號已存在，請改用變更",
        .stepNotAllowed: "目前狀態不能有這個步驟", .conflict: "同一來源與編號已登錄不同內容",
        .retractionNotAllowed: "此事件不能撤回", .recordedTimeOutOfOrder: "登錄時間順序不符",
        .noKeys: "沒有帳本的金鑰，無法加密個人資料", .erased: "此學員的個人資料已刪除，不再收錄",
        .sealedText: "新事件不能只說文字已加密",
        .notPermitted: "您無權登錄此事件",
        .unexpectedSequence: "帳本已有新的事件",
    ]
}
