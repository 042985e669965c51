package import CivilTime
package import TrainingEvents

/// The facts of one class (班次), folded from its live events.
package struct ClassHistory: Hashable, Sendable {
    package let number: ClassNumber
    /// The position of `class.approved`.
    package var approvedAt: UInt64
    /// As approved, with the amendments applied.
    package var fields: ClassFields
    /// The positions of the approval and of the amendments.
    package var fieldPositions: [UInt64]
    /// The latest timetable, ascending by day and time (ATT-04).
    package private(set) var sessions: [Session] = []
    /// The minutes of each day that has sessions, ascending.
    package private(set) var daySchedules: [DaySchedule] = []
    package private(set) var schedulePosition: UInt64?
    package var cancelled: DayFact?
    package var closed: DayFact?

    package struct DaySchedule: Hashable, Sendable {
        package var on: CivilDate
        package var minutes: Int64
    }

    package init(number: ClassNumber, approved: ClassFields, at position: UInt64) {
        self.number = number
        approvedAt = position
        fields = approved
        fieldPositions = [position]
    }

    /// The first day of the class (開訓日); "the start day" of every rule, also for late joiners (ARI-05).
    package var startsOn: CivilDate { fields.startsOn ?? .placeholder }
    /// The last day of the class (結訓日).
    package var endsOn: CivilDate { fields.endsOn ?? startsOn }
    package var programme: Programme { fields.programme ?? .placeholder }
    /// The fee of the class, whole (訓練費用), in NT$.
    package var feeNTD: Int64 { fields.feeNTD ?? 0 }
    /// How much is collected beforehand; all of it unless said otherwise.
    package var feeCollection: FeeCollection { fields.feeCollection ?? .full }

    /// All minutes of the timetable.
    package var minutesScheduled: Int64 { daySchedules.reduce(0) { $0 + $1.minutes } }

    /// The positions of what shaped the days of the class.
    package var dayPositions: [UInt64] { fieldPositions }

    mutating func schedule(_ sessions: [Session], at position: UInt64) {
        self.sessions = sessions.sorted { ($0.on, $0.from, $0.to) < ($1.on, $1.from, $1.to) }
        daySchedules = []
        for session in self.sessions {
            let minutes = Int64(session.to.minutes - session.from.minutes)
            if daySchedules.last?.on == session.on {
                daySchedules[daySchedules.count - 1].minutes += minutes
            } else {
                daySchedules.append(DaySchedule(on: session.on, minutes: minutes))
            }
        }
        schedulePosition = position
    }
}

/// The facts of one training unit (訓練單位).
package struct UnitHistory: Hashable, Sendable {
    package let number: UnitNumber
    package var registeredAt: UInt64
    package var fields: UnitFields
    package var fieldPositions: [UInt64]

    package init(number: UnitNumber, registered: UnitFields, at position: UInt64) {
        self.number = number
        registeredAt = position
        fields = registered
        fieldPositions = [position]
    }
}

/// A complaint (陳情) about a unit or a class.
package struct ComplaintFact: Hashable, Sendable {
    package var complaint: String
    package var about: Subject
    package var on: CivilDate
    package var county: String
    package var isConfidential: Bool
    package var position: UInt64
}

/// A rulebook adopted in the log.
package struct AdoptedRulebook: Hashable, Sendable {
    package var id: String
    /// The SHA-256 of its canonical text in lower-case hexadecimal, with or without `sha256:` before it.
    package var digest: String
    /// The first day on which it counts.
    package var from: CivilDate
    package var position: UInt64
}
