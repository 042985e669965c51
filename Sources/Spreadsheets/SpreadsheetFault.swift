package import TrainingEvents

/// What is wrong with a spreadsheet, and where.
package struct SpreadsheetFault: Error, Hashable, Sendable {
    /// The causes that lie in the file; others are those of the event that a row stands for.
    package enum Code: String, Sendable, CaseIterable {
        /// The bytes are no UTF-8.
        case notUTF8
        /// There are more bytes, rows, columns or events than are taken.
        case tooLarge
        /// A quotation mark stands where none belongs, or is never closed.
        case quotes
        /// A row has more or fewer fields than the header.
        case fieldCount
        /// There is no header line.
        case headerMissing
        /// A column is none of the kind's.
        case unknownColumn
        /// A column that is needed is not there.
        case missingColumn
        /// A column is there twice.
        case duplicateColumn
        /// A row says of the same thing what another row has said.
        case repeatedRow
    }

    /// Why.
    package enum Reason: Hashable, Sendable {
        case file(Code)
        /// What the event would be refused for, its field being the column.
        case event(EventError.Code)
    }

    package let reason: Reason
    /// The line of the file on which the row begins, from 1.
    package let line: Int
    /// The column as the file's header names it; empty where the whole row is meant.
    package let column: String
    /// What was found, shortened, without personal numbers.
    package let found: String
    package let expected: String
    /// The spelling that was probably meant.
    package let suggestion: String?

    init(
        _ code: Code, line: Int, column: String = "", found: String = "", expected: String,
        suggestion: String? = nil
    ) {
        reason = .file(code)
        self.line = line
        self.column = column
        self.found = found
        self.expected = expected
        self.suggestion = suggestion
    }

    init(_ error: EventError, line: Int, column: String) {
        reason = .event(error.code)
        self.line = line
        self.column = column
        found = error.found
        expected = error.expected
        suggestion = error.suggestion
    }

    /// The code for programs.
    package var code: String {
        switch reason {
        case .file(let code): code.rawValue
        case .event(let code): code.rawValue
        }
    }

    package var json: JSONValue {
        .members([
            "line": .number(line), "column": .string(column), "code": .string(code), "found": .string(found),
            "expected": .string(expected), "suggestion": suggestion.map { .string($0) },
        ])
    }
}
