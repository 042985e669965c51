/// Texts in lines of a width: broken at spaces, and between wide characters, which stand without any.
enum TextWrapping {
    /// What stays together, and whether a space stood before it.
    struct Piece {
        var text: String
        var isAfterSpace: Bool
    }

    /// The words of a text, and its wide characters one by one.
    static func pieces(_ text: String) -> [Piece] {
        var pieces: [Piece] = []
        var isAfterSpace = false
        // A word goes on until a space or a wide character ends it.
        var goesOn = false
        for character in text {
            if character == " " {
                (isAfterSpace, goesOn) = (true, false)
                continue
            }
            let isWide = character.unicodeScalars.first.map(Table.isWide) ?? false
            if goesOn, !isWide {
                pieces[pieces.count - 1].text.append(character)
            } else {
                pieces.append(Piece(text: String(character), isAfterSpace: isAfterSpace))
            }
            (isAfterSpace, goesOn) = (false, !isWide)
        }
        return pieces
    }

    /// The lines of a text; one that fits is left as it is. A piece wider than a line stands alone.
    static func lines(_ text: String, width: Int) -> [String] {
        guard Table.width(text) > width else { return [text] }
        var lines: [String] = []
        for piece in pieces(text) {
            let joined = (lines.last ?? "") + (piece.isAfterSpace ? " " : "") + piece.text
            if !lines.isEmpty, Table.width(joined) <= width {
                lines[lines.count - 1] = joined
            } else {
                lines.append(piece.text)
            }
        }
        return lines
    }
}
