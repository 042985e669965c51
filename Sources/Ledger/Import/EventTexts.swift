import TrainingEvents

/// Splits input into the texts of single events: lines of JSON Lines, or elements of one JSON array (the
/// CloudEvents batch format).
///
/// It only finds where a text begins and ends; whether it is an event the parser says. Memory is bounded by the
/// longest text taken.
struct EventTexts {
    /// One text with the number of the line on which it begins, from 1.
    struct Text {
        let line: Int
        /// The bytes; cut short after ``Limits/lineBytes`` where `isTooLong`.
        let bytes: [UInt8]
        let isTooLong: Bool
    }

    private enum Form { case unknown, lines, array, afterArray }

    private var form = Form.unknown
    private var line = 1
    private var firstLine = 1
    private var current: [UInt8] = []
    private var isTooLong = false
    // Within an array: nesting, and whether inside a string, after a backslash.
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var bytesOfMark = 0
    private var ready: [Text] = []

    /// Takes the next bytes and gives the texts that they complete.
    mutating func take(_ bytes: ArraySlice<UInt8>) -> [Text] {
        for byte in bytes { take(byte) }
        defer { ready.removeAll(keepingCapacity: true) }
        return ready
    }

    /// Gives the last text, if the input did not end with its line.
    mutating func finish() -> [Text] {
        switch form {
        case .lines: endLine()
        case .array: if depth > 0 || !current.isEmpty { end() }
        case .unknown, .afterArray: if !current.isEmpty { end() }
        }
        defer { ready.removeAll(keepingCapacity: true) }
        return ready
    }

    private mutating func take(_ byte: UInt8) {
        switch form {
        case .unknown: begin(byte)
        case .lines: if byte == UInt8(ascii: "\n") { endLine() } else { keep(byte) }
        case .array: takeInArray(byte)
        case .afterArray: if !Self.isSpace(byte) { keep(byte) }
        }
        if byte == UInt8(ascii: "\n") { line += 1 }
    }

    private mutating func begin(_ byte: UInt8) {
        // A byte order mark at the very beginning is passed over.
        if bytesOfMark < 3, byte == [0xEF, 0xBB, 0xBF][bytesOfMark] {
            bytesOfMark += 1
            return
        }
        if Self.isSpace(byte) { return }
        form = byte == UInt8(ascii: "[") ? .array : .lines
        firstLine = line
        if form == .lines { keep(byte) }
    }

    private mutating func takeInArray(_ byte: UInt8) {
        if depth == 0 {
            switch byte {
            case _ where Self.isSpace(byte): return
            case UInt8(ascii: ","): if !current.isEmpty { end() }
            case UInt8(ascii: "]"):
                if !current.isEmpty { end() }
                form = .afterArray
                firstLine = line
            default:
                if current.isEmpty { firstLine = line }
                keep(byte)
                if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth = 1 }
            }
            return
        }
        keep(byte)
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            if depth == 0 { end() }
        default: break
        }
    }

    private mutating func keep(_ byte: UInt8) {
        if current.count < Limits.lineBytes { current.append(byte) } else { isTooLong = true }
    }

    private mutating func endLine() {
        if current.contains(where: { !Self.isSpace($0) }) {
            firstLine = line
            end()
        } else {
            current.removeAll(keepingCapacity: true)
        }
    }

    private mutating func end() {
        ready.append(Text(line: firstLine, bytes: current, isTooLong: isTooLong))
        current.removeAll(keepingCapacity: true)
        isTooLong = false
        depth = 0
        isInString = false
        isEscaped = false
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
