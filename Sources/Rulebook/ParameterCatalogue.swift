import Yams

/// A parameter without its type: what the reader, the checker and the listing need.
struct DeclaredParameter: Sendable {
    let name: String
    let unit: String
    let read: @Sendable (Node, inout LayerReader) -> StoredHistory?
    let spans: @Sendable (StoredHistory) -> [ValueSpan]
    let list: @Sendable (StoredHistory) -> [ParameterListing.Entry]

    init<Value>(_ parameter: Parameter<Value>) {
        name = parameter.name
        unit = parameter.unit
        let kind = parameter.kind
        let unit = parameter.unit
        read = { node, reader in reader.history(node, kind, unit: unit).map(kind.store) }
        spans = { stored in (kind.load(stored) ?? []).map { ValueSpan(from: $0.from, until: $0.until) } }
        list = { stored in
            (kind.load(stored) ?? []).map { entry in
                ParameterListing.Entry(
                    from: entry.from, until: entry.until, announced: entry.announced, repealed: entry.repealed,
                    value: kind.print(entry.value), citation: entry.citation, reading: entry.reading,
                    note: entry.note, status: entry.status, secondary: entry.secondary, checked: entry.checked)
            }
        }
    }
}

/// Every parameter that a rulebook must give, in the order of the listing.
enum ParameterCatalogue {
    static let all: [DeclaredParameter] = tuition + preEmployment + allowance + youth + common

    private static let indexByName: [String: Int] = Dictionary(
        uniqueKeysWithValues: all.enumerated().map { ($1.name, $0) })

    /// The place of a parameter in ``all``, or `nil` for a name that no parameter has.
    static func index(of name: String) -> Int? {
        indexByName[name]
    }
}
