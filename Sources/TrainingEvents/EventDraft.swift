package import CivilTime

/// An event as it came in, before the ledger has looked up what it refers to.
///
/// Reading has two steps because the second needs what earlier events introduced: ``read(_:texts:)`` checks the
/// envelope, ``content(registry:isRepeat:targetOf:)`` the subject and the data. The first may run ahead on another
/// thread.
package struct EventDraft: Sendable {
    let tape: EventTape
    let places: DraftPlaces

    /// Reads the texts of single events and their CloudEvents attributes.
    ///
    /// - Parameters:
    ///   - source: bytes that hold the texts, less than 4 GiB.
    ///   - texts: where in the bytes each of them stands.
    /// - Returns: for each text its draft, or the ``EventError`` naming what is wrong with it. O(bytes).
    package static func read(_ source: [UInt8], texts: [Range<Int>]) -> [Result<EventDraft, EventError>] {
        var results: [Result<DraftPlaces, EventError>] = []
        results.reserveCapacity(texts.count)
        var canonical = WireWriter(capacity: source.count / 3)
        let json = source.withUnsafeBufferPointer { bytes in
            var parser = JSONParser(bytes)
            for text in texts { results.append(Self.places(&parser, text, bytes, &canonical)) }
            return parser.tape
        }
        let tape = EventTape(source: source, json: json, canonical: canonical.bytes)
        return results.map { $0.map { EventDraft(tape: tape, places: $0) } }
    }

    private static func places(
        _ parser: inout JSONParser, _ text: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>,
        _ canonical: inout WireWriter
    ) -> Result<DraftPlaces, EventError> {
        do throws(EventError) {
            let place = try parser.read(text)
            return parser.tape.withNode(at: place, source: bytes) { places($0, &canonical) }
        } catch {
            return .failure(error)
        }
    }

    private static func places(_ json: JSONNode, _ canonical: inout WireWriter) -> Result<DraftPlaces, EventError> {
        do throws(EventError) { return .success(try DraftPlaces(json, into: &canonical)) } catch {
            return .failure(error)
        }
    }

    private init(tape: EventTape, places: DraftPlaces) {
        self.tape = tape
        self.places = places
    }

    /// Reads the CloudEvents attributes of a value that this program made.
    ///
    /// - Throws: ``EventError`` naming the attribute.
    package init(json: JSONValue) throws(EventError) {
        var values = JSONTape()
        let place = values.append(json)
        var canonical = WireWriter()
        let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        places = try values.withNode(at: place, source: none) { Self.places($0, &canonical) }.get()
        tape = EventTape(source: [], json: values, canonical: canonical.bytes)
    }

    package var type: EventType { places.type }
    package var time: Instant { places.time }
    package var source: String { tape.text(places.source) }
    package var id: String { tape.text(places.id) }
    package var subjectID: String { tape.text(places.subject) }

    /// The brought `recordedtime`, if there is one: content in a migration only, and not looked at otherwise.
    ///
    /// - Throws: ``EventError`` if it is no time.
    package func recordedTime() throws(EventError) -> Instant? {
        guard let recordedTime = places.recordedTime else { return nil }
        if let instant = recordedTime.instant { return instant }
        let result = tape.withNode(at: recordedTime.place) { json -> Result<Instant, EventError> in
            do throws(EventError) { return .success(try Instant.read(json)) } catch { return .failure(error) }
        }
        do throws(EventError) { return try result.get() } catch { throw error.inside("recordedtime") }
    }

    /// Lends source and ID in UTF-8, for a fingerprint of them.
    package func key(
        _ fingerprint: (_ source: UnsafeBufferPointer<UInt8>, _ id: UnsafeBufferPointer<UInt8>) -> UInt64
    ) -> UInt64 {
        tape.withCanonical(places.source) { source in tape.withCanonical(places.id) { fingerprint(source, $0) } }
    }

    /// Whether a record has this source and ID; `nil` if it is no record.
    package func hasKey(of record: UnsafeRawBufferPointer) -> Bool? {
        guard let stored = RecordView(record) else { return nil }
        return tape.withCanonical(places.key) { stored.hasKey($0) }
    }

    /// Whether a record of the ledger says the same to the byte, whenever it was recorded. Another one may still say
    /// the same in other words.
    package func isRecord(
        _ record: UnsafeRawBufferPointer, _ content: EventContent, with writer: inout RecordWriter
    ) -> Bool {
        guard let stored = RecordView(record) else { return false }
        if case .attendanceRecorded(let attendance) = content.body, case .trainee(let trainee) = content.subject {
            return isRecord(stored, attendance, of: trainee)
        }
        return tape.withCanonical(places.key) { key in
            do throws(EventError) { return try writer.isRecord(stored, content, key: key, time: time) } catch {
                return false
            }
        }
    }

    /// The canonical bytes of the event with what ``content(registry:isRepeat:targetOf:)`` found.
    ///
    /// - Throws: `outOfRange` if the record is over ``Limits/recordBytes``.
    package func encoded(
        _ content: EventContent, recordedTime: Instant, with writer: inout RecordWriter
    ) throws(EventError) -> [UInt8] {
        if case .attendanceRecorded(let attendance) = content.body, case .trainee(let trainee) = content.subject {
            return encoded(attendance, of: trainee, recordedTime: recordedTime)
        }
        return try writer.record(content.subject, content.body) { envelope in
            tape.withCanonical(places.key) { envelope.sent($0, at: time) }
            envelope.recordedTime(recordedTime)
        }
    }

    /// The event, with what it refers to looked up.
    ///
    /// - Throws: ``EventError`` naming the field.
    package func event(
        registry: Registry, recordedTime: Instant, isRepeat: Bool,
        targetOf: (_ source: String, _ id: String) throws(EventError) -> RetractionTarget?
    ) throws(EventError) -> Event {
        let content = try content(registry: registry, isRepeat: isRepeat, targetOf: targetOf)
        return Event(
            envelope: Envelope(source: source, id: id, time: time, recordedTime: recordedTime),
            subject: content.subject, body: content.body)
    }

    /// What the event is about and what it says, with what it refers to looked up.
    ///
    /// - Parameters:
    ///   - isRepeat: whether the same source and ID stand in the ledger already; what it introduces may exist.
    ///   - targetOf: finds the event that a retraction names.
    /// - Throws: ``EventError`` naming the field.
    package func content(
        registry: Registry, isRepeat: Bool,
        targetOf: (_ source: String, _ id: String) throws(EventError) -> RetractionTarget?
    ) throws(EventError) -> EventContent {
        var content = EventContent(subject: .rulebook(""), body: try body(registry))
        // The type first: taking a payload out of a body copies it, and nearly all events are of other types.
        if type == .eventRetracted, case .eventRetracted(var retraction) = content.body {
            guard let target = try targetOf(retraction.retractsSource, retraction.retractsID) else {
                throw EventError(
                    .unknownReference, field: "data.retractsId", found: shown(retraction.retractsID),
                    expected: "the source and id of an event in the ledger")
            }
            guard target.subjectID == subjectID else {
                throw EventError(
                    .invalidValue, field: "subject", found: shown(subjectID),
                    expected: "the subject of the retracted event")
            }
            retraction.targetPosition = Int64(target.position)
            content.body = .eventRetracted(retraction)
            content.subject = target.subject
        } else {
            do throws(EventError) { content.subject = try subject(registry, isRepeat) } catch {
                throw error.inside("subject")
            }
        }
        if type == .identityCertified, case .identityCertified(var certified) = content.body {
            certified.certifiedAt = time
            content.body = .identityCertified(certified)
        }
        let number =
            isRepeat ? registry.givenNumber(to: content.subject) : registry.nextNumber(for: content.subject)
        if let number { content.body.setIntroducedNumber(number) }
        return content
    }

    private func body(_ registry: Registry) throws(EventError) -> EventBody {
        var body = EventBody(emptyOf: type)
        let refusal = tape.withNode(at: places.data) { json -> EventError? in
            var reader = JSONFieldReader(json, registry: registry)
            do throws(EventError) { try body.visit(&reader) } catch { return error.inside("data") }
            return nil
        }
        if let refusal { throw refusal }
        return body
    }

    private func subject(_ registry: Registry, _ isRepeat: Bool) throws(EventError) -> Subject {
        let subjectID = subjectID
        switch type.subjectForm {
        case .trainee, .any: return .trainee(try TraineeNumber.find(subjectID, in: registry))
        case .class: return .class(try ClassNumber.find(subjectID, in: registry))
        case .unit: return .unit(try UnitNumber.find(subjectID, in: registry))
        case .rulebook: return .rulebook(subjectID)
        case .introducesTrainee:
            try requireNew(isRepeat || registry.trainees[subjectID] == nil)
            return .newTrainee(subjectID)
        case .introducesClass:
            try requireNew(isRepeat || registry.classes[subjectID] == nil)
            return .newClass(subjectID)
        case .introducesUnit:
            try requireNew(isRepeat || registry.units[subjectID] == nil)
            return .newUnit(subjectID)
        case .unitOrClass:
            if let number = registry.classes[subjectID] { return .class(number) }
            return .unit(try UnitNumber.find(subjectID, in: registry))
        }
    }

    private func requireNew(_ isNew: Bool) throws(EventError) {
        if !isNew { throw EventError(.alreadyExists, found: shown(subjectID), expected: "an ID that is new") }
    }
}

/// What an event is about and what it says.
package struct EventContent: Sendable {
    package var subject: Subject
    package var body: EventBody

    package init(subject: Subject, body: EventBody) {
        self.subject = subject
        self.body = body
    }

    /// What an event says, without who sent it and when.
    package init(_ event: Event) {
        self.init(subject: event.subject, body: event.body)
    }
}

/// The event that a retraction names.
package struct RetractionTarget: Sendable {
    package var position: UInt64
    package var subject: Subject
    package var subjectID: String

    package init(position: UInt64, subject: Subject, subjectID: String) {
        self.position = position
        self.subject = subject
        self.subjectID = subjectID
    }
}
