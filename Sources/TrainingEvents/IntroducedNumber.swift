extension EventBody {
    /// The number that the record of a registration says it gave; `nil` for other events, and for registrations of
    /// before records said so.
    package var introducedNumber: UInt32? {
        switch self {
        case .traineeRegistered(let payload): payload.number?.value
        case .classApproved(let payload): payload.number?.value
        case .unitRegistered(let payload): payload.number?.value
        default: nil
        }
    }

    /// Puts another number, or none, into a registration; other events stay as they are.
    mutating func setIntroducedNumber(_ number: UInt32?) {
        switch self {
        case .traineeRegistered(var payload):
            payload.number = number.map { TraineeNumber($0) }
            self = .traineeRegistered(payload)
        case .classApproved(var payload):
            payload.number = number.map { ClassNumber($0) }
            self = .classApproved(payload)
        case .unitRegistered(var payload):
            payload.number = number.map { UnitNumber($0) }
            self = .unitRegistered(payload)
        default: break
        }
    }
}

extension Registry {
    /// The number that what an event introduces gets next; `nil` if it introduces nothing.
    package func nextNumber(for subject: Subject) -> UInt32? {
        switch subject {
        case .newTrainee: UInt32(clamping: trainees.count)
        case .newClass: UInt32(clamping: classes.count)
        case .newUnit: UInt32(clamping: units.count)
        case .trainee, .class, .unit, .rulebook: nil
        }
    }

    /// The number that an ID was given when it was introduced; `nil` if it was not, or if the event introduces nothing.
    func givenNumber(to subject: Subject) -> UInt32? {
        switch subject {
        case .newTrainee(let id): trainees[id]?.value
        case .newClass(let id): classes[id]?.value
        case .newUnit(let id): units[id]?.value
        case .trainee, .class, .unit, .rulebook: nil
        }
    }
}
