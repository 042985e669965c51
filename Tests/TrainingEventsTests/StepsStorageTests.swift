import CivilTime
import Testing

@testable import TrainingEvents

@Suite("Steps and IDs come back from storage as they were")
struct StepsStorageTests {
    private static func trainee() -> TraineeSteps {
        var steps = TraineeSteps()
        for (index, phase) in EnrolmentSteps.Phase.allCases.enumerated() {
            for (place, application) in EnrolmentSteps.Application.allCases.enumerated() {
                steps.enrolments[ClassNumber(UInt32(index * 1_000 + place))] = EnrolmentSteps(
                    application: application, phase: phase)
            }
        }
        steps.leaveRequests = [
            "L-1": .init(classNumber: ClassNumber(3)), "L-2": .init(classNumber: ClassNumber(4), isApproved: true),
            "請假": .init(classNumber: ClassNumber(0), isApproved: false),
        ]
        steps.payouts = ["P-1", "P-2"]
        steps.holds = ["H-1": true, "H-2": false]
        steps.appeals = ["A"]
        steps.categories = [.disabled, .lowIncome]
        steps.links = [TraineeNumber(5), TraineeNumber(.max)]
        return steps
    }

    private static func read<Steps: StoredSteps>(_ bytes: [UInt8]) throws(EventError) -> Steps {
        try bytes.withUnsafeBufferPointer { buffer throws(EventError) in
            try Steps(decoding: UnsafeRawBufferPointer(buffer))
        }
    }

    @Test("a trainee's steps, none and of every kind", arguments: [TraineeSteps(), trainee()])
    func traineeSteps(steps: TraineeSteps) throws {
        #expect(try Self.read(steps.encoded) == steps)
    }

    @Test("a class's steps, none and of every kind")
    func classSteps() throws {
        var steps = ClassSteps()
        #expect(try Self.read(steps.encoded) == steps)
        steps.startsOn = .earliest
        steps.endsOn = .latest
        steps.isCancelled = true
        steps.complaints = ["C-1"]
        #expect(try Self.read(steps.encoded) == steps)
        steps.isClosed = true
        #expect(try Self.read(steps.encoded) == steps)
    }

    @Test("bytes cut short or added to are refused, and no byte traps")
    func damaged() throws {
        let good = Self.trainee().encoded
        for count in 0..<good.count {
            #expect(throws: EventError.self) { let _: TraineeSteps = try Self.read(Array(good.prefix(count))) }
        }
        #expect(throws: EventError.self) { let _: TraineeSteps = try Self.read(good + [0]) }
        for place in good.indices {
            for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
                var bytes = good
                bytes[place] = value
                let _: TraineeSteps? = try? Self.read(bytes)
                let _: ClassSteps? = try? Self.read(bytes)
            }
        }
    }

    @Test("an ID is found by its last registration, in any spelling of the same text")
    func identifiers() {
        var table = IDTable<TraineeNumber>()
        #expect(table["T-1"] == nil)
        for number in 0..<1_000 { table.add("T-\(number)") }
        table.add("caf\u{E9}")
        #expect(table["T-999"]?.value == 999)
        #expect(table["T-1000"] == nil)
        #expect(table["cafe\u{301}"]?.value == 1_000)
        #expect(table.id(of: TraineeNumber(7)) == "T-7")
        #expect(table.id(of: TraineeNumber(5_000)).isEmpty)
        table.retract(TraineeNumber(7))
        #expect(table["T-7"] == nil)
        table.findsRetracted = true
        #expect(table["T-7"]?.value == 7)
        table.findsRetracted = false
        table.add("T-7")
        #expect(table["T-7"]?.value == 1_001)
        #expect(table.ids.count == 1_002)
        #expect(table.retractedNumbers.map(\.value) == [7])
    }
}
