/// A thing that events refer to by a dense number and JSON by its ID.
package protocol RegisteredNumber: FieldValue, Comparable where Kind == PlainKind {
    /// The place in the order of registration, from 0.
    var value: UInt32 { get }
    init(_ value: UInt32)
    static var noun: String { get }
    static var registered: StoredForm.Registered { get }
    static func lookUp(_ id: String, in registry: Registry) -> Self?
    func id(in registry: Registry) -> String
    static func known(in registry: Registry) -> IDTable<Self>
}

/// A trainee ID (學員), numbered in the order of registration.
package struct TraineeNumber: RegisteredNumber {
    package let value: UInt32
    package init(_ value: UInt32) { self.value = value }
    package static var noun: String { "trainee" }
    package static var registered: StoredForm.Registered { .trainee }
    package static func lookUp(_ id: String, in registry: Registry) -> TraineeNumber? { registry.trainees[id] }
    package func id(in registry: Registry) -> String { registry.trainees.id(of: self) }
    package static func known(in registry: Registry) -> IDTable<TraineeNumber> { registry.trainees }
}

/// A class (班次), numbered in the order of approval.
package struct ClassNumber: RegisteredNumber {
    package let value: UInt32
    package init(_ value: UInt32) { self.value = value }
    package static var noun: String { "class" }
    package static var registered: StoredForm.Registered { .class }
    package static func lookUp(_ id: String, in registry: Registry) -> ClassNumber? { registry.classes[id] }
    package func id(in registry: Registry) -> String { registry.classes.id(of: self) }
    package static func known(in registry: Registry) -> IDTable<ClassNumber> { registry.classes }
}

/// A training unit (訓練單位), numbered in the order of registration.
package struct UnitNumber: RegisteredNumber {
    package let value: UInt32
    package init(_ value: UInt32) { self.value = value }
    package static var noun: String { "unit" }
    package static var registered: StoredForm.Registered { .unit }
    package static func lookUp(_ id: String, in registry: Registry) -> UnitNumber? { registry.units[id] }
    package func id(in registry: Registry) -> String { registry.units.id(of: self) }
    package static func known(in registry: Registry) -> IDTable<UnitNumber> { registry.units }
}

extension RegisteredNumber {
    package static var placeholder: Self { Self(0) }
    package var isZero: Bool { value == 0 }
    package static var isLengthDelimited: Bool { false }
    package static func storedForm(kind: PlainKind) -> StoredForm { .reference(registered) }

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }

    package func encode(to writer: inout WireWriterBox) { writer.writer.varint(UInt64(value)) }

    package static func decode(from reader: inout WireReaderBox, kind: PlainKind) throws(EventError) -> Self {
        guard let number = UInt32(exactly: try reader.reader.varint()) else {
            throw reader.reader.malformed("a number of a \(noun) out of range")
        }
        return Self(number)
    }

    package static func read(_ json: JSONNode, kind: PlainKind, registry: Registry) throws(EventError) -> Self {
        guard json.kind == .string else { throw wrongType(json, "the ID of a \(noun)") }
        return try find(json.text, in: registry)
    }

    static func find(_ text: String, in registry: Registry) throws(EventError) -> Self {
        if let number = lookUp(text, in: registry) { return number }
        // Only small registries are searched for the nearest name: a refusal must not cost more than an event.
        let known = known(in: registry)
        throw EventError(
            .unknownReference, found: shown(text), expected: "the ID of a \(noun) registered before",
            suggestion: known.count <= 1_000 ? Suggestion.nearest(to: text, among: known.ids) : nil)
    }

    package func json(kind: PlainKind, registry: Registry) -> JSONValue { .string(id(in: registry)) }

    package static func schema(kind: PlainKind) -> (type: String, meaning: String?) {
        ("uint32", "number of a \(noun)")
    }
}
