import CivilTime

/// Writes the declared fields in the canonical binary form, facts and personal fields apart.
struct RecordEncoder: FieldVisitor {
    private(set) var facts = WireWriterBox()
    private(set) var personal = WireWriterBox()

    /// Begins a record, in the memory of the one before.
    mutating func begin(_ type: EventType, _ subject: Subject) {
        facts.writer.reset()
        personal.writer.reset()
        facts.writer.tag(1, .varint)
        facts.writer.varint(UInt64(type.rawValue))
        subject.encode(to: &facts.writer, form: type.subjectForm)
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind
    ) throws(EventError) {
        if value.isZero { return }
        Self.put(number, value, to: &facts)
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, required: Bool
    ) throws(EventError) {
        if let value { Self.put(number, value, to: &facts) }
    }

    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind,
        required: Bool
    ) throws(EventError) {
        for value in values ?? [] { Self.put(number, value, to: &facts) }
    }

    mutating func group<Group: FieldGroup>(_ name: String, _ number: Int, _ group: inout Group?) throws(EventError) {
        if var content = group { try put(number, &content) }
    }

    mutating func groups<Group: FieldGroup>(
        _ name: String, _ number: Int, _ groups: inout [Group]?, required: Bool
    ) throws(EventError) {
        for var content in groups ?? [] { try put(number, &content) }
    }

    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError) {
        if value != 0 { Self.put(number, value, to: &facts) }
    }

    mutating func derived<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?
    ) throws(EventError) where Value.Kind == PlainKind {
        if let value { Self.put(number, value, to: &facts) }
    }

    mutating func personal(
        _ name: String, _ number: Int, _ value: inout PersonalText?, _ kind: TextKind, keptAs retention: RetentionClass,
        required: Bool
    ) throws(EventError) {
        if let value { Self.put(number, value, to: &personal) }
    }

    mutating func personal(
        _ name: String, _ number: Int, _ values: inout [PersonalText]?, _ kind: TextKind,
        keptAs retention: RetentionClass
    ) throws(EventError) {
        for value in values ?? [] { Self.put(number, value, to: &personal) }
    }

    private static func put<Value: FieldValue>(_ number: Int, _ value: Value, to box: inout WireWriterBox) {
        box.writer.tag(number, Value.isLengthDelimited ? .lengthDelimited : .varint)
        value.encode(to: &box)
    }

    private mutating func put<Group: FieldGroup>(_ number: Int, _ content: inout Group) throws(EventError) {
        var inner = RecordEncoder()
        try content.visit(&inner)
        facts.writer.tag(number, .lengthDelimited)
        facts.writer.message(inner.facts.writer.bytes)
    }
}
