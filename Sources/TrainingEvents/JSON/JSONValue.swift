/// A JSON value as events use them: whole numbers only, object members in their order.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A number that is not a whole number of 64 bits; kept to name it in a message.
    case otherNumber(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One member of an object.
    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: JSONValue

        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The JSON type in the words of a message.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "a whole number"
        case .otherNumber: "a number that is not whole"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// The member with this key; O(members).
    package subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// An object of these members.
    package static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { key, value in value.map { Member(key, $0) } })
    }

    /// A whole number.
    package static func number(_ value: some BinaryInteger) -> JSONValue {
        .integer(Int64(clamping: value))
    }
}
