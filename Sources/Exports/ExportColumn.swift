import CivilTime
import TrainingEvents

/// A column: its name, what it means, and its value in a row.
struct ExportColumn<Row>: Sendable {
    let form: ExportColumnForm
    let value: @Sendable (Row) -> ExportCell

    static func text(
        _ name: String, _ note: String, of other: String? = nil, isOptional: Bool = false,
        _ value: @escaping @Sendable (Row) -> String?
    ) -> Self {
        Self(form: ExportColumnForm(name, .text, note, isOptional, other)) { .text(value($0)) }
    }

    static func integer(
        _ name: String, _ note: String, of other: String? = nil, isOptional: Bool = false,
        _ value: @escaping @Sendable (Row) -> Int64?
    ) -> Self {
        Self(form: ExportColumnForm(name, .integer, note, isOptional, other)) { .integer(value($0)) }
    }

    static func day(
        _ name: String, _ note: String, isOptional: Bool = false, _ value: @escaping @Sendable (Row) -> CivilDate?
    ) -> Self {
        Self(form: ExportColumnForm(name, .day, note, isOptional, nil)) { .day(value($0)) }
    }

    static func flag(
        _ name: String, _ note: String, isOptional: Bool = false, _ value: @escaping @Sendable (Row) -> Bool?
    ) -> Self {
        Self(form: ExportColumnForm(name, .flag, note, isOptional, nil)) { row in
            .integer(value(row).map { $0 ? 1 : 0 })
        }
    }

    static func code<Code: CodeEnum>(
        _ name: String, _ note: String, isOptional: Bool = false, _ value: @escaping @Sendable (Row) -> Code?
    ) -> Self {
        Self(form: ExportColumnForm(name, .code(Code.codes.all), note, isOptional, nil)) { .text(value($0)?.name) }
    }

    /// A word out of a few that are no codes of events.
    static func word(
        _ name: String, _ note: String, among words: [String], isOptional: Bool = false,
        _ value: @escaping @Sendable (Row) -> String?
    ) -> Self {
        Self(form: ExportColumnForm(name, .code(words), note, isOptional, nil)) { .text(value($0)) }
    }
}

/// What is told of a column: in SQL, in the documentation.
package struct ExportColumnForm: Hashable, Sendable {
    /// What its values are.
    package enum Kind: Hashable, Sendable {
        case text
        case integer
        /// `YYYY-MM-DD`.
        case day
        /// 0 or 1.
        case flag
        /// One of these words.
        case code([String])
    }

    package let name: String
    package let kind: Kind
    /// What it means, in English, on one line.
    package let note: String
    /// Whether there may be no value.
    package let isOptional: Bool
    /// The table and column that it refers to: `classes (class)`.
    package let reference: String?

    init(_ name: String, _ kind: Kind, _ note: String, _ isOptional: Bool, _ reference: String?) {
        self.name = name
        self.kind = kind
        self.note = note
        self.isOptional = isOptional
        self.reference = reference
    }

    /// Its line within `CREATE TABLE`, without the comma.
    var declaration: String {
        var text = "\(name) \(type)"
        if !isOptional { text += " NOT NULL" }
        if let reference { text += " REFERENCES \(reference)" }
        if let check { text += " CHECK (\(check))" }
        return text
    }

    /// The type in a STRICT table.
    package var type: String {
        switch kind {
        case .text, .day, .code: "TEXT"
        case .integer, .flag: "INTEGER"
        }
    }

    private var check: String? {
        switch kind {
        case .text, .integer: nil
        case .day: "\(name) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
        case .flag: "\(name) IN (0, 1)"
        case .code(let words): "\(name) IN (\(words.map { "'\($0)'" }.joined(separator: ", ")))"
        }
    }
}
