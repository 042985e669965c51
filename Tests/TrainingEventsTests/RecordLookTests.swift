import CivilTime
import Testing

@testable import TrainingEvents

/// The look decides for most records that they are events; what it takes, the decoder must take too.
@Suite("A look at a record agrees with its decoder", .serialized)
struct RecordLookTests {
    private static let look = RecordLook()

    /// Those of the door's ledger: two units, two classes, three trainees.
    private static func known(trainees: Int = 3, classes: Int = 2, units: Int = 2) -> KnownNumbers {
        var known = KnownNumbers()
        for _ in 0..<trainees { known.note(.newTrainee("")) }
        for _ in 0..<classes { known.note(.newClass("")) }
        for _ in 0..<units { known.note(.newUnit("")) }
        return known
    }

    private static func takes(_ record: [UInt8], _ known: KnownNumbers) -> Bool {
        record.withUnsafeBytes { look.takes($0, known) }
    }

    /// Throws unless the record is what the look says.
    private static func requireTaken(_ record: [UInt8], _ known: KnownNumbers) throws {
        let event = try Event(decoding: record)
        guard try event.encoded() == record else { throw Finding("\(record) encodes to other bytes") }
        guard event.references.allSatisfy({ known.knows($0) }) else { throw Finding("\(record) refers to nobody") }
    }

    @Test(
        "every type is taken at a look, but for registrations and those in which fields depend on each other",
        arguments: EventExample.all
    )
    func types(example: EventExample) throws {
        let isLeft = [
            "complaint.filed", "identity.certified", "rulebook.adopted", "event.retracted", "trainee.registered",
            "class.approved", "unit.registered",
        ].contains(example.type)
        let record = try TestDoor.event(example, example.full).encoded()
        #expect(Self.takes(record, Self.known()) == !isLeft)
        try Self.requireTaken(record, Self.known())
    }

    @Test("whoever was not introduced before is not known")
    func references() throws {
        // T-1001 is trainee 1, C-1 is class 1.
        let example = try EventExample.of("attendance.recorded")
        let record = try TestDoor.event(example, example.full).encoded()
        #expect(Self.takes(record, Self.known(trainees: 2, classes: 2)))
        #expect(!Self.takes(record, Self.known(trainees: 1, classes: 2)))
        #expect(!Self.takes(record, Self.known(trainees: 2, classes: 1)))
    }

    @Test("a personal text in the clear is taken where clear texts are, and left to the decoder elsewhere")
    func clearTexts() throws {
        let sealing = RecordLook(takesClearTexts: false)
        let example = try EventExample.of("trainee.amended")
        let event = try TestDoor.event(example, example.full)
        let clear = try event.encoded()
        #expect(clear.withUnsafeBytes { Self.look.takes($0, Self.known()) })
        #expect(!clear.withUnsafeBytes { sealing.takes($0, Self.known()) })
        var erased = event
        erased.body = event.body.mappingPersonalTexts { _, _ in .erased }
        let bytes = try erased.encoded()
        #expect(bytes.withUnsafeBytes { sealing.takes($0, Self.known()) })
    }

    @Test("a spoiled record that is taken at a look is an event in canonical form")
    func spoiled() throws {
        let records = try FuzzTests.records()
        let known = Self.known()
        var taken = 0
        Fuzzing.run("record looks") { chance in
            let record = FuzzTests.spoiled(chance.pick(records), chance.pick(records), &chance)
            guard Self.takes(record, known) else { return }
            taken += 1
            try Self.requireTaken(record, known)
        }
        #expect(taken > 0, "nothing was taken: too spoiled to test much")
    }

    @Test("values at their bounds are taken at a look only where the decoder takes them")
    func bounds() throws {
        let example = try EventExample.of("attendance.recorded")
        let event = try TestDoor.event(example, example.full)
        let known = Self.known(trainees: 200, classes: 200)
        let times = [
            "1868-01-01T00:00:00+08:00", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z",
            "1970-01-01T00:00:00.5Z",
            "2026-06-01T09:00:00Z", "2999-12-31T23:59:59.999999+08:00", "2999-12-31T23:59:58+08:00",
        ].map(instant)
        var taken = 0
        Fuzzing.run("record bounds") { chance in
            var changed = event
            changed.envelope.id = chance.pick([
                "a", "é", "e\u{301}", "一鿿", "a\u{1}", "豈", String(repeating: "a", count: 200),
            ])
            changed.envelope.time = chance.pick(times)
            changed.envelope.recordedTime = chance.pick(times)
            changed.subject = .trainee(TraineeNumber(chance.pick([0, 1, 130, 199, 200])))
            guard case .attendanceRecorded(var attendance) = changed.body else { throw Finding("another type") }
            attendance.classNumber = ClassNumber(chance.pick([0, 1, 130, .max]))
            attendance.presentMinutes = chance.pick([0, 1, 127, 128, 1_440, 1_441, -1])
            changed.body = .attendanceRecorded(attendance)
            let record = try changed.encoded()
            guard Self.takes(record, known) else { return }
            taken += 1
            try Self.requireTaken(record, known)
        }
        #expect(taken > 0)
    }
}
