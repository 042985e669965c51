import CivilTime

/// Sorts the facts of consecutive events out, block by block.
///
/// An attendance record in the canonical form is taken apart here; whatever looks different in any way is left to
/// ``FactsRun/facts(of:)``, which takes it or says what is wrong with it.
package struct FactsCollector: ~Copyable {
    private let first: UInt64
    private var count = 0
    private var sorted = SortedFacts()

    /// - Parameter first: the position of the first event; at most 65,536 follow.
    package init(first: UInt64) {
        self.first = first
        sorted.trainees.reserveCapacity(65_536)
    }

    /// The events taken, sorted out.
    package consuming func finish() -> FactsRun { FactsRun(first: first, count: count, sorted) }

    /// Takes the events of a facts stream: each after its length.
    ///
    /// - Returns: `false` if the stream does not hold `count` events.
    package mutating func take(_ stream: UnsafeRawBufferPointer, count: Int) -> Bool {
        guard self.count + count <= 65_536, stream.count <= Int(Int32.max) else { return false }
        var place = 0
        for _ in 0..<count {
            guard let length = PlainField.varint(stream, &place), length <= UInt64(stream.count - place) else {
                return false
            }
            let end = place + Int(length)
            if let entry = attendance(stream, place, end) {
                sorted.trainees.append(entry)
            } else {
                keep(UnsafeRawBufferPointer(rebasing: stream[place..<end]))
            }
            self.count += 1
            place = end
        }
        return place == stream.count
    }

    /// Takes one event by its facts.
    ///
    /// - Returns: `false` if there are more events than a collector takes.
    package mutating func take(part: UnsafeRawBufferPointer) -> Bool {
        guard count < 65_536 else { return false }
        keep(part)
        count += 1
        return true
    }

    /// The tags of an attendance record in the canonical form, and its type as the first field's number. The last
    /// field is missing where nobody was present.
    package static let attendanceTags: [UInt32] = [0x08, 0x10, 0x40, 0x48, 0x50]
    package static let attendanceKind = UInt64(EventType.attendanceRecorded.rawValue)

    /// Takes attendance records by the numbers of their fields as they are stored, those of one field side by side.
    ///
    /// - Parameter minutes: nil if the records have no such field.
    /// - Returns: `false` if there are more events than a collector takes.
    package mutating func takeAttendance(
        count: Int, subjects: UnsafeMutablePointer<UInt64>, classes: UnsafeMutablePointer<UInt64>,
        days: UnsafeMutablePointer<UInt64>, minutes: UnsafeMutablePointer<UInt64>?
    ) -> Bool {
        guard self.count + count <= 65_536 else { return false }
        for index in 0..<count {
            let present = minutes?[index] ?? 0
            if minutes == nil || present != 0,
                let entry = attendance(subjects[index], classes[index], days[index], present)
            {
                sorted.trainees.append(entry)
            } else {
                keepAttendance(subjects[index], classes[index], days[index], minutes?[index])
            }
            self.count += 1
        }
        return true
    }

    /// Leaves an unusual attendance record to the reader of all events.
    private mutating func keepAttendance(_ subject: UInt64, _ place: UInt64, _ day: UInt64, _ minutes: UInt64?) {
        var writer = WireWriter(capacity: 40)
        let fields: [(Int, UInt64?)] = [(1, Self.attendanceKind), (2, subject), (8, place), (9, day), (10, minutes)]
        for case (let number, let value?) in fields {
            writer.tag(number, .varint)
            writer.varint(value)
        }
        writer.bytes.withUnsafeBytes { keep($0) }
    }

    /// The position of the next event. No number of a subject is higher: each was introduced by an event before.
    private var position: UInt64 { first + UInt64(count) }

    /// The entry of an attendance record whose every field is there in its shortest form; the minutes may be missing.
    private func attendance(_ stream: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> FactsEntry? {
        guard let fields = AttendanceFields(stream, start..<end) else { return nil }
        return attendance(fields.subject, fields.classNumber, fields.day, fields.minutes)
    }

    /// The entry for these numbers as they are stored, if they are what such records have.
    @inline(__always)
    private func attendance(
        _ subject: UInt64, _ classNumber: UInt64, _ zigzag: UInt64, _ minutes: UInt64
    ) -> FactsEntry? {
        let fields = AttendanceFields(subject: subject, classNumber: classNumber, day: zigzag, minutes: minutes)
        guard subject < position, let days = fields.checkedDays else { return nil }
        return FactsEntry(
            subject: UInt32(subject), offset: UInt16(truncatingIfNeeded: count), minutes: UInt16(minutes),
            place: UInt32(classNumber), size: days)
    }

    /// Keeps an event's facts and sorts it out by its type.
    private mutating func keep(_ facts: UnsafeRawBufferPointer) {
        var entry = FactsEntry(
            subject: 0, offset: UInt16(truncatingIfNeeded: count), minutes: FactsEntry.elsewhere,
            place: UInt32(sorted.bytes.count), size: Int32(facts.count))
        sorted.bytes.append(contentsOf: facts)
        var place = 0
        // What cannot be told apart here is decoded later, and refused there.
        guard PlainField.take(0x08, facts, &place), let number = PlainField.varint(facts, &place),
            let type = UInt8(exactly: number).flatMap(EventType.init(rawValue:))
        else { return sorted.others.append(entry) }
        if PlainField.take(0x10, facts, &place), let subject = PlainField.varint(facts, &place) {
            entry.subject = UInt32(clamping: subject)
        }
        switch type.subjectForm {
        case .trainee where UInt64(entry.subject) < max(1, position):
            sorted.trainees.append(entry)
        case .introducesTrainee:
            entry.subject = UInt32(sorted.registrations.count)
            sorted.registrations.append(entry)
        case .any: sorted.retractions.append(entry)
        default: sorted.others.append(entry)
        }
    }
}
