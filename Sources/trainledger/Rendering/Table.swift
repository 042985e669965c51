import CommandKit

/// A table that fits a terminal: columns as wide as their content, wide characters counted as two. Where that is too
/// wide, texts go on in a line below, but no word is broken; where that is not enough, each row is written as a list.
struct Table {
    private var rows: [[String]]
    private let header: [String]
    private let rightAligned: Set<Int>
    /// No column is made narrower than this.
    private static let least = 8

    init(_ header: [String], rightAligned: Set<Int> = []) {
        self.header = header
        self.rightAligned = rightAligned
        rows = []
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    var isEmpty: Bool { rows.isEmpty }

    /// The lines, with a rule under the header, as wide as the terminal.
    var lines: [String] { lines(fitting: Console.columns) }

    /// The lines, no wider than so many columns.
    private func lines(fitting limit: Int) -> [String] {
        for gap in [2, 1] {
            let space = Self.space(gap)
            let widths = widths(fitting: limit - gap * (header.count - 1))
            guard widths.reduce(0, +) + gap * (header.count - 1) <= limit else { continue }
            let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: space)
            return row(header, widths, space) + [rule] + rows.flatMap { row($0, widths, space) }
        }
        return Array(rows.map { list(of: $0, limit) }.joined(separator: [""]))
    }

    /// The widths of the columns. The widest gives way first, down to its longest word.
    private func widths(fitting limit: Int) -> [Int] {
        let all = [header] + rows
        func most(_ column: Int, _ measure: (String) -> Int) -> Int { all.map { measure($0[column]) }.max() ?? 0 }
        var widths = header.indices.map { most($0, Self.width) }
        let words = header.indices.map { column in
            most(column) { TextWrapping.pieces($0).map { Self.width($0.text) }.max() ?? 0 }
        }
        var excess = widths.reduce(0, +) - limit
        while excess > 0 {
            let yielding = widths.indices.filter { widths[$0] > max(words[$0], Self.least) }
            guard let widest = yielding.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func row(_ cells: [String], _ widths: [Int], _ space: String) -> [String] {
        let wrapped = zip(cells, widths).map { TextWrapping.lines($0, width: $1) }
        return (0..<(wrapped.map(\.count).max() ?? 1)).map { index in
            line(wrapped.map { index < $0.count ? $0[index] : "" }, widths, space)
        }
    }

    /// A row as a list: a line for each column that has something, its name before it.
    private func list(of cells: [String], _ limit: Int) -> [String] {
        let names = header.map(Self.width).max() ?? 0
        return zip(header, cells).filter { !$1.isEmpty }.flatMap { name, cell in
            let texts = TextWrapping.lines(cell, width: max(Self.least, limit - names - 2))
            return texts.enumerated().map { index, text in
                let label = index == 0 ? name : ""
                return label + Self.space(names - Self.width(label) + 2) + text
            }
        }
    }

    private func line(_ cells: [String], _ widths: [Int], _ space: String) -> String {
        let padded = zip(cells, widths).enumerated().map { column, pair in
            let padding = Self.space(pair.1 - Self.width(pair.0))
            return rightAligned.contains(column) ? padding + pair.0 : pair.0 + padding
        }
        let text = padded.joined(separator: space)
        return String(text.reversed().drop { $0 == " " }.reversed())
    }

    private static func space(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    /// Columns on a terminal: East Asian wide characters take two.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
