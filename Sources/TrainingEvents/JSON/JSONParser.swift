/// A strict reader of JSON (RFC 8259) for events: UTF-8, no duplicate keys, bounded depth, whole numbers.
///
/// A library reader would drop duplicate keys and read numbers through floating point; both would let two
/// different texts become the same event unnoticed.
package struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The value that the bytes hold, with nothing but white space around it.
    ///
    /// - Throws: ``EventError`` with code `malformedJSON` or `duplicateField`; `found` names the byte.
    package static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(EventError) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.index == bytes.count else { throw parser.malformed("more text after the value") }
        return value
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

    private mutating func value(depth: Int) throws(EventError) -> JSONValue {
        skipSpace()
        guard index < bytes.count else { throw malformed("the end of the text") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(EventError) -> JSONValue {
        guard depth < Limits.nestingDepth else { throw malformed("nesting that is too deep") }
        index += 1
        var members: [JSONValue.Member] = []
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw malformed("no key") }
            let key = try string()
            // By bytes: equality of strings would normalise both sides at every comparison.
            if members.contains(where: { $0.key.utf8.elementsEqual(key.utf8) }) {
                throw EventError(.duplicateField, field: shownKey(key))
            }
            guard members.count < Limits.objectMembers else { throw malformed("an object with too many members") }
            skipSpace()
            guard take(":") else { throw malformed("no colon after a key") }
            members.append(.init(key, try value(depth: depth + 1)))
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw malformed("neither comma nor closing brace") }
        }
    }

    private mutating func array(depth: Int) throws(EventError) -> JSONValue {
        guard depth < Limits.nestingDepth else { throw malformed("nesting that is too deep") }
        index += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array(elements) }
        while true {
            guard elements.count < Limits.listElements else { throw malformed("an array with too many elements") }
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw malformed("neither comma nor closing bracket") }
        }
    }

    private mutating func string() throws(EventError) -> String {
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"),
            bytes[index] >= 0x20
        {
            index += 1
        }
        guard index < bytes.count, bytes[index] >= 0x20 else { throw malformed("an unfinished string") }
        if bytes[index] == UInt8(ascii: "\"") {
            let text = try utf8(UnsafeBufferPointer(rebasing: bytes[start..<index]))
            index += 1
            return text
        }
        var content = Array(bytes[start..<index])
        while true {
            guard index < bytes.count, bytes[index] >= 0x20 else { throw malformed("an unfinished string") }
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") { try escape(into: &content) } else { content.append(byte) }
        }
        let result = content.withUnsafeBufferPointer { buffer -> Result<String, EventError> in
            do throws(EventError) { return .success(try utf8(buffer)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private func utf8(_ content: UnsafeBufferPointer<UInt8>) throws(EventError) -> String {
        guard let text = String(validating: content, as: UTF8.self) else { throw malformed("text that is not UTF-8") }
        // Here and not in the fields, because keys, type names and codes are compared and hashed before any field.
        if content.contains(where: { $0 >= 0x80 }), text.hasEndlessMarks {
            throw malformed("over 30 combining marks in a row")
        }
        return text
    }

    private mutating func escape(into content: inout [UInt8]) throws(EventError) {
        guard index < bytes.count else { throw malformed("an unfinished escape") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): content.append(contentsOf: String(Character(try unicodeEscape())).utf8)
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
            guard index < bytes.count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue,
                bytes[index] < 0x80
            else { throw malformed("an unfinished escape") }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private mutating func number() throws(EventError) -> JSONValue {
        let start = index
        let isNegative = take("-")
        guard index < bytes.count, isDigit(bytes[index]) else { throw malformed("no value") }
        let leadingZero = bytes[index] == UInt8(ascii: "0")
        var value: Int64 = 0
        var overflows = false
        let firstDigit = index
        while index < bytes.count, isDigit(bytes[index]) {
            let digit = Int64(bytes[index] - UInt8(ascii: "0"))
            let (product, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, over2) = product.addingReportingOverflow(isNegative ? -digit : digit)
            overflows = overflows || over || over2
            value = sum
            index += 1
        }
        if leadingZero, index - firstDigit > 1 { throw malformed("a number with leading zeros") }
        guard index < bytes.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[index])
        else { return overflows ? .otherNumber(slice(start)) : .integer(value) }
        if take(".") { try digits() }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            try digits()
        }
        return .otherNumber(slice(start))
    }

    private mutating func digits() throws(EventError) {
        guard index < bytes.count, isDigit(bytes[index]) else { throw malformed("an unfinished number") }
        while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    }

    private func slice(_ start: Int) -> String {
        String(decoding: bytes[start..<min(index, start + 40)], as: UTF8.self)
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(EventError) -> JSONValue {
        let length = word.utf8CodeUnitCount
        guard index + length <= bytes.count else { throw malformed("no value") }
        for offset in 0..<length where bytes[index + offset] != word.utf8Start[offset] { throw malformed("no value") }
        index += length
        return value
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private func malformed(_ what: String) -> EventError {
        EventError(.malformedJSON, found: "\(what) at byte \(index)", expected: "one JSON object")
    }
}
