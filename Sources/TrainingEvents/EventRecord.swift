import CivilTime

/// The canonical binary form of an event: protobuf wire format in three parts.
///
/// Field 1 holds the facts, field 2 the envelope, field 3 the personal part, which is left out when empty. The
/// schema is `docs/events.proto`; fields are only ever added. The decoder refuses every other spelling, so that
/// equal events are equal bytes.
extension Event {
    /// The canonical bytes.
    ///
    /// - Throws: `outOfRange` if the record is over ``Limits/recordBytes``.
    package func encoded() throws(EventError) -> [UInt8] {
        var writer = RecordWriter()
        return try writer.record(subject, body) { $0.envelope(envelope) }
    }

    /// Reads the canonical bytes.
    ///
    /// - Throws: `malformedRecord` with the offset for anything but the canonical form.
    package init(decoding bytes: UnsafeRawBufferPointer) throws(EventError) {
        var record = WireReader(bytes)
        guard bytes.count <= Limits.recordBytes else { throw record.malformed("a record that is too long") }
        guard try record.take(1, .lengthDelimited) else { throw record.malformed("no facts") }
        let facts = try record.message()
        guard try record.take(2, .lengthDelimited) else { throw record.malformed("no envelope") }
        let envelope = try Envelope(decoding: record.message())
        var personal = WireReader(UnsafeRawBufferPointer(start: nil, count: 0))
        if try record.take(3, .lengthDelimited) {
            personal = try record.message()
            if personal.isAtEnd { throw record.malformed("an empty personal part") }
        }
        guard record.isAtEnd else { throw record.malformed("a part that this version does not know") }

        let (subject, body) = try Self.facts(facts, personal: personal)
        if case .identityCertified(let certified) = body, let at = certified.certifiedAt, at != envelope.time {
            throw record.malformed("a time of certification that is not the event's")
        }
        self.init(envelope: envelope, subject: subject, body: body)
    }

    /// Reads what an event says, but for its envelope.
    static func facts(
        _ reader: WireReader, personal: WireReader
    ) throws(EventError) -> (subject: Subject, body: EventBody) {
        var facts = reader
        let type = try type(&facts)
        let subject = try Subject(decoding: &facts, form: type.subjectForm)
        var decoder = RecordDecoder(
            facts: WireReaderBox(reader: facts), personal: WireReaderBox(reader: personal))
        var body = EventBody(emptyOf: type)
        try body.visit(&decoder)
        try decoder.finish()
        return (subject, body)
    }

    /// Takes the type, the first field of the facts.
    static func type(_ facts: inout WireReader) throws(EventError) -> EventType {
        guard try facts.take(1, .varint), let number = UInt8(exactly: try facts.varint()),
            let type = EventType(rawValue: number)
        else { throw facts.malformed("no event type that this version knows") }
        return type
    }

    /// Reads the canonical bytes.
    package init(decoding bytes: [UInt8]) throws(EventError) {
        let result = bytes.withUnsafeBytes { buffer -> Result<Event, EventError> in
            do throws(EventError) { return .success(try Event(decoding: buffer)) } catch { return .failure(error) }
        }
        self = try result.get()
    }
}

extension Envelope {
    fileprivate init(decoding reader: WireReader) throws(EventError) {
        var reader = reader
        source = try Self.identifier(1, &reader)
        id = try Self.identifier(2, &reader)
        time = try Self.instant(3, &reader)
        recordedTime = try Self.instant(5, &reader)
        guard reader.isAtEnd else { throw reader.malformed("a field of the envelope that this version does not know") }
    }

    private static func identifier(_ number: Int, _ reader: inout WireReader) throws(EventError) -> String {
        guard try reader.take(number, .lengthDelimited) else { throw reader.malformed("no source or id") }
        var box = WireReaderBox(reader: reader)
        let text = try String.decode(from: &box, kind: .identifier)
        reader = box.reader
        guard !text.isEmpty, text.utf8.count <= Limits.identifierBytes else {
            throw reader.malformed("a source or id that is empty or too long")
        }
        return text
    }

    private static func instant(_ number: Int, _ reader: inout WireReader) throws(EventError) -> Instant {
        var seconds: Int64 = 0
        var micros: UInt64 = 0
        if try reader.take(number, .varint) {
            seconds = try reader.signed()
            if seconds == 0 { throw reader.malformed("a zero that is written out") }
        }
        if try reader.take(number + 1, .varint) {
            micros = try reader.varint()
            guard micros > 0, micros < 1_000_000 else { throw reader.malformed("microseconds out of range") }
        }
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, overflow2) = product.addingReportingOverflow(Int64(micros))
        guard !overflow, !overflow2, let instant = Instant(microseconds: sum) else {
            throw reader.malformed("a time out of range")
        }
        return instant
    }
}

extension Subject {
    /// Number in field 2, ID in field 3, kind in field 4 where the type leaves it open.
    func encode(to writer: inout WireWriter, form: SubjectForm) {
        let (number, id, kind) = stored
        if number != 0 {
            writer.tag(2, .varint)
            writer.varint(UInt64(number))
        }
        if let id {
            writer.tag(3, .lengthDelimited)
            writer.text(id)
        }
        switch form {
        case .any, .unitOrClass:
            if kind != 0 {
                writer.tag(4, .varint)
                writer.varint(kind)
            }
        default: break
        }
    }

    /// Whether an event whose type has this form can be about it.
    func fits(_ form: SubjectForm) -> Bool {
        let (number, id, kind) = stored
        let isOpen = form == .any || form == .unitOrClass
        return Self.subject(form, number: number, id: id, kind: isOpen ? kind : 0) == self
    }

    private var stored: (number: UInt32, id: String?, kind: UInt64) {
        switch self {
        case .trainee(let number): (number.value, nil, 0)
        case .class(let number): (number.value, nil, 1)
        case .unit(let number): (number.value, nil, 2)
        case .rulebook(let id): (0, id, 3)
        case .newTrainee(let id), .newClass(let id), .newUnit(let id): (0, id, 0)
        }
    }

    fileprivate init(decoding reader: inout WireReader, form: SubjectForm) throws(EventError) {
        var number: UInt32 = 0
        if try reader.take(2, .varint) {
            guard let found = UInt32(exactly: try reader.varint()), found != 0 else {
                throw reader.malformed("the number of a subject out of range")
            }
            number = found
        }
        var id: String?
        if try reader.take(3, .lengthDelimited) {
            var box = WireReaderBox(reader: reader)
            let text = try String.decode(from: &box, kind: .identifier)
            reader = box.reader
            guard !text.isEmpty, text.utf8.count <= Limits.identifierBytes else {
                throw reader.malformed("the ID of a subject that is empty or too long")
            }
            id = text
        }
        var kind: UInt64 = 0
        if try reader.take(4, .varint) {
            kind = try reader.varint()
            guard (1...3).contains(kind) else { throw reader.malformed("the kind of a subject out of range") }
        }
        guard let subject = Self.subject(form, number: number, id: id, kind: kind) else {
            throw reader.malformed("a subject of another kind than the type has")
        }
        self = subject
    }

    private static func subject(_ form: SubjectForm, number: UInt32, id: String?, kind: UInt64) -> Subject? {
        switch (form, id) {
        case (.introducesTrainee, .some(let id)) where number == 0 && kind == 0: .newTrainee(id)
        case (.introducesClass, .some(let id)) where number == 0 && kind == 0: .newClass(id)
        case (.introducesUnit, .some(let id)) where number == 0 && kind == 0: .newUnit(id)
        case (.rulebook, .some(let id)) where number == 0 && kind == 0: .rulebook(id)
        case (.any, .some(let id)) where number == 0 && kind == 3: .rulebook(id)
        case (.trainee, nil) where kind == 0: .trainee(TraineeNumber(number))
        case (.class, nil) where kind == 0: .class(ClassNumber(number))
        case (.unit, nil) where kind == 0: .unit(UnitNumber(number))
        case (.any, nil) where kind == 0: .trainee(TraineeNumber(number))
        case (.any, nil) where kind == 1, (.unitOrClass, nil) where kind == 1: .class(ClassNumber(number))
        case (.any, nil) where kind == 2, (.unitOrClass, nil) where kind == 2: .unit(UnitNumber(number))
        default: nil
        }
    }
}
