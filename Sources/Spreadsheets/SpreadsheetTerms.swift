package import Explanations
import TrainingEvents

extension Terms {
    /// What is wrong with a spreadsheet, with its line and column.
    package static func fault(_ fault: SpreadsheetFault, _ language: Language) -> String {
        let place = Words(
            "\(fault.line)：" + (fault.column.isEmpty ? "" : "「\(fault.column)」"),
            "\(fault.line): " + (fault.column.isEmpty ? "" : "\(fault.column): "))
        return place(language) + reason(fault, language)
    }

    /// What is wrong with a row, without its place.
    package static func reason(_ fault: SpreadsheetFault, _ language: Language) -> String {
        switch fault.reason {
        case .event(let code):
            let error = EventError(
                code, found: fault.found, expected: fault.expected, suggestion: fault.suggestion)
            return refusal(error, language)
        case .file(let code):
            var text = sentence(code)(language)
            if !fault.found.isEmpty { text += Words("；收到 \(fault.found)", ": found \(fault.found)")(language) }
            text += Words("；應為 \(fault.expected)", ", expected \(fault.expected)")(language)
            if let meant = fault.suggestion {
                text += Words("；是否指「\(meant)」？", "; did you mean \"\(meant)\"?")(language)
            }
            return text
        }
    }

    private static func sentence(_ code: SpreadsheetFault.Code) -> Words {
        switch code {
        case .notUTF8: Words("檔案不是 UTF-8", "the file is not UTF-8")
        case .tooLarge: Words("超過上限", "there is too much")
        case .quotes: Words("引號不成對", "the quotation marks do not match")
        case .fieldCount: Words("欄數不符", "the row has other columns than the header")
        case .headerMissing: Words("沒有標題列", "there is no header")
        case .unknownColumn: Words("沒有這個欄位", "no such column")
        case .missingColumn: Words("缺少欄位", "a column is missing")
        case .duplicateColumn: Words("欄位重複", "the column is there twice")
        case .repeatedRow: Words("資料重複", "the row repeats another")
        }
    }
}
