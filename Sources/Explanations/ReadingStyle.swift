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
        case .string(let text): show(text: text)
        case .null: "–"
        case .bool(let value): Terms.code(value ? "true" : "false", language)
        case .array(let elements):
            elements.isEmpty ? "–" : elements.map { show($0) }.joined(separator: language == .chinese ? "；" : "; ")
        case _ where json == .members(["sealed": .bool(true)]): Words("（已加密）", "(sealed)")(language)
        case _ where json == .members(["erased": .bool(true)]): Words("（已刪除）", "(erased)")(language)
        case .object(let members): show(members)
        default: json.text
        }
    }

    private func show(text: String) -> String {
        if let day = CivilDate(text) { return show(day) }
        let days = text.split(separator: " – ").compactMap { CivilDate($0) }
        if days.count == 2 { return days.map { show($0) }.joined(separator: " – ") }
        guard text.contains("T"), let instant = Instant(text) else { return Terms.code(text, language) }
        let minute = instant.taipeiMinuteOfDay
        let clock = "\(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
        return "\(show(instant.taipeiDate)) \(clock)"
    }

    /// Members as `key value, key value`.
    package func show(_ members: [JSONValue.Member]) -> String {
        members.map { "\(Terms.label($0.key, language)) \(show($0.value, of: $0.key))" }
            .joined(separator: language == .chinese ? "，" : ", ")
    }

    /// A value in the unit that its key names: minutes as hours, half-months as months, money, percentages.
    func show(_ value: JSONValue, of key: String) -> String {
        switch value {
        case .integer(let number):
            return Quantity(of: key)?.text(number, language) ?? "\(number)"
        case .string(let text): return percentage(text) ?? show(value)
        default: return show(value)
        }
    }

    /// `80/100` and `1/5` as percentages; `nil` for anything else.
    package func percentage(_ text: String) -> String? {
        let parts = text.split(separator: "/").compactMap { Int64($0) }
        guard parts.count == 2, parts[1] > 0, text.allSatisfy({ $0.isNumber || $0 == "/" }),
            parts[0] * 100 % parts[1] == 0
        else { return nil }
        return "\(parts[0] * 100 / parts[1])%"
    }

    /// What a failed or pending clause lacks: "remainder days 14; needed 20".
    package func show(_ lack: Lack) -> String {
        let name = Terms.withoutUnit(Terms.lack(lack.fact, language), of: lack.fact)
        let has = lack.has.map { show($0, of: lack.fact) }
        if let limit = lack.limit.map({ show($0, of: lack.fact) }) {
            let found = has ?? "–"
            return Words("\(name)\(found)，逾上限\(limit)", "\(name) \(found); at most \(limit)")(language)
        }
        switch (has, lack.needed.map { show($0, of: lack.fact) }) {
        case (let has?, let needed?):
            return Words("\(name)為\(has)，須\(needed)", "\(name) \(has); needed \(needed)")(language)
        case (let has?, nil): return Words("\(name)：\(has)", "\(name): \(has)")(language)
        case (nil, let needed?): return Words("\(name)，須\(needed)", "\(name); needed \(needed)")(language)
        case (nil, nil): return Words("欠缺\(name)", "\(name) missing")(language)
        }
    }
}
