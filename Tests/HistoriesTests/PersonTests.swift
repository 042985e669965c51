import Histories
import LedgerTestKit
import Testing
import TrainingEvents

@Suite struct `One person under two IDs` {
    /// `T-1` and `T-2`, linked, both with something to do with `C-1`.
    private func linked() -> Story {
        var story = Story()
        story.approve(from: "2026-03-02", to: "2026-03-31")
        story.register("T-1", born: "1990-01-01")
        story.register("T-2", born: "1991-01-01")
        story.link("T-2", "T-1")
        return story
    }

    private func person(_ story: Story, _ number: UInt32) throws -> PersonHistory {
        try #require(try story.histories().person(TraineeNumber(number)))
    }

    @Test func `is the same person from either side, born as the ID registered first says`() throws {
        let story = linked()
        for number: UInt32 in [0, 1] {
            let person = try person(story, number)
            #expect(person.trainees == [TraineeNumber(0), TraineeNumber(1)])
            #expect(person.birthDate == Day("1990-01-01").date)
        }
    }

    @Test func `links join on and on, and an unlinking parts again`() throws {
        var story = linked()
        story.register("T-3")
        story.link("T-3", "T-2")
        #expect(try person(story, 0).trainees.count == 3)
        story.unlink("T-2", "T-1")
        #expect(try person(story, 0).trainees == [TraineeNumber(0)])
        #expect(try person(story, 1).trainees == [TraineeNumber(1), TraineeNumber(2)])
    }

    @Test func `a retracted link joined nothing`() throws {
        var story = Story()
        story.register("T-1")
        story.register("T-2")
        let position = story.link("T-1", "T-2")
        story.retract(position)
        #expect(try person(story, 0).trainees == [TraineeNumber(0)])
    }

    @Test func `facts come in the order of the log`() throws {
        var story = linked()
        story.certifies("T-2", .disabled)
        story.certifies("T-1", .middleAged)
        story.certifies("T-2", .elder)
        #expect(try person(story, 0).identities.map(\.category) == [.disabled, .middleAged, .elder])
    }

    @Test func `has one enrolment a class, led by the ID that joined it`() throws {
        var story = linked()
        story.applies("T-1")
        story.starts("T-2", on: "2026-03-03")
        story.attends("T-2", on: "2026-03-04", minutes: 10)
        story.asks("T-1", for: .livingAllowance, on: "2026-03-02")
        let person = try person(story, 0)
        let enrolment = try #require(person.enrolments.first)
        #expect(person.enrolments.count == 1)
        #expect(enrolment.trainee == TraineeNumber(1))
        #expect(enrolment.otherIDs == [TraineeNumber(0)])
        #expect(enrolment.application != nil)
        #expect(enrolment.started?.on == Day("2026-03-03").date)
        #expect(enrolment.allowanceApplications.count == 1)
        #expect(person.enrolment(of: TraineeNumber(0), in: ClassNumber(0))?.trainee == TraineeNumber(0))
        #expect(person.enrolment(of: TraineeNumber(0), in: ClassNumber(0))?.started == enrolment.started)
        #expect(person.enrolment(of: TraineeNumber(2), in: ClassNumber(0)) == nil)
    }

    @Test func `of what both IDs tell the later recorded counts`() throws {
        var story = linked()
        story.starts("T-1", on: "2026-03-02")
        story.starts("T-2", on: "2026-03-03")
        story.attends("T-2", on: "2026-03-05", minutes: 1)
        story.attends("T-1", on: "2026-03-05", minutes: 2)
        story.attends("T-1", on: "2026-03-06", minutes: 3)
        story.attends("T-2", on: "2026-03-06", minutes: 4)
        story.attends("T-1", on: "2026-03-04", minutes: 5)
        let enrolment = try #require(try person(story, 1).enrolments.first)
        #expect(enrolment.trainee == TraineeNumber(0))
        #expect(enrolment.started?.on == Day("2026-03-03").date)
        #expect(enrolment.attendance.records.map(\.minutesPresent) == [5, 2, 4])
    }

    @Test func `an application that stands goes before one that was withdrawn later`() throws {
        var story = linked()
        story.applies("T-1")
        story.applies("T-2")
        story.tell(.applicationWithdrawn, about: "T-2", ["class": "C-1", "on": "2026-03-01"])
        #expect(try person(story, 0).enrolments.first?.isAwaitingStart == true)
    }
}

@Suite struct `Retractions` {
    @Test func `fold as if the event had not been, and keep its number`() throws {
        var story = Story()
        let first = story.register("T-1")
        story.register("T-2", born: "1991-01-01")
        story.retract(first)
        let histories = try story.histories()
        #expect(histories.trainees.count == 2)
        #expect(histories.trainee(TraineeNumber(0)) == nil)
        #expect(histories.person(TraineeNumber(0)) == nil)
        #expect(histories.trainee(TraineeNumber(1))?.birthDate == Day("1991-01-01").date)
        #expect(histories.eventCount == 3)
    }

    @Test func `an ID may be introduced again under a new number`() throws {
        var story = Story()
        let first = story.register("T-1", born: "1990-01-01")
        story.retract(first)
        story.register("T-1", born: "1991-01-01")
        let histories = try story.histories()
        #expect(histories.trainee(TraineeNumber(0)) == nil)
        #expect(histories.trainee(TraineeNumber(1))?.birthDate == Day("1991-01-01").date)
    }

    @Test func `are refused where a live event needs the target`() throws {
        var story = Story()
        story.approve(from: "2026-03-02", to: "2026-03-31")
        let registration = story.register()
        let start = story.starts(on: "2026-03-02")
        story.attends(on: "2026-03-02", minutes: 1)
        for position in [registration, start] {
            var copy = story
            copy.retract(position)
            #expect(copy.refusals.map(\.error.code) == [.stepNotAllowed])
        }
    }

    @Test func `of an amendment gives the earlier fields back`() throws {
        var story = Story()
        story.approve(fee: 10_000, from: "2026-03-02", to: "2026-03-31")
        let position = story.amend("C-1", ["fee": 20_000, "endsOn": "2026-04-30"])
        #expect(try story.histories().classes[0]?.feeNTD == 20_000)
        #expect(try story.histories().classes[0]?.startsOn == Day("2026-03-02").date)
        story.retract(position)
        #expect(try story.histories().classes[0]?.feeNTD == 10_000)
        #expect(try story.histories().classes[0]?.endsOn == Day("2026-03-31").date)
    }

    @Test func `of a revocation of a category lets the certificate hold again`() throws {
        var story = Story()
        story.register()
        story.certifies("T-1", .disabled)
        let position = story.revokes("T-1", .disabled, on: "2026-01-01")
        #expect(try story.histories().trainees[0]?.identities[0].holds(on: Day("2026-01-01").date) == false)
        story.retract(position)
        #expect(try story.histories().trainees[0]?.identities[0].holds(on: Day("2026-01-01").date) == true)
    }
}

@Suite struct `Facts left out` {
    @Test func `what happened later than asked for changes nothing but keeps its place`() throws {
        var story = Story()
        story.approve(from: "2026-03-02", to: "2026-03-31")
        story.today = "2026-02-01"
        story.register()
        story.today = "2026-04-01"
        story.happenedOn = "2026-03-02"
        story.starts(on: "2026-03-02")
        story.happenedOn = nil
        story.completes(on: "2026-03-31")
        let enrolment = try #require(try story.histories(happenedBy: "2026-03-15").trainees[0]?.enrolments.first)
        #expect(enrolment.started != nil)
        #expect(enrolment.ending == nil)
        #expect(try story.histories(happenedBy: "2026-03-15").eventCount == UInt64(story.events.count))
    }

    @Test func `whatever refers to a class that is left out is dropped without a trap`() throws {
        var story = Story()
        story.today = "2026-05-01"
        story.approve(from: "2026-03-02", to: "2026-03-31")
        story.happenedOn = "2026-01-01"
        story.register()
        story.starts(on: "2026-03-02")
        story.isPaid("T-1", "P-1", .tuitionSubsidy, amount: 1, on: "2026-03-31")
        let histories = try story.histories(happenedBy: "2026-01-01")
        #expect(histories.class(ClassNumber(0)) == nil)
        #expect(histories.trainees[0]?.enrolments.count == 1)
    }
}
