/// The IDs of trainees, classes and units in the order in which events introduced them.
///
/// An ID whose registration was retracted keeps its number, and may be introduced again under a new one.
package struct Registry: Sendable {
    package var trainees = IDTable<TraineeNumber>()
    package var classes = IDTable<ClassNumber>()
    package var units = IDTable<UnitNumber>()

    package init() {}

    /// The same tables, finding IDs whose registration was retracted too: for comparing a repeated event with
    /// what was recorded when the ID still stood.
    package var includingRetracted: Registry {
        var copy = self
        copy.trainees.findsRetracted = true
        copy.classes.findsRetracted = true
        copy.units.findsRetracted = true
        return copy
    }

    /// Takes down what the event introduces, if it introduces anything.
    package mutating func note(_ subject: Subject) {
        switch subject {
        case .newTrainee(let id): trainees.add(id)
        case .newClass(let id): classes.add(id)
        case .newUnit(let id): units.add(id)
        case .trainee, .class, .unit, .rulebook: break
        }
    }
}

/// IDs of one kind, numbered from 0 in the order of their introduction.
package struct IDTable<Number: RegisteredNumber>: Sendable {
    /// The IDs by their numbers.
    package private(set) var ids: [String] = []
    private var numbers: [String: Number] = [:]
    private var retracted: Set<Number> = []
    /// IDs of a table that holds some only.
    private var single: [Number: String] = [:]
    fileprivate var findsRetracted = false

    package init() {}

    /// How many were introduced.
    package var count: Int { ids.count }

    /// The number of an ID that is introduced and not retracted.
    package subscript(_ id: String) -> Number? {
        guard let number = numbers[id] else { return nil }
        return findsRetracted || !retracted.contains(number) ? number : nil
    }

    /// The ID with this number; an empty string for a number that was never given.
    package func id(of number: Number) -> String {
        Int(number.value) < ids.count ? ids[Int(number.value)] : single[number] ?? ""
    }

    /// Takes down an ID with its number, leaving out those before it.
    package mutating func add(_ id: String, as number: Number) {
        numbers[id] = number
        single[number] = id
    }

    package mutating func add(_ id: String) {
        numbers[id] = Number(UInt32(ids.count))
        ids.append(id)
    }

    /// Forgets the name after its registration was retracted; the number is not given again.
    package mutating func retract(_ number: Number) {
        retracted.insert(number)
    }
}

extension Registry {
    /// Whether what is referred to was introduced, retracted since or not.
    package func knows(_ subject: Subject) -> Bool {
        switch subject {
        case .trainee(let number): Int(number.value) < trainees.count
        case .class(let number): Int(number.value) < classes.count
        case .unit(let number): Int(number.value) < units.count
        case .rulebook, .newTrainee, .newClass, .newUnit: true
        }
    }
}
