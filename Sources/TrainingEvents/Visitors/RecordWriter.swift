import CivilTime

/// Puts canonical records together, in memory that it uses again for each.
///
/// Field 1 holds the facts, field 2 the envelope, field 3 the personal part, which is left out when empty.
package struct RecordWriter {
    private var fields = RecordEncoder()
    private var envelope = EnvelopeWriter()

    package init() {}

    /// Whether a stored record says this, whenever it was recorded. The record is known to be canonical.
    ///
    /// - Parameters:
    ///   - key: source and ID as fields of the envelope.
    ///   - time: when the event happened.
    mutating func isRecord(
        _ stored: RecordView, _ content: EventContent, key: UnsafeBufferPointer<UInt8>, time: Instant
    ) throws(EventError) -> Bool {
        guard content.subject.fits(content.body.type.subjectForm) else { return false }
        fields.begin(content.body.type, content.subject)
        var body = content.body
        try body.visit(&fields)
        envelope.wire.reset()
        envelope.sent(key, at: time)
        return stored.holds(facts: fields.facts.writer.bytes, personal: fields.personal.writer.bytes)
            && envelope.wire.bytes.withUnsafeBufferPointer { stored.hasEnvelope(upToRecordedTime: $0) }
    }

    /// The record of an event.
    ///
    /// - Throws: `outOfRange` if it is over ``Limits/recordBytes``; `malformedRecord` if the subject does not fit the
    ///   type.
    mutating func record(
        _ subject: Subject, _ body: EventBody, _ writeEnvelope: (inout EnvelopeWriter) -> Void
    ) throws(EventError) -> [UInt8] {
        let type = body.type
        guard subject.fits(type.subjectForm) else {
            throw EventError(
                .malformedRecord, field: "subject", expected: "a subject of the kind that \(type.name) has")
        }
        fields.begin(type, subject)
        var body = body
        try body.visit(&fields)
        envelope.wire.reset()
        writeEnvelope(&envelope)

        let (facts, personal) = (fields.facts.writer.bytes, fields.personal.writer.bytes)
        var record = WireWriter(capacity: facts.count + envelope.wire.bytes.count + personal.count + 12)
        record.part(1, facts)
        record.part(2, envelope.wire.bytes)
        if !personal.isEmpty { record.part(3, personal) }
        guard record.bytes.count <= Limits.recordBytes else {
            throw EventError(
                .outOfRange, found: "\(record.bytes.count) bytes", expected: "a record of at most \(Limits.recordBytes)"
            )
        }
        return record.bytes
    }
}

/// Writes the envelope of a record: source, ID, and the two times.
struct EnvelopeWriter {
    fileprivate(set) var wire = WireWriter()

    mutating func envelope(_ envelope: Envelope) {
        wire.tag(1, .lengthDelimited)
        wire.text(envelope.source)
        wire.tag(2, .lengthDelimited)
        wire.text(envelope.id)
        wire.instant(envelope.time, 3)
        recordedTime(envelope.recordedTime)
    }

    /// The envelope up to the recorded time, with source and ID as fields already.
    mutating func sent(_ key: UnsafeBufferPointer<UInt8>, at time: Instant) {
        wire.append(key)
        wire.instant(time, 3)
    }

    mutating func recordedTime(_ instant: Instant) { wire.instant(instant, 5) }
}

extension WireWriter {
    /// Whole seconds and the rest apart: most times have no rest, and seconds are short.
    fileprivate mutating func instant(_ instant: Instant, _ number: Int) {
        let rest = instant.microseconds % 1_000_000
        let micros = rest < 0 ? rest + 1_000_000 : rest
        let seconds = (instant.microseconds - micros) / 1_000_000
        if seconds != 0 {
            tag(number, .varint)
            signed(seconds)
        }
        if micros != 0 {
            tag(number + 1, .varint)
            varint(UInt64(micros))
        }
    }
}
