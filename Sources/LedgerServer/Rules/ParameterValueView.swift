import CivilTime
import Explanations
import Rulebook
import TrainingEvents

/// The values of a rulebook's parameters as people read them: amounts with their thousands apart, fractions as
/// percentages, codes in their words, tables row by row.
struct ParameterValueView {
    private let book: Rulebook
    private let style: ReadingStyle

    init(_ book: Rulebook, _ style: ReadingStyle) {
        self.book = book
        self.style = style
    }

    private var language: Language { style.language }
    private var comma: String { Words("、", ", ")(language) }

    /// The lines of one value.
    func lines(_ parameter: ParameterListing, _ index: Int) -> [String] {
        let text = parameter.entries[index].value
        switch parameter.unit {
        case "NT$", "NT$ a month": return [Int64(text).map(Terms.money) ?? text]
        case "minute of the day": return [Int64(text).map(Terms.hours) ?? text]
        case "scale": return scale(parameter.name, index) ?? [text]
        case "category table": return table(parameter.name, index) ?? [text]
        case "holidays": return text.split(separator: "; ").map { holiday(String($0)) }
        case "branches": return text.split(separator: "; ").map(String.init)
        default:
            if let share = style.percentage(text) { return [share] }
            let words = text.split(separator: " ").map { style.show(.string(String($0))) }
            return [words.isEmpty ? Words("無", "none")(language) : words.joined(separator: comma)]
        }
    }

    /// What the number counts.
    func unit(_ parameter: ParameterListing) -> String {
        language == .chinese ? Self.chineseUnits[parameter.unit] ?? parameter.unit : parameter.unit
    }

    private static let chineseUnits: [String: String] = [
        "NT$": "新臺幣", "NT$ a month": "每月新臺幣", "benefit kinds": "給付種類", "branches": "分署及轄區", "categories": "身分",
        "category": "身分", "category table": "身分及應備文件", "certificate editions": "TTQS版別",
        "certificate grades": "TTQS等級", "date": "日期", "days": "日", "deliveries": "辦理方式", "flag": "是或否",
        "fraction of the approved seats": "核定名額之比率", "fraction of the class": "課程時數之比率",
        "fraction of the fee": "訓練費用之比率", "fraction of the monthly basic wage": "每月基本工資之比率",
        "fraction of the total": "總分之比率", "holidays": "放假日", "insurance marks": "投保註記",
        "insurance schemes": "保險", "minute of the day": "時刻", "minutes": "分鐘", "months": "月", "nationalities": "國籍",
        "percent of the class": "課程時數之％", "persons": "人", "programmes": "計畫", "review grades": "審查等級",
        "scale": "畸零日數級距", "times": "次", "unit kinds": "單位種類", "years": "年",
    ]

    private func holiday(_ text: String) -> String {
        guard let end = text.firstIndex(of: " "), let day = CivilDate(String(text[..<end])) else { return text }
        return style.show(day) + text[end...]
    }

    private func scale(_ name: String, _ index: Int) -> [String]? {
        let parameter = Parameter<[RemainderStep]>.allowanceRemainderSteps
        guard parameter.name == name, book.history(parameter).indices.contains(index) else { return nil }
        return book.history(parameter)[index].value.map { step in
            let months = Terms.months(Int64(step.halfMonths), language)
            return Words(
                "達 \(step.days) 日且 \(step.minutes / 60) 小時：\(months)",
                "\(step.days) days and \(step.minutes / 60) hours: \(months)")(language)
        }
    }

    private func table(_ name: String, _ index: Int) -> [String]? {
        let tables = [Parameter<CategoryTable>.allowanceCategories, .freeTrainingCategories]
        guard let parameter = tables.first(where: { $0.name == name }),
            book.history(parameter).indices.contains(index)
        else { return nil }
        let table = book.history(parameter)[index].value
        let common =
            table.common.isEmpty ? [] : [Words("各列共同：", "every row: ")(language) + papers(table.common)]
        return common
            + table.rows.map { row in
                let categories = row.categories.map { Terms.code($0, language) }.joined(separator: comma)
                let own = row.papers.isEmpty ? Words("無", "none")(language) : papers(row.papers)
                return Words("\(row.number) \(categories)：\(own)", "\(row.number) \(categories): \(own)")(language)
            }
    }

    private func papers(_ papers: [PaperRequirement]) -> String {
        papers.map(paper).joined(separator: Words("；", "; ")(language))
    }

    private func paper(_ paper: PaperRequirement) -> String {
        let name = paper.anyOf.map { Terms.code($0, language) }.joined(separator: Words("或", " or ")(language))
        var remarks: [Words] = []
        if paper.original { remarks.append(Words("正本", "the original")) }
        if paper.issuedBeforeStart { remarks.append(Words("參訓日前開立", "issued before the start day")) }
        if let code = paper.condition {
            let condition = book.conditions.first { $0.code == code }?.name
            remarks.append(Words("限\(condition?.chinese ?? code)", "if: \(condition?.english ?? code)"))
        }
        if !paper.except.isEmpty {
            func names(_ language: Language) -> String {
                paper.except.map { Terms.code($0, language) }.joined(separator: Words("、", ", ")(language))
            }
            remarks.append(Words("\(names(.chinese))除外", "not for \(names(.english))"))
        }
        guard !remarks.isEmpty else { return name }
        let told = remarks.map { $0(language) }.joined(separator: comma)
        return Words("\(name)（\(told)）", "\(name) (\(told))")(language)
    }
}
