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
    /// Whether an element ended, and whether a comma came, since the last one of the other.
    private var isAfterElement = false
    private var isAfterComma = false
    private var bytesOfMark = 0
    private var ready: [Text] = []

    /// Takes the next bytes and gives the texts that they complete.
    mutating func take(_ bytes: ArraySlice<UInt8>) -> [Text] {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if form == .lines {
                index = takeLine(bytes[index...])
            } else {
                take(bytes[index])
                index += 1
            }
        }
        defer { ready.removeAll(keepingCapacity: true) }
        return ready
    }

    /// Gives the last text, if the input did not end with its line.
    mutating func finish() -> [Text] {
        switch form {
        case .lines: endLine()
        case .array:
            if depth > 0 || !current.isEmpty { end() }
            // The array never ended: what is there may be the first half of an export.
            refuse("[")
        case .unknown: if bytesOfMark % 3 != 0 { refuse("partial byte order mark") }
        case .afterArray: if !current.isEmpty { end() }
        }
        defer { ready.removeAll(keepingCapacity: true) }
        return ready
    }

    private mutating func take(_ byte: UInt8) {
        switch form {
        case .unknown: begin(byte)
        case .lines: break
        case .array: takeInArray(byte)
        case .afterArray: if !Self.isSpace(byte) { keep(byte) }
        }
        if byte == UInt8(ascii: "\n") { line += 1 }
    }

    /// Takes the rest of the line at once; gives where the next one begins.
    private mutating func takeLine(_ bytes: ArraySlice<UInt8>) -> Int {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
        let room = Limits.lineBytes - current.count
        if end - bytes.startIndex > room { isTooLong = true }
        current.append(contentsOf: bytes[bytes.startIndex..<min(end, bytes.startIndex + room)])
        guard end < bytes.endIndex else { return end }
        endLine()
        line += 1
        return end + 1
    }

    private mutating func begin(_ byte: UInt8) {
        // A byte order mark at the very beginning is passed over.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if bytesOfMark < 3, byte == mark[bytesOfMark] {
            bytesOfMark += 1
            return
        }
        if bytesOfMark % 3 != 0 {
            form = .lines
            firstLine = line
            for part in mark[..<bytesOfMark] { keep(part) }
            keep(byte)
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
            case UInt8(ascii: ","):
                if !current.isEmpty { end() }
                if !isAfterElement { refuse(",") }
                isAfterElement = false
                isAfterComma = true
            case UInt8(ascii: "]"):
                if !current.isEmpty { end() }
                if isAfterComma { refuse(",") }
                form = .afterArray
                firstLine = line
            default:
                if current.isEmpty {
                    firstLine = line
                    // Two elements without a comma: the parser refuses the second.
                    if isAfterElement { keep(UInt8(ascii: ",")) }
                }
                isAfterComma = false
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

    /// Hands on a text that no parser takes, so that the fault is refused with its line.
    private mutating func refuse(_ text: String) {
        ready.append(Text(line: line, bytes: Array(text.utf8), isTooLong: false))
    }

    private mutating func end() {
        isAfterElement = true
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
