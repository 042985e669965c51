public import CivilTime

/// The same words in Chinese (Taiwan) and English.
public struct BilingualText: Sendable, Hashable {
    /// 中文（臺灣）.
    public let chinese: String
    /// English.
    public let english: String
}

/// A place in a document of the book: `TIP T12`, or an article of a version of a law:
/// `N0090025@2022-05-01/20.2`.
public struct Citation: Sendable, Hashable, CustomStringConvertible {
    /// The short ID of a ``RuleDocument`` listed in the same book.
    public let document: String
    /// The place in it, as the document numbers itself: `T12`, `補助標準2`; of a law, article and paragraph: `20.2`.
    public let place: String
    /// The version of a law that the article stands in; `nil` for other documents.
    public let version: CivilDate?

    /// A citation of a place in the document with this ID.
    public init(document: String, place: String, version: CivilDate? = nil) {
        self.document = document
        self.place = place
        self.version = version
    }

    /// As in the file: document and place, parted by a space; of a law, `N0090025@2022-05-01/20.2`.
    public var description: String {
        version.map { "\(document)@\($0)/\(place)" } ?? "\(document) \(place)"
    }
}

/// A document that values and clauses cite, listed once at the top of a book.
public struct RuleDocument: Sendable, Hashable {
    /// How far a document can be relied on.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// A statute or regulation.
        case statute
        /// An official document of the agency or of a class.
        case official
        /// Somebody's report of what an official source says.
        case secondary
    }

    /// Short ID, the first word of a citation: `TIP`, `N0090025`.
    public let id: String
    /// The document's own title.
    public let title: String
    /// Where it is: a file of the project or a URL.
    public let location: String
    /// Its version or date, as it calls it.
    public let version: String
    /// How far it can be relied on.
    public let status: Status
    /// Of a law, the versions that may be cited, each by a day on which it was in force; empty for the rest.
    public let versions: [CivilDate]
}

/// One rule of the book: its number, its words, where it comes from, and what in it is our reading.
public struct Clause: Sendable, Hashable {
    /// `LIV-07`.
    public let id: String
    /// The version of the rule's implementation, from 1: a decision cites `LIV-07@2`.
    public let version: Int
    /// A few words.
    public let title: BilingualText
    /// The rule in one or two sentences of our own.
    public let text: BilingualText
    /// Where it comes from, the most important first; never empty.
    public let sources: [Citation]
    /// What is our reading and not the document's, and why; `nil` where nothing is.
    public let reading: String?

    /// `LIV-07@2`.
    public var versionedID: String { "\(id)@\(version)" }
}

/// A code that the book uses (a category, a paper, a condition) and its names.
public struct Term: Sendable, Hashable {
    /// `middleAged`, `idCard`.
    public let code: String
    /// Its names.
    public let name: BilingualText
}
