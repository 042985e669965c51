import TrainingEvents

/// Which training unit holds each class, from the events seen so far.
struct ClassUnits {
    private var unitOfClass: [UInt32: UInt32] = [:]

    /// Takes down what an event says of it; the registry has taken the event's subject.
    mutating func note(_ event: Event, _ registry: Registry) {
        switch (event.body, event.subject) {
        case (.classApproved(let approved), .newClass(let id)):
            if let number = registry.classes[id] { set(approved.fields, number) }
        case (.classAmended(let amended), .class(let number)): set(amended.fields, number)
        default: break
        }
    }

    private mutating func set(_ fields: ClassFields, _ number: ClassNumber) {
        if let unit = fields.unit { unitOfClass[number.value] = unit.value }
    }

    /// Whether an event is no affair of other units than these: every class and unit that it names is one of theirs.
    func isWithin(_ units: Set<String>?, _ event: Event, _ registry: Registry) -> Bool {
        guard let units else { return true }
        func isOwn(_ unit: UInt32?) -> Bool {
            unit.map { units.contains(registry.units.id(of: UnitNumber($0))) } ?? false
        }
        return event.references.allSatisfy { reference in
            switch reference {
            case .class(let number): isOwn(unitOfClass[number.value])
            case .unit(let number): isOwn(number.value)
            default: true
            }
        }
    }
}
