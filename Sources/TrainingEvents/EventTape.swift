import CivilTime

/// What was read of some texts, shared by the drafts of their events. It never changes.
final class EventTape: Sendable {
    /// The texts.
    let source: [UInt8]
    /// Their tokens.
    let json: JSONTape
    /// Sources, IDs and subjects in canonical form, sources and IDs as fields of the envelope.
    let canonical: [UInt8]

    init(source: [UInt8], json: JSONTape, canonical: [UInt8]) {
        self.source = source
        self.json = json
        self.canonical = canonical
    }

    /// Lends the value at a place.
    func withNode<Answer>(at place: Int, _ body: (JSONNode) -> Answer) -> Answer {
        source.withUnsafeBufferPointer { json.withNode(at: place, source: $0, body) }
    }

    /// Lends a part of ``canonical``.
    func withCanonical<Answer>(_ part: ByteRange, _ body: (UnsafeBufferPointer<UInt8>) -> Answer) -> Answer {
        canonical.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[part.range])) }
    }

    /// A part of ``canonical`` as text.
    func text(_ part: ByteRange) -> String { withCanonical(part) { String(decoding: $0, as: UTF8.self) } }
}

/// The attributes of one event, read; where they and the data stand on an ``EventTape``.
struct DraftPlaces: Sendable {
    let type: EventType
    let time: Instant
    let source: ByteRange
    let id: ByteRange
    let subject: ByteRange
    /// Source and ID as the first fields of the envelope.
    let key: ByteRange
    let data: Int
    /// The brought recorded time, if there is one, and what it says if it is a time.
    let recordedTime: (place: Int, instant: Instant?)?
    /// What is read ahead of most events.
    let attendance: AttendancePlaces?

    /// Reads the attributes.
    ///
    /// - Throws: ``EventError`` naming the attribute.
    init(_ json: JSONNode, into canonical: inout WireWriter) throws(EventError) {
        let attributes = try EventAttributes(json)
        try attributes.require(.specversion, "1.0")
        if attributes[.datacontenttype] != nil { try attributes.require(.datacontenttype, "application/json") }
        let start = canonical.bytes.count
        source = try attributes.identifier(.source, field: 1, into: &canonical)
        id = try attributes.identifier(.id, field: 2, into: &canonical)
        key = ByteRange(start..<canonical.bytes.count)
        subject = try attributes.identifier(.subject, into: &canonical)
        time = try attributes.instant(.time)
        type = try attributes.type()
        let data = try attributes.data()
        self.data = data.place
        recordedTime = attributes[.recordedtime].map { node in
            (node.place, node.kind == .string ? Instant(utf8: node.utf8) : nil)
        }
        attendance = type == .attendanceRecorded ? AttendancePlaces(data, into: &canonical) : nil
    }
}
