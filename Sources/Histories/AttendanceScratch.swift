import CivilTime
import TrainingEvents

/// Gathers the attendance of one trainee, to put it in place an enrolment at a time.
struct AttendanceScratch {
    private struct Gathered {
        var enrolment: Int
        var record: AttendanceRecords.Record
    }

    private var gathered: [Gathered] = []
    /// How many were gathered for each enrolment.
    private var counts: [Int] = []
    /// The class of the last record and its place among the enrolments: the next is nearly always of the same.
    private var lastClass: ClassNumber?
    private var lastEnrolment = 0

    /// Begins with another trainee.
    mutating func begin() {
        gathered.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        lastClass = nil
    }

    /// Gathers one record. The enrolment is made if the trainee has none in the class yet, so that enrolments stand in
    /// the order in which their classes first appear.
    mutating func add(
        _ day: CivilDate, _ minutes: Int32, at position: UInt64, in classNumber: ClassNumber,
        of history: inout TraineeHistory
    ) {
        if lastClass != classNumber {
            lastClass = classNumber
            lastEnrolment = history.indexOfEnrolment(in: classNumber)
            while counts.count <= lastEnrolment { counts.append(0) }
        }
        counts[lastEnrolment] += 1
        gathered.append(
            Gathered(
                enrolment: lastEnrolment,
                record: AttendanceRecords.Record(on: day, minutesPresent: minutes, position: position)))
    }

    /// Puts the records in place.
    func finish(_ history: inout TraineeHistory) {
        for index in counts.indices where counts[index] > 0 {
            history.enrolments[index].attendance.take(
                gathered.lazy.filter { $0.enrolment == index }.map(\.record), count: counts[index])
        }
    }
}
