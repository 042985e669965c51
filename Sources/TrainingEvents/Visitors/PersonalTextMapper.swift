import CivilTime

/// A declared personal text of an event.
package struct PersonalField: Hashable, Sendable {
    /// Where it stands: `data.name`, `data.approvedBy[1]`.
    package let path: String
    package let retention: RetentionClass
    package let kind: TextKind

    package init(path: String, retention: RetentionClass, kind: TextKind) {
        self.path = path
        self.retention = retention
        self.kind = kind
    }

    package static func == (left: PersonalField, right: PersonalField) -> Bool { left.path == right.path }

    package func hash(into hasher: inout Hasher) { hasher.combine(path) }
}

/// Puts another text, or none, in the place of each personal one.
private struct PersonalTextMapper: FieldVisitor {
    let transform: (PersonalField, PersonalText) -> PersonalText?

    mutating func personal(
        _ name: String, _ number: Int, _ value: inout PersonalText?, _ kind: TextKind, keptAs retention: RetentionClass,
        required: Bool
    ) throws(EventError) {
        guard let text = value else { return }
        value = transform(PersonalField(path: "data.\(name)", retention: retention, kind: kind), text)
    }

    mutating func personal(
        _ name: String, _ number: Int, _ values: inout [PersonalText]?, _ kind: TextKind,
        keptAs retention: RetentionClass
    ) throws(EventError) {
        guard let texts = values else { return }
        values = texts.enumerated().compactMap { index, text in
            transform(PersonalField(path: "data.\(name)[\(index)]", retention: retention, kind: kind), text)
        }
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind
    ) throws(EventError) {}

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, required: Bool
    ) throws(EventError) {}

    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind, required: Bool
    ) throws(EventError) {}

    mutating func group<Group: FieldGroup>(_ name: String, _ number: Int, _ group: inout Group?) throws(EventError) {}

    mutating func groups<Group: FieldGroup>(
        _ name: String, _ number: Int, _ groups: inout [Group]?, required: Bool
    ) throws(EventError) {}

    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError) {}

    mutating func derived<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?
    ) throws(EventError) where Value.Kind == PlainKind {}
}

extension EventBody {
    /// The same event with another text, or none, in the place of each personal one; what is absent stays absent.
    package func mappingPersonalTexts(
        _ transform: @escaping (PersonalField, PersonalText) -> PersonalText?
    ) -> EventBody {
        guard type.hasPersonalTexts else { return self }
        var mapper = PersonalTextMapper(transform: transform)
        var body = self
        do throws(EventError) { try body.visit(&mapper) } catch { preconditionFailure("mapping texts never fails") }
        return body
    }

    /// The personal texts that the event carries, in the order of their declaration.
    package var personalTexts: [(field: PersonalField, text: PersonalText)] {
        var texts: [(field: PersonalField, text: PersonalText)] = []
        _ = mappingPersonalTexts { field, text in
            texts.append((field, text))
            return text
        }
        return texts
    }

    /// The same event without any personal text.
    package var withoutPersonalTexts: EventBody { mappingPersonalTexts { _, _ in nil } }
}

extension EventType {
    /// Whether events of this type may carry personal texts.
    package var hasPersonalTexts: Bool { Self.carriers[Int(rawValue)] }

    private static let carriers: [Bool] =
        [false] + allCases.map { !FieldCatalogue.fields(of: $0).allSatisfy { $0.retention == nil } }
}
