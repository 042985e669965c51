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

    /// The number that an event's subject gets; `nil` if the event introduces nothing.
    package func nextNumber(for subject: Subject) -> UInt32? {
        switch subject {
        case .newTrainee: UInt32(clamping: trainees)
        case .newClass: UInt32(clamping: classes)
        case .newUnit: UInt32(clamping: units)
        case .trainee, .class, .unit, .rulebook: nil
        }
    }

    /// Takes down what an event introduces, if it introduces anything.
    package mutating func note(_ subject: Subject) {
        switch subject {
        case .newTrainee: trainees += 1
        case .newClass: classes += 1
        case .newUnit: units += 1
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
}
