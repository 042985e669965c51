import CivilTime

/// Writes the declared fields as members of a JSON object; what is absent is left out.
struct JSONFieldWriter: FieldVisitor {
    private(set) var members: [JSONValue.Member] = []
    private let registry: Registry

    init(registry: Registry) {
        self.registry = registry
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind
    ) throws(EventError) {
        members.append(.init(name, value.json(kind: kind, registry: registry)))
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, required: Bool
    ) throws(EventError) {
        if let value { members.append(.init(name, value.json(kind: kind, registry: registry))) }
    }

    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind,
        required: Bool
    ) throws(EventError) {
        guard let values else { return }
        members.append(.init(name, .array(values.map { $0.json(kind: kind, registry: registry) })))
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
        if let content = group { members.append(.init(name, try json(content))) }
    }

    mutating func groups<Group: FieldGroup>(
        _ name: String, _ number: Int, _ groups: inout [Group]?, required: Bool
    ) throws(EventError) {
        guard let groups else { return }
        var elements: [JSONValue] = []
        for content in groups { elements.append(try json(content)) }
        members.append(.init(name, .array(elements)))
    }

    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError) {}

    mutating func derived<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?
    ) throws(EventError) where Value.Kind == PlainKind {}

    private func json<Group: FieldGroup>(_ group: Group) throws(EventError) -> JSONValue {
        if let short = group.shorthand { return .string(short) }
        var writer = JSONFieldWriter(registry: registry)
        var copy = group
        try copy.visit(&writer)
        return .object(writer.members)
    }
}
