import Foundation
import Testing

@testable import Exports

@Suite("docs/exports.md")
struct SchemaDocumentTests {
    @Test("tells every table, column and view as the program declares them")
    func schema() throws {
        let path = ExportFixture.root.appending(path: "docs/exports.md")
        let document = try String(contentsOf: path, encoding: .utf8)
        for section in ExportSchema.tables.map(Self.section) + [Self.views] {
            let isTold = document.contains(section)
            #expect(isTold, "copy this into docs/exports.md:\n\(section)")
        }
        let sections = document.split(separator: "\n").filter { $0.hasPrefix("### ") }.count
        #expect(sections == ExportSchema.tables.count)
    }

    private static func section(_ table: ExportTable) -> String {
        var lines = ["### `\(table.name)`", "", "\(table.note). Key: \(list(table.key))", ""]
        lines += ["| column | | what |", "| --- | --- | --- |"]
        for column in table.columns {
            let type = column.type.lowercased() + (column.isOptional ? "?" : "")
            let reference = column.reference.map { ", of `\($0)`" } ?? ""
            lines.append("| `\(column.name)` | \(type) | \(column.note)\(words(column))\(reference) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func words(_ column: ExportColumnForm) -> String {
        guard case .code(let words) = column.kind, words.count < 12 else { return "" }
        return ": " + list(words)
    }

    private static var views: String {
        ExportSchema.views.map { "| `\($0.name)` | \($0.note) |" }.joined(separator: "\n") + "\n"
    }

    private static func list(_ words: [String]) -> String { words.map { "`\($0)`" }.joined(separator: " ") }
}
