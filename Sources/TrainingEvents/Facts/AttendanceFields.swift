import CivilTime

/// The numbers of an attendance record's facts as they are stored. Most events of a ledger are such records.
struct AttendanceFields {
    var subject: UInt64
    var classNumber: UInt64
    /// Zigzag.
    var day: UInt64
    var minutes: UInt64

    init(subject: UInt64, classNumber: UInt64, day: UInt64, minutes: UInt64) {
        (self.subject, self.classNumber, self.day, self.minutes) = (subject, classNumber, day, minutes)
    }

    /// Reads a facts part of such a record in which every field is there; the minutes may be missing, and are 0 then.
    init?(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        // Four tags of one byte and at least one byte each.
        guard range.count >= 8, bytes[range.lowerBound] == 0x08,
            bytes[range.lowerBound + 1] == EventType.attendanceRecorded.rawValue, bytes[range.lowerBound + 2] == 0x10
        else { return nil }
        var place = range.lowerBound + 3
        guard let subject = PlainField.varint(bytes, &place), PlainField.take(0x40, bytes, &place),
            let classNumber = PlainField.varint(bytes, &place), PlainField.take(0x48, bytes, &place),
            let day = PlainField.varint(bytes, &place)
        else { return nil }
        self.init(subject: subject, classNumber: classNumber, day: day, minutes: 0)
        if place < range.upperBound {
            guard PlainField.take(0x50, bytes, &place), let minutes = PlainField.varint(bytes, &place), minutes != 0
            else { return nil }
            self.minutes = minutes
        }
        guard place == range.upperBound else { return nil }
    }

    /// The day's number, if these are what such a record can have.
    @inline(__always)
    var checkedDays: Int32? {
        guard subject != 0, subject <= UInt64(UInt32.max), classNumber != 0, classNumber <= UInt64(UInt32.max),
            day != 0,
            minutes <= UInt64(IntegerKind.minutesOfDay.range.upperBound),
            let days = Int32(exactly: Int64(bitPattern: day >> 1) ^ -Int64(bitPattern: day & 1)),
            CivilDate(dayNumber: days) != nil
        else { return nil }
        return days
    }
}
