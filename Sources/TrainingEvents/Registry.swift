/// The IDs of trainees, classes and units in the order in which events introduced them.
///
/// An ID whose registration was retracted keeps its number, and may be introduced again under a new one.
package struct Registry: Sendable {
    private struct Tables: Sendable {
        var trainees = IDTable<TraineeNumber>()
        var classes = IDTable<ClassNumber>()
        var units = IDTable<UnitNumber>()
    }

    /// One element: every event that comes in is read with a copy of the registry, which is one reference this way.
    private var tables = [Tables()]

    package init() {}

    package var trainees: IDTable<TraineeNumber> {
        _read { yield tables[0].trainees }
        _modify { yield &tables[0].trainees }
    }

    package var classes: IDTable<ClassNumber> {
        _read { yield tables[0].classes }
        _modify { yield &tables[0].classes }
    }

    package var units: IDTable<UnitNumber> {
        _read { yield tables[0].units }
        _modify { yield &tables[0].units }
    }

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
