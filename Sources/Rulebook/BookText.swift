import Yams

/// One YAML document of a book's text: the book itself, or one of those it is built on.
struct BookLayer {
    /// The document's text.
    let text: String
    /// Lines of the file before it.
    let lineOffset: Int
}

/// The step before YAML: bytes to text, text to layers, and everything refused that the strict dialect
/// does not have.
///
/// Anchors and aliases are refused here, before libyaml sees them, because a few lines of aliases can
/// unfold to any size; tags and directives because they could change what a scalar means. Nesting needs no
/// limit of ours: libyaml refuses more than 1,000 levels, which the stack holds.
enum BookText {
    /// Nesting of `[` and `{` beyond this is refused, so that no input can exhaust the stack.
    static let maximumNesting = 32

    /// Splits a file into its layers.
    ///
    /// - Throws: `tooLarge`, `notText`, `forbiddenYAML` or `syntax`.
    static func layers(_ bytes: [UInt8], fileName: String) throws(RulebookError) -> [BookLayer] {
        guard bytes.count <= Rulebook.maximumSize else {
            throw RulebookError(
                .tooLarge, "\(bytes.count) bytes; at most \(Rulebook.maximumSize) are taken", file: fileName, line: 1,
                column: 1)
        }
        try checkCharacters(bytes, fileName: fileName)
        var layers: [BookLayer] = []
        var start = bytes.startIndex
        var firstLine = 0
        var lineNumber = 0
        var lineStart = bytes.startIndex
        while lineStart <= bytes.endIndex {
            let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            let line = bytes[lineStart..<lineEnd]
            lineNumber += 1
            if line.elementsEqual("---".utf8) {
                layers.append(try layer(bytes[start..<lineStart], offset: firstLine, fileName: fileName))
                start = min(lineEnd + 1, bytes.endIndex)
                firstLine = lineNumber
            } else if line.starts(with: "---".utf8) || line.starts(with: "...".utf8) || line.first == UInt8(ascii: "%")
            {
                throw RulebookError(
                    .forbiddenYAML, "a document marker other than a bare --- or a directive", file: fileName,
                    line: lineNumber, column: 1)
            } else {
                try checkLine(line, number: lineNumber, fileName: fileName)
            }
            lineStart = lineEnd + 1
        }
        layers.append(try layer(bytes[start...], offset: firstLine, fileName: fileName))
        return layers
    }

    private static func layer(
        _ bytes: ArraySlice<UInt8>, offset: Int, fileName: String
    ) throws(RulebookError) -> BookLayer {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw RulebookError(.notText, "not UTF-8", file: fileName, line: offset + 1, column: 1)
        }
        return BookLayer(text: text, lineOffset: offset)
    }

    /// Refuses control characters, the byte-order mark and line breaks other than a line feed.
    ///
    /// libyaml would take U+0085, U+2028 and U+2029 for line breaks, and then its line numbers and the
    /// scan for anchors would not be those of other tools.
    private static func checkCharacters(_ bytes: [UInt8], fileName: String) throws(RulebookError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let place = firstBroken(bytes)
            throw RulebookError(.notText, "not UTF-8", file: fileName, line: place.line, column: place.column)
        }
        var line = 1
        var column = 1
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A:
                line += 1
                column = 0
            case 0x00..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
                throw RulebookError(
                    .notText, "character U+\(hex(scalar.value)) is not taken", file: fileName, line: line,
                    column: column)
            default: break
            }
            column += 1
        }
    }

    /// Where bytes stop being UTF-8: the line and the column, in Unicode scalars, after the last sound one.
    private static func firstBroken(_ bytes: [UInt8]) -> FilePlace {
        var line = 1
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")),
            String(validating: bytes[start..<end], as: UTF8.self) != nil
        {
            line += 1
            start = end + 1
        }
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        var column = 1
        while start < end,
            let length = (1...4).first(where: { length in
                start + length <= end && String(validating: bytes[start..<start + length], as: UTF8.self) != nil
            })
        {
            column += 1
            start += length
        }
        return FilePlace(line: line, column: column)
    }

    /// Refuses `&`, `*` and `!` where a YAML node could begin.
    ///
    /// The test is wider than YAML's: such a word inside a text is refused too, and can be quoted apart.
    private static func checkLine(
        _ line: ArraySlice<UInt8>, number: Int, fileName: String
    ) throws(RulebookError) {
        var previous = UInt8(ascii: " ")
        for (offset, byte) in line.enumerated() {
            let next = line.index(line.startIndex, offsetBy: offset + 1)
            let followed = next < line.endIndex && line[next] != UInt8(ascii: " ")
            switch byte {
            case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
                if followed, !isWord(previous) {
                    throw RulebookError(
                        .forbiddenYAML, "a word that begins with & * or !: anchors, aliases and tags are not taken",
                        file: fileName, line: number, column: offset + 1)
                }
            default: break
            }
            previous = byte
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    private static func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
