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
