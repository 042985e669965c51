package import CivilTime
package import Decisions
package import TrainingEvents

/// How a person reads answers: the language, and the calendar of dates.
package struct ReadingStyle: Sendable {
    package let language: Language
    /// Whether dates are shown in the ROC calendar (民國).
    package let usesROCDates: Bool

    package init(language: Language, usesROCDates: Bool) {
        self.language = language
        self.usesROCDates = usesROCDates
    }

    package func show(_ day: CivilDate) -> String { usesROCDates ? day.republicDescription : day.description }

    /// A value of a JSON answer as people read it: dates in their calendar, codes in their words.
    package func show(_ json: JSONValue) -> String {
        switch json {
        case .string(let text): CivilDate(text).map { show($0) } ?? Terms.code(text, language)
        case .null: "–"
        case .bool(let value): Terms.code(value ? "true" : "false", language)
        case .array(let elements):
            elements.isEmpty ? "–" : elements.map { show($0) }.joined(separator: language == .chinese ? "；" : "; ")
        case .object(let members): show(members)
        default: json.text
        }
    }

    /// Members as `key value, key value`.
    package func show(_ members: [JSONValue.Member]) -> String {
        members.map { "\(Terms.key($0.key, language)) \(show($0.value))" }
            .joined(separator: language == .chinese ? "，" : ", ")
    }

    /// What a failed or pending clause lacks: "remainder days 14; needed 20".
    package func show(_ lack: Lack) -> String {
        let name = Terms.lack(lack.fact, language)
        switch (lack.has, lack.needed) {
        case (let has?, let needed?):
            return Words("\(name)為\(show(has))，須\(show(needed))", "\(name) \(show(has)); needed \(show(needed))")(language)
        case (let has?, nil): return Words("\(name)：\(show(has))", "\(name): \(show(has))")(language)
        case (nil, let needed?):
            return Words("\(name)，須\(show(needed))", "\(name); needed \(show(needed))")(language)
        case (nil, nil): return Words("欠缺\(name)", "\(name) missing")(language)
        }
    }
}
