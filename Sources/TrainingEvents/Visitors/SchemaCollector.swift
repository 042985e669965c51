import CivilTime

/// Collects the declared fields as the published schema shows them.
struct SchemaCollector: FieldVisitor {
    struct Line {
        var name: String
        var number: Int
        var type: String
        var label: String
        var comment: String?
    }

    private(set) var facts: [Line] = []
    private(set) var personal: [Line] = []
    /// Nested messages by name, in the order in which they are first met.
    private(set) var nested: [(name: String, lines: [Line])] = []

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind, in part: RecordPart
    ) throws(EventError) {
        add(Value.self, name, number, kind, "", part)
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, in part: RecordPart, required: Bool
    ) throws(EventError) {
        add(Value.self, name, number, kind, "optional ", part)
    }

    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind, in part: RecordPart,
        required: Bool
    ) throws(EventError) {
        add(Value.self, name, number, kind, "repeated ", part, note: required ? "required" : nil)
    }

    mutating func group<Group: FieldGroup>(_ name: String, _ number: Int, _ group: inout Group?) throws(EventError) {
        try collect(Group.self)
        add(Line(name: name, number: number, type: Group.schemaName, label: "optional ", comment: nil), .facts)
    }

    mutating func groups<Group: FieldGroup>(
        _ name: String, _ number: Int, _ groups: inout [Group]?, required: Bool
    ) throws(EventError) {
        try collect(Group.self)
        let comment = required ? "required" : nil
        add(Line(name: name, number: number, type: Group.schemaName, label: "repeated ", comment: comment), .facts)
    }

    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError) {
        add(Line(name: name, number: number, type: "uint64", label: "", comment: "not in JSON"), .facts)
    }

    mutating func derived(_ name: String, _ number: Int, _ value: inout Instant?) throws(EventError) {
        let type = Instant.schema(kind: PlainKind()).type
        add(Line(name: name, number: number, type: type, label: "optional ", comment: "not in JSON"), .facts)
    }

    private mutating func add<Value: FieldValue>(
        _ type: Value.Type, _ name: String, _ number: Int, _ kind: Value.Kind, _ label: String, _ part: RecordPart,
        note: String? = nil
    ) {
        let (schemaType, meaning) = Value.schema(kind: kind)
        let comment = [meaning, note].compactMap(\.self).joined(separator: "; ")
        add(
            Line(
                name: name, number: number, type: schemaType, label: label, comment: comment.isEmpty ? nil : comment),
            part)
    }

    private mutating func add(_ line: Line, _ part: RecordPart) {
        switch part {
        case .facts: facts.append(line)
        case .personal: personal.append(line)
        }
    }

    private mutating func collect<Group: FieldGroup>(_ type: Group.Type) throws(EventError) {
        guard !nested.contains(where: { $0.name == Group.schemaName }) else { return }
        var inner = SchemaCollector()
        var group = Group()
        try group.visit(&inner)
        nested.append((Group.schemaName, inner.facts))
    }
}
