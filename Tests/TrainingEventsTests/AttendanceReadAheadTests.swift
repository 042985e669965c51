import CivilTime
import Testing

@testable import TrainingEvents

@Suite("Attendance that is read ahead", .serialized)
struct AttendanceReadAheadTests {
    private static func draft(_ line: String) throws -> EventDraft {
        let bytes = Array(line.utf8)
        return try EventDraft.read(bytes, texts: [0..<bytes.count])[0].get()
    }

    /// The data of an attendance record, in any order of its fields, now and then with a value that is refused or spelt
    /// in a rare way.
    private static func data(_ chance: inout SeededGenerator) -> String {
        var members = [
            #""class":"#
                + chance.pick([
                    #""C-1""#, #""C-1""#, #""C-0""#, #""C-9""#, #""""#, #""C\u002d1""#, #""é""#, "1", "null",
                ]),
            #""on":"#
                + chance.pick([
                    #""2026-06-01""#, #""2026-06-01""#, #""115-06-01""#, #""2026-02-30""#, #""1970-01-01""#, "7",
                ]),
            #""presentMinutes":"#
                + chance.pick(["360", "360", "0", "1440", "1441", "-1", "1.0", #""360""#, "99999999999999999999"]),
        ]
        if chance.chance(20) { members.append(#""note":"x""#) }
        if chance.chance(20) { members.remove(at: chance.below(members.count)) }
        if chance.chance(20) { members[0] = #""Class":"C-1""# }
        return "{" + members.shuffled(using: &chance).joined(separator: chance.pick([",", " ,\t"])) + "}"
    }

    @Test("it says what the reader of all fields finds")
    func agrees() {
        var quick = 0
        var other = 0
        Fuzzing.run("attendance read ahead") { chance in
            let line = TestDoor.line(
                "attendance.recorded", chance.pick(["T-1001", "T-1001", "T-1000", "T-9", "C-1"]),
                data: Self.data(&chance))
            guard let draft = try? Self.draft(line), let ahead = draft.attendance(registry: TestDoor.registry) else {
                other += 1
                return
            }
            quick += 1
            let content = try draft.content(registry: TestDoor.registry, isRepeat: false) { _, _ in nil }
            guard ahead.subject == content.subject, ahead.body == content.body else { throw Finding(line) }
        }
        #expect(quick > 0 && other > 0)
    }

    @Test("a trainee whose registration was retracted is found only among the retracted ones too")
    func retracted() throws {
        var registry = TestDoor.registry
        registry.trainees.retract(TraineeNumber(1))
        let example = try EventExample.of("attendance.recorded")
        let draft = try Self.draft(TestDoor.line(example.type, "T-1001", data: example.full))
        #expect(draft.attendance(registry: registry) == nil)
        #expect(draft.attendance(registry: registry.includingRetracted)?.subject == .trainee(TraineeNumber(1)))
    }

    @Test("no other event is taken for attendance", arguments: EventExample.all)
    func otherTypes(example: EventExample) throws {
        let draft = try EventDraft(
            json: try JSONParser.parse(TestDoor.line(example.type, example.subject, data: example.full)))
        #expect((draft.attendance(registry: TestDoor.registry) != nil) == (example.type == "attendance.recorded"))
    }

    @Test("the door takes attendance without a change once the enrolment was started, and not before")
    func steps() throws {
        var state = AdmissionState()
        let (trainee, number) = (TraineeNumber(0), ClassNumber(0))
        var attendance = AttendanceRecorded()
        attendance.classNumber = number
        let event = EventContent(subject: .trainee(trainee), body: .attendanceRecorded(attendance))
        var started = EnrolmentStarted()
        started.classNumber = number
        #expect(!state.takesUnchanged(event))
        try state.take(EventContent(subject: .newTrainee("T"), body: .traineeRegistered(TraineeRegistered())))
        try state.take(EventContent(subject: .newClass("C"), body: .classApproved(ClassApproved())))
        #expect(!state.takesUnchanged(event))
        let start = EventContent(subject: .trainee(trainee), body: .enrolmentStarted(started))
        try state.take(start)
        #expect(state.takesUnchanged(event))
        #expect(!state.takesUnchanged(start), "another event is looked at whole")
        let before = state.encodedSteps(of: .trainee(0))
        try state.take(event)
        #expect(state.encodedSteps(of: .trainee(0)) == before)
    }
}
