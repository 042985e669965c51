import Glibc
import TrainingEvents

/// Splits input into the texts of single events: lines of JSON Lines, or elements of one JSON array (the
/// CloudEvents batch format).
///
/// It only finds where a text begins and ends; whether it is an event the parser says. Memory is bounded by the
/// bytes given at once and the longest text taken.
struct EventTexts {
    /// Texts that were completed together.
    struct Block: Sendable {
        fileprivate(set) var bytes: [UInt8] = []
        fileprivate(set) var texts: [Text] = []

        fileprivate init() {}

        /// One text, which begins on this line.
        init(_ text: [UInt8], line: Int) {
            bytes = text
            texts = [Text(line: line, range: 0..<text.count, isTooLong: false)]
        }
    }

    /// One text with the number of the line on which it begins, from 1.
    struct Text: Sendable {
        let line: Int
        /// Its place in the block; cut short after ``Limits/lineBytes`` where `isTooLong`.
        let range: Range<Int>
        let isTooLong: Bool
    }

    private enum Form { case unknown, lines, array, afterArray }

    private var form = Form.unknown
    private var line = 1
    private var firstLine = 1
    /// The texts that are ready and, from ``start`` on, the one being taken.
    private var ready = Block()
    private var start = 0
    private var isTooLong = false
    // Within an array: nesting, and whether inside a string, after a backslash.
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// Whether an element ended, and whether a comma came, since the last one of the other.
    private var isAfterElement = false
    private var isAfterComma = false
    private var bytesOfMark = 0

    /// Takes the next bytes and gives the texts that they complete.
    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Block {
        var index = 0
        while index < bytes.count {
            if form == .lines {
                index = takeLine(bytes, from: index)
            } else {
                take(bytes[index])
                index += 1
            }
        }
        return handOver()
    }

    /// Gives the last text, if the input did not end with its line.
    mutating func finish() -> Block {
        switch form {
        case .lines: endLine()
        case .array:
            if depth > 0 || length > 0 { end() }
            // The array never ended: what is there may be the first half of an export.
            refuse("[")
        case .unknown: if bytesOfMark % 3 != 0 { refuse("partial byte order mark") }
        case .afterArray: if length > 0 { end() }
        }
        return handOver()
    }

    /// The bytes of the text being taken.
    private var length: Int { ready.bytes.count - start }

    /// Gives what is ready, and keeps the beginning of the next text.
    private mutating func handOver() -> Block {
        // Nothing ready: what there is grows in place.
        if ready.texts.isEmpty { return Block() }
        var rest = Block()
        // The next block will be about as long.
        rest.bytes.reserveCapacity(ready.bytes.count)
        rest.bytes.append(contentsOf: ready.bytes[start...])
        ready.bytes.removeSubrange(start...)
        swap(&rest, &ready)
        start = 0
        return rest
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
    private mutating func takeLine(_ bytes: UnsafeBufferPointer<UInt8>, from first: Int) -> Int {
        let end = Self.lineEnd(bytes, from: first)
        let room = Limits.lineBytes - length
        if (end ?? bytes.count) - first > room { isTooLong = true }
        ready.bytes.append(contentsOf: bytes[first..<min(end ?? bytes.count, first + room)])
        guard let end else { return bytes.count }
        endLine()
        line += 1
        return end + 1
    }

    private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, from first: Int) -> Int? {
        guard let base = bytes.baseAddress,
            let found = memchr(base + first, Int32(UInt8(ascii: "\n")), bytes.count - first)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
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
                if length > 0 { end() }
                if !isAfterElement { refuse(",") }
                isAfterElement = false
                isAfterComma = true
            case UInt8(ascii: "]"):
                if length > 0 { end() }
                if isAfterComma { refuse(",") }
                form = .afterArray
                firstLine = line
            default:
                if length == 0 {
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
        if length < Limits.lineBytes { ready.bytes.append(byte) } else { isTooLong = true }
    }

    private mutating func endLine() {
        if isTooLong || ready.bytes[start...].contains(where: { !Self.isSpace($0) }) {
            firstLine = line
            end()
        } else {
            ready.bytes.removeSubrange(start...)
        }
    }

    /// Hands on a text that no parser takes, so that the fault is refused with its line.
    private mutating func refuse(_ text: String) {
        ready.bytes.append(contentsOf: text.utf8)
        ready.texts.append(Text(line: line, range: start..<ready.bytes.count, isTooLong: false))
        start = ready.bytes.count
    }

    private mutating func end() {
        isAfterElement = true
        ready.texts.append(Text(line: firstLine, range: start..<ready.bytes.count, isTooLong: isTooLong))
        start = ready.bytes.count
        isTooLong = false
        depth = 0
        isInString = false
        isEscaped = false
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
