package import Explanations
import TrainingEvents

/// A column of a kind of spreadsheet.
package struct SheetColumn: Sendable {
    /// What its fields hold.
    enum Content: Sendable {
        case text
        /// ISO or ROC.
        case day
        /// A day with a time in Taipei, or with an offset.
        case instant
        case timeOfDay
        /// A whole number.
        case number
        case flag
        /// One of these codes, or its Chinese word.
        case code([String])
        /// One of these codes, or the word here beside it.
        case word(KeyValuePairs<String, String>)
        /// Words with ; or 、 between them.
        case list
    }

    /// The English header: the name of the event's field.
    package let name: String
    /// The Chinese headers, the one for templates first.
    package let chinese: [String]
    package let isRequired: Bool
    let content: Content
    /// A field for the template.
    package let example: String

    init(
        _ name: String, _ chinese: [String], _ content: Content, isRequired: Bool = false, example: String = ""
    ) {
        self.name = name
        self.chinese = chinese
        self.content = content
        self.isRequired = isRequired
        self.example = example
    }

    /// The header in a language.
    package func header(_ language: Language) -> String {
        language == .chinese ? chinese.first ?? name : name
    }

    /// Whether a header means this column; upper and lower case are the same.
    func isMeant(by header: String) -> Bool {
        header.lowercased() == name.lowercased() || chinese.contains(header)
    }

    /// The code that a word stands for: itself, or by its Chinese word.
    static func code(_ word: String, among codes: [String]) -> String? {
        codes.first { $0 == word } ?? codes.first { Terms.code($0, .chinese) == word }
    }
}
