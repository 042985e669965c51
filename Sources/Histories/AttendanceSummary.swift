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

    /// All absence: leave, truancy and what was missed before joining.
    package var minutesAbsent: Int64 { minutesLeave + minutesTruancy + minutesBeforeJoining }

    package init() {}

    /// Adds up an enrolment. O(session days + records), times the days with leave.
    package init(of enrolment: Enrolment, in classHistory: ClassHistory) {
        self.init(of: enrolment, daySchedules: classHistory.daySchedules, cancelled: classHistory.cancelled)
    }

    /// The same for a class of which no more is at hand.
    package init(of enrolment: Enrolment, daySchedules: [ClassHistory.DaySchedule], cancelled: DayFact?) {
        AttendanceDays(enrolment, daySchedules, cancelled).forEach { day, standing in add(day.minutes, standing) }
    }

    private mutating func add(_ minutes: Int64, _ standing: AttendanceDays.Standing) {
        minutesScheduled += minutes
        switch standing {
        case .outside: minutesOutside += minutes
        case .beforeJoining: minutesBeforeJoining += minutes
        case .unrecorded(let approved):
            minutesUnrecorded += minutes
            minutesUnrecordedCovered += min(minutes, approved)
        case .recorded(let share, _):
            minutesPresent += share.present
            minutesLeave += share.leave
            minutesTruancy += share.truancy
        }
    }

    /// The events that the sums rest on, ascending: absences, leave, the timetable; attendance in full is not listed.
    package static func positions(of enrolment: Enrolment, in classHistory: ClassHistory) -> [UInt64] {
        var positions = [classHistory.schedulePosition, enrolment.started?.position].compactMap(\.self)
        if enrolment.leavingDay != nil, let ending = enrolment.ending { positions.append(ending.position) }
        if let cancelled = classHistory.cancelled { positions.append(cancelled.position) }
        AttendanceDays(enrolment, classHistory.daySchedules, classHistory.cancelled).forEach { day, standing in
            guard case .recorded(let share, let record) = standing else { return }
            if share.leave + share.truancy > 0 { positions.append(record.position) }
            guard share.leave > 0 else { return }
            for request in enrolment.leaveRequests where request.isApproved && request.on == day.on {
                positions.append(request.position)
                if let decision = request.decision { positions.append(decision.position) }
            }
        }
        return positions.ascendingOnce
    }
}

/// The session days of an enrolment, each with what became of it.
private struct AttendanceDays {
    /// What a session day counts as.
    enum Standing {
        /// On or after the leaving or cancelling day.
        case outside
        case beforeJoining
        /// Without a record, with the minutes of leave approved for it.
        case unrecorded(approved: Int64)
        case recorded(Share, AttendanceRecords.Record)
    }

    /// How the minutes of a recorded day divide.
    struct Share {
        let present: Int64
        let leave: Int64
        let truancy: Int64

        init(of minutes: Int64, present recorded: Int64, approved: Int64) {
            present = min(recorded, minutes)
            leave = min(minutes - present, approved)
            truancy = minutes - present - leave
        }
    }

    private let days: [ClassHistory.DaySchedule]
    private let records: [AttendanceRecords.Record]
    private let joined: CivilDate?
    private let firstOutside: CivilDate?
    private let leave: [(on: CivilDate, minutes: Int64)]

    init(_ enrolment: Enrolment, _ daySchedules: [ClassHistory.DaySchedule], _ cancelled: DayFact?) {
        days = daySchedules
        records = enrolment.attendance.records
        joined = enrolment.started?.on
        let cancelledOn = cancelled?.on
        firstOutside = enrolment.leavingDay.map { min($0, cancelledOn ?? $0) } ?? cancelledOn
        leave = enrolment.approvedLeave
    }

    /// Days and records both ascend, so that one pass over both finds every day's record.
    func forEach(_ body: (ClassHistory.DaySchedule, Standing) -> Void) {
        var next = 0
        for day in days {
            if let firstOutside, day.on >= firstOutside {
                body(day, .outside)
                continue
            }
            guard let joined, day.on >= joined else {
                body(day, .beforeJoining)
                continue
            }
            let approved = leave.isEmpty ? 0 : leave.first { $0.on == day.on }?.minutes ?? 0
            while next < records.count, records[next].on < day.on { next += 1 }
            guard next < records.count, records[next].on == day.on else {
                body(day, .unrecorded(approved: approved))
                continue
            }
            let share = Share(of: day.minutes, present: Int64(records[next].minutesPresent), approved: approved)
            body(day, .recorded(share, records[next]))
        }
    }
}

extension Enrolment {
    /// The minutes of approved leave by day; several approved requests of one day add up.
    fileprivate var approvedLeave: [(on: CivilDate, minutes: Int64)] {
        var days: [(on: CivilDate, minutes: Int64)] = []
        for request in leaveRequests where request.isApproved {
            if let index = days.firstIndex(where: { $0.on == request.on }) {
                days[index].minutes += request.minutes
            } else {
                days.append((request.on, request.minutes))
            }
        }
        return days
    }
}

extension [UInt64] {
    /// The same positions in ascending order, each once. O(n log n).
    package var ascendingOnce: [UInt64] {
        guard count > 1 else { return self }
        var isAscending = true
        for index in 1..<count where self[index - 1] >= self[index] { isAscending = false }
        guard !isAscending else { return self }
        var kept: [UInt64] = []
        kept.reserveCapacity(count)
        for position in sorted() where kept.last != position { kept.append(position) }
        return kept
    }
}
