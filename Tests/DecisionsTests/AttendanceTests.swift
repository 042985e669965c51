import Decisions
import Histories
import LedgerTestKit
import Testing
import TrainingEvents

/// A pre-employment class of ten days of six hours, 3,600 minutes, that `T-1` joined on its start day.
private func story(
    limits: (truancy: Int64, leave: Int64)? = nil, joining: Day = "2026-03-02"
) -> Story {
    var story = Story()
    story.approve("C-1", .preEmployment, from: "2026-03-02", to: "2026-03-11", limits: limits)
    story.schedule("C-1", Lesson.daily(from: "2026-03-02", days: 10))
    story.register("T-1")
    story.starts(on: joining)
    return story
}

@Suite struct `ATT-01 minutes of a day` {
    @Test func `present are the recorded minutes, at most the scheduled`() throws {
        var story = story()
        story.attends(on: "2026-03-02", minutes: 359)
        story.attends(on: "2026-03-03", minutes: 361)
        let summary = try story.attendance()
        #expect(summary.minutesPresent == 359 + 360)
        #expect(summary.minutesTruancy == 1)
        #expect(summary.minutesScheduled == 3_600)
    }

    @Test func `a later record for the same day replaces the earlier one`() throws {
        var story = story()
        story.attends(on: "2026-03-03", minutes: 360)
        story.attends(on: "2026-03-02", minutes: 0)
        story.attends(on: "2026-03-02", minutes: 300)
        #expect(try story.attendance().minutesTruancy == 60)
    }

    @Test func `leave approved afterwards turns truancy into leave`() throws {
        var story = story()
        story.attends(on: "2026-03-02", minutes: 0)
        story.takesLeave(request: "L-1", on: "2026-03-02", minutes: 240, approved: false)
        #expect(try story.attendance().minutesTruancy == 360)
        story.today = "2026-06-01"
        story.approvesLeave(request: "L-1")
        let summary = try story.attendance()
        #expect(summary.minutesLeave == 240)
        #expect(summary.minutesTruancy == 120)
    }

    @Test func `leave covers no more than the absence`() throws {
        var story = story()
        story.attends(on: "2026-03-02", minutes: 300)
        story.takesLeave(request: "L-1", on: "2026-03-02", minutes: 360)
        let summary = try story.attendance()
        #expect((summary.minutesPresent, summary.minutesLeave, summary.minutesTruancy) == (300, 60, 0))
    }

    @Test func `leave of another day covers nothing`() throws {
        var story = story()
        story.attends(on: "2026-03-02", minutes: 0)
        story.takesLeave(request: "L-1", on: "2026-03-03", minutes: 360)
        #expect(try story.attendance().minutesTruancy == 360)
    }

    @Test func `several approved requests of a day add up, and a rejected one counts no more`() throws {
        var story = story()
        story.attends(on: "2026-03-02", minutes: 0)
        story.takesLeave(request: "L-1", on: "2026-03-02", minutes: 100)
        story.takesLeave(request: "L-2", on: "2026-03-02", minutes: 50)
        #expect(try story.attendance().minutesLeave == 150)
        story.approvesLeave(request: "L-1", approved: false)
        #expect(try story.attendance().minutesLeave == 50)
    }
}

@Suite struct `ATT-02 before joining and after leaving` {
    @Test func `sessions before the joining day are absence, neither leave nor truancy`() throws {
        var story = story(joining: "2026-03-04")
        for offset in 0..<10 { story.attends(on: Day("2026-03-02") + offset, minutes: 360) }
        let summary = try story.attendance()
        #expect(summary.minutesBeforeJoining == 720)
        #expect((summary.minutesLeave, summary.minutesTruancy) == (0, 0))
        #expect(summary.minutesAbsent == 720)
        #expect(try story.decide(.attendance).outcome == .granted)
    }

    @Test func `sessions on and after the leaving day are outside`() throws {
        var story = story()
        for offset in 0..<3 { story.attends(on: Day("2026-03-02") + offset, minutes: 360) }
        story.leaves(on: "2026-03-05")
        let summary = try story.attendance()
        #expect(summary.minutesOutside == 7 * 360)
        #expect(summary.minutesUnrecorded == 0)
        #expect(summary.minutesScheduled == 3_600)
    }

    @Test func `an expulsion and a cancellation end it the same way`() throws {
        var expelled = story()
        expelled.isExpelled(on: "2026-03-05")
        #expect(try expelled.attendance().minutesOutside == 7 * 360)
        var cancelled = story()
        cancelled.cancel(on: "2026-03-05")
        #expect(try cancelled.attendance().minutesOutside == 7 * 360)
    }

    @Test func `a completion leaves all sessions inside`() throws {
        var story = story()
        story.completes(on: "2026-03-06")
        #expect(try story.attendance().minutesOutside == 0)
    }
}

@Suite struct `ATT-03 days without a record` {
    @Test func `count neither way`() throws {
        var story = story()
        story.attends(on: "2026-03-02", minutes: 360)
        let summary = try story.attendance()
        #expect(summary.minutesUnrecorded == 3_240)
        #expect(summary.minutesAbsent == 0)
    }

    @Test func `keep the decision pending only while they could change it`() throws {
        // 4 % of 60 hours are 144 minutes.
        var story = story()
        for offset in 0..<9 { story.attends(on: Day("2026-03-02") + offset, minutes: 360) }
        let waiting = try story.decide(.attendance)
        #expect(waiting.outcome == .pending)
        #expect(waiting.missing == ["attendance"])
        story.schedule("C-1", Lesson.daily(from: "2026-03-02", days: 9) + [Lesson("2026-03-11", minutes: 120)])
        #expect(try story.decide(.attendance).outcome == .granted)
    }

    @Test func `cannot save whom the recorded days expel`() throws {
        var story = story()
        story.attends(on: "2026-03-02", minutes: 360 - 145)
        #expect(try story.decide(.attendance).outcome == .refused)
    }

    @Test func `with approved leave are leave at worst as far as it goes`() throws {
        var story = story()
        for offset in 0..<9 { story.attends(on: Day("2026-03-02") + offset, minutes: 360) }
        // 10 % are 6 hours: the whole last day on leave is within.
        story.takesLeave(request: "L-1", on: "2026-03-11", minutes: 360)
        #expect(try story.decide(.attendance).outcome == .granted)
    }
}

@Suite struct `ATT-04 the latest timetable` {
    @Test func `replaces the earlier one whole`() throws {
        var story = story()
        story.attends(on: "2026-03-02", minutes: 360)
        story.attends(on: "2026-03-03", minutes: 0)
        #expect(try story.attendance().minutesTruancy == 360)
        // A typhoon day: the lesson moves to the 12th, and a record of the 3rd means nothing any more.
        story.schedule(
            "C-1", Lesson.daily(from: "2026-03-02", days: 1) + Lesson.daily(from: "2026-03-04", days: 9))
        let summary = try story.attendance()
        #expect(summary.minutesTruancy == 0)
        #expect(summary.minutesScheduled == 3_600)
        #expect(summary.minutesUnrecorded == 9 * 360)
    }

    @Test func `that is retracted gives way to the one before`() throws {
        var story = story()
        let position = story.schedule("C-1", [Lesson("2026-03-02", minutes: 60)])
        #expect(try story.attendance().minutesScheduled == 60)
        story.retract(position)
        #expect(try story.attendance().minutesScheduled == 3_600)
    }
}

/// COFFEE with one trainee who missed so many minutes, and so many with leave.
private func coffee(truancy: Int64, leave: Int64) -> Story {
    var story = Story()
    story.approve("C-1", .preEmployment, from: "2026-06-01", to: "2026-07-14", delivery: .localGovernment)
    story.schedule("C-1", Lesson.coffee)
    story.register("T-1")
    story.starts(on: "2026-06-01")
    story.attendsAll("T-1", in: "C-1", Lesson.coffee)
    var truant = truancy
    var onLeave = leave
    var day: Day = "2026-06-08"
    while truant + onLeave > 0 {
        if Lesson.coffee.contains(where: { $0.on == day }) {
            let minutes = Lesson.coffee.filter { $0.on == day }.reduce(0) { $0 + $1.minutes }
            let leaveToday = min(onLeave, minutes)
            let truantToday = min(truant, minutes - leaveToday)
            story.attends(on: day, minutes: minutes - leaveToday - truantToday)
            if leaveToday > 0 { story.takesLeave(request: "L-\(day.date)", on: day, minutes: leaveToday) }
            onLeave -= leaveToday
            truant -= truantToday
        }
        day = day + 1
    }
    return story
}

@Suite struct `PRE-14 attendance limits` {
    @Test(arguments: [(Int64(374), Outcome.granted), (375, .refused)])
    func `truancy over 4 % of 156 hours, compared exactly, calls for expulsion`(
        minutes: Int64, outcome: Outcome
    ) throws {
        let decision = try coffee(truancy: minutes, leave: 0).decide(.attendance)
        #expect(decision.outcome == outcome)
        #expect(decision.fact("truancyMinutes", of: "PRE-14") == .integer(minutes))
    }

    @Test(arguments: [(Int64(900), Outcome.granted), (901, .refused), (960, .refused)])
    func `leave over 15 of 156 hours calls for expulsion`(minutes: Int64, outcome: Outcome) throws {
        let decision = try coffee(truancy: 0, leave: minutes).decide(.attendance)
        #expect(decision.outcome == outcome)
        #expect(decision.fact("leaveMinutesLimit", of: "PRE-14") == .integer(900))
    }

    @Test func `both may be used up to their limits`() throws {
        #expect(try coffee(truancy: 374, leave: 900).decide(.attendance).outcome == .granted)
    }

    @Test(arguments: [(Int64(72), Outcome.granted), (73, .refused)])
    func `a class's own limits go before the document's`(minutes: Int64, outcome: Outcome) throws {
        // 2 % of 60 hours are 72 minutes.
        var story = story(limits: (truancy: 2, leave: 0))
        for offset in 0..<10 { story.attends(on: Day("2026-03-02") + offset, minutes: 360) }
        story.attends(on: "2026-03-02", minutes: 360 - minutes)
        #expect(try story.decide(.attendance).outcome == outcome)
    }

    @Test func `without leave in the limits a minute of it is too much`() throws {
        var story = story(limits: (truancy: 2, leave: 0))
        for offset in 0..<10 { story.attends(on: Day("2026-03-02") + offset, minutes: 360) }
        story.attends(on: "2026-03-02", minutes: 359)
        story.takesLeave(request: "L-1", on: "2026-03-02", minutes: 1)
        #expect(try story.decide(.attendance).outcome == .refused)
    }

    @Test func `do not apply to a class of the quota programmes without limits of its own`() throws {
        var story = Story()
        story.passes(from: "2026-03-02")
        #expect(try story.decide(.attendance).outcome == .notApplicable)
    }

    @Test func `do not apply to whom never joined`() throws {
        var story = story()
        story.register("T-2")
        story.applies("T-2")
        #expect(try story.decide(.attendance, "T-2").outcome == .notApplicable)
    }
}
