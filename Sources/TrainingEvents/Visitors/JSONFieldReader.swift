import CivilTime

/// Reads the declared fields from a JSON object and reports every key that no field is declared for.
struct JSONFieldReader: FieldVisitor {
    private var members: [JSONValue.Member?]
    private var declared: [String] = []
    /// The first required field that is not there; reported at the end, when all declared names are known.
    private var missing: String?
    private let registry: Registry

    init(_ members: [JSONValue.Member], registry: Registry) {
        self.members = members
        self.registry = registry
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind, in part: RecordPart
    ) throws(EventError) {
        guard let json = take(name, required: true) else { return }
        value = try read(json, name, kind)
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, in part: RecordPart, required: Bool
    ) throws(EventError) {
        guard let json = take(name, required: required) else { return }
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
        guard let json = take(name, required: false) else { return }
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

    mutating func derived(_ name: String, _ number: Int, _ value: inout Instant?) throws(EventError) {}

    /// Refuses keys that no field is declared for, and the absence of a required one.
    ///
    /// A misspelt required field is both; the key that was found is the better news.
    func finish() throws(EventError) {
        let unknown = members.compactMap { $0?.key }
        if let missing {
            let misspelt = unknown.first { Suggestion.nearest(to: $0, among: [missing]) != nil }
            guard let misspelt else { throw EventError(.missingField, field: missing) }
            throw EventError(.unknownField, field: shownKey(misspelt), suggestion: missing)
        }
        if let key = unknown.first {
            throw EventError(
                .unknownField, field: shownKey(key),
                expected: declared.isEmpty ? "no field" : declared.joined(separator: ", "),
                suggestion: Suggestion.nearest(to: key, among: declared))
        }
    }

    private mutating func take(_ name: String, required: Bool) -> JSONValue? {
        declared.append(name)
        guard let index = members.firstIndex(where: { $0?.key == name }) else {
            if required { missing = missing ?? name }
            return nil
        }
        let value = members[index]?.value
        members[index] = nil
        return value
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
        guard let json = take(name, required: required) else { return nil }
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
