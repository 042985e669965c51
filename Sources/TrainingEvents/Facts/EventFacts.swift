/// The facts part of a stored event, without envelope and personal part: what folding reads.
package struct EventFacts: Sendable {
    package let subject: Subject
    /// What it says; personal fields are absent.
    package let body: EventBody

    /// Reads the facts part of the canonical bytes, whose checksum was right.
    ///
    /// - Throws: `malformedRecord` with the offset in the part for anything but the canonical form.
    package init(decoding bytes: UnsafeRawBufferPointer) throws(EventError) {
        let none = WireReader(UnsafeRawBufferPointer(start: nil, count: 0))
        (subject, body) = try Event.facts(WireReader(bytes, isNormalised: true), personal: none)
    }

    /// Reads what an event about a trainee says, without its subject.
    static func body(ofTraineeEvent bytes: UnsafeRawBufferPointer) throws(EventError) -> EventBody {
        var reader = WireReader(bytes, isNormalised: true)
        let type = try Event.type(&reader)
        if try reader.take(2, .varint) { _ = try reader.varint() }
        return try EventBody(type, decoding: reader)
    }
}

// The fields of classes and units in the wire form, for snapshots of facts.
extension EventFacts {
    package static func bytes(of fields: ClassFields) -> [UInt8] {
        var amended = ClassAmended()
        amended.fields = fields
        return bytes(of: amended)
    }

    package static func bytes(of fields: UnitFields) -> [UInt8] {
        var amended = UnitAmended()
        amended.fields = fields
        return bytes(of: amended)
    }

    /// - Throws: `malformedRecord`.
    package static func classFields(_ bytes: [UInt8]) throws(EventError) -> ClassFields {
        var amended = ClassAmended()
        try read(bytes, into: &amended)
        return amended.fields
    }

    /// - Throws: `malformedRecord`.
    package static func unitFields(_ bytes: [UInt8]) throws(EventError) -> UnitFields {
        var amended = UnitAmended()
        try read(bytes, into: &amended)
        return amended.fields
    }

    private static func bytes(of payload: some EventPayload) -> [UInt8] {
        var encoder = RecordEncoder()
        var payload = payload
        do throws(EventError) { try payload.visit(&encoder) } catch {
            preconditionFailure("fields that were read can be written")
        }
        return encoder.facts.writer.bytes
    }

    private static func read<Payload: EventPayload>(
        _ bytes: [UInt8], into payload: inout Payload
    ) throws(EventError) {
        try bytes.withUnsafeBufferPointer { buffer throws(EventError) in
            let none = WireReader(UnsafeRawBufferPointer(start: nil, count: 0))
            let facts = WireReader(UnsafeRawBufferPointer(buffer), isNormalised: true)
            var decoder = RecordDecoder(facts: WireReaderBox(reader: facts), personal: WireReaderBox(reader: none))
            try payload.visit(&decoder)
            try decoder.finish()
        }
    }
}

extension EventBody {
    /// Reads the fields of a payload of this type from the rest of the facts part.
    init(_ type: EventType, decoding facts: WireReader) throws(EventError) {
        let none = WireReader(UnsafeRawBufferPointer(start: nil, count: 0))
        var decoder = RecordDecoder(facts: WireReaderBox(reader: facts), personal: WireReaderBox(reader: none))
        self.init(emptyOf: type)
        try visit(&decoder)
        try decoder.finish()
    }
}
