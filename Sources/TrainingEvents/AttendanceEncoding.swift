import CivilTime

/// Writes plain values one behind the other into memory that has room for them.
struct PlainWriter {
    let memory: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ memory: UnsafeMutableBufferPointer<UInt8>) { self.memory = memory }

    /// Bytes that a number takes.
    static func length(_ value: UInt64) -> Int { max(1, (70 - value.leadingZeroBitCount) / 7) }

    /// One byte: a tag, or a number below 128.
    mutating func byte(_ byte: UInt8) {
        memory[count] = byte
        count += 1
    }

    /// A number of up to 64 bits, as ``WireWriter/varint(_:)``.
    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            byte(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        byte(UInt8(truncatingIfNeeded: rest))
    }

    /// A field of a number with a tag of one byte, left out where it is zero.
    mutating func field(_ tag: UInt8, _ value: UInt64) {
        guard value != 0 else { return }
        byte(tag)
        varint(value)
    }

    /// Bytes as they are.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        _ = UnsafeMutableBufferPointer(rebasing: memory[count...]).update(fromContentsOf: bytes)
        count += bytes.count
    }
}

/// An instant as an envelope has it: whole seconds, zigzag, and the rest.
private struct PlainInstant {
    let seconds: UInt64
    let micros: UInt64

    init(_ instant: Instant) {
        let rest = instant.microseconds % 1_000_000
        let micros = rest < 0 ? rest + 1_000_000 : rest
        let seconds = (instant.microseconds - micros) / 1_000_000
        self.seconds = UInt64(bitPattern: seconds << 1) ^ UInt64(bitPattern: seconds >> 63)
        self.micros = UInt64(micros)
    }

    /// Bytes of the two fields.
    var length: Int {
        (seconds == 0 ? 0 : 1 + PlainWriter.length(seconds)) + (micros == 0 ? 0 : 1 + PlainWriter.length(micros))
    }

    func write(_ number: UInt8, to writer: inout PlainWriter) {
        writer.field(number << 3, seconds)
        writer.field((number + 1) << 3, micros)
    }
}

extension EventDraft {
    /// The canonical bytes of attendance: what ``RecordWriter`` writes, put down in one piece of memory.
    func encoded(_ attendance: AttendanceRecorded, of trainee: TraineeNumber, recordedTime: Instant) -> [UInt8] {
        let (happened, recorded) = (PlainInstant(time), PlainInstant(recordedTime))
        return tape.withCanonical(places.key) { key in
            // Facts take 23 bytes at most, the tags and lengths of the parts 5, and each time 15.
            [UInt8](unsafeUninitializedCapacity: key.count + 64) { memory, count in
                var writer = PlainWriter(memory)
                writer.byte(0x0A)
                writer.byte(Self.length(attendance, of: trainee))
                Self.write(attendance, of: trainee, to: &writer)
                writer.byte(0x12)
                writer.varint(UInt64(key.count + happened.length + recorded.length))
                writer.append(key)
                happened.write(3, to: &writer)
                recorded.write(5, to: &writer)
                count = writer.count
            }
        }
    }

    /// Whether a record says this, whenever it was recorded: as ``RecordWriter/isRecord(_:_:key:time:)``.
    func isRecord(_ stored: RecordView, _ attendance: AttendanceRecorded, of trainee: TraineeNumber) -> Bool {
        let happened = PlainInstant(time)
        return tape.withCanonical(places.key) { key in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: key.count + 64) { memory in
                var writer = PlainWriter(memory)
                Self.write(attendance, of: trainee, to: &writer)
                let facts = writer.count
                writer.append(key)
                happened.write(3, to: &writer)
                let bytes = UnsafeBufferPointer(memory)
                return stored.personal.isEmpty
                    && stored.facts.hasSameBytes(
                        as: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[..<facts])))
                    && stored.hasEnvelope(upToRecordedTime: UnsafeBufferPointer(rebasing: bytes[facts..<writer.count]))
            }
        }
    }

    private static func fields(_ attendance: AttendanceRecorded, of trainee: TraineeNumber) -> InlineArray<4, UInt64> {
        let day = Int64(attendance.on.dayNumber)
        return [
            UInt64(trainee.value), UInt64(attendance.classNumber.value),
            UInt64(bitPattern: day << 1) ^ UInt64(bitPattern: day >> 63), UInt64(bitPattern: attendance.presentMinutes),
        ]
    }

    private static func length(_ attendance: AttendanceRecorded, of trainee: TraineeNumber) -> UInt8 {
        let fields = fields(attendance, of: trainee)
        var length = 2
        for index in fields.indices where fields[index] != 0 { length += 1 + PlainWriter.length(fields[index]) }
        return UInt8(length)
    }

    private static func write(
        _ attendance: AttendanceRecorded, of trainee: TraineeNumber, to writer: inout PlainWriter
    ) {
        let fields = fields(attendance, of: trainee)
        writer.field(0x08, UInt64(EventType.attendanceRecorded.rawValue))
        writer.field(0x10, fields[0])
        writer.field(0x40, fields[1])
        writer.field(0x48, fields[2])
        writer.field(0x50, fields[3])
    }
}
