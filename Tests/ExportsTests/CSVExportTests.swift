import Foundation
import Ledger
import Testing

@testable import Exports

@Suite("A ledger as files of comma-separated values")
struct CSVExportTests {
    @Test("has one file a table, with the rows of the database")
    func tables() throws {
        try ExportFixture.with { fixture in
            let database = try fixture.database()
            let place = try ExportPlace(fixture.path("csv"))
            #expect(
                try CSVExport.write(try fixture.source(), to: place, marksUTF8: false) == ExportSchema.tables.count)
            for table in ExportSchema.tables {
                let text = String(decoding: try fixture.bytes("\(place.path)/\(table.name).csv"), as: UTF8.self)
                let lines = text.components(separatedBy: "\r\n")
                #expect(lines.last == "")
                #expect(lines.first == table.columns.map(\.name).joined(separator: ","))
                let rows = try ExportFixture.rows(database, "SELECT * FROM \(table.name)")
                #expect(lines.count == rows.count + 2, "\(table.name)")
                // None of the values has a comma, quotation mark or line end, so none is quoted.
                let expected = rows.map { $0.replacing("\t", with: ",") }.sorted()
                #expect(lines.dropFirst().dropLast().sorted() == expected)
            }
            #expect(try fixture.names() == ["csv", "tables.sqlite"])
        }
    }

    @Test("begins with a byte order mark where that is asked for, and fills an empty directory but no other")
    func places() throws {
        try ExportFixture.with { fixture in
            let source = try fixture.source()
            let path = fixture.path("csv")
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            _ = try CSVExport.write(source, to: try ExportPlace(path), marksUTF8: true)
            #expect(try fixture.bytes(path + "/units.csv").prefix(7) == Data([0xEF, 0xBB, 0xBF]) + Data("unit".utf8))
            #expect(throws: LedgerError.self) { try ExportPlace(path) }
            #expect(throws: LedgerError.self) {
                _ = try CSVExport.write(source, to: try ExportPlace(path, replacing: true), marksUTF8: true)
            }
            #expect(try fixture.names() == ["csv"])
        }
    }
}
