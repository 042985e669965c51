import Rulebook

/// The names of categories and papers, from the base rulebook; read once.
enum RulebookTerms {
    static let chinese = names(\.chinese)
    static let english = names(\.english)

    private static func names(_ word: (BilingualText) -> String) -> [String: String] {
        guard let book = try? BuiltInRulebooks.book(named: "base") else { return [:] }
        return Dictionary(
            (book.categories + book.papers).map { ($0.code, word($0.name)) }, uniquingKeysWith: { first, _ in first })
    }
}
