package import Ledger

/// A table: what SQL, CSV and the documentation say of it, and its rows.
package struct ExportTable: Sendable {
    package let name: String
    /// What a row is, in English, on one line.
    package let note: String
    package let columns: [ExportColumnForm]
    /// The columns that tell a row from all others.
    package let key: [String]
    /// Columns that refer together to another table's: `(person, class) REFERENCES enrolments (person, class)`.
    package let references: [String]
    private let rows: Rows

    private typealias Rows =
        @Sendable (ExportSource, ([ExportCell]) throws(LedgerError) -> Void) throws(LedgerError) -> Void

    /// - Parameter rows: lends every row of a source, in an order that follows from the ledger alone.
    init<Row>(
        _ name: String, _ note: String, key: [String], references: [String] = [], columns: [ExportColumn<Row>],
        rows: @escaping @Sendable (ExportSource, (Row) throws(LedgerError) -> Void) throws(LedgerError) -> Void
    ) {
        self.name = name
        self.note = note
        self.key = key
        self.references = references
        self.columns = columns.map(\.form)
        self.rows = { source, body throws(LedgerError) in
            try rows(source) { row throws(LedgerError) in try body(columns.map { $0.value(row) }) }
        }
    }

    /// Lends the rows, each as its cells in the order of the columns.
    package func forEachRow(
        of source: ExportSource, _ body: ([ExportCell]) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        try rows(source, body)
    }

    /// The statement that makes the table; its comments stay in the file, where `.schema` shows them.
    package var statement: String {
        var lines = columns.map { (text: $0.declaration, note: $0.note as String?) }
        lines.append(("PRIMARY KEY (\(key.joined(separator: ", ")))", nil))
        for reference in references { lines.append(("FOREIGN KEY \(reference)", nil)) }
        let body = lines.enumerated().map { index, line in
            "  " + line.text + (index + 1 < lines.count ? "," : "") + (line.note.map { "  -- \($0)" } ?? "")
        }
        return "CREATE TABLE \(name) (  -- \(note)\n" + body.joined(separator: "\n") + "\n) STRICT"
    }
}

/// A question that is asked often, as a view.
package struct ExportView: Sendable {
    package let name: String
    /// What a row is, in English, on one line.
    package let note: String
    /// The SELECT statement.
    package let query: String

    package var statement: String { "CREATE VIEW \(name) AS  -- \(note)\n\(query)" }
}
