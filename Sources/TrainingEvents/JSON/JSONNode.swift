/// One value of a JSON text that was read, or the key before one: 16 bytes.
struct JSONToken: Sendable {
    enum Kind: UInt8, Sendable { case null, bool, integer, otherNumber, string, array, object }

    var kind: Kind
    /// Of texts: whether all bytes are below 0x80.
    var isASCII = true
    /// Of texts: whether they had escapes, and stand decoded beside the source.
    var isDecoded = false
    /// The place behind this value and everything in it.
    var end: UInt32
    /// A truth value as 0 or 1; the bits of a whole number; where a text begins in the upper half and its length in
    /// the lower; how many elements an array has, or members an object.
    var payload: UInt64

    var textStart: Int { Int(truncatingIfNeeded: payload >> 32) }
    var textLength: Int { Int(truncatingIfNeeded: payload & 0xFFFF_FFFF) }
}

/// Where the tokens and texts of JSON lie. Lent: it must not outlive what it points into.
struct JSONMemory {
    private let tokens: UnsafePointer<JSONToken>
    private let source: UnsafePointer<UInt8>?
    /// The texts that had escapes.
    private let decoded: UnsafePointer<UInt8>?

    /// `nil` where there is no token.
    init?(
        tokens: UnsafeBufferPointer<JSONToken>, source: UnsafeBufferPointer<UInt8>, decoded: UnsafeBufferPointer<UInt8>
    ) {
        guard let first = tokens.baseAddress else { return nil }
        self.tokens = first
        self.source = source.baseAddress
        self.decoded = decoded.baseAddress
    }

    /// The token at a place, which must be one that the parser gave.
    subscript(place: Int) -> JSONToken { tokens[place] }

    /// The bytes of a text.
    func utf8(_ token: JSONToken) -> UnsafeBufferPointer<UInt8> {
        let first = token.isDecoded ? decoded : source
        return UnsafeBufferPointer(start: first.map { $0 + token.textStart }, count: token.textLength)
    }
}

/// A JSON value by its place among the tokens of its text. Lent, like ``JSONMemory``.
///
/// Nothing is copied out of the text before a field asks for it: ``utf8`` are the bytes as they came in.
package struct JSONNode {
    let memory: JSONMemory
    let place: Int

    private var token: JSONToken { memory[place] }

    var kind: JSONToken.Kind { token.kind }

    /// The bytes of a text: a string, a key, or the digits of a number that is not a whole one.
    var utf8: UnsafeBufferPointer<UInt8> { memory.utf8(token) }

    /// Whether all bytes of the text are below 0x80.
    var isASCII: Bool { token.isASCII }

    /// The text of a string, key or other number.
    var text: String { String(decoding: utf8, as: UTF8.self) }

    /// The text, if this is a string.
    var string: String? { kind == .string ? text : nil }

    /// The value of a whole number.
    var integer: Int64 { Int64(bitPattern: token.payload) }

    /// The truth value of a boolean.
    var bool: Bool { token.payload == 1 }

    /// How many elements an array has, or members an object.
    var count: Int { Int(truncatingIfNeeded: token.payload) }

    /// The first element of an array, or the first key of an object.
    var first: JSONNode { JSONNode(memory: memory, place: place + 1) }

    /// What stands behind this value; behind a key, its value.
    var next: JSONNode { JSONNode(memory: memory, place: Int(truncatingIfNeeded: token.end)) }

    /// The JSON type in the words of a message.
    var typeName: String {
        switch kind {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "a whole number"
        case .otherNumber: "a number that is not whole"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// Whether the text is this name, in any spelling that Unicode holds for the same.
    func isText(_ name: String) -> Bool {
        let token = token
        guard token.isASCII else { return text == name }
        guard token.textLength == name.utf8.count else { return false }
        let bytes = memory.utf8(token)
        return name.utf8.withContiguousStorageIfAvailable { bytes.hasSameBytes(as: $0) }
            ?? bytes.elementsEqual(name.utf8)
    }

    /// The value as a tree. O(n).
    var value: JSONValue {
        switch kind {
        case .null: return .null
        case .bool: return .bool(bool)
        case .integer: return .integer(integer)
        case .otherNumber: return .otherNumber(text)
        case .string: return .string(text)
        case .array:
            var elements: [JSONValue] = []
            var element = first
            for _ in 0..<count {
                elements.append(element.value)
                element = element.next
            }
            return .array(elements)
        case .object:
            var members: [JSONValue.Member] = []
            var key = first
            for _ in 0..<count {
                members.append(.init(key.text, key.next.value))
                key = key.next.next
            }
            return .object(members)
        }
    }
}
