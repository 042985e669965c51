import CivilTime
import Explanations
import TrainingEvents

/// What the columns of a file are.
struct SheetHeader {
    /// The headers as they stand in the file.
    private(set) var names: [String] = []
    /// The columns of the kind, with their places.
    private(set) var columns: [(index: Int, column: SheetColumn)] = []
    /// Of attendance with a column a day: the days, with their places.
    private(set) var days: [(index: Int, day: CivilDate)] = []

    /// How many fields a row has.
    var count: Int { names.count }

    /// Of a file without one.
    init() {}

    /// - Parameter hasClass: whether the class is known without a column.
    /// - Throws: `unknownColumn`, `missingColumn`, `duplicateColumn`.
    init(_ row: CSVReader.Row, _ kind: SpreadsheetKind, hasClass: Bool) throws(SpreadsheetFault) {
        var fields = row.fields.map(\.trimmingSpaces)
        while fields.last?.isEmpty == true { fields.removeLast() }
        names = fields
        for (index, name) in names.enumerated() {
            if let column = kind.columns.first(where: { $0.isMeant(by: name) }) {
                try take(column, at: index, row.line)
            } else if kind == .attendance, let day = SheetColumn.day(name) {
                try take(day, at: index, row.line)
            } else {
                throw SpreadsheetFault(
                    .unknownColumn, line: row.line, column: name, found: shown(name),
                    expected: kind.columns.map { "\($0.header(.chinese)) (\($0.name))" }.joined(separator: ", "),
                    suggestion: Suggestion.nearest(
                        to: name, among: kind.columns.flatMap { [$0.name] + $0.chinese }))
            }
        }
        for column in kind.columns where !has(column) {
            let isNeeded = column.name == "class" ? !hasClass : column.isRequired
            let isByDay = !days.isEmpty && (column.name == "on" || column.name == "presentMinutes")
            guard isNeeded, !isByDay else { continue }
            throw SpreadsheetFault(
                .missingColumn, line: row.line, column: column.header(.chinese),
                expected: column.name == "class"
                    ? "a column 班次編號 (class), or --class" : "a column \(column.header(.chinese)) (\(column.name))")
        }
    }

    /// The header of a column as it stands in the file.
    func name(of column: String) -> String {
        columns.first { $0.column.name == column }.map { names[$0.index] } ?? column
    }

    private func has(_ column: SheetColumn) -> Bool { columns.contains { $0.column.name == column.name } }

    private mutating func take(_ column: SheetColumn, at index: Int, _ line: Int) throws(SpreadsheetFault) {
        let isByDay = !days.isEmpty && (column.name == "on" || column.name == "presentMinutes")
        guard !has(column), !isByDay else { throw twice(names[index], line) }
        columns.append((index, column))
    }

    private mutating func take(_ day: CivilDate, at index: Int, _ line: Int) throws(SpreadsheetFault) {
        let hasOther = columns.contains { $0.column.name == "on" || $0.column.name == "presentMinutes" }
        guard !hasOther, !days.contains(where: { $0.day == day }) else { throw twice(names[index], line) }
        days.append((index, day))
    }

    private func twice(_ name: String, _ line: Int) -> SpreadsheetFault {
        SpreadsheetFault(.duplicateColumn, line: line, column: name, found: shown(name), expected: "every column once")
    }
}
