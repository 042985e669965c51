import CivilTime

/// Checks records by the declarations of their fields, without making events of them.
///
/// Whatever it takes, the decoder takes too, encodes to the same bytes, and refers to nothing unknown; a fuzz test holds it
/// to that. What it does not take may still be an event: rare forms and registrations are left to the decoder, which also
/// says what is wrong.
package struct RecordLook: Sendable {
    /// Where the fields of a type stand among all; nil for types that more has to be known of.
    private struct TypePlan {
        var subject: StoredForm.Registered
        var facts: Range<Int>
        var personal: Range<Int>
    }

    private var fields: [PlannedField] = []
    private var groups: [Range<Int>] = []
    /// By the types' numbers.
    private var types: [TypePlan?] = [nil]

    private let takesClearTexts: Bool

    /// The plans of all types. Some ten thousand steps: make one and keep it.
    ///
    /// - Parameter takesClearTexts: whether records with a personal text in the clear are taken, or left to the decoder.
    package init(takesClearTexts: Bool = true) {
        self.takesClearTexts = takesClearTexts
        var nested: [[PlannedField]] = []
        for type in EventType.allCases {
            var plan = RecordPlan(groups: nested)
            var body = EventBody(emptyOf: type)
            do throws(EventError) { try body.visit(&plan) } catch { preconditionFailure("collecting never fails") }
            nested = plan.groups
            guard let subject = Self.subject(of: type) else {
                types.append(nil)
                continue
            }
            types.append(TypePlan(subject: subject, facts: add(plan.facts), personal: add(plan.personal)))
        }
        for group in nested { groups.append(add(group)) }
    }

    private mutating func add(_ plan: [PlannedField]) -> Range<Int> {
        defer { fields += plan }
        return fields.count..<fields.count + plan.count
    }

    /// How the subject stands in a record; nil where a record's content hangs together in ways that no field tells.
    private static func subject(of type: EventType) -> StoredForm.Registered? {
        switch type {
        case .eventRetracted, .rulebookAdopted, .identityCertified: return nil
        default: break
        }
        switch type.subjectForm {
        case .trainee: return .trainee
        case .class: return .class
        case .unit: return .unit
        case .introducesTrainee, .introducesClass, .introducesUnit, .unitOrClass, .any, .rulebook: return nil
        }
    }

    /// Whether the record is an event in canonical form that refers to known numbers only. `false` says nothing. O(bytes).
    package func takes(_ record: UnsafeRawBufferPointer, _ known: KnownNumbers) -> Bool {
        var place = 0
        guard record.count <= Limits.recordBytes, let facts = PlainField.content(0x0A, record, &place),
            let envelope = PlainField.content(0x12, record, &place)
        else { return false }
        var personal = place..<place
        if place < record.count {
            guard let found = PlainField.content(0x1A, record, &place), !found.isEmpty, place == record.count else {
                return false
            }
            personal = found
        }
        guard EnvelopeLook.takes(UnsafeRawBufferPointer(rebasing: record[envelope])) else { return false }
        return takes(
            facts: UnsafeRawBufferPointer(rebasing: record[facts]),
            personal: UnsafeRawBufferPointer(rebasing: record[personal]), known)
    }

    private func takes(
        facts: UnsafeRawBufferPointer, personal: UnsafeRawBufferPointer, _ known: KnownNumbers
    ) -> Bool {
        var place = 0
        guard PlainField.take(0x08, facts, &place), let number = PlainField.varint(facts, &place),
            number < UInt64(types.count), let plan = types[Int(number)],
            takesSubject(plan.subject, facts, &place, known), takes(plan.facts, facts, from: place, known),
            takes(plan.personal, personal, from: 0, known)
        else { return false }
        return true
    }

    private func takesSubject(
        _ registered: StoredForm.Registered, _ facts: UnsafeRawBufferPointer, _ place: inout Int, _ known: KnownNumbers
    ) -> Bool {
        var number: UInt64 = 0
        if PlainField.take(0x10, facts, &place) {
            guard let found = PlainField.varint(facts, &place), found != 0 else { return false }
            number = found
        }
        return known.knows(registered, number)
    }

    /// Whether the bytes from `start` on are these fields, and nothing else.
    private func takes(
        _ plan: Range<Int>, _ bytes: UnsafeRawBufferPointer, from start: Int, _ known: KnownNumbers
    ) -> Bool {
        var place = start
        for index in plan {
            var count = 0
            while fields[index].begins(bytes, at: place) {
                place += fields[index].tagLength
                count += 1
                guard takesValue(fields[index], bytes, &place, known) else { return false }
                if !fields[index].repeats { break }
            }
            if fields[index].isNeeded ? count == 0 : count > Limits.listElements { return false }
        }
        return place == bytes.count
    }

    @inline(__always)
    private func takesValue(
        _ field: PlannedField, _ bytes: UnsafeRawBufferPointer, _ place: inout Int, _ known: KnownNumbers
    ) -> Bool {
        guard let value = PlainField.varint(bytes, &place), value != 0 || !field.refusesZero else { return false }
        switch field.form {
        case .number(let range): return range.contains(value)
        case .signed(let range):
            return range.contains(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
        case .reference(let registered): return known.knows(registered, value)
        case .text, .personal, .group:
            guard value <= UInt64(bytes.count - place) else { return false }
            let range = place..<place + Int(value)
            place = range.upperBound
            return takesContent(field.form, bytes, range, known)
        }
    }

    private func takesContent(
        _ form: StoredForm, _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ known: KnownNumbers
    ) -> Bool {
        switch form {
        case .text: StoredForm.isText(bytes, range)
        case .personal:
            StoredForm.isPersonal(bytes, range) && (takesClearTexts || !StoredForm.isClearText(bytes, range))
        case .group(let index):
            takes(groups[index], UnsafeRawBufferPointer(rebasing: bytes[range]), from: 0, known)
        case .number, .signed, .reference: false
        }
    }
}

/// Checks the bytes of an envelope without making one.
enum EnvelopeLook {
    private static let seconds = Instant.earliest.microseconds / 1_000_000...Instant.latest.microseconds / 1_000_000 - 1

    /// Whether they are source, ID and two times in canonical form. `false` says nothing.
    static func takes(_ envelope: UnsafeRawBufferPointer) -> Bool {
        var place = 0
        guard let source = PlainField.content(0x0A, envelope, &place), isIdentifier(envelope, source),
            let id = PlainField.content(0x12, envelope, &place), isIdentifier(envelope, id),
            takesTime(0x18, 0x20, envelope, &place), takesTime(0x28, 0x30, envelope, &place)
        else { return false }
        return place == envelope.count
    }

    /// Whether the bytes in `range` are a text as IDs are.
    static func isIdentifier(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        !range.isEmpty && range.count <= Limits.identifierBytes && StoredForm.isText(bytes, range)
    }

    /// Seconds and microseconds, each left out where it is zero. The first and last seconds of all are left to the decoder.
    private static func takesTime(
        _ secondsTag: UInt8, _ microsTag: UInt8, _ bytes: UnsafeRawBufferPointer, _ place: inout Int
    ) -> Bool {
        if PlainField.take(secondsTag, bytes, &place) {
            guard let zigzag = PlainField.varint(bytes, &place), zigzag != 0,
                seconds.contains(Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1))
            else { return false }
        }
        if PlainField.take(microsTag, bytes, &place) {
            guard let micros = PlainField.varint(bytes, &place), micros > 0, micros < 1_000_000 else { return false }
        }
        return true
    }
}
