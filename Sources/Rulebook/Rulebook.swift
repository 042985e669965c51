public import CivilTime

/// A rulebook: dated parameters, clause texts and citations. It computes no decision.
///
/// It is read from YAML by ``parse(_:fileName:)`` or built in (``BuiltInRulebooks``); the format is
/// described in `docs/rulebook.md`.
///
/// ## Topics
/// - Reading: ``parse(_:fileName:)``, ``check(_:fileName:)``
/// - Values: ``value(_:on:)``, ``subscript(_:on:)``, ``history(_:)``, ``timeline(_:)``, ``parameterListing``
/// - Clauses: ``clauses``, ``clause(_:)``, ``document(_:)``
public struct Rulebook: Sendable, Equatable {
    /// The largest file taken, in bytes: 1 MiB.
    public static let maximumSize = 1 << 20

    /// `base`.
    public let id: String
    /// `sha256:` and the SHA-256 of ``text`` in lower-case hexadecimal.
    public let digest: String
    /// The book's name.
    public let title: BilingualText
    /// The ID of the book that this one extends; `nil` if it stands alone.
    public let extends: String?
    /// The documents cited, those of the extended book first.
    public let documents: [RuleDocument]
    /// The category codes that tables and lists may use.
    public let categories: [Term]
    /// The document (paper) codes that tables may use.
    public let papers: [Term]
    /// The condition codes that papers may depend on.
    public let conditions: [Term]
    /// The clauses in file order; a clause that an extending book replaces keeps its place.
    public let clauses: [Clause]
    /// The canonical text: the file's bytes; for a book that extends another, that book's text, a line
    /// `---`, and the file's bytes. ``parse(_:fileName:)`` reads it back to an equal book.
    public let text: [UInt8]

    /// One history for each entry of ``ParameterCatalogue/all``; `nil` where the book gives none.
    let histories: [StoredHistory?]

    /// The clause with this ID (`LIV-07`), or `nil`.
    public func clause(_ id: String) -> Clause? {
        clauses.first { $0.id == id }
    }

    /// The document with this short ID (`TIP`), or `nil`.
    public func document(_ id: String) -> RuleDocument? {
        documents.first { $0.id == id }
    }

    /// All values of a parameter, the oldest first.
    public func history<Value>(_ parameter: Parameter<Value>) -> [DatedValue<Value>] {
        guard let index = ParameterCatalogue.index(of: parameter.name) else {
            preconditionFailure("parameter \(parameter.name) is declared but not in the catalogue")
        }
        return histories[index].flatMap(parameter.kind.load) ?? []
    }

    /// The value that holds on a day with its dates and source, or `nil` where the book gives none.
    public func value<Value>(_ parameter: Parameter<Value>, on day: CivilDate) -> DatedValue<Value>? {
        let entries = history(parameter)
        // A handful of entries, and the newest is asked for most.
        return entries.lastIndex { $0.holds(on: day) }.map { entries[$0] }
    }

    /// The bare value that holds on a day, or `nil` where the book gives none.
    public subscript<Value>(_ parameter: Parameter<Value>, on day: CivilDate) -> Value? {
        value(parameter, on: day)?.value
    }

    /// The parameter's values alone, for code that asks for many days: fetched by name once, then looked up
    /// in nanoseconds.
    public func timeline<Value>(_ parameter: Parameter<Value>) -> Timeline<Value> {
        Timeline(history(parameter))
    }

    /// Every parameter with its values as text, in a fixed order, for people to read.
    public var parameterListing: [ParameterListing] {
        zip(ParameterCatalogue.all, histories).map { declared, stored in
            ParameterListing(
                name: declared.name, unit: declared.unit, entries: stored.map(declared.list) ?? [])
        }
    }
}

/// A parameter's name, unit and values as text.
public struct ParameterListing: Sendable, Equatable {
    /// One value as text.
    public struct Entry: Sendable, Equatable {
        /// The first day; `nil` where it holds for all earlier days too.
        public let from: CivilDate?
        /// The last day; `nil` where it still holds.
        public let until: CivilDate?
        /// The day on which it was promulgated or announced; `nil` if not known.
        public let announced: CivilDate?
        /// The day from which it is repealed; `nil` if it is not.
        public let repealed: CivilDate?
        /// The value as text.
        public let value: String
        /// Where it comes from.
        public let citation: Citation
        /// What is our reading and why.
        public let reading: String?
        /// What else is to be known of it.
        public let note: String?
        /// What it stands on.
        public let status: ValueStatus
        /// Whether the source is a secondary one.
        public let secondary: Bool
        /// The day on which somebody last held it against its source.
        public let checked: CivilDate?
    }

    /// The key in the file.
    public let name: String
    /// What the number counts.
    public let unit: String
    /// The values, the oldest first.
    public let entries: [Entry]
}
