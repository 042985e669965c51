import CivilTime
import TrainingEvents

/// What the door knows at a position besides the IDs and the steps.
struct DoorSummary: Hashable, Sendable {
    /// How many trainees, classes and units were introduced before.
    var traineeCount = 0
    var classCount = 0
    var unitCount = 0
    /// The recorded time of the last event.
    var lastRecordedTime: Instant?
    /// The positions of the events that were retracted since the run before, in the order of their retraction.
    var retracted: [UInt64] = []
    /// The positions of all adoptions of rulebooks.
    var adoptions: [UInt64] = []
    /// The numbers of all registrations that were retracted.
    var retractedTrainees: [UInt32] = []
    var retractedClasses: [UInt32] = []
    var retractedUnits: [UInt32] = []

    init() {}

    /// The bytes, to be followed by others.
    func encode(to writer: inout WireWriter) {
        for count in [traineeCount, classCount, unitCount] { writer.varint(UInt64(count)) }
        writer.varint(lastRecordedTime == nil ? 0 : 1)
        writer.signed(lastRecordedTime?.microseconds ?? 0)
        for positions in [retracted, adoptions] { writer.numbers(positions) }
        for numbers in [retractedTrainees, retractedClasses, retractedUnits] {
            writer.numbers(numbers.map(UInt64.init))
        }
    }

    /// - Throws: `malformedRecord`.
    init(from reader: inout WireReader) throws(EventError) {
        traineeCount = Int(clamping: try reader.varint())
        classCount = Int(clamping: try reader.varint())
        unitCount = Int(clamping: try reader.varint())
        let hasTime = try reader.varint() == 1
        let time = Instant(microseconds: try reader.signed())
        lastRecordedTime = hasTime ? time : nil
        retracted = try reader.numbers()
        adoptions = try reader.numbers()
        retractedTrainees = try reader.numbers().map { UInt32(clamping: $0) }
        retractedClasses = try reader.numbers().map { UInt32(clamping: $0) }
        retractedUnits = try reader.numbers().map { UInt32(clamping: $0) }
    }

    /// Adds what a later run says.
    mutating func append(_ later: DoorSummary) {
        let retracted = retracted + later.retracted
        self = later
        self.retracted = retracted
    }
}

extension WireWriter {
    /// A count and that many numbers.
    mutating func numbers(_ numbers: [UInt64]) {
        varint(UInt64(numbers.count))
        for number in numbers { varint(number) }
    }
}

extension WireReader {
    /// A count and that many numbers.
    mutating func numbers() throws(EventError) -> [UInt64] {
        let count = try varint()
        guard count <= UInt64(rest.count) else {
            throw EventError(.malformedRecord, found: "more numbers than bytes", expected: "the stored form")
        }
        var numbers: [UInt64] = []
        for _ in 0..<count { numbers.append(try varint()) }
        return numbers
    }
}
