/// A table that fits a terminal: columns as wide as their content, wide characters counted as two. Where that is too
/// wide, texts go on in a line below; a word is never broken.
struct Table {
    private var rows: [[String]]
    private let header: [String]
    private let rightAligned: Set<Int>
    private static let gap = 2
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

    /// The lines, no wider than so many columns if the words allow it.
    private func lines(fitting limit: Int) -> [String] {
        let widths = widths(fitting: limit)
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.space(Self.gap))
        return row(header, widths) + [rule] + rows.flatMap { row($0, widths) }
    }

    /// The widths of the columns. The widest gives way first, down to its longest word.
    private func widths(fitting limit: Int) -> [Int] {
        let all = [header] + rows
        func most(_ column: Int, _ measure: (String) -> Int) -> Int { all.map { measure($0[column]) }.max() ?? 0 }
        var widths = header.indices.map { most($0, Self.width) }
        let words = header.indices.map { column in
            most(column) { TextWrapping.pieces($0).map { Self.width($0.text) }.max() ?? 0 }
        }
        var excess = widths.reduce(0, +) + Self.gap * (widths.count - 1) - limit
        while excess > 0 {
            let yielding = widths.indices.filter { widths[$0] > max(words[$0], Self.least) }
            guard let widest = yielding.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func row(_ cells: [String], _ widths: [Int]) -> [String] {
        let wrapped = zip(cells, widths).map { TextWrapping.lines($0, width: $1) }
        return (0..<(wrapped.map(\.count).max() ?? 1)).map { index in
            line(wrapped.map { index < $0.count ? $0[index] : "" }, widths)
        }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).enumerated().map { column, pair in
            let space = Self.space(pair.1 - Self.width(pair.0))
            return rightAligned.contains(column) ? space + pair.0 : pair.0 + space
        }
        let text = padded.joined(separator: Self.space(Self.gap))
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
