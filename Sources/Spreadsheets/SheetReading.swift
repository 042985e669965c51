import TrainingEvents

/// Reads the rows of a spreadsheet by its header.
struct SheetReading {
    private let kind: SpreadsheetKind
    /// The class of rows that name none.
    private let classID: String?
    private(set) var rows: [SheetRow] = []
    /// Rows with a fault, as far as they were read.
    private(set) var faultyRows: [SheetRow] = []
    private(set) var faults: [SpreadsheetFault] = []
    private var header = SheetHeader()

    /// O(fields).
    init(_ kind: SpreadsheetKind, classID: String?, _ bytes: [UInt8]) {
        self.kind = kind
        self.classID = classID
        do throws(SpreadsheetFault) {
            let lines = try CSVReader.rows(of: bytes)
            guard let first = lines.first else {
                throw SpreadsheetFault(.headerMissing, line: 1, expected: "a header line; csv-template prints one")
            }
            header = try SheetHeader(first, kind, hasClass: classID != nil)
            for line in lines.dropFirst() { read(line) }
        } catch {
            faults.append(error)
        }
    }

    private mutating func read(_ line: CSVReader.Row) {
        // Spreadsheets leave out or add commas at the end of a row.
        let rest = line.fields.dropFirst(header.count)
        guard rest.allSatisfy({ $0.trimmingSpaces.isEmpty }) else {
            faults.append(
                SpreadsheetFault(
                    .fieldCount, line: line.line, found: "\(line.fields.count) fields",
                    expected: "at most \(header.count), as in the header"))
            return
        }
        var row = SheetRow(line: line.line)
        let faultsBefore = faults.count
        if let classID { row.set(.string(classID), of: "class", under: "--class") }
        for (index, column) in header.columns { set(column, from: line, at: index, &row) }
        for column in kind.columns where column.isRequired && row.values[column.name] == nil {
            let isKnown = header.columns.contains { $0.column.name == column.name }
            let place = SheetPlace(line: line.line, column: header.name(of: column.name))
            // A field that was there and was wrong has been told already.
            if isKnown, !faults[faultsBefore...].contains(where: { $0.column == place.column }) {
                report(EventError(.missingField, expected: "a value"), place)
            }
        }
        guard faults.count == faultsBefore else {
            faultyRows.append(row)
            return
        }
        if header.days.isEmpty { rows.append(row) } else { readDays(line, row) }
    }

    private mutating func set(_ column: SheetColumn, from line: CSVReader.Row, at index: Int, _ row: inout SheetRow) {
        guard index < line.fields.count else { return }
        let text = CSVText.unguarded(line.fields[index].trimmingSpaces)
        guard !text.isEmpty else { return }
        let place = SheetPlace(line: line.line, column: header.names[index])
        do throws(EventError) {
            let value = try column.value(of: text)
            if column.name == "class", let classID, value != .string(classID) {
                throw EventError(.invalidValue, found: shown(text), expected: "the class of --class, \(shown(classID))")
            }
            row.set(value, of: column.name, under: place.column)
        } catch {
            report(error, place)
        }
    }

    /// A row a trainee and a column a day: every field that is not empty is a row of its own.
    private mutating func readDays(_ line: CSVReader.Row, _ row: SheetRow) {
        guard let minutes = kind.columns.first(where: { $0.name == "presentMinutes" }) else { return }
        for (index, day) in header.days where index < line.fields.count {
            let text = line.fields[index].trimmingSpaces
            guard !text.isEmpty else { continue }
            let place = SheetPlace(line: line.line, column: header.names[index])
            do throws(EventError) {
                var cell = row
                cell.set(.string("\(day)"), of: "on", under: place.column)
                cell.set(try minutes.value(of: text), of: minutes.name, under: place.column)
                rows.append(cell)
            } catch {
                report(error, place)
            }
        }
    }

    private mutating func report(_ error: EventError, _ place: SheetPlace) {
        faults.append(SpreadsheetFault(error, line: place.line, column: place.column))
    }
}
