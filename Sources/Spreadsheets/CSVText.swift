/// Comma-separated values as spreadsheets take them (RFC 4180).
package enum CSVText {
    /// A field of a line.
    package enum Field: Hashable, Sendable {
        /// No value: nothing between the commas. The empty text is `""`.
        case absent
        case integer(Int64)
        case text(String)
    }

    /// The byte order mark by which spreadsheets know UTF-8.
    package static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Appends a line with its CR LF.
    package static func append(_ fields: [Field], to bytes: inout [UInt8]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch field {
            case .absent: break
            case .integer(let number): bytes += "\(number)".utf8
            case .text(let text): append(text, to: &bytes)
            }
        }
        bytes += [0x0D, 0x0A]
    }

    /// A text that a spreadsheet could take for a formula gets an apostrophe before it, and so does one that begins
    /// with an apostrophe, so that ``unguarded(_:)`` brings back what was there.
    package static func guarded(_ text: String) -> String { isToBeGuarded(text) ? "'" + text : text }

    /// The text without the apostrophe that ``guarded(_:)`` put before it.
    package static func unguarded(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "'") else { return text }
        let rest = String(text.unicodeScalars.dropFirst())
        return isToBeGuarded(rest) ? rest : text
    }

    /// Whether a text begins with what begins a formula, or with the sign that guards it.
    private static func isToBeGuarded(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return "=+-@\t\r'".utf8.contains(first)
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let text = guarded(text)
        let isQuoted = text.isEmpty || text.utf8.contains { ",\"\r\n".utf8.contains($0) }
        guard isQuoted else {
            bytes += text.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
