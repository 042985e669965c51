import CivilTime
package import TrainingEvents

// Classes and whole courses that many tests begin with.

extension Lesson {
    /// A lesson of so many minutes from 08:00 on each of `days` days, one after the other.
    package static func daily(from first: Day, days: Int, minutes: Int = 360) -> [Lesson] {
        (0..<days).map { Lesson(first + $0, minutes: minutes) }
    }

    /// A lesson of so many minutes from 08:00 once a week.
    package static func weekly(from first: Day, weeks: Int = 5, minutes: Int = 300) -> [Lesson] {
        (0..<weeks).map { Lesson(first + 7 * $0, minutes: minutes) }
    }

    /// A lesson of so many minutes from 08:00.
    package init(_ on: Day, minutes: Int) {
        let end = 8 * 60 + minutes
        self.init(on, "08:00", "\(end / 60 < 10 ? "0" : "")\(end / 60):\(end % 60 < 10 ? "0" : "")\(end % 60)")
    }

    /// The timetable of 咖啡調配技巧職能專班(2): 156 hours on 26 days from 2026-06-01 to 2026-07-14.
    package static let coffee: [Lesson] = {
        let six: [Day] = [
            "2026-06-01", "2026-06-02", "2026-06-04", "2026-06-05", "2026-06-08", "2026-06-09", "2026-06-11",
            "2026-06-12", "2026-06-15", "2026-06-16", "2026-06-18", "2026-06-22", "2026-06-23", "2026-06-25",
            "2026-06-26", "2026-06-29", "2026-06-30", "2026-07-02", "2026-07-09", "2026-07-10",
        ]
        let eight: [Day] = ["2026-07-03", "2026-07-06"]
        let five: [Day] = ["2026-07-07", "2026-07-08", "2026-07-13", "2026-07-14"]
        return six.flatMap { [Lesson($0, "09:30", "12:30"), Lesson($0, "13:30", "16:30")] }
            + eight.flatMap { [Lesson($0, "08:30", "12:30"), Lesson($0, "13:30", "17:30")] }
            + five.flatMap { [Lesson($0, "09:30", "12:30"), Lesson($0, "13:30", "15:30")] }
    }()

    /// A timetable of 多元半導體人才養成班 as its notice describes it, 212 hours from 2022-06-01 to 2022-07-29 on
    /// weekdays: four hours on most, eight on every Wednesday and two Fridays.
    package static let semi: [Lesson] = {
        let first: Day = "2022-06-01"
        var lessons: [Lesson] = []
        for offset in 0..<59 {
            let day = first + offset
            let weekday = day.date.weekday
            guard weekday <= 5, day != "2022-06-03" else { continue }
            lessons.append(Lesson(day, "09:00", "13:00"))
            let isLong = weekday == 3 || day == "2022-07-08" || day == "2022-07-15"
            if isLong { lessons.append(Lesson(day, "14:00", "18:00")) }
        }
        return lessons
    }()
}

extension Story {
    /// A class of the quota programmes: five weekly lessons of five hours, 25 in all.
    @discardableResult
    package mutating func approveWeekly(
        _ id: String = "C-1", _ programme: Programme = .industryTalent, fee: Int64 = 10_000, from: Day,
        half: Bool = false
    ) -> [Lesson] {
        let lessons = Lesson.weekly(from: from)
        approve(id, programme, fee: fee, from: from, to: from + 28, half: half)
        schedule(id, lessons)
        return lessons
    }

    /// The trainee, insured on the start day, takes the class from its first lesson to the certificate and the
    /// survey, and the unit closes it.
    package mutating func passes(
        _ trainee: String = "T-1", _ id: String = "C-1", _ programme: Programme = .industryTalent,
        fee: Int64 = 10_000, from: Day, half: Bool = false, closed: Bool = true
    ) {
        let lessons = approveWeekly(id, programme, fee: fee, from: from, half: half)
        if !events.contains(where: { $0.subject == .newTrainee(trainee) }) { register(trainee) }
        verifies(trainee, asOf: from, [Spell(.labour)])
        starts(trainee, in: id, on: from)
        attendsAll(trainee, in: id, lessons)
        completes(trainee, id, on: from + 28)
        fillsInSurvey(trainee, of: id, on: from + 28)
        if closed { close(id, on: from + 40) }
    }

    /// A pre-employment class with its timetable, six hours on each day unless said otherwise.
    package mutating func approveFullTime(
        _ id: String = "C-1", from: Day, days: Int, _ lessons: [Lesson]? = nil, delivery: Delivery = .localGovernment
    ) {
        approve(id, .preEmployment, fee: 15_260, from: from, to: from + (days - 1), delivery: delivery)
        schedule(id, lessons ?? Lesson.daily(from: from, days: days))
    }

    /// Everything that the living allowance wants before the class: a middle-aged trainee who is not insured, with
    /// the common papers.
    package mutating func isEntitled(
        _ id: String = "T-1", in classID: String = "C-1", on start: Day,
        as category: TrainingEvents.Category = .middleAged
    ) {
        if !events.contains(where: { $0.subject == .newTrainee(id) }) { register(id, born: "1976-05-05") }
        verifies(id, asOf: start, [Spell(.labour, from: "2010-01-01", to: "2015-12-31")])
        certifies(id, category)
        asks(
            id, for: .livingAllowance, in: classID, on: start,
            papers: ["applicationForm", "idCard", "allowanceAffidavit"])
    }

    /// An entitled trainee joins a full-time class and completes it.
    package mutating func trains(
        _ id: String = "T-1", in classID: String = "C-1", from start: Day, days: Int, _ lessons: [Lesson]? = nil,
        joining joined: Day? = nil
    ) {
        approveFullTime(classID, from: start, days: days, lessons)
        isEntitled(id, in: classID, on: start)
        starts(id, in: classID, on: joined ?? start)
        completes(id, classID, on: start + (days - 1))
    }
}
