import CivilTime

/// Collects what an event refers to, for finding the events that need an introduction.
struct ReferenceCollector: FieldVisitor {
    private(set) var subjects: [Subject] = []

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value, _ kind: Value.Kind
    ) throws(EventError) {
        collect(value)
    }

    mutating func field<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?, _ kind: Value.Kind, required: Bool
    ) throws(EventError) {
        if let value { collect(value) }
    }

    mutating func list<Value: FieldValue>(
        _ name: String, _ number: Int, _ values: inout [Value]?, _ kind: Value.Kind,
        required: Bool
    ) throws(EventError) {}

    mutating func personal(
        _ name: String, _ number: Int, _ value: inout PersonalText?, _ kind: TextKind, keptAs retention: RetentionClass,
        required: Bool
    ) throws(EventError) {}

    mutating func personal(
        _ name: String, _ number: Int, _ values: inout [PersonalText]?, _ kind: TextKind,
        keptAs retention: RetentionClass
    ) throws(EventError) {}

    mutating func group<Group: FieldGroup>(_ name: String, _ number: Int, _ group: inout Group?) throws(EventError) {}

    mutating func groups<Group: FieldGroup>(
        _ name: String, _ number: Int, _ groups: inout [Group]?, required: Bool
    ) throws(EventError) {}

    mutating func derived(_ name: String, _ number: Int, _ value: inout Int64) throws(EventError) {}

    mutating func derived<Value: FieldValue>(
        _ name: String, _ number: Int, _ value: inout Value?
    ) throws(EventError) where Value.Kind == PlainKind {}

    private mutating func collect<Value: FieldValue>(_ value: Value) {
        if let number = value as? TraineeNumber { subjects.append(.trainee(number)) }
        if let number = value as? ClassNumber { subjects.append(.class(number)) }
        if let number = value as? UnitNumber { subjects.append(.unit(number)) }
    }
}

extension Event {
    /// The trainees, classes and units that the event is about or refers to.
    package var references: [Subject] { EventContent(self).references }
}

extension EventContent {
    /// The trainees, classes and units that the event is about or refers to.
    package var references: [Subject] {
        var collector = ReferenceCollector()
        var body = body
        do throws(EventError) { try body.visit(&collector) } catch { preconditionFailure("collecting never fails") }
        switch subject {
        case .trainee, .class, .unit: return [subject] + collector.subjects
        case .rulebook, .newTrainee, .newClass, .newUnit: return collector.subjects
        }
    }
}
