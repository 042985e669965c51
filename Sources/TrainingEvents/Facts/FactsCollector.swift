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
            guard let length = Self.varint(stream, &place), length <= UInt64(stream.count - place) else { return false }
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

    /// The position of the next event. No number of a subject is higher: each was introduced by an event before.
    private var position: UInt64 { first + UInt64(count) }

    /// The entry of an attendance record whose every field is there in its shortest form.
    private func attendance(_ stream: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> FactsEntry? {
        // Five tags of one byte and at least one byte each.
        guard end - start >= 10, stream[start] == 0x08, stream[start + 1] == EventType.attendanceRecorded.rawValue,
            stream[start + 2] == 0x10
        else { return nil }
        var place = start + 3
        guard let subject = Self.varint(stream, &place), subject != 0, subject < position,
            subject <= UInt64(UInt32.max), Self.take(0x40, stream, &place),
            let classNumber = Self.varint(stream, &place), classNumber != 0,
            classNumber <= UInt64(UInt32.max), Self.take(0x48, stream, &place),
            let zigzag = Self.varint(stream, &place), zigzag != 0, Self.take(0x50, stream, &place),
            let minutes = Self.varint(stream, &place), minutes != 0,
            minutes <= UInt64(IntegerKind.minutesOfDay.range.upperBound), place == end
        else { return nil }
        let day = Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
        guard let days = Int32(exactly: day), CivilDate(dayNumber: days) != nil else { return nil }
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
        guard Self.take(0x08, facts, &place), let number = Self.varint(facts, &place),
            let type = UInt8(exactly: number).flatMap(EventType.init(rawValue:))
        else { return sorted.others.append(entry) }
        if Self.take(0x10, facts, &place), let subject = Self.varint(facts, &place) {
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

    @inline(__always)
    private static func take(_ tag: UInt8, _ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> Bool {
        guard place < bytes.count, bytes[place] == tag else { return false }
        place += 1
        return true
    }

    /// A varint in its shortest form.
    @inline(__always)
    private static func varint(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> UInt64? {
        guard place < bytes.count else { return nil }
        let first = bytes[place]
        if first < 0x80 {
            place += 1
            return UInt64(first)
        }
        return longVarint(bytes, &place)
    }

    private static func longVarint(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, shift < 63 {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return byte == 0 ? nil : value }
            shift += 7
        }
        return nil
    }
}
