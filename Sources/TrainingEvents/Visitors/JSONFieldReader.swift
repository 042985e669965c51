/// Reads the declared fields from a JSON object and reports every key that no field is declared for.
struct JSONFieldReader: FieldVisitor {
    private var members: [JSONValue.Member?]
    private var declared: [String] = []
    private let registry: Registry

    init(_ members: [JSONValue.Member], registry: Registry) {
        self.members = members
        self.registry = registry
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind, in part: RecordPart
    ) throws(EventError) {
        guard let json = take(name) else { throw missing(name) }
        value = try read(json, name, kind)
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, in part: RecordPart, required: Bool
    ) throws(EventError) {
        guard let json = take(name) else {
            if required { throw missing(name) }
            return
        }
        value = try read(json, name, kind)
    }

    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind, in part: RecordPart,
        required: Bool
    ) throws(EventError) {
        guard let elements = try array(name, required: required) else { return }
        var found: [Value] = []
        for (index, element) in elements.enumerated() {
            found.append(try read(element, "\(name)[\(index)]", kind))
        }
        values = required || !found.isEmpty ? found : nil
    }

    mutating func group<Group: FieldGroup>(_ name: String, _ number: Int, _ group: inout Group?) throws(EventError) {
        guard let json = take(name) else { return }
        group = try readGroup(json, name)
    }

    mutating func groups<Group: FieldGroup>(
        _ name: String, _ number: Int, _ groups: inout [Group]?, required: Bool
    ) throws(EventError) {
        guard let elements = try array(name, required: required) else { return }
        var found: [Group] = []
        for (index, element) in elements.enumerated() {
            found.append(try readGroup(element, "\(name)[\(index)]"))
        }
        groups = required || !found.isEmpty ? found : nil
    }

    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError) {}

    /// Refuses keys that no field is declared for, with the name that was probably meant.
    func finish() throws(EventError) {
        for case .some(let member) in members {
            throw EventError(
                .unknownField, field: shownKey(member.key),
                expected: declared.isEmpty ? "no field" : declared.joined(separator: ", "),
                suggestion: Suggestion.nearest(to: member.key, among: declared))
        }
    }

    private mutating func take(_ name: String) -> JSONValue? {
        declared.append(name)
        guard let index = members.firstIndex(where: { $0?.key == name }) else { return nil }
        let value = members[index]?.value
        members[index] = nil
        return value
    }

    /// The key that was probably meant for the missing field is the better news: a misspelt required field is
    /// reported as an unknown one.
    private func missing(_ name: String) -> EventError {
        for case .some(let member) in members {
            if Suggestion.nearest(to: member.key, among: [name]) != nil {
                return EventError(.unknownField, field: shownKey(member.key), suggestion: name)
            }
        }
        return EventError(.missingField, field: name)
    }

    private func read<Value: FieldValue>(
        _ json: JSONValue, _ path: String, _ kind: Value.Kind
    ) throws(EventError) -> Value {
        do throws(EventError) {
            return try Value.read(json, kind: kind, registry: registry)
        } catch {
            throw error.inside(path)
        }
    }

    private mutating func array(_ name: String, required: Bool) throws(EventError) -> [JSONValue]? {
        guard let json = take(name) else {
            if required { throw missing(name) }
            return nil
        }
        guard case .array(let elements) = json else { throw wrongType(json, "an array").inside(name) }
        return elements
    }

    private func readGroup<Group: FieldGroup>(_ json: JSONValue, _ path: String) throws(EventError) -> Group {
        do throws(EventError) {
            if case .string(let text) = json, let short = try Group.shorthand(text) { return short }
            guard case .object(let members) = json else { throw wrongType(json, "an object") }
            var reader = JSONFieldReader(members, registry: registry)
            var content = Group()
            try content.visit(&reader)
            try reader.finish()
            try content.validate()
            return content
        } catch {
            throw error.inside(path)
        }
    }
}
