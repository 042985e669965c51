import CivilTime
import Explanations
import TrainingEvents

extension SheetColumn {
    /// The value of a field that is not empty.
    ///
    /// - Throws: `invalidValue` with what is expected.
    func value(of text: String) throws(EventError) -> JSONValue {
        switch content {
        case .text: return .string(text)
        case .day:
            guard let day = Self.day(text) else { throw wrong(text, "a day such as 2026-06-01, 115-06-01 or 115/6/1") }
            return .string("\(day)")
        case .instant:
            guard let instant = Self.instant(text) else {
                throw wrong(text, "a day and a time such as 115-06-01 12:05")
            }
            return .string("\(instant)")
        case .timeOfDay:
            guard let time = Self.timeOfDay(text) else { throw wrong(text, "a time such as 18:30") }
            return .string(time)
        case .number:
            guard let number = Int64(text), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw wrong(text, "a whole number without a sign or a point")
            }
            return .integer(number)
        case .flag:
            guard let word = Self.code(text.lowercased(), among: ["true", "false"]) else {
                throw wrong(text, "true, false, 是 or 否")
            }
            return .bool(word == "true")
        case .code(let codes):
            guard let code = Self.code(text, among: codes) else { throw unknown(text, codes) }
            return .string(code)
        case .word(let words):
            guard let code = words.first(where: { $0.key == text || $0.value == text })?.key else {
                throw wrong(text, words.map { "\($0.key) (\($0.value))" }.joined(separator: ", "))
            }
            return .string(code)
        case .list:
            let words = text.split { ";；、".contains($0) }.map { $0.trimmingSpaces }.filter { !$0.isEmpty }
            return .array(words.map { .string($0) })
        }
    }

    private func wrong(_ text: String, _ expected: String) -> EventError {
        EventError(.invalidValue, found: shown(text), expected: expected)
    }

    private func unknown(_ text: String, _ codes: [String]) -> EventError {
        let words = codes.map { Terms.code($0, .chinese) }
        return EventError(
            .invalidValue, found: shown(text),
            expected: codes.count > 14
                ? "one of \(codes.count) codes, or its Chinese word"
                : zip(codes, words).map { "\($0) (\($1))" }.joined(separator: ", "),
            suggestion: Suggestion.nearest(to: text, among: codes + words))
    }

    /// ISO and ROC forms, and 2026/6/1 as spreadsheets write it.
    static func day(_ text: String) -> CivilDate? {
        if let day = CivilDate(text) { return day }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts.allSatisfy(isNumber) else { return nil }
        guard let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    private static func isNumber(_ text: Substring) -> Bool {
        (1...4).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// RFC 3339, or a day and a time in Taipei.
    private static func instant(_ text: String) -> Instant? {
        if let instant = Instant(text) { return instant }
        let parts = text.split(separator: " ")
        guard parts.count == 2, let day = day(String(parts[0])) else { return nil }
        let clock = parts[1].utf8.count(where: { $0 == UInt8(ascii: ":") }) == 1 ? parts[1] + ":00" : parts[1]
        let time = clock.utf8.count == 7 ? "0" + clock : String(clock)
        return Instant("\(day)T\(time)+08:00")
    }

    /// 9:30 as 09:30.
    private static func timeOfDay(_ text: String) -> String? {
        let time = text.utf8.count == 4 ? "0" + text : text
        return MinuteOfDay(time)?.description
    }
}

extension StringProtocol {
    /// The text without spaces at its ends, full-width ones included.
    var trimmingSpaces: String {
        func isSpace(_ character: Character) -> Bool { " \t\u{3000}\u{A0}".contains(character) }
        let rest = drop(while: isSpace)
        return String(rest.reversed().drop(while: isSpace).reversed())
    }
}
