/// The class days: attendance of everyone, and what is out of the ordinary.
extension Population {
    /// One session day; after the last the class is over.
    mutating func holdClass(_ course: inout RunningClass, _ place: Int) {
        if isStormy(course.county), course.days.count > course.nextDay {
            reschedule(&course)
        } else {
            recordAttendance(of: &course)
            course.nextDay += 1
        }
        if course.nextDay < course.days.count {
            agenda.add(
                .attend, on: course.days[course.nextDay], at: course.endSecond + random.below(900), place,
                inClass: course.number)
        } else {
            finish(&course, place)
        }
    }

    private func isStormy(_ county: Int) -> Bool {
        guard let counties = storms[today] else { return false }
        return counties >> UInt32(county) & 1 == 1
    }

    private mutating func recordAttendance(of course: inout RunningClass) {
        let minutes = course.minutesPerDay
        let form = lines.attendanceForm(unit: course.unit, classNumber: course.number, on: today)
        for index in course.members.indices where course.members[index].status == .started {
            let roll = random.bits()
            lines.pass(seconds: Int(roll >> 60) & 3)
            if Int(roll & 0xFFFF) >= course.members[index].irregular {
                lines.attendance(form, trainee: course.members[index].trainee, minutes: minutes)
            } else {
                recordIrregular(&course.members[index], course, form)
            }
        }
        if random.chance(1, in: 1_500) { fileComplaint(course) }
    }

    private mutating func recordIrregular(
        _ member: inout RunningClass.Member, _ course: RunningClass, _ form: EventLines.AttendanceForm
    ) {
        let minutes = course.minutesPerDay
        if member.isOverLimit {
            expel(&member, course)
            return
        }
        switch random.below(100) {
        case ..<48: recordAbsence(&member, course, form, missed: minutes)
        case ..<76: recordAbsence(&member, course, form, missed: random.within(1...(minutes / 30)) * 15)
        case ..<82:
            // Signed out a little early, and found so later.
            lines.attendance(form, trainee: member.trainee, minutes: minutes)
            let found = minutes - random.within(1...6) * 10
            planLateRecord(member.trainee, course, minutes: found)
            member.minutesMissed += minutes - found
        case ..<89: planLateRecord(member.trainee, course, minutes: minutes)
        case ..<91: break
        case ..<93:
            // Entered for the wrong trainee: taken back, and entered again.
            lines.attendance(form, trainee: member.trainee, minutes: random.within(0...minutes))
            planRetraction(of: .unit(course.unit), member.trainee)
            planLateRecord(member.trainee, course, minutes: minutes, after: 20)
        case ..<94: lines.attendance(form, trainee: member.trainee, minutes: min(minutes + 30, 1_440))
        case ..<95:
            lines.attendance(form, trainee: member.trainee, minutes: minutes)
            if random.chance(1, in: 8) { evadeInspection(member.trainee, course) }
        default: withdraw(&member, course)
        }
    }

    private mutating func recordAbsence(
        _ member: inout RunningClass.Member, _ course: RunningClass, _ form: EventLines.AttendanceForm, missed: Int
    ) {
        member.minutesMissed += missed
        if random.chance(course.isPreEmployment ? 65 : 25, in: 100) {
            requestLeave(member.trainee, course, minutes: missed)
            member.minutesOnLeave += missed
        }
        lines.attendance(form, trainee: member.trainee, minutes: course.minutesPerDay - missed)
        guard course.isPreEmployment else { return }
        let truancy = member.minutesMissed - member.minutesOnLeave
        let isOver =
            truancy * 25 > course.totalMinutes || member.minutesOnLeave / 60 > course.totalMinutes / 600
        if isOver, random.chance(4, in: 5) {
            member.isOverLimit = true
            // The next session day is certain to be looked at.
            member.irregular = 65_536
        }
    }

    private mutating func requestLeave(_ trainee: Int, _ course: RunningClass, minutes: Int) {
        leaveCount += 1
        lines.open("leave.requested", from: .unit(course.unit), about: .trainee(trainee))
        lines.field("class", RecordID.class(course.number))
        lines.field("request", RecordID.leave(leaveCount))
        lines.field("on", day: today)
        if let first = course.sessions.first, minutes <= first.upperBound - first.lowerBound {
            lines.field("from", minute: first.lowerBound)
            lines.field("to", minute: first.lowerBound + minutes)
        }
        lines.field("minutes", minutes)
        lines.field(
            "kind",
            ["personal", "sick", "official", "bereavement", "marriage", "other"][
                random.weighted([48, 36, 8, 4, 2, 2])])
        lines.close()
        let second = 32_400 + random.below(25_000)
        switch random.below(100) {
        case ..<4:
            agenda.add(
                .rejectLeave, on: today + random.within(1...5), at: second, trainee, inClass: course.number,
                a: leaveCount, b: course.unit)
        case ..<7: break
        case ..<14:
            // Approved long afterwards: truancy until then (ATT-01).
            agenda.add(
                .approveLeave, on: today + random.within(20...90), at: second, trainee, inClass: course.number,
                a: leaveCount, b: course.unit)
        default:
            agenda.add(
                .approveLeave, on: today + random.within(1...5), at: second, trainee, inClass: course.number,
                a: leaveCount, b: course.unit)
        }
    }

    /// The unit decides on a leave request.
    mutating func decideLeave(_ trainee: Int, _ action: Agenda.Action, isApproved: Bool) {
        lines.open(
            isApproved ? "leave.approved" : "leave.rejected", from: .unit(Int(action.b)), about: .trainee(trainee))
        lines.field("class", RecordID.class(Int(action.classNumber)))
        lines.field("request", RecordID.leave(Int(action.a)))
        lines.close()
    }

    private mutating func planLateRecord(_ trainee: Int, _ course: RunningClass, minutes: Int, after days: Int = 0) {
        agenda.add(
            .recordLate, on: today + days + random.within(1...12), at: 32_400 + random.below(25_000), trainee,
            inClass: course.number, a: today, b: minutes, c: course.unit)
    }

    /// Attendance of an earlier day, entered late or corrected.
    mutating func recordLate(_ trainee: Int, _ action: Agenda.Action) {
        lines.open("attendance.recorded", from: .unit(Int(action.c)), about: .trainee(trainee))
        lines.field("class", RecordID.class(Int(action.classNumber)))
        lines.field("on", day: Int(action.a))
        lines.field("presentMinutes", Int(action.b))
        lines.close()
    }

    private mutating func withdraw(_ member: inout RunningClass.Member, _ course: RunningClass) {
        let reason = ["employment", "illness", "family", "other"][random.weighted([50, 15, 20, 15])]
        if course.isPreEmployment, reason == "employment", random.chance(1, in: 2) {
            lines.open("work.reported", from: .insurance, about: .trainee(member.trainee))
            lines.field("kind", random.chance(1, in: 5) ? "partTime" : "employed")
            lines.field("from", day: today)
            lines.close()
        }
        lines.open("enrolment.withdrawn", from: .unit(course.unit), about: .trainee(member.trainee))
        lines.field("class", RecordID.class(course.number))
        lines.field("on", day: today)
        lines.field("reason", reason)
        if course.isPreEmployment, today - course.startsOn < 7 { lines.field("adaptationPeriod", true) }
        lines.close()
        end(&member, course)
    }

    private mutating func expel(_ member: inout RunningClass.Member, _ course: RunningClass) {
        let truancy = member.minutesMissed - member.minutesOnLeave
        lines.open("enrolment.expelled", from: .unit(course.unit), about: .trainee(member.trainee))
        lines.field("class", RecordID.class(course.number))
        lines.field("on", day: today)
        lines.field("reason", truancy * 25 > course.totalMinutes ? "truancy" : "leave")
        lines.close()
        end(&member, course)
    }

    private mutating func end(_ member: inout RunningClass.Member, _ course: RunningClass) {
        member.status = .left
        if isHeld(member, by: course) { states[member.trainee].busyUntil = Int16(today) }
        if course.isPreEmployment { grantAllowance(to: &member, course, lastDay: today - 1) }
    }

    private mutating func evadeInspection(_ trainee: Int, _ course: RunningClass) {
        lines.open("inspection.evaded", from: .inspection, about: .trainee(trainee))
        lines.field("class", RecordID.class(course.number))
        lines.field("on", day: today)
        lines.close()
    }
}
