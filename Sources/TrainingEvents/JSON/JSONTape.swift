/// Tokens of JSON values one behind the other, and the decoded texts among them.
struct JSONTape: Sendable {
    var tokens: [JSONToken] = []
    /// The texts that had escapes, and those of values that never were text.
    var decoded: [UInt8] = []

    /// A text as it stands in the source.
    mutating func appendSource(_ kind: JSONToken.Kind, _ range: Range<Int>, isASCII: Bool) {
        append(
            kind, UInt64(truncatingIfNeeded: range.lowerBound) << 32 | UInt64(truncatingIfNeeded: range.count),
            isASCII: isASCII)
    }

    /// A text whose bytes were put behind ``decoded`` from `start` on.
    mutating func appendDecoded(_ kind: JSONToken.Kind, from start: Int, isASCII: Bool) {
        append(kind, UInt64(start) << 32 | UInt64(decoded.count - start), isASCII: isASCII, isDecoded: true)
    }

    /// A value without others in it.
    mutating func append(_ kind: JSONToken.Kind, _ payload: UInt64, isASCII: Bool = true, isDecoded: Bool = false) {
        tokens.append(
            JSONToken(
                kind: kind, isASCII: isASCII, isDecoded: isDecoded, end: UInt32(truncatingIfNeeded: tokens.count + 1),
                payload: payload))
    }

    /// Begins an array or object; gives its place for ``close(_:count:)``.
    mutating func open(_ kind: JSONToken.Kind) -> Int {
        append(kind, 0)
        return tokens.count - 1
    }

    /// Ends the array or object that was begun at `place`.
    mutating func close(_ place: Int, count: Int) {
        tokens[place].payload = UInt64(count)
        tokens[place].end = UInt32(tokens.count)
    }

    /// Forgets everything from these places on.
    mutating func cut(tokens place: Int, decoded start: Int) {
        tokens.removeLast(tokens.count - place)
        decoded.removeLast(decoded.count - start)
    }

    /// Adds a value that is a tree already; gives its place. O(n).
    @discardableResult
    mutating func append(_ value: JSONValue) -> Int {
        let place = tokens.count
        switch value {
        case .null: append(.null, 0)
        case .bool(let value): append(.bool, value ? 1 : 0)
        case .integer(let value): append(.integer, UInt64(bitPattern: value))
        case .otherNumber(let text): append(.otherNumber, text)
        case .string(let text): append(.string, text)
        case .array(let elements):
            let array = open(.array)
            for element in elements { append(element) }
            close(array, count: elements.count)
        case .object(let members):
            let object = open(.object)
            for member in members {
                append(.string, member.key)
                append(member.value)
            }
            close(object, count: members.count)
        }
        return place
    }

    private mutating func append(_ kind: JSONToken.Kind, _ text: String) {
        let start = decoded.count
        decoded.append(contentsOf: text.utf8)
        appendDecoded(kind, from: start, isASCII: text.utf8.allSatisfy { $0 < 0x80 })
    }

    /// Lends the value at a place, whose texts stand in `source` or here.
    ///
    /// - Precondition: there is a token at the place.
    func withNode<Answer>(
        at place: Int, source: UnsafeBufferPointer<UInt8>, _ body: (JSONNode) -> Answer
    ) -> Answer {
        tokens.withUnsafeBufferPointer { tokens in
            decoded.withUnsafeBufferPointer { decoded in
                guard place < tokens.count,
                    let memory = JSONMemory(tokens: tokens, source: source, decoded: decoded)
                else { preconditionFailure("there is no token at this place") }
                return body(JSONNode(memory: memory, place: place))
            }
        }
    }
}
