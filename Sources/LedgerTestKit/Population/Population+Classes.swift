import CivilTime

/// Classes on paper: approval, timetable, amendment, cancellation.
extension Population {
    /// A class is planned, approved and scheduled, and the rest of its life put on the agenda.
    mutating func approveClass(size: Int, isPreEmployment: Bool) {
        var course = isPreEmployment ? planPreEmployment(size: size) : planTuition(size: size)
        course.number = classCount
        classCount += 1
        lines.pass(seconds: 20)
        writeApproval(course)
        lines.pass(seconds: 20)
        writeSchedule(course)
        planNextSteps(of: &course, size: size)
        _ = keep(course)
    }

    private mutating func planPreEmployment(size: Int) -> RunningClass {
        var course = RunningClass()
        course.programme = "preEmployment"
        let delivery = random.weighted([20, 40, 15, 25])
        course.delivery = ["selfRun", "commissioned", "subsidised", "localGovernment"][delivery]
        course.isByInterview = delivery == 3
        placeClass(&course, size: size)
        let isLong = random.chance(1, in: 2)
        course.sessions = isLong ? [540...720, 780...1_020] : [540...720, 780...960]
        course.closesOn = today + random.within(22...40)
        course.admitsOn = course.closesOn + random.within(4...6)
        let monday = course.closesOn + 16
        course.startsOn = monday + (8 - Calendar.weekday(monday)) % 7
        while Calendar.isHoliday(course.startsOn) { course.startsOn += 1 }
        let weeks = [4, 8, 10, 12, 12, 14, 14, 16, 18, 20, 22, 24][random.below(12)]
        // The last week ends on its Friday; holidays fall out and are not made up for.
        let last = course.startsOn - Calendar.weekday(course.startsOn) + 5 + (weeks - 1) * 7
        course.days = (course.startsOn...last).filter { Calendar.weekday($0) <= 5 && !Calendar.isHoliday($0) }
        course.endsOn = course.days.last ?? last
        course.fee = course.totalMinutes / 60 * random.within(90...190) / 100 * 100
        return course
    }

    private mutating func planTuition(size: Int) -> RunningClass {
        var course = RunningClass()
        course.programme =
            ["industryTalent", "labourSelfLearning", "takeoff", "careService"][random.weighted([60, 22, 8, 10])]
        course.isHalfFee = course.programme == "labourSelfLearning" && random.chance(2, in: 5)
        placeClass(&course, size: size)
        if course.programme == "careService" {
            course.trade = Places.careTrade
            course.courseIndex = random.below(Places.trades[Places.careTrade].courses.count)
        }
        let hours: Int
        var weekdays: [Int]
        if random.chance(1, in: 4) {
            course.sessions = [540...720, 780...960]
            hours = random.within(3...10) * 6
            weekdays = random.chance(1, in: 2) ? [6] : [6, 7]
            if hours > 48 { weekdays = [6, 7] }
            course.days = Calendar.sessionDays(from: today + 45, on: weekdays, count: hours / 6)
        } else {
            course.sessions = [random.chance(1, in: 2) ? 1_110...1_290 : 1_140...1_320]
            hours = random.within(6...20) * 3
            weekdays = random.pick([[1, 3], [2, 4], [3, 5], [1, 4], [2, 5], [1, 2, 4]])
            course.days = Calendar.sessionDays(from: today + 45, on: weekdays, count: hours / 3)
        }
        course.startsOn = course.days.first ?? today + 45
        course.endsOn = course.days.last ?? course.startsOn
        course.closesOn = course.startsOn - 8
        course.admitsOn = course.startsOn - 7
        // Credit courses and machine trades are what fills a quota.
        let isDear = random.chance(3, in: 10)
        course.fee = (isDear ? random.within(900...3_600) * 10 : hours * random.within(9...20)) / 10 * 100
        return course
    }

    private mutating func placeClass(_ course: inout RunningClass, size: Int) {
        course.unit = random.below(units.count)
        course.county = units[course.unit].county
        course.seats = max(2, size + random.within(-1...3))
        course.trade = random.below(Places.trades.count)
        course.courseIndex = random.below(Places.trades[course.trade].courses.count)
    }

    private mutating func writeApproval(_ course: RunningClass) {
        let trade = Places.trades[course.trade]
        lines.open("class.approved", from: .branch(ofCounty: course.county), about: .class(course.number))
        lines.field("programme", course.programme)
        lines.field("courseName", trade.courses[course.courseIndex])
        lines.field("batch", "第\(course.number % 9 + 1)梯次")
        lines.field("unit", RecordID.unit(course.unit))
        lines.field("county", Places.counties[course.county].name)
        lines.field("trade", trade.name)
        lines.field("fee", course.fee)
        lines.field("seats", course.seats)
        lines.field("startsOn", day: course.startsOn)
        lines.field("endsOn", day: course.endsOn)
        if course.isPreEmployment {
            lines.field("applicationClosesOn", day: course.closesOn)
            lines.field("recruitsFrom", day: today + 3)
        }
        lines.field(
            "selection",
            course.isPreEmployment ? (course.isByInterview ? "interview" : "writtenOral") : "firstCome")
        if course.isHalfFee { lines.field("feeCollection", "half") }
        if let delivery = course.delivery { lines.field("delivery", delivery) }
        if Places.unitKinds[units[course.unit].kind].kind == "university", course.fee > 20_000 {
            lines.field("creditCourse", true)
        }
        if course.isPreEmployment, course.number % 2 == 0 {
            lines.openGroup("attendanceLimits")
            lines.field("truancyPercent", 4)
            lines.field("leavePercent", 10)
            lines.closeGroup()
        }
        lines.close()
    }

    /// The whole timetable.
    mutating func writeSchedule(_ course: RunningClass) {
        lines.open("class.scheduled", from: .unit(course.unit), about: .class(course.number))
        lines.openList("sessions")
        for day in course.days {
            for session in course.sessions {
                lines.openElement()
                lines.field("on", day: day)
                lines.field("from", minute: session.lowerBound)
                lines.field("to", minute: session.upperBound)
                lines.closeGroup()
            }
        }
        lines.closeList()
        lines.close()
    }

    private mutating func planNextSteps(of course: inout RunningClass, size: Int) {
        let place = nextPlace
        let number = course.number
        if random.chance(3, in: 100) {
            let second = 36_000 + random.below(20_000)
            agenda.add(.amend, on: today + random.within(3...9), at: second, place, inClass: number)
        }
        let applicants = size + size * (course.isPreEmployment ? 35 : 18) / 100 + 1
        for _ in 0..<applicants {
            let (day, second) = applicationTime(course)
            agenda.add(.apply, on: day, at: second, place, inClass: number)
        }
        if course.isPreEmployment {
            agenda.add(.select, on: course.admitsOn - 1, at: 60_000, place, inClass: number)
        }
        agenda.add(.admit, on: course.admitsOn, at: 33_000 + random.below(3_600), place, inClass: number)
        if random.chance(3, in: 100) {
            agenda.add(.cancel, on: course.startsOn - 2, at: 57_600, place, inClass: number)
        } else {
            agenda.add(.start, on: course.startsOn, at: course.beginSecond - 300, place, inClass: number)
            agenda.add(.attend, on: course.startsOn, at: course.endSecond + random.below(900), place, inClass: number)
        }
    }

    private mutating func applicationTime(_ course: RunningClass) -> (day: Int, second: Int) {
        if course.isPreEmployment {
            // One in two hundred comes after the closing day.
            if random.chance(1, in: 200) { return (course.closesOn + 1, 36_000 + random.below(30_000)) }
            return (random.within((today + 3)...course.closesOn), 28_800 + random.below(50_000))
        }
        let opens = Int(civil(course.startsOn).moved(months: -1).dayNumber)
        switch random.below(200) {
        case 0: return (max(today + 1, opens - 2), 50_000 + random.below(20_000))
        case ..<90: return (opens, 43_200 + random.below(14_400))
        default: return (random.within((opens + 1)...course.closesOn), 28_800 + random.below(50_000))
        }
    }

    /// Another fee or another number of seats before the class starts.
    mutating func amend(_ course: inout RunningClass) {
        lines.open("class.amended", from: .branch(ofCounty: course.county), about: .class(course.number))
        if random.chance(1, in: 2) {
            course.fee = course.fee * random.within(90...105) / 1_000 * 10
            lines.field("fee", course.fee)
        } else {
            course.seats += random.within(1...5)
            lines.field("seats", course.seats)
        }
        lines.field("reason", "訓練單位申請變更")
        lines.close()
    }

    /// A storm closed the class: the day is made up for on the first free day that suits.
    mutating func reschedule(_ course: inout RunningClass) {
        let isEvening = course.beginSecond >= 64_800
        let lost = course.nextDay
        var day = today + 1
        while course.days.contains(day) || Calendar.isHoliday(day) || (!isEvening && Calendar.weekday(day) < 6) {
            day += 1
        }
        course.days.remove(at: lost)
        course.days.insert(day, at: course.days.firstIndex { $0 > day } ?? course.days.count)
        if day > course.endsOn {
            course.endsOn = day
            lines.open("class.amended", from: .branch(ofCounty: course.county), about: .class(course.number))
            lines.field("endsOn", day: day)
            lines.field("reason", "颱風停課補課，訓練期間延長")
            lines.close()
        }
        writeSchedule(course)
    }

    /// Called off shortly before the start: fees go back, and everyone is free again.
    mutating func cancel(_ course: inout RunningClass) {
        lines.open("class.cancelled", from: .branch(ofCounty: course.county), about: .class(course.number))
        lines.field("on", day: today)
        lines.field("reason", course.members.isEmpty ? "無人報名" : "報名人數不足")
        lines.close()
        for member in course.members where member.status != .gone {
            if isHeld(member, by: course) { states[member.trainee].busyUntil = Int16(today) }
            guard member.hasPaid else { continue }
            lines.pass(seconds: 30)
            lines.open("fee.refunded", from: .unit(course.unit), about: .trainee(member.trainee))
            lines.field("class", RecordID.class(course.number))
            lines.field("amount", course.feeCharged)
            lines.field("on", day: today)
            lines.close()
        }
    }
}
