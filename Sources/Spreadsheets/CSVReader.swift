import TrainingEvents

/// Reads comma-separated values (RFC 4180): UTF-8 with or without byte order mark, lines that end with CR LF or LF.
package enum CSVReader {
    /// Bounds on what is taken.
    package enum Limits {
        package static let bytes = 16 << 20
        package static let rows = 50_000
        package static let columns = 400
        /// Bytes of one field.
        package static let fieldBytes = 8_000
    }

    /// A row that is not empty.
    package struct Row: Hashable, Sendable {
        /// The line on which it begins, from 1.
        package let line: Int
        package let fields: [String]
    }

    /// The rows. O(bytes).
    ///
    /// - Throws: the first fault: `notUTF8`, `tooLarge`, `quotes`.
    package static func rows(of bytes: [UInt8]) throws(SpreadsheetFault) -> [Row] {
        guard bytes.count <= Limits.bytes else {
            throw SpreadsheetFault(
                .tooLarge, line: 1, found: "\(bytes.count) bytes", expected: "at most \(Limits.bytes) bytes")
        }
        let text = bytes.starts(with: CSVText.mark) ? bytes.dropFirst(CSVText.mark.count) : bytes[...]
        guard String(validating: text, as: UTF8.self) != nil else {
            throw SpreadsheetFault(
                .notUTF8, line: 1 + text.prefix(validPrefix(of: text)).count { $0 == 0x0A },
                expected: "UTF-8; in a spreadsheet, save as \"CSV UTF-8\"")
        }
        var scanner = Scanner(text)
        var rows: [Row] = []
        while let row = try scanner.next() {
            // A line with nothing on it is no row; spreadsheets write lines of commas for empty ones.
            if row.fields.allSatisfy(\.isEmpty) { continue }
            rows.append(row)
            guard rows.count <= Limits.rows else {
                throw SpreadsheetFault(
                    .tooLarge, line: row.line, found: "more rows", expected: "at most \(Limits.rows) rows")
            }
        }
        return rows
    }

    /// How many bytes at the beginning are UTF-8: found by halving, as a beginning of it is UTF-8 but for its last
    /// three bytes.
    private static func validPrefix(of text: ArraySlice<UInt8>) -> Int {
        var (low, high) = (0, text.count)
        while low < high {
            let middle = (low + high + 1) / 2
            let part = text.prefix(middle)
            let isValid = (0...3).contains { String(validating: part.dropLast($0), as: UTF8.self) != nil }
            if isValid { low = middle } else { high = middle - 1 }
        }
        return low
    }
}

/// Goes through the bytes once.
private struct Scanner {
    private let bytes: ArraySlice<UInt8>
    private var index: Int
    private var line = 1

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// The next row; `nil` at the end.
    mutating func next() throws(SpreadsheetFault) -> CSVReader.Row? {
        guard index < bytes.endIndex else { return nil }
        let first = line
        var fields: [String] = []
        while true {
            fields.append(try field())
            guard fields.count <= CSVReader.Limits.columns else {
                throw SpreadsheetFault(
                    .tooLarge, line: first, found: "more columns",
                    expected: "at most \(CSVReader.Limits.columns) columns")
            }
            guard index < bytes.endIndex else { break }
            let separator = bytes[index]
            index += 1
            if separator == UInt8(ascii: ",") { continue }
            if separator == 0x0D, index < bytes.endIndex, bytes[index] == 0x0A { index += 1 }
            line += 1
            break
        }
        return CSVReader.Row(line: first, fields: fields)
    }

    /// A field, up to the comma or line end behind it.
    private mutating func field() throws(SpreadsheetFault) -> String {
        let content =
            index < bytes.endIndex && bytes[index] == UInt8(ascii: "\"") ? try quotedField() : try plainField()
        guard content.count <= CSVReader.Limits.fieldBytes else {
            throw SpreadsheetFault(
                .tooLarge, line: line, found: "a field of \(content.count) bytes",
                expected: "at most \(CSVReader.Limits.fieldBytes) bytes a field")
        }
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func plainField() throws(SpreadsheetFault) -> ArraySlice<UInt8> {
        let start = index
        while index < bytes.endIndex, !",\r\n".utf8.contains(bytes[index]) {
            guard bytes[index] != UInt8(ascii: "\"") else {
                throw SpreadsheetFault(
                    .quotes, line: line, found: "a quotation mark within a field",
                    expected: "the whole field in quotation marks, and those in it doubled")
            }
            index += 1
        }
        return bytes[start..<index]
    }

    private mutating func quotedField() throws(SpreadsheetFault) -> ArraySlice<UInt8> {
        let first = line
        var content: ArraySlice<UInt8> = []
        index += 1
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == 0x0A { line += 1 }
            guard byte == UInt8(ascii: "\"") else {
                content.append(byte)
                continue
            }
            guard index < bytes.endIndex else { return content }
            if bytes[index] == UInt8(ascii: "\"") {
                content.append(byte)
                index += 1
                continue
            }
            guard ",\r\n".utf8.contains(bytes[index]) else {
                throw SpreadsheetFault(
                    .quotes, line: line, found: "text behind a closing quotation mark",
                    expected: "a comma or the end of the line")
            }
            return content
        }
        throw SpreadsheetFault(
            .quotes, line: first, found: "a quotation mark that is never closed", expected: "its closing one")
    }
}
