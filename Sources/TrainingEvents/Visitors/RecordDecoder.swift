import CivilTime

/// Reads the declared fields from the canonical binary form and refuses every other form.
///
/// An absent list and an empty one are the same bytes; the decoder gives the empty list where the declaration
/// requires the list, and none where it does not.
struct RecordDecoder: FieldVisitor {
    var facts: WireReaderBox
    var personal: WireReaderBox

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind, in part: RecordPart
    ) throws(EventError) {
        if let found: Value = try take(number, kind, part) {
            if found.isZero { throw malformed("a zero that is written out", part) }
            value = found
        } else {
            let zero = Value.placeholder
            guard zero.isZero else { throw missing(name, part) }
            value = zero
        }
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, in part: RecordPart, required: Bool
    ) throws(EventError) {
        value = try take(number, kind, part)
        // A personal part may have been destroyed for good; the facts may not.
        if required, value == nil, part == .facts { throw missing(name, part) }
    }

    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind, in part: RecordPart,
        required: Bool
    ) throws(EventError) {
        var found: [Value] = []
        while let value: Value = try take(number, kind, part) {
            found.append(value)
            if found.count > Limits.listElements { throw malformed("a list that is too long", part) }
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
            if found.count > Limits.listElements { throw malformed("a list that is too long", .facts) }
        }
        groups = found.isEmpty && !required ? nil : found
    }

    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError) {
        let found: Int64? = try take(number, .sequence, .facts)
        if found == 0 { throw malformed("a zero that is written out", .facts) }
        value = found ?? 0
    }

    mutating func derived(_ name: String, _ number: Int, _ value: inout Instant?) throws(EventError) {
        value = try take(number, PlainKind(), .facts)
    }

    /// Refuses bytes after the last declared field.
    func finish() throws(EventError) {
        guard facts.reader.isAtEnd else { throw malformed("a field that this version does not know", .facts) }
        guard personal.reader.isAtEnd else { throw malformed("a field that this version does not know", .personal) }
    }

    private mutating func take<Value: FieldValue>(
        _ number: Int, _ kind: Value.Kind, _ part: RecordPart
    ) throws(EventError) -> Value? {
        switch part {
        case .facts: try Self.take(number, kind, from: &facts)
        case .personal: try Self.take(number, kind, from: &personal)
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

    private func missing(_ name: String, _ part: RecordPart) -> EventError {
        malformed("no field \(name)", part)
    }

    private func malformed(_ what: String, _ part: RecordPart) -> EventError {
        (part == .facts ? facts : personal).reader.malformed(what)
    }
}
