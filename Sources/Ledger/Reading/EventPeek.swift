import TrainingEvents

/// A look at the first bytes of a record: type and subject, without reading the rest.
///
/// Walking over the events of one trainee among millions costs about as much as walking over the log.
struct EventPeek {
    let type: EventType
    /// The number in field 2; 0 where it is left out.
    let subject: UInt32

    /// `nil` where the bytes do not begin as a record does; the full decoder then says why.
    init?(_ record: UnsafeRawBufferPointer) {
        var offset = 0
        guard Self.byte(record, &offset) == 0x0A, Self.varint(record, &offset) != nil,
            Self.byte(record, &offset) == 0x08, let number = Self.varint(record, &offset),
            let raw = UInt8(exactly: number), let type = EventType(rawValue: raw)
        else { return nil }
        self.type = type
        if offset < record.count, record[offset] == 0x10 {
            offset += 1
            subject = Self.varint(record, &offset).flatMap(UInt32.init(exactly:)) ?? 0
        } else {
            subject = 0
        }
    }

    /// Whether the event is about the trainee with this number.
    func isAbout(_ number: TraineeNumber) -> Bool {
        if case .trainee = type.subjectForm { return subject == number.value }
        return false
    }

    private static func byte(_ record: UnsafeRawBufferPointer, _ offset: inout Int) -> UInt8? {
        guard offset < record.count else { return nil }
        defer { offset += 1 }
        return record[offset]
    }

    private static func varint(_ record: UnsafeRawBufferPointer, _ offset: inout Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 63, let next = byte(record, &offset) {
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
