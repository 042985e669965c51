/// One walk over the declared fields of an event type, in ascending order of their numbers.
///
/// An event type declares its fields once, in `visit`; reading and writing the binary form, reading and
/// writing JSON, and the published schema are five visitors of that one declaration.
package protocol FieldVisitor {
    /// A required field. In the binary form it is omitted when zero.
    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind
    ) throws(EventError)

    /// An optional field, with explicit presence. `required` ones must be there all the same: fields that an
    /// amendment may leave out and the first registration may not.
    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, required: Bool
    ) throws(EventError)

    /// A list of plain values; required in JSON, where it may be empty.
    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind,
        required: Bool
    ) throws(EventError)

    /// A personal detail or free text. It stands in the personal part of the record, and is sealed there.
    mutating func personal(
        _ name: String, _ number: Int, _ value: inout PersonalText?, _ kind: TextKind, keptAs retention: RetentionClass,
        required: Bool
    ) throws(EventError)

    /// A list of personal details; required in JSON.
    mutating func personal(
        _ name: String, _ number: Int, _ values: inout [PersonalText]?, _ kind: TextKind,
        keptAs retention: RetentionClass
    ) throws(EventError)

    /// A nested group of fields.
    mutating func group<Group: FieldGroup>(_ name: String, _ number: Int, _ group: inout Group?) throws(EventError)

    /// A list of nested groups.
    mutating func groups<Group: FieldGroup>(
        _ name: String, _ number: Int, _ groups: inout [Group]?, required: Bool
    ) throws(EventError)

    /// A fact that the ledger adds at the door and JSON does not carry.
    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError)

    /// A fact that the ledger adds at the door and JSON does not carry; `nil` in records made before it was added.
    mutating func derived<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?
    ) throws(EventError) where Value.Kind == PlainKind

    /// Called when all fields of an event were visited.
    mutating func finish<Payload: EventPayload>(_ payload: Payload) throws(EventError)
}

extension FieldVisitor {
    package mutating func finish<Payload: EventPayload>(_ payload: Payload) throws(EventError) {}

    /// A required fact of a value that has one kind only.
    package mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value
    ) throws(EventError) where Value.Kind == PlainKind {
        try field(name, number, &value, PlainKind())
    }

    /// An optional fact.
    package mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind
    ) throws(EventError) {
        try field(name, number, &value, kind, required: false)
    }

    /// An optional fact of a value that has one kind only.
    package mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, required: Bool = false
    ) throws(EventError) where Value.Kind == PlainKind {
        try field(name, number, &value, PlainKind(), required: required)
    }

    /// An optional personal detail.
    package mutating func personal(
        _ name: String, _ number: Int, _ value: inout PersonalText?, _ kind: TextKind = .freeText,
        keptAs retention: RetentionClass
    ) throws(EventError) {
        try personal(name, number, &value, kind, keptAs: retention, required: false)
    }

    /// A free text that must be there, though it may be empty.
    package mutating func required(
        _ name: String, _ number: Int, _ value: inout PersonalText?, keptAs retention: RetentionClass
    ) throws(EventError) {
        try personal(name, number, &value, .freeText, keptAs: retention, required: true)
    }
}

/// Fields that stand together under one key: a session, an insurance spell.
package protocol FieldGroup: Hashable, Sendable {
    /// The message name in the published schema.
    static var schemaName: String { get }
    init()
    /// Declares the fields. Also checks what holds between them, where `visitor` reads.
    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError)
    /// A single JSON string that stands for the whole group, as in `documents: ["idCard"]`.
    static func shorthand(_ text: String) throws(EventError) -> Self?
    /// The shorthand of this value, if it has one; output prefers it.
    var shorthand: String? { get }
    /// What must hold between the fields; checked after reading.
    func validate() throws(EventError)
}

extension FieldGroup {
    package static func shorthand(_ text: String) throws(EventError) -> Self? { nil }
    package var shorthand: String? { nil }
    package func validate() throws(EventError) {}
}
