import CivilTime

/// Reads the declared fields from the canonical binary form and refuses every other form.
///
/// An absent list and an empty one are the same bytes; the decoder gives the empty list where the declaration
/// requires the list, and none where it does not.
struct RecordDecoder: FieldVisitor {
    var facts: WireReaderBox
    var personal: WireReaderBox

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind
    ) throws(EventError) {
        if let found: Value = try Self.take(number, kind, from: &facts) {
            if found.isZero { throw malformed("a zero that is written out") }
            value = found
        } else {
            let zero = Value.placeholder
            guard zero.isZero else { throw missing(name) }
            value = zero
        }
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, required: Bool
    ) throws(EventError) {
        value = try Self.take(number, kind, from: &facts)
        if required, value == nil { throw missing(name) }
    }

    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind,
        required: Bool
    ) throws(EventError) {
        var found: [Value] = []
        while let value: Value = try Self.take(number, kind, from: &facts) {
            found.append(value)
            if found.count > Limits.listElements { throw malformed("a list that is too long") }
        }
        values = found.isEmpty && !required ? nil : found
    }

    mutating func group<Group: FieldGroup>(_ name: String, _ number: Int, _ group: inout Group?) throws(EventError) {
        group = try takeGroup(number)
    }

    mutating func groups<Group: FieldGroup>(
        _ name: String, _ number: Int, _ groups: inout [Group]?, required: Bool
    ) throws(EventError) {
        var found: [Group] = []
        while let content: Group = try takeGroup(number) {
            found.append(content)
            if found.count > Limits.listElements { throw malformed("a list that is too long") }
        }
        groups = found.isEmpty && !required ? nil : found
    }

    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError) {
        let found: Int64? = try Self.take(number, .sequence, from: &facts)
        if found == 0 { throw malformed("a zero that is written out") }
        value = found ?? 0
    }

    mutating func derived<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?
    ) throws(EventError) where Value.Kind == PlainKind {
        value = try Self.take(number, PlainKind(), from: &facts)
    }

    /// A destroyed text may be missing, whatever the declaration says of it; a fact may not.
    mutating func personal(
        _ name: String, _ number: Int, _ value: inout PersonalText?, _ kind: TextKind, keptAs retention: RetentionClass,
        required: Bool
    ) throws(EventError) {
        value = try Self.take(number, kind, from: &personal)
    }

    mutating func personal(
        _ name: String, _ number: Int, _ values: inout [PersonalText]?, _ kind: TextKind,
        keptAs retention: RetentionClass
    ) throws(EventError) {
        var found: [PersonalText] = []
        while let value: PersonalText = try Self.take(number, kind, from: &personal) {
            found.append(value)
            if found.count > Limits.listElements { throw personal.reader.malformed("a list that is too long") }
        }
        values = found
    }

    /// Refuses bytes after the last declared field.
    func finish() throws(EventError) {
        for box in [facts, personal] where !box.reader.isAtEnd {
            throw box.reader.malformed("a field that this version does not know")
        }
    }

    private static func take<Value: FieldValue>(
        _ number: Int, _ kind: Value.Kind, from box: inout WireReaderBox
    ) throws(EventError) -> Value? {
        guard try box.reader.take(number, Value.isLengthDelimited ? .lengthDelimited : .varint) else { return nil }
        return try Value.decode(from: &box, kind: kind)
    }

    private mutating func takeGroup<Group: FieldGroup>(_ number: Int) throws(EventError) -> Group? {
        guard try facts.reader.take(number, .lengthDelimited) else { return nil }
        let message = try facts.reader.message()
        var inner = RecordDecoder(
            facts: WireReaderBox(reader: message),
            personal: WireReaderBox(reader: WireReader(UnsafeRawBufferPointer(start: nil, count: 0))))
        var content = Group()
        try content.visit(&inner)
        try inner.finish()
        return content
    }

    private func missing(_ name: String) -> EventError { malformed("no field \(name)") }

    private func malformed(_ what: String) -> EventError { facts.reader.malformed(what) }
}
