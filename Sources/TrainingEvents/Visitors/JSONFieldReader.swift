import CivilTime

/// Reads the declared fields from a JSON object and reports every key that no field is declared for.
struct JSONFieldReader: FieldVisitor {
    private let object: JSONNode
    private let registry: Registry
    /// The members that a field took, by their places.
    private var taken: UInt64 = 0
    /// The member behind the one taken last: senders write the fields in one order, often the declared one.
    private var expected: (key: JSONNode, place: Int)
    /// The first required field that is not there; reported at the end, when all declared names are known.
    private var missing: String?
    /// The declared names, where they are wanted for a message.
    private var declared: [String]?

    /// - Parameter object: a JSON object of at most ``Limits/objectMembers`` members.
    init(_ object: JSONNode, registry: Registry) {
        self.object = object
        self.registry = registry
        expected = (object.first, 0)
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind
    ) throws(EventError) {
        guard let json = take(name, required: true) else { return }
        value = try read(json, name, kind)
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, required: Bool
    ) throws(EventError) {
        guard let json = take(name, required: required) else { return }
        value = try read(json, name, kind)
    }

    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind,
        required: Bool
    ) throws(EventError) {
        guard let array = try array(name, required: required) else { return }
        var found: [Value] = []
        var element = array.first
        for index in 0..<array.count {
            found.append(try read(element, "\(name)[\(index)]", kind))
            element = element.next
        }
        values = required || !found.isEmpty ? found : nil
    }

    mutating func personal(
        _ name: String, _ number: Int, _ value: inout PersonalText?, _ kind: TextKind, keptAs retention: RetentionClass,
        required: Bool
    ) throws(EventError) {
        try field(name, number, &value, kind, required: required)
    }

    mutating func personal(
        _ name: String, _ number: Int, _ values: inout [PersonalText]?, _ kind: TextKind,
        keptAs retention: RetentionClass
    ) throws(EventError) {
        try list(name, number, &values, kind, required: true)
    }

    mutating func group<Group: FieldGroup>(_ name: String, _ number: Int, _ group: inout Group?) throws(EventError) {
        guard let json = take(name, required: false) else { return }
        group = try readGroup(json, name)
    }

    mutating func groups<Group: FieldGroup>(
        _ name: String, _ number: Int, _ groups: inout [Group]?, required: Bool
    ) throws(EventError) {
        guard let array = try array(name, required: required) else { return }
        var found: [Group] = []
        var element = array.first
        for index in 0..<array.count {
            found.append(try readGroup(element, "\(name)[\(index)]"))
            element = element.next
        }
        groups = required || !found.isEmpty ? found : nil
    }

    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError) {}

    mutating func derived<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?
    ) throws(EventError) where Value.Kind == PlainKind {}

    mutating func finish<Payload: EventPayload>(_ payload: Payload) throws(EventError) {
        try finish { (reader) throws(EventError) in
            var again = Payload()
            try again.visit(&reader)
        }
        try payload.validate()
    }

    /// Refuses keys that no field is declared for, and the absence of a required one.
    ///
    /// - Parameter again: visits the declaration once more, for the names in it.
    private func finish(_ again: (inout JSONFieldReader) throws(EventError) -> Void) throws(EventError) {
        if missing == nil, taken.nonzeroBitCount == object.count { return }
        var noting = JSONFieldReader(object, registry: registry)
        noting.declared = []
        try again(&noting)
        throw noting.refusal
    }

    /// A misspelt required field is both missing and unknown; the key that was found is the better news.
    private var refusal: EventError {
        let (unknown, declared) = (unknown, declared ?? [])
        if let missing {
            let misspelt = unknown.first { Suggestion.nearest(to: $0, among: [missing]) != nil }
            guard let misspelt else { return EventError(.missingField, field: missing) }
            return EventError(.unknownField, field: shownKey(misspelt), suggestion: missing)
        }
        let key = unknown.first ?? ""
        return EventError(
            .unknownField, field: shownKey(key),
            expected: declared.isEmpty ? "no field" : declared.joined(separator: ", "),
            suggestion: Suggestion.nearest(to: key, among: declared))
    }

    /// The keys that no field took, in their order.
    private var unknown: [String] {
        var keys: [String] = []
        var key = object.first
        for place in 0..<object.count {
            if taken & 1 << UInt64(place) == 0 { keys.append(key.text) }
            key = key.next.next
        }
        return keys
    }

    private mutating func take(_ name: String, required: Bool) -> JSONNode? {
        declared?.append(name)
        var (key, place) = expected
        for _ in 0..<object.count {
            if place == object.count { (key, place) = (object.first, 0) }
            let value = key.next
            if key.isText(name), taken & 1 << UInt64(place) == 0 {
                taken |= 1 << UInt64(place)
                expected = (value.next, place + 1)
                return value
            }
            (key, place) = (value.next, place + 1)
        }
        if required { missing = missing ?? name }
        return nil
    }

    private func read<Value: FieldValue>(
        _ json: JSONNode, _ path: @autoclosure () -> String, _ kind: Value.Kind
    ) throws(EventError) -> Value {
        do throws(EventError) {
            return try Value.read(json, kind: kind, registry: registry)
        } catch {
            throw error.inside(path())
        }
    }

    private mutating func array(_ name: String, required: Bool) throws(EventError) -> JSONNode? {
        guard let json = take(name, required: required) else { return nil }
        guard json.kind == .array else { throw wrongType(json, "an array").inside(name) }
        return json
    }

    private func readGroup<Group: FieldGroup>(
        _ json: JSONNode, _ path: @autoclosure () -> String
    ) throws(EventError) -> Group {
        do throws(EventError) {
            if let text = json.string, let short = try Group.shorthand(text) { return short }
            guard json.kind == .object else { throw wrongType(json, "an object") }
            var reader = JSONFieldReader(json, registry: registry)
            var content = Group()
            try content.visit(&reader)
            try reader.finish { (reader) throws(EventError) in
                var again = Group()
                try again.visit(&reader)
            }
            try content.validate()
            return content
        } catch {
            throw error.inside(path())
        }
    }
}
