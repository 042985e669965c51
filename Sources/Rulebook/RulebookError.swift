/// What is wrong with a rulebook, and where.
///
/// Two errors are equal when code, file, line and column are equal, whatever the wording.
public struct RulebookError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of fault, stable across releases.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The file is larger than ``Rulebook/maximumSize``.
        case tooLarge
        /// The bytes are not UTF-8 text, or hold a control character or a byte-order mark.
        case notText
        /// A YAML anchor, alias, tag or directive: none is taken.
        case forbiddenYAML
        /// Not YAML, or not one YAML document a layer.
        case syntax
        /// A key stands twice in one mapping.
        case duplicateKey
        /// A key that the format does not have, or a parameter that the program does not know.
        case unknownKey
        /// A required key is absent, or the whole book lacks a parameter.
        case missingKey
        /// A mapping, list or scalar where another of them belongs.
        case wrongType
        /// A scalar that does not read as the number, date, ratio, code or text that belongs there.
        case badValue
        /// The unit that a parameter states is not the one that the program counts in.
        case wrongUnit
        /// A document, category, paper or condition that the book does not list.
        case unknownReference
        /// The same ID, code, category or row number stands twice.
        case duplicate
        /// A value or clause without a source.
        case missingSource
        /// A stretch of days between two entries of a parameter has no value.
        case gap
        /// Two entries of a parameter hold on the same day.
        case overlap
        /// Days of a value that contradict one another: announced after it took force without a note, repealed
        /// before it did, checked before it was announced.
        case wrongDates
        /// Steps of a scale that do not descend.
        case order
        /// A parameter has neither a value nor an explicit end on a first of a month that a check covers.
        case coverage
        /// The book extends one that is not known.
        case unknownBook
    }

    /// The kind of fault.
    public let code: Code
    /// The fault in words (English).
    public let reason: String
    /// The name of the file as the caller gave it.
    public let file: String
    /// Line in the file, from 1; 0 only for a book that is asked for by a name nobody has.
    public let line: Int
    /// Column in the line, from 1, counted in Unicode scalars; 0 with the line.
    public let column: Int

    init(_ code: Code, _ reason: String, file: String, line: Int, column: Int) {
        self.code = code
        self.reason = reason
        self.file = file
        self.line = line
        self.column = column
    }

    public static func == (left: RulebookError, right: RulebookError) -> Bool {
        left.code == right.code && left.file == right.file && left.line == right.line && left.column == right.column
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(file)
        hasher.combine(line)
        hasher.combine(column)
    }

    /// `base.yaml:12:7: unknownKey: …`.
    public var description: String {
        "\(file):\(line):\(column): \(code.rawValue): \(reason)"
    }
}
