package import CivilTime
package import TrainingEvents

/// The facts of everyone and everything at a position of the log.
package struct LedgerHistories: Sendable {
    /// By number; `nil` where the registration is retracted or left out.
    package internal(set) var trainees = NumberedTable<TraineeHistory>()
    package internal(set) var classes = NumberedTable<ClassHistory>()
    package internal(set) var units = NumberedTable<UnitHistory>()
    package internal(set) var complaints: [ComplaintFact] = []
    /// Every rulebook adopted, in the order of the log.
    package internal(set) var adoptions: [AdoptedRulebook] = []
    /// The IDs by their numbers.
    package internal(set) var registry = Registry()
    /// How many positions were folded, live or not.
    package internal(set) var eventCount: UInt64 = 0
    /// The recorded time of the last event.
    package internal(set) var lastRecordedTime: Instant?

    /// Which IDs are linked directly, both ways.
    var linkedIDs: [TraineeNumber: Set<TraineeNumber>] = [:]

    package init() {}

    /// Takes down where the log stands when only some of its events were folded.
    package mutating func stand(at eventCount: UInt64, recordedTime: Instant?) {
        self.eventCount = eventCount
        lastRecordedTime = recordedTime
    }

    /// The adopted rulebooks whose first day has come by the day of the last event, in the order of the log: the
    /// last of them counts.
    package var rulebooks: [AdoptedRulebook] {
        guard let today = lastRecordedTime?.taipeiDate else { return [] }
        return adoptions.filter { $0.from <= today }
    }

    /// The trainee with this number, if it stands.
    package func trainee(_ number: TraineeNumber) -> TraineeHistory? {
        Int(number.value) < trainees.count ? trainees[Int(number.value)] : nil
    }

    /// The class with this number, if it stands.
    package func `class`(_ number: ClassNumber) -> ClassHistory? {
        Int(number.value) < classes.count ? classes[Int(number.value)] : nil
    }

    /// The unit with this number, if it stands.
    package func unit(_ number: UnitNumber) -> UnitHistory? {
        Int(number.value) < units.count ? units[Int(number.value)] : nil
    }
}
