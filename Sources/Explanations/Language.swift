/// The language of human output: Traditional Chinese or English.
package enum Language: String, CaseIterable, Sendable {
    case chinese = "zh-TW"
    case english = "en"
}

/// The same words in both languages.
package struct Words: Sendable {
    package let chinese: String
    package let english: String

    package init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }

    package func callAsFunction(_ language: Language) -> String {
        language == .chinese ? chinese : english
    }
}
