import CivilTime

/// Collects the declared fields as the published schema shows them.
struct SchemaCollector: FieldVisitor {
    struct Line {
        var name: String
        var number: Int
        var type: String
        var label: String
        var comment: String?
        /// Of a personal text: how long it is kept.
        var retention: RetentionClass?
    }

    private(set) var facts: [Line] = []
    private(set) var personal: [Line] = []
    /// Nested messages by name, in the order in which they are first met.
    private(set) var nested: [(name: String, lines: [Line])] = []

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind
    ) throws(EventError) {
        Self.add(Value.self, name, number, kind, "", to: &facts)
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, required: Bool
    ) throws(EventError) {
        Self.add(Value.self, name, number, kind, "optional ", to: &facts)
    }

    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind,
        required: Bool
    ) throws(EventError) {
        Self.add(Value.self, name, number, kind, "repeated ", to: &facts, note: required ? "required" : nil)
    }

    mutating func group<Group: FieldGroup>(_ name: String, _ number: Int, _ group: inout Group?) throws(EventError) {
        try collect(Group.self)
        facts.append(Line(name: name, number: number, type: Group.schemaName, label: "optional ", comment: nil))
    }

    mutating func groups<Group: FieldGroup>(
        _ name: String, _ number: Int, _ groups: inout [Group]?, required: Bool
    ) throws(EventError) {
        try collect(Group.self)
        let comment = required ? "required" : nil
        facts.append(Line(name: name, number: number, type: Group.schemaName, label: "repeated ", comment: comment))
    }

    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError) {
        facts.append(Line(name: name, number: number, type: "uint64", label: "", comment: "not in JSON"))
    }

    mutating func derived<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?
    ) throws(EventError) where Value.Kind == PlainKind {
        let type = Value.schema(kind: PlainKind()).type
        facts.append(Line(name: name, number: number, type: type, label: "optional ", comment: "not in JSON"))
    }

    mutating func personal(
        _ name: String, _ number: Int, _ value: inout PersonalText?, _ kind: TextKind, keptAs retention: RetentionClass,
        required: Bool
    ) throws(EventError) {
        Self.add(PersonalText.self, name, number, kind, "optional ", to: &personal, keptAs: retention)
    }

    mutating func personal(
        _ name: String, _ number: Int, _ values: inout [PersonalText]?, _ kind: TextKind,
        keptAs retention: RetentionClass
    ) throws(EventError) {
        Self.add(PersonalText.self, name, number, kind, "repeated ", to: &personal, note: "required", keptAs: retention)
    }

    private static func add<Value: FieldValue>(
        _ type: Value.Type, _ name: String, _ number: Int, _ kind: Value.Kind, _ label: String,
        to lines: inout [Line], note: String? = nil, keptAs retention: RetentionClass? = nil
    ) {
        let (schemaType, meaning) = Value.schema(kind: kind)
        let comment = [meaning, note].compactMap(\.self).joined(separator: "; ")
        lines.append(
            Line(
                name: name, number: number, type: schemaType, label: label,
                comment: comment.isEmpty ? nil : comment, retention: retention))
    }

    private mutating func collect<Group: FieldGroup>(_ type: Group.Type) throws(EventError) {
        guard !nested.contains(where: { $0.name == Group.schemaName }) else { return }
        var inner = SchemaCollector()
        var group = Group()
        try group.visit(&inner)
        nested.append((Group.schemaName, inner.facts))
    }
}
