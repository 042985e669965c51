import CivilTime

/// The minutes of one enrolment, added up (ATT-01 to ATT-04).
package struct AttendanceSummary: Hashable, Sendable {
    /// The whole timetable of the class.
    package var minutesScheduled: Int64 = 0
    package var minutesPresent: Int64 = 0
    /// Absent and covered by approved leave (請假).
    package var minutesLeave: Int64 = 0
    /// Absent and not covered (曠課).
    package var minutesTruancy: Int64 = 0
    /// Before the joining day: absent, neither leave nor truancy (TIP-11).
    package var minutesBeforeJoining: Int64 = 0
    /// Session days without a record: neither way (ATT-03).
    package var minutesUnrecorded: Int64 = 0
    /// Of the unrecorded minutes, those that approved leave would cover.
    package var minutesUnrecordedCovered: Int64 = 0
    /// On or after the leaving or cancelling day (ATT-02).
    package var minutesOutside: Int64 = 0
    /// The events that the sums rest on: absences, leave, the timetable; attendance in full is not listed.
    package var positions: [UInt64] = []

    /// All absence: leave, truancy and what was missed before joining.
    package var minutesAbsent: Int64 { minutesLeave + minutesTruancy + minutesBeforeJoining }

    package init() {}

    /// Adds up an enrolment. O(session days × (days with leave + log of the records)).
    package init(of enrolment: Enrolment, in classHistory: ClassHistory) {
        let covered = Self.approvedLeave(enrolment)
        let firstOutside = [enrolment.leavingDay, classHistory.cancelled?.on].compactMap(\.self).min()
        positions = [classHistory.schedulePosition, enrolment.started?.position].compactMap(\.self)
        if enrolment.leavingDay != nil, let ending = enrolment.ending { positions.append(ending.position) }
        if let cancelled = classHistory.cancelled { positions.append(cancelled.position) }
        for day in classHistory.daySchedules {
            minutesScheduled += day.minutes
            if let firstOutside, day.on >= firstOutside {
                minutesOutside += day.minutes
                continue
            }
            guard let joined = enrolment.started?.on, day.on >= joined else {
                minutesBeforeJoining += day.minutes
                continue
            }
            let leave = covered.first { $0.on == day.on }
            add(day, enrolment.attendance.record(on: day.on), leave)
        }
        positions = Array(Set(positions)).sorted()
    }

    private mutating func add(
        _ day: ClassHistory.DaySchedule, _ record: AttendanceRecords.Record?, _ leave: DayLeave?
    ) {
        let approved = leave?.minutes ?? 0
        guard let record else {
            minutesUnrecorded += day.minutes
            minutesUnrecordedCovered += min(day.minutes, approved)
            return
        }
        let present = min(Int64(record.minutesPresent), day.minutes)
        let absent = day.minutes - present
        let onLeave = min(absent, approved)
        minutesPresent += present
        minutesLeave += onLeave
        minutesTruancy += absent - onLeave
        if absent > 0 { positions.append(record.position) }
        if onLeave > 0 { positions += leave?.positions ?? [] }
    }

    private struct DayLeave {
        var on: CivilDate
        var minutes: Int64
        var positions: [UInt64]
    }

    /// Several approved requests of one day add up.
    private static func approvedLeave(_ enrolment: Enrolment) -> [DayLeave] {
        var days: [DayLeave] = []
        for request in enrolment.leaveRequests where request.isApproved {
            let positions = [request.position] + (request.decision.map { [$0.position] } ?? [])
            if let index = days.firstIndex(where: { $0.on == request.on }) {
                days[index].minutes += request.minutes
                days[index].positions += positions
            } else {
                days.append(DayLeave(on: request.on, minutes: request.minutes, positions: positions))
            }
        }
        return days
    }
}
