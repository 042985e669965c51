import CivilTime
import Yams

/// Reading citations: a place in a document, or an article of a version of a law.
extension LayerReader {
    /// `TIP T14`: a document of the book and a place in it; `N0090025@2022-05-01/20.2`: a law.
    mutating func citation(_ node: Node) -> Citation? {
        guard let text = text(node, "the source") else { return nil }
        guard let end = text.firstIndex(where: { $0 == " " || $0 == "@" }) else {
            note(.missingSource, "source \(text) names no place in the document", at: node)
            return nil
        }
        let id = String(text[..<end])
        let rest = text[text.index(after: end)...]
        guard let first = rest.first, first != " ", rest.last != " " else {
            note(.missingSource, "source \(text) names no place in the document", at: node)
            return nil
        }
        guard let document = documents[id] else {
            note(.unknownReference, "document \(id) is not listed in the book", at: node)
            return nil
        }
        guard document.status == .statute else {
            if text[end] == "@" {
                note(.badValue, "\(id) is no statute: write \(id), a space and the place", at: node)
                return nil
            }
            return Citation(document: id, place: String(rest))
        }
        return text[end] == "@" ? article(rest, of: document, at: node) : noArticle(text, id, at: node)
    }

    /// `2022-05-01/20.2`: a version of the law and an article with its paragraph.
    private mutating func article(_ text: Substring, of law: RuleDocument, at node: Node) -> Citation? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let version = CivilDate(parts[0]), version.description == parts[0],
            Self.isArticle(parts[1])
        else { return noArticle("\(law.id)@\(text)", law.id, at: node) }
        guard law.versions.contains(version) else {
            note(.unknownReference, "version \(version) of \(law.id) is not listed in the book", at: node)
            return nil
        }
        return Citation(document: law.id, place: String(parts[1]), version: version)
    }

    private mutating func noArticle(_ text: String, _ id: String, at node: Node) -> Citation? {
        note(.badValue, "source \(text) of a statute does not read as \(id)@2022-05-01/20.2", at: node)
        return nil
    }

    /// `20`, `20-1`, `20.2`, `18.2.4`: an article, and in it a paragraph and a subparagraph.
    private static func isArticle(_ text: Substring) -> Bool {
        let levels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let article = levels.first, levels.count <= 4 else { return false }
        let numbers = article.split(separator: "-", omittingEmptySubsequences: false)
        return numbers.count <= 2
            && (numbers + levels.dropFirst()).allSatisfy { wholeNumber($0).map { $0 > 0 } ?? false }
    }
}
