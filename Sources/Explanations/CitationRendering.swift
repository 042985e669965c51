import Rulebook

/// Sources as a written decision names them.
struct CitationRendering {
    let rulebook: Rulebook

    /// 「就業促進津貼實施辦法第20條第2項」; of a document its title and the place in it.
    func text(_ citation: Citation) -> String {
        guard let document = rulebook.document(citation.document) else { return citation.description }
        guard document.status == .statute else { return "「\(document.title)」\(citation.place)" }
        let units = ["條", "項", "款", "目"]
        let parts = citation.place.split(separator: ".")
        guard parts.count <= units.count else { return "\(document.title) \(citation.place)" }
        return document.title + zip(parts, units).map { "第\($0)\($1)" }.joined()
    }

    /// The sources of a clause, each once.
    func text(_ clause: Clause) -> String {
        clause.sources.map { text($0) }.joined(separator: "、")
    }
}
