import ArgumentParser
import Foundation

/// The language of human output: Traditional Chinese or English.
enum Language: String, ExpressibleByArgument, CaseIterable {
    case chinese = "zh-TW"
    case english = "en"

    /// By the environment, as other programs choose: `LC_ALL`, `LC_MESSAGES`, `LANG`.
    static var ofEnvironment: Language {
        let environment = ProcessInfo.processInfo.environment
        let name = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        return name.hasPrefix("zh") ? .chinese : .english
    }
}

/// The same words in both languages.
struct Words {
    let chinese: String
    let english: String

    init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }

    func callAsFunction(_ language: Language) -> String {
        language == .chinese ? chinese : english
    }
}
