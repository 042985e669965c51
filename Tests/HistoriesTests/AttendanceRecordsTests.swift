import Histories
import LedgerTestKit
import Testing
import TrainingEvents

@Suite struct `Attendance records` {
    @Test func `are kept by day, whatever order they come in, the latest record of a day alone`() throws {
        var story = Story()
        story.approve(from: "2026-03-02", to: "2026-03-31")
        story.register()
        story.starts(on: "2026-03-02")
        for (day, minutes) in [
            ("2026-03-05", 1), ("2026-03-02", 2), ("2026-03-04", 3), ("2026-03-02", 4), ("2026-03-09", 5),
        ] {
            story.attends(on: Day(stringLiteral: day), minutes: Int64(minutes))
        }
        let histories = try story.histories()
        let enrolment = try #require(histories.trainees[0]?.enrolments.first)
        #expect(
            enrolment.attendance.records.map { "\($0.on) \($0.minutesPresent)" } == [
                "2026-03-02 4", "2026-03-04 3", "2026-03-05 1", "2026-03-09 5",
            ])
        #expect(enrolment.attendance.record(on: Day("2026-03-04").date)?.minutesPresent == 3)
        #expect(enrolment.attendance.record(on: Day("2026-03-03").date) == nil)
        #expect(enrolment.attendance.record(on: Day("2026-03-10").date) == nil)
        #expect(enrolment.attendance.record(on: Day("2026-03-01").date) == nil)
    }
}
