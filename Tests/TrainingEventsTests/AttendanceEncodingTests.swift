import CivilTime
import Testing

@testable import TrainingEvents

@Suite("Attendance put down in one piece", .serialized)
struct AttendanceEncodingTests {
    private static let times = [
        "1868-01-01T00:00:00+08:00", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.5Z",
        "2026-06-01T09:00:00Z", "2999-12-31T23:59:59.999999+08:00",
    ]
    private static let numbers: [UInt32] = [0, 1, 127, 128, 16_383, 16_384, .max]
    private static let days = ["1868-01-01", "1969-12-31", "1970-01-01", "1970-03-06", "2026-06-01", "2999-12-31"]

    private static func draft(_ chance: inout SeededGenerator) throws -> EventDraft {
        let id = chance.pick(["a", "é", String(repeating: "a", count: 127), String(repeating: "b", count: 200)])
        let source = chance.pick(["s", String(repeating: "c", count: 200)])
        let line = """
            {"specversion":"1.0","id":"\(id)","source":"\(source)","type":"attendance.recorded","subject":"T-1001",
            "time":"\(chance.pick(times))","data":{}}
            """
        return try EventDraft(json: try JSONParser.parse(line))
    }

    @Test("it is the record that the writer of all events writes, and is known again whenever it was recorded")
    func agrees() throws {
        var writer = RecordWriter()
        var records = 0
        Fuzzing.run("attendance encoding") { chance in
            let draft = try Self.draft(&chance)
            var attendance = AttendanceRecorded()
            attendance.classNumber = ClassNumber(chance.pick(Self.numbers))
            attendance.on = try CivilDate(chance.pick(Self.days)).orFinding()
            attendance.presentMinutes = chance.pick([0, 1, 127, 128, 1_440])
            let content = EventContent(
                subject: .trainee(TraineeNumber(chance.pick(Self.numbers))), body: .attendanceRecorded(attendance))
            let recordedTime = instant(chance.pick(Self.times))
            let record = try draft.encoded(content, recordedTime: recordedTime, with: &writer)
            let event = Event(
                envelope: Envelope(source: draft.source, id: draft.id, time: draft.time, recordedTime: recordedTime),
                subject: content.subject, body: content.body)
            guard try event.encoded() == record else { throw Finding("\(record)") }
            guard record.withUnsafeBytes({ draft.isRecord($0, content, with: &writer) }) else {
                throw Finding("\(record) is not known again")
            }
            attendance.presentMinutes += 1
            let other = EventContent(subject: content.subject, body: .attendanceRecorded(attendance))
            guard !record.withUnsafeBytes({ draft.isRecord($0, other, with: &writer) }) else {
                throw Finding("\(record) is taken for another")
            }
            records += 1
        }
        #expect(records > 0)
    }
}

extension Optional {
    fileprivate func orFinding() throws -> Wrapped {
        guard let self else { throw Finding("no value") }
        return self
    }
}
