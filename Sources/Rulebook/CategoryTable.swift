/// Papers of which one suffices, and when they are wanted: `victimCertificate|protectionOrder`.
public struct PaperRequirement: Sendable, Hashable, CustomStringConvertible {
    /// Document codes; one of them suffices. Never empty.
    public let anyOf: [String]
    /// Whether the document asks for the original (正本); where not, a copy does.
    public let original: Bool
    /// Whether the paper must be issued before the start day (開立日於參訓日前).
    public let issuedBeforeStart: Bool
    /// A condition code of the book: wanted only where events show it. `nil`: always wanted.
    public let condition: String?
    /// Categories that need not bring it, because their own row says what stands in its place.
    public let except: [String]

    /// As written in the book: `a|b original issuedBeforeStart if condition except category`.
    public var description: String {
        var text = anyOf.joined(separator: "|")
        if original { text += " original" }
        if issuedBeforeStart { text += " issuedBeforeStart" }
        if let condition { text += " if \(condition)" }
        if !except.isEmpty { text += " except \(except.joined(separator: " "))" }
        return text
    }
}

/// One row of a category table.
public struct CategoryRow: Sendable, Hashable {
    /// The document's own number of the row: `7`, `11(2)`.
    public let number: String
    /// The row's name.
    public let title: BilingualText
    /// Category codes that satisfy the row; no code stands in two rows of a table.
    public let categories: [String]
    /// The row's own papers.
    public let papers: [PaperRequirement]
}

/// A list of categories with the papers each must bring (特定對象與應備文件).
public struct CategoryTable: Sendable, Hashable {
    /// Papers that every row wants besides its own.
    public let common: [PaperRequirement]
    /// The rows in the document's order.
    public let rows: [CategoryRow]

    /// The row that a category satisfies, or `nil` if the table has none.
    public func row(for category: String) -> CategoryRow? {
        rows.first { $0.categories.contains(category) }
    }

    /// All category codes of the table, in its order.
    public var categories: [String] {
        rows.flatMap(\.categories)
    }

    /// The papers that a holder of the category must bring: the common ones that do not except it, then
    /// the row's own. Empty if the table has no row for it.
    public func papers(for category: String) -> [PaperRequirement] {
        guard let row = row(for: category) else { return [] }
        return common.filter { !$0.except.contains(category) } + row.papers
    }
}
