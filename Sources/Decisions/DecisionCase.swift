package import CivilTime
package import Histories
import Rulebook
import TrainingEvents

/// Everything that a decision about one enrolment is made from.
package final class DecisionCase: Sendable {
    package let engine: DecisionEngine
    package let person: PersonHistory
    package let enrolment: Enrolment
    /// The class, with the rules as they stand for it.
    let ruled: RuledClass
    /// The minutes of the enrolment.
    package let attendance: AttendanceSummary
    /// Of the enrolment; asking it would copy it.
    let isAwaitingStart: Bool
    let leavingDay: CivilDate?

    init(_ engine: DecisionEngine, _ person: PersonHistory, _ enrolment: Enrolment, _ ruled: RuledClass) {
        self.engine = engine
        self.person = person
        self.enrolment = enrolment
        self.ruled = ruled
        attendance = AttendanceSummary(
            of: enrolment, daySchedules: ruled.daySchedules, cancelled: ruled.cancelled)
        isAwaitingStart = enrolment.isAwaitingStart
        leavingDay = enrolment.leavingDay
    }

    /// The same enrolment by other rules.
    init(_ engine: DecisionEngine, sharingFactsOf other: DecisionCase, _ ruled: RuledClass) {
        self.engine = engine
        person = other.person
        enrolment = other.enrolment
        attendance = other.attendance
        isAwaitingStart = other.isAwaitingStart
        leavingDay = other.leavingDay
        self.ruled = ruled
    }

    package var classHistory: ClassHistory { ruled.history }
    package var startsOn: CivilDate { ruled.startsOn }
    var rules: DatedRules { ruled.rules }

    /// The positions of the events that the attendance rests on.
    var attendancePositions: [UInt64] { AttendanceSummary.positions(of: enrolment, in: ruled.history) }

    /// The ID of a class, for the facts of a reason.
    func id(of number: ClassNumber) -> JSONValue { .string(engine.histories.registry.classes.id(of: number)) }

    /// The payouts of a kind for this class, in the order of the log.
    func payouts(_ kind: PayoutKind) -> [Payout] {
        var found: [Payout] = []
        for index in person.payouts.indices
        where person.payouts[index].kind == kind && person.payouts[index].classNumber == enrolment.classNumber {
            found.append(person.payouts[index])
        }
        return found
    }
}

extension [Payout] {
    /// The amounts less what was revoked, in NT$.
    var netNTD: Int64 {
        var sum: Int64 = 0
        for index in indices { sum += self[index].netNTD }
        return sum
    }
}

extension Decision {
    /// A decision of a kind about an enrolment, before anything is decided.
    init(_ kind: DecisionKind, of decisionCase: DecisionCase) {
        self.init(
            kind: kind, trainee: decisionCase.enrolment.trainee, classNumber: decisionCase.enrolment.classNumber)
    }
}
