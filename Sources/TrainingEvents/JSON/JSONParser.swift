/// A strict reader of JSON (RFC 8259) for events: UTF-8, no duplicate keys, bounded depth, whole numbers.
///
/// A library reader would drop duplicate keys and read numbers through floating point; both would let two
/// different texts become the same event unnoticed. It writes tokens over the bytes and copies nothing: most of what
/// an event says is compared, or read as a number or a day, and never wanted as a text of its own.
package struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// What was read so far.
    private(set) var tape = JSONTape()
    // The text being read, and how far.
    private var start = 0
    private var index = 0
    private var end = 0

    /// A parser of texts that stand in these bytes, of less than 4 GiB. The bytes must outlive it.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        // About as many as events have: a token for every dozen bytes.
        tape.tokens.reserveCapacity(bytes.count / 12 + 16)
    }

    /// The value that the bytes hold, with nothing but white space around it.
    ///
    /// - Throws: ``EventError`` with code `malformedJSON` or `duplicateField`; `found` names the byte.
    package static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(EventError) -> JSONValue {
        var parser = JSONParser(bytes)
        let place = try parser.read(0..<bytes.count)
        return parser.tape.withNode(at: place, source: bytes) { $0.value }
    }

    /// The value that the text holds.
    package static func parse(_ text: String) throws(EventError) -> JSONValue {
        let utf8 = Array(text.utf8)
        // Typed throws do not pass through `withUnsafeBufferPointer` on every toolchain: carry a result.
        let result = utf8.withUnsafeBufferPointer { buffer -> Result<JSONValue, EventError> in
            do throws(EventError) { return .success(try parse(buffer)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Reads the value that a range of the bytes holds; gives its place on the tape.
    ///
    /// - Throws: as ``parse(_:)``; the tape is then as it was before.
    mutating func read(_ range: Range<Int>) throws(EventError) -> Int {
        (start, index, end) = (range.lowerBound, range.lowerBound, range.upperBound)
        let (place, decoded) = (tape.tokens.count, tape.decoded.count)
        do throws(EventError) {
            try value(depth: 0)
            skipSpace()
            guard index == end else { throw malformed("more text after the value") }
        } catch {
            tape.cut(tokens: place, decoded: decoded)
            throw error
        }
        return place
    }

    private mutating func value(depth: Int) throws(EventError) {
        skipSpace()
        guard index < end else { throw malformed("the end of the text") }
        switch bytes[index] {
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try literal("true", .bool, 1)
        case UInt8(ascii: "f"): try literal("false", .bool, 0)
        case UInt8(ascii: "n"): try literal("null", .null, 0)
        default: try number()
        }
    }

    private mutating func object(depth: Int) throws(EventError) {
        guard depth < Limits.nestingDepth else { throw malformed("nesting that is too deep") }
        index += 1
        let object = tape.open(.object)
        var keys = KeySet()
        var count = 0
        skipSpace()
        if take("}") { return }
        while true {
            skipSpace()
            guard index < end, bytes[index] == UInt8(ascii: "\"") else { throw malformed("no key") }
            let key = tape.tokens.count
            try string()
            if keys.mayHold(utf8(key)), isRepeated(key, in: object) {
                throw EventError(.duplicateField, field: shownKey(String(decoding: utf8(key), as: UTF8.self)))
            }
            guard count < Limits.objectMembers else { throw malformed("an object with too many members") }
            skipSpace()
            guard take(":") else { throw malformed("no colon after a key") }
            try value(depth: depth + 1)
            count += 1
            skipSpace()
            if take("}") { break }
            guard take(",") else { throw malformed("neither comma nor closing brace") }
        }
        tape.close(object, count: count)
    }

    /// Whether an earlier key has the same bytes. By bytes: equality of strings would normalise both sides.
    private func isRepeated(_ key: Int, in object: Int) -> Bool {
        var earlier = object + 1
        while earlier < key {
            let (left, right) = (utf8(earlier), utf8(key))
            if left.hasSameBytes(as: right) { return true }
            earlier = Int(tape.tokens[earlier + 1].end)
        }
        return false
    }

    private func utf8(_ place: Int) -> UnsafeBufferPointer<UInt8> {
        // Used up before the tape is written to again.
        tape.withNode(at: place, source: bytes) { $0.utf8 }
    }

    private mutating func array(depth: Int) throws(EventError) {
        guard depth < Limits.nestingDepth else { throw malformed("nesting that is too deep") }
        index += 1
        let array = tape.open(.array)
        var count = 0
        skipSpace()
        if take("]") { return }
        while true {
            guard count < Limits.listElements else { throw malformed("an array with too many elements") }
            try value(depth: depth + 1)
            count += 1
            skipSpace()
            if take("]") { break }
            guard take(",") else { throw malformed("neither comma nor closing bracket") }
        }
        tape.close(array, count: count)
    }

    private mutating func string() throws(EventError) {
        index += 1
        let first = index
        let isASCII = skipPlain()
        guard index < end, bytes[index] >= 0x20 else { throw malformed("an unfinished string") }
        if bytes[index] == UInt8(ascii: "\\") { return try escapedString(from: first) }
        if !isASCII { try checkUnicode(UnsafeBufferPointer(rebasing: bytes[first..<index])) }
        tape.appendSource(.string, first..<index, isASCII: isASCII)
        index += 1
    }

    /// Goes on to the next quotation mark, backslash or control character, or to the end.
    ///
    /// - Returns: whether all bytes passed are below 0x80.
    private mutating func skipPlain() -> Bool {
        var hasHigh = false
        while end - index >= JSONWord.length {
            let word = JSONWord(bytes, at: index)
            let plain = word.plainLength
            hasHigh = hasHigh || word.hasHighBytes(before: plain)
            index += plain
            if plain < JSONWord.length { return !hasHigh }
        }
        while index < end, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"), bytes[index] >= 0x20
        {
            hasHigh = hasHigh || bytes[index] >= 0x80
            index += 1
        }
        return !hasHigh
    }

    /// Reads on at the first backslash of a string that began at `first`.
    private mutating func escapedString(from first: Int) throws(EventError) {
        let decodedStart = tape.decoded.count
        tape.decoded.append(contentsOf: bytes[first..<index])
        while true {
            guard index < end, bytes[index] >= 0x20 else { throw malformed("an unfinished string") }
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") { try escape() } else { tape.decoded.append(byte) }
        }
        let isASCII = tape.decoded[decodedStart...].allSatisfy { $0 < 0x80 }
        tape.appendDecoded(.string, from: decodedStart, isASCII: isASCII)
        if !isASCII { try checkUnicode(utf8(tape.tokens.count - 1)) }
    }

    private func checkUnicode(_ content: UnsafeBufferPointer<UInt8>) throws(EventError) {
        guard let text = String(validating: content, as: UTF8.self) else { throw malformed("text that is not UTF-8") }
        // Here and not in the fields, because keys, type names and codes are compared and hashed before any field.
        if text.hasEndlessMarks { throw malformed("over 30 combining marks in a row") }
    }

    private mutating func escape() throws(EventError) {
        guard index < end else { throw malformed("an unfinished escape") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): tape.decoded.append(byte)
        case UInt8(ascii: "b"): tape.decoded.append(0x08)
        case UInt8(ascii: "f"): tape.decoded.append(0x0C)
        case UInt8(ascii: "n"): tape.decoded.append(0x0A)
        case UInt8(ascii: "r"): tape.decoded.append(0x0D)
        case UInt8(ascii: "t"): tape.decoded.append(0x09)
        case UInt8(ascii: "u"): tape.decoded.append(contentsOf: String(Character(try unicodeEscape())).utf8)
        default: throw malformed("an unknown escape")
        }
    }

    private mutating func unicodeEscape() throws(EventError) -> Unicode.Scalar {
        let first = try hexadecimal()
        if (0xD800..<0xDC00).contains(first) {
            guard take("\\"), take("u") else { throw malformed("half of a surrogate pair") }
            let second = try hexadecimal()
            guard (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            else { throw malformed("half of a surrogate pair") }
            return scalar
        }
        guard let scalar = Unicode.Scalar(first) else { throw malformed("half of a surrogate pair") }
        return scalar
    }

    private mutating func hexadecimal() throws(EventError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard index < end, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue, bytes[index] < 0x80
            else { throw malformed("an unfinished escape") }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private mutating func number() throws(EventError) {
        let first = index
        let isNegative = take("-")
        guard index < end, isDigit(bytes[index]) else { throw malformed("no value") }
        let leadingZero = bytes[index] == UInt8(ascii: "0")
        var value: Int64 = 0
        var overflows = false
        let firstDigit = index
        while index < end, isDigit(bytes[index]) {
            let digit = Int64(bytes[index] - UInt8(ascii: "0"))
            let (product, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, over2) = product.addingReportingOverflow(isNegative ? -digit : digit)
            overflows = overflows || over || over2
            value = sum
            index += 1
        }
        if leadingZero, index - firstDigit > 1 { throw malformed("a number with leading zeros") }
        var isWhole = !overflows
        if take(".") {
            isWhole = false
            try digits()
        }
        if take("e") || take("E") {
            isWhole = false
            _ = take("+") || take("-")
            try digits()
        }
        if isWhole {
            tape.append(.integer, UInt64(bitPattern: value))
        } else {
            // Kept to be named in a message: as much as one shows.
            tape.appendSource(.otherNumber, first..<min(index, first + 40), isASCII: true)
        }
    }

    private mutating func digits() throws(EventError) {
        guard index < end, isDigit(bytes[index]) else { throw malformed("an unfinished number") }
        while index < end, isDigit(bytes[index]) { index += 1 }
    }

    private mutating func literal(
        _ word: StaticString, _ kind: JSONToken.Kind, _ payload: UInt64
    ) throws(EventError) {
        let length = word.utf8CodeUnitCount
        guard index + length <= end else { throw malformed("no value") }
        for offset in 0..<length where bytes[index + offset] != word.utf8Start[offset] { throw malformed("no value") }
        index += length
        tape.append(kind, payload)
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard index < end, bytes[index] == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while index < end, bytes[index] <= 0x20 {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private func malformed(_ what: String) -> EventError {
        EventError(.malformedJSON, found: "\(what) at byte \(index - start)", expected: "one JSON object")
    }
}
