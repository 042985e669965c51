import CivilTime
import Yams

/// A book under construction: what the layers read so far come to.
struct BookDraft {
    var id = ""
    var title = BilingualText(chinese: "", english: "")
    var extends: String?
    var documents: [RuleDocument] = []
    var categories: [Term] = []
    var papers: [Term] = []
    var conditions: [Term] = []
    var clauses: [Clause] = []
    var histories = [StoredHistory?](repeating: nil, count: ParameterCatalogue.all.count)
    /// Where each parameter of the file stands, by its place in the catalogue.
    var places: [Int: FilePlace] = [:]

    init() {}

    init(_ book: Rulebook) {
        id = book.id
        title = book.title
        extends = book.extends
        documents = book.documents
        categories = book.categories
        papers = book.papers
        conditions = book.conditions
        clauses = book.clauses
        histories = book.histories
    }

    func rulebook(text: [UInt8]) -> Rulebook {
        Rulebook(
            id: id, digest: Rulebook.digest(of: text), title: title, extends: extends, documents: documents,
            categories: categories, papers: papers, conditions: conditions, clauses: clauses, text: text,
            histories: histories)
    }
}

/// Reading a whole layer on top of the book below it.
///
/// A parameter of the layer replaces the whole history below; a clause with the ID of one below
/// replaces it in its place; documents and terms are only ever added.
extension LayerReader {
    /// Reads the layer's root node into the draft; faults are noted.
    mutating func layer(_ root: Node, into draft: inout BookDraft, isFirst: Bool) {
        for document in draft.documents { documents[document.id] = document }
        mustStateUnits = isFirst
        categoryCodes.formUnion(draft.categories.map(\.code))
        paperCodes.formUnion(draft.papers.map(\.code))
        conditionCodes.formUnion(draft.conditions.map(\.code))
        guard
            let keys = mapping(
                root, "a rulebook", required: ["rulebook", "title"],
                optional: ["extends", "documents", "categories", "papers", "conditions", "parameters", "clauses"])
        else { return }
        if let id = keys["rulebook"].flatMap({ bookID($0) }) {
            if !isFirst, id == draft.id, let node = keys["rulebook"] {
                note(.duplicate, "book \(id) extends itself", at: node)
            }
            draft.id = id
        }
        if let title = keys["title"].flatMap({ bilingual($0, "the title") }) { draft.title = title }
        if let node = keys["documents"] { readDocuments(node, into: &draft) }
        if let node = keys["categories"] { readTerms(node, into: &draft.categories, codes: \.categoryCodes) }
        if let node = keys["papers"] { readTerms(node, into: &draft.papers, codes: \.paperCodes) }
        if let node = keys["conditions"] { readTerms(node, into: &draft.conditions, codes: \.conditionCodes) }
        if let node = keys["parameters"] { readParameters(node, into: &draft) }
        if let node = keys["clauses"] { readClauses(node, into: &draft) }
        guard isFirst else { return }
        for (index, declared) in ParameterCatalogue.all.enumerated() where draft.histories[index] == nil {
            let given = keys["parameters"]?.mapping?.contains { $0.key.scalar?.string == declared.name } ?? false
            if !given { note(.missingKey, "the book lacks parameter \(declared.name)", at: keys["parameters"] ?? root) }
        }
    }

    /// A book's ID: lower-case letters, digits and hyphens, a letter first.
    mutating func bookID(_ node: Node) -> String? {
        guard let text = text(node, "the ID") else { return nil }
        let bytes = Array(text.utf8)
        let sound =
            bytes.count <= 64 && Self.isLetter(bytes[0])
            && bytes.allSatisfy {
                (Self.isLetter($0) && $0 >= UInt8(ascii: "a")) || Self.isDigit($0) || $0 == UInt8(ascii: "-")
            }
        guard sound else {
            note(.badValue, "\(text) is not a book ID (lower-case letters, digits, hyphens)", at: node)
            return nil
        }
        return text
    }

    private mutating func readDocuments(_ node: Node, into draft: inout BookDraft) {
        for element in list(node, "the documents") ?? [] {
            guard
                let keys = mapping(
                    element, "a document", required: ["id", "title", "location", "version", "status"],
                    optional: ["versions"]),
                let id = keys["id"].flatMap({ text($0, "the ID") }),
                let title = keys["title"].flatMap({ text($0, "the title") }),
                let location = keys["location"].flatMap({ text($0, "the location") }),
                let version = keys["version"].flatMap({ text($0, "the version") }),
                let statusNode = keys["status"], let statusText = text(statusNode, "the status")
            else { continue }
            guard let status = RuleDocument.Status(rawValue: statusText) else {
                note(.badValue, "\(statusText) is not statute, official or secondary", at: statusNode)
                continue
            }
            guard !id.contains(" ") else {
                note(.badValue, "document ID \(id) holds a space", at: element)
                continue
            }
            guard documents[id] == nil else {
                note(.duplicate, "document \(id) is listed twice", at: element)
                continue
            }
            guard let versions = versions(keys["versions"], of: element, isLaw: status == .statute) else { continue }
            let document = RuleDocument(
                id: id, title: title, location: location, version: version, status: status, versions: versions)
            documents[id] = document
            draft.documents.append(document)
        }
    }

    /// The versions of a law that may be cited; a law has some, another document none.
    private mutating func versions(_ node: Node?, of document: Node, isLaw: Bool) -> [CivilDate]? {
        guard let node else {
            if isLaw { note(.missingKey, "a statute must list the versions that may be cited", at: document) }
            return isLaw ? nil : []
        }
        guard isLaw else {
            note(.badValue, "only a statute is cited by version", at: node)
            return nil
        }
        guard let nodes = list(node, "the versions") else { return nil }
        var result: [CivilDate] = []
        for element in nodes {
            guard let version = date(element) else { return nil }
            if let last = result.last, version <= last {
                note(.order, "version \(version) does not come after \(last)", at: element)
                return nil
            }
            result.append(version)
        }
        guard !result.isEmpty else {
            note(.missingKey, "a statute must list the versions that may be cited", at: node)
            return nil
        }
        return result
    }

    private mutating func readTerms(
        _ node: Node, into terms: inout [Term], codes: WritableKeyPath<LayerReader, Set<String>>
    ) {
        for (key, keyNode, value) in pairs(node, "the terms") ?? [] {
            guard Self.isCode(key) else {
                note(.badValue, "\(key) is not a code (letters and digits, a letter first)", at: keyNode)
                continue
            }
            guard let name = bilingual(value, "the name of \(key)") else { continue }
            guard self[keyPath: codes].insert(key).inserted else {
                note(.duplicate, "\(key) is listed in the book below already", at: keyNode)
                continue
            }
            terms.append(Term(code: key, name: name))
        }
    }

    private mutating func readParameters(_ node: Node, into draft: inout BookDraft) {
        for (key, keyNode, value) in pairs(node, "the parameters") ?? [] {
            guard let index = ParameterCatalogue.index(of: key) else {
                note(.unknownKey, "there is no parameter \(key)", at: keyNode)
                continue
            }
            draft.places[index] = place(of: keyNode)
            if let history = ParameterCatalogue.all[index].read(value, &self) { draft.histories[index] = history }
        }
    }

    private mutating func readClauses(_ node: Node, into draft: inout BookDraft) {
        var own: Set<String> = []
        for element in list(node, "the clauses") ?? [] {
            guard let clause = clause(element) else { continue }
            guard own.insert(clause.id).inserted else {
                note(.duplicate, "clause \(clause.id) stands twice", at: element)
                continue
            }
            if let place = draft.clauses.firstIndex(where: { $0.id == clause.id }) {
                draft.clauses[place] = clause
            } else {
                draft.clauses.append(clause)
            }
        }
    }

    private mutating func clause(_ node: Node) -> Clause? {
        guard
            let keys = mapping(
                node, "a clause", required: ["id", "version", "title", "text", "sources"], optional: ["reading"]),
            let idNode = keys["id"], let sourcesNode = keys["sources"]
        else { return nil }
        let before = findings.count
        let id = text(idNode, "the ID")
        if let id, !Self.isClauseID(id) { note(.badValue, "\(id) is not a clause ID such as LIV-07", at: idNode) }
        let version = keys["version"].flatMap { count($0, in: 1...999) }
        let title = keys["title"].flatMap { bilingual($0, "the title") }
        let words = keys["text"].flatMap { bilingual($0, "the text") }
        let reading = keys["reading"].flatMap { text($0, "the reading") }
        let sourceNodes = list(sourcesNode, "the sources") ?? []
        let sources = sourceNodes.compactMap { citation($0) }
        if sources.isEmpty, findings.count == before {
            note(.missingSource, "clause \(id ?? "") has no source", at: sourcesNode)
        }
        guard findings.count == before, let id, let version, let title, let words else { return nil }
        return Clause(id: id, version: version, title: title, text: words, sources: sources, reading: reading)
    }

    /// Three capital letters, a hyphen, two digits.
    private static func isClauseID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 6 && bytes[3] == UInt8(ascii: "-")
            && bytes[..<3].allSatisfy { isLetter($0) && $0 < UInt8(ascii: "a") }
            && bytes[4...].allSatisfy(isDigit)
    }
}
