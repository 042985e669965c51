import TrainingEvents

/// Where something stands in the file.
struct SheetPlace: Hashable, Sendable {
    let line: Int
    /// The header of the column; empty where the whole row is meant.
    let column: String
}

/// A row whose fields were read.
struct SheetRow: Sendable {
    let line: Int
    /// By the columns' English names; empty fields are left out.
    private(set) var values: [String: JSONValue] = [:]
    private var headers: [String: String] = [:]

    init(line: Int) { self.line = line }

    mutating func set(_ value: JSONValue, of column: String, under header: String) {
        values[column] = value
        headers[column] = header
    }

    /// The text of a column, or the empty one.
    func text(_ column: String) -> String {
        if case .string(let text) = values[column] { return text }
        return ""
    }

    func place(of column: String) -> SheetPlace { SheetPlace(line: line, column: headers[column] ?? "") }

    /// Members of an event's data that are named like columns of the row, those without a value left out.
    func members(_ names: String...) -> [JSONValue.Member] {
        names.compactMap { name in values[name].map { JSONValue.Member(name, $0) } }
    }

    /// Where each of these members comes from, by its path in an event.
    func places(_ names: String..., within path: String = "data") -> [String: SheetPlace] {
        var places: [String: SheetPlace] = [:]
        for name in names { places["\(path).\(name)"] = place(of: name) }
        return places
    }
}
