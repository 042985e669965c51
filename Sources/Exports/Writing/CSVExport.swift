package import Ledger
import Spreadsheets

/// Writes the tables as files of comma-separated values, one a table.
package enum CSVExport {
    /// Writes into a new directory, or in place of an empty one.
    ///
    /// - Parameter marksUTF8: begin each file with a byte order mark, by which spreadsheets know UTF-8.
    /// - Returns: how many files were written.
    /// - Throws: `notCreated`; nothing stands there then.
    package static func write(
        _ source: ExportSource, to place: ExportPlace, marksUTF8: Bool
    ) throws(LedgerError) -> Int {
        try place.makeDirectory()
        do throws(LedgerError) {
            for table in ExportSchema.tables {
                let file = try ExportFile("\(place.temporary)/\(table.name).csv")
                try file.add { bytes in
                    if marksUTF8 { bytes += CSVText.mark }
                    CSVText.append(table.columns.map { .text($0.name) }, to: &bytes)
                }
                try table.forEachRow(of: source) { cells throws(LedgerError) in
                    try file.add { CSVText.append(cells.map(\.field), to: &$0) }
                }
                try file.finish()
            }
            try place.publish()
        } catch {
            place.discard()
            throw error
        }
        return ExportSchema.tables.count
    }
}

extension ExportCell {
    /// The value as a field of a line.
    fileprivate var field: CSVText.Field {
        switch self {
        case .null: .absent
        case .integer(let number): .integer(number)
        case .text(let text): .text(text)
        }
    }
}
