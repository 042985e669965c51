/// Whose steps they are.
package enum StepsOwner: Hashable, Comparable, Sendable {
    case trainee(UInt32)
    case `class`(UInt32)
}

// Keeping the state outside: what is in memory can be dropped and brought back.
extension AdmissionState {
    /// Whose steps an event about `subject` looks at and that are not in memory; nil if none.
    package func missingSteps(of subject: Subject) -> StepsOwner? {
        switch subject {
        case .trainee(let number) where registry.knows(subject) && !trainees.contains(number.value):
            .trainee(number.value)
        case .class(let number) where registry.knows(subject) && !classes.contains(number.value):
            .class(number.value)
        default: nil
        }
    }

    /// Whether the steps of an owner are in memory.
    package func hasSteps(of owner: StepsOwner) -> Bool {
        switch owner {
        case .trainee(let number): trainees.contains(number)
        case .class(let number): classes.contains(number)
        }
    }

    /// The bytes of steps that are in memory.
    package func encodedSteps(of owner: StepsOwner) -> [UInt8] {
        switch owner {
        case .trainee(let number): trainees[number].encoded
        case .class(let number): classes[number].encoded
        }
    }

    /// Brings steps back as they were stored; nil if they never changed since the registration.
    ///
    /// - Throws: `malformedRecord` if the bytes are none.
    package mutating func restoreSteps(
        of owner: StepsOwner, from bytes: UnsafeRawBufferPointer?
    ) throws(EventError) {
        switch owner {
        case .trainee(let number): trainees.insert(try Self.steps(bytes), for: number)
        case .class(let number): classes.insert(try Self.steps(bytes), for: number)
        }
    }

    private static func steps<Steps: StoredSteps>(_ bytes: UnsafeRawBufferPointer?) throws(EventError) -> Steps {
        guard let bytes else { return Steps() }
        return try Steps(decoding: bytes)
    }

    /// The steps that changed since this was last asked, encoded, ascending by owner.
    package mutating func takeChangedSteps() -> [(owner: StepsOwner, bytes: [UInt8])] {
        trainees.takeChanged().map { (.trainee($0.number), $0.bytes) }
            + classes.takeChanged().map { (.class($0.number), $0.bytes) }
    }

    /// How many trainees' and classes' steps are in memory.
    package var residentCount: Int { trainees.count + classes.count }

    /// Drops all steps from memory. Those that changed were taken before.
    package mutating func dropSteps() {
        trainees.removeAll()
        classes.removeAll()
    }

    /// Brings back an ID with the next number.
    package mutating func restoreTrainee(_ id: UnsafeRawBufferPointer) { registry.trainees.add(id) }
    /// Brings back an ID with the next number.
    package mutating func restoreClass(_ id: UnsafeRawBufferPointer) { registry.classes.add(id) }
    /// Brings back an ID with the next number.
    package mutating func restoreUnit(_ id: UnsafeRawBufferPointer) { registry.units.add(id) }

    /// Brings back that a registration was retracted.
    package mutating func restoreRetraction(of subject: Subject) {
        switch subject {
        case .trainee(let number): registry.trainees.retract(number)
        case .class(let number): registry.classes.retract(number)
        case .unit(let number): registry.units.retract(number)
        case .newTrainee, .newClass, .newUnit, .rulebook: break
        }
    }
}
