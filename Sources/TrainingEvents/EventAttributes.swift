import CivilTime

/// The CloudEvents attributes that an event may have.
enum Attribute: Int, CaseIterable {
    case specversion, id, source, type, subject, time, data, recordedtime, sequence, datacontenttype

    /// The names, in the order in which a message lists them.
    static let names = allCases.map { String(describing: $0) }

    private static let places = NameTable(names)

    var name: String { Self.names[rawValue] }

    /// The attribute with the name that this key is.
    init?(named key: JSONNode) {
        guard let place = Self.places.place(of: key) else { return nil }
        self.init(rawValue: place)
    }
}

/// The attributes of one event, by their places in its text.
struct EventAttributes {
    let object: JSONNode
    /// The place of each attribute's value; 0, where the object itself begins at the earliest, for none.
    private var places = InlineArray<10, Int>(repeating: 0)

    /// Finds the attributes.
    ///
    /// - Throws: `malformedJSON` for what is no object, `unknownField` for a key that is no attribute.
    init(_ json: JSONNode) throws(EventError) {
        guard json.kind == .object else {
            throw EventError(.malformedJSON, found: json.typeName, expected: "a CloudEvents object")
        }
        object = json
        var key = json.first
        for _ in 0..<json.count {
            guard let attribute = Attribute(named: key) else { throw Self.unknown(key.text) }
            places[attribute.rawValue] = key.next.place
            key = key.next.next
        }
    }

    private static func unknown(_ key: String) -> EventError {
        EventError(
            .unknownField, field: shownKey(key),
            expected: "the attributes \(Attribute.names.joined(separator: ", "))",
            suggestion: Suggestion.nearest(to: key, among: Attribute.names))
    }

    /// The value of an attribute, if it is there.
    subscript(_ attribute: Attribute) -> JSONNode? {
        let place = places[attribute.rawValue]
        return place == 0 ? nil : JSONNode(memory: object.memory, place: place)
    }

    /// The value of an attribute that must be there and be a string.
    func text(_ attribute: Attribute) throws(EventError) -> JSONNode {
        guard let value = self[attribute] else { throw EventError(.missingField, field: attribute.name) }
        guard value.kind == .string else { throw wrongType(value, "a string").inside(attribute.name) }
        return value
    }

    /// Requires that an attribute has the one value it may have.
    func require(_ attribute: Attribute, _ expected: String) throws(EventError) {
        let value = try text(attribute)
        guard value.isText(expected) else {
            throw EventError(.invalidValue, field: attribute.name, found: shown(value.text), expected: expected)
        }
    }

    /// An ID in canonical form, put behind `bytes`, as a field if it has a number; gives its place there.
    func identifier(
        _ attribute: Attribute, field: Int? = nil, into bytes: inout WireWriter
    ) throws(EventError) -> ByteRange {
        let value = try text(attribute)
        if String.isPlainIdentifier(value.utf8) { return bytes.place(value.utf8, field: field) }
        do throws(EventError) {
            let canonical = try value.text.checked(multipleLines: false)
            try String.checkIdentifier(canonical)
            return Array(canonical.utf8).withUnsafeBufferPointer { bytes.place($0, field: field) }
        } catch {
            throw error.field.isEmpty ? error.inside(attribute.name) : error
        }
    }

    /// A time.
    func instant(_ attribute: Attribute) throws(EventError) -> Instant {
        guard let value = self[attribute] else { throw EventError(.missingField, field: attribute.name) }
        do throws(EventError) { return try Instant.read(value) } catch { throw error.inside(attribute.name) }
    }

    /// The type of the event.
    func type() throws(EventError) -> EventType {
        let value = try text(.type)
        guard let type = EventType(named: value) else {
            throw EventError(
                .unknownType, field: "type", found: shown(value.text), expected: "a type of the vocabulary",
                suggestion: Suggestion.nearest(to: value.text, among: EventType.names))
        }
        return type
    }

    /// The object that the event says.
    func data() throws(EventError) -> JSONNode {
        guard let data = self[.data] else { throw EventError(.missingField, field: "data") }
        guard data.kind == .object else { throw wrongType(data, "an object").inside("data") }
        return data
    }
}

/// A range of bytes in eight bytes.
struct ByteRange: Sendable {
    let start: UInt32
    let count: UInt32

    init(_ range: Range<Int>) {
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        count = UInt32(truncatingIfNeeded: range.count)
    }

    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}
