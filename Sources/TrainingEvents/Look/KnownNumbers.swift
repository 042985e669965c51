/// How many trainees, classes and units were introduced: whoever has a lower number is known.
package struct KnownNumbers: Sendable {
    private var trainees: UInt64 = 0
    private var classes: UInt64 = 0
    private var units: UInt64 = 0

    /// Nobody is known.
    package init() {}

    /// Whether what is referred to was introduced, retracted since or not.
    package func knows(_ subject: Subject) -> Bool {
        switch subject {
        case .trainee(let number): knows(.trainee, UInt64(number.value))
        case .class(let number): knows(.class, UInt64(number.value))
        case .unit(let number): knows(.unit, UInt64(number.value))
        case .rulebook, .newTrainee, .newClass, .newUnit: true
        }
    }

    /// Takes down what an event introduces, if it introduces anything.
    package mutating func note(_ subject: Subject) {
        switch subject {
        case .newTrainee: note(.trainee)
        case .newClass: note(.class)
        case .newUnit: note(.unit)
        case .trainee, .class, .unit, .rulebook: break
        }
    }

    func knows(_ registered: StoredForm.Registered, _ number: UInt64) -> Bool {
        switch registered {
        case .trainee: number < trainees
        case .class: number < classes
        case .unit: number < units
        }
    }

    mutating func note(_ registered: StoredForm.Registered) {
        switch registered {
        case .trainee: trainees += 1
        case .class: classes += 1
        case .unit: units += 1
        }
    }
}
