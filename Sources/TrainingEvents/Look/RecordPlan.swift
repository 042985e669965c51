import CivilTime

/// One declared field as a record may hold it.
struct PlannedField: Sendable {
    /// The tag's bytes, the first in the lowest eight bits, and how many there are.
    let tag: UInt16
    let tagLength: Int
    let form: StoredForm
    let repeats: Bool
    /// Whether zero is left out instead of written.
    let refusesZero: Bool
    let isNeeded: Bool

    init(_ number: Int, _ form: StoredForm, repeats: Bool = false, refusesZero: Bool = false, isNeeded: Bool = false) {
        let isText =
            switch form {
            case .number, .signed, .reference: false
            case .text, .personal, .group: true
            }
        let value = UInt16(number) << 3 | (isText ? 2 : 0)
        precondition(value < 1 << 14, "tags of three bytes are not planned for")
        tagLength = value < 0x80 ? 1 : 2
        tag = tagLength == 1 ? value : (value & 0x7F | 0x80) | (value >> 7) << 8
        self.form = form
        self.repeats = repeats
        self.refusesZero = refusesZero
        self.isNeeded = isNeeded
    }

    /// Whether the tag begins at `place`.
    @inline(__always)
    func begins(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
        guard bytes.count - place >= tagLength, bytes[place] == UInt8(truncatingIfNeeded: tag) else { return false }
        return tagLength == 1 || bytes[place + 1] == UInt8(tag >> 8)
    }
}

/// Collects the declared fields as a record may hold them; what ``RecordDecoder`` takes, and no more.
struct RecordPlan: FieldVisitor {
    private(set) var facts: [PlannedField] = []
    private(set) var personal: [PlannedField] = []
    /// The fields of nested groups, by the index that their fields name.
    private(set) var groups: [[PlannedField]]

    init(groups: [[PlannedField]]) { self.groups = groups }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind
    ) throws(EventError) {
        let form = Value.storedForm(kind: kind)
        var isNeeded = !Value.placeholder.isZero
        // Number 0 stands in no bytes: the decoder says whom it means.
        if case .reference = form { isNeeded = true }
        facts.append(PlannedField(number, form, refusesZero: true, isNeeded: isNeeded))
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, required: Bool
    ) throws(EventError) {
        facts.append(PlannedField(number, Value.storedForm(kind: kind), isNeeded: required))
    }

    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind,
        required: Bool
    ) throws(EventError) {
        facts.append(PlannedField(number, Value.storedForm(kind: kind), repeats: true))
    }

    mutating func personal(
        _ name: String, _ number: Int, _ value: inout PersonalText?, _ kind: TextKind, keptAs retention: RetentionClass,
        required: Bool
    ) throws(EventError) {
        personal.append(PlannedField(number, .personal))
    }

    mutating func personal(
        _ name: String, _ number: Int, _ values: inout [PersonalText]?, _ kind: TextKind,
        keptAs retention: RetentionClass
    ) throws(EventError) {
        personal.append(PlannedField(number, .personal, repeats: true))
    }

    mutating func group<Group: FieldGroup>(_ name: String, _ number: Int, _ group: inout Group?) throws(EventError) {
        facts.append(PlannedField(number, .group(try add(Group.self))))
    }

    mutating func groups<Group: FieldGroup>(
        _ name: String, _ number: Int, _ groups: inout [Group]?, required: Bool
    ) throws(EventError) {
        facts.append(PlannedField(number, .group(try add(Group.self)), repeats: true))
    }

    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError) {
        facts.append(PlannedField(number, Int64.storedForm(kind: .sequence), refusesZero: true))
    }

    mutating func derived<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?
    ) throws(EventError) where Value.Kind == PlainKind {
        facts.append(PlannedField(number, Value.storedForm(kind: PlainKind())))
    }

    private mutating func add<Group: FieldGroup>(_ type: Group.Type) throws(EventError) -> Int {
        var inner = RecordPlan(groups: groups)
        var group = Group()
        try group.visit(&inner)
        groups = inner.groups + [inner.facts]
        return groups.count - 1
    }
}
