package import CivilTime

/// An event as it came in, before the ledger has looked up what it refers to.
///
/// Reading has two steps because the second needs what earlier events introduced: ``init(json:)`` checks the
/// envelope, ``event(registry:recordedTime:)`` the subject and the data.
package struct EventDraft: Sendable {
    package let source: String
    package let id: String
    package let time: Instant
    package let type: EventType
    package let subjectID: String
    private let attributes: Attributes
    private let data: [JSONValue.Member]

    private static let known = [
        "specversion", "id", "source", "type", "subject", "time", "data", "recordedtime", "sequence",
        "datacontenttype",
    ]

    /// Reads the CloudEvents attributes.
    ///
    /// - Throws: ``EventError`` naming the attribute.
    package init(json: JSONValue) throws(EventError) {
        guard case .object(let members) = json else {
            throw EventError(.malformedJSON, found: json.typeName, expected: "a CloudEvents object")
        }
        for member in members where !Self.known.contains(member.key) {
            throw EventError(
                .unknownField, field: shownKey(member.key),
                expected: "the attributes \(Self.known.joined(separator: ", "))",
                suggestion: Suggestion.nearest(to: member.key, among: Self.known))
        }
        attributes = Attributes(json)
        let version = try attributes.text("specversion")
        guard version == "1.0" else {
            throw EventError(.invalidValue, field: "specversion", found: shown(version), expected: "1.0")
        }
        if json["datacontenttype"] != nil {
            let content = try attributes.text("datacontenttype")
            guard content == "application/json" else {
                throw EventError(
                    .invalidValue, field: "datacontenttype", found: shown(content), expected: "application/json")
            }
        }
        source = try attributes.identifier("source")
        id = try attributes.identifier("id")
        subjectID = try attributes.identifier("subject")
        time = try attributes.instant("time")
        let typeName = try attributes.text("type")
        guard let type = EventType(named: typeName) else {
            throw EventError(
                .unknownType, field: "type", found: shown(typeName), expected: "a type of the vocabulary",
                suggestion: Suggestion.nearest(to: typeName, among: EventType.names))
        }
        self.type = type
        guard let data = json["data"] else { throw EventError(.missingField, field: "data") }
        guard case .object(let fields) = data else { throw wrongType(data, "an object").inside("data") }
        self.data = fields
    }

    /// The brought `recordedtime`, if there is one: content in a migration only, and not looked at otherwise.
    ///
    /// - Throws: ``EventError`` if it is no time.
    package func recordedTime() throws(EventError) -> Instant? {
        attributes.json["recordedtime"] == nil ? nil : try attributes.instant("recordedtime")
    }

    /// The event, with what it refers to looked up.
    ///
    /// - Parameters:
    ///   - isRepeat: whether the same source and ID stand in the ledger already; what it introduces may exist.
    ///   - targetOf: finds the event that a retraction names.
    /// - Throws: ``EventError`` naming the field.
    package func event(
        registry: Registry, recordedTime: Instant, isRepeat: Bool,
        targetOf: (_ source: String, _ id: String) throws(EventError) -> RetractionTarget?
    ) throws(EventError) -> Event {
        var body = EventBody(emptyOf: type)
        do throws(EventError) {
            var reader = JSONFieldReader(data, registry: registry)
            try body.visit(&reader)
            try reader.finish()
            try body.payload.validate()
        } catch {
            throw error.inside("data")
        }
        let subject: Subject
        if case .eventRetracted(var retraction) = body {
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
            body = .eventRetracted(retraction)
            subject = target.subject
        } else {
            do throws(EventError) { subject = try self.subject(registry, isRepeat) } catch {
                throw error.inside("subject")
            }
        }
        if case .identityCertified(var certified) = body {
            certified.certifiedAt = time
            body = .identityCertified(certified)
        }
        return Event(
            envelope: Envelope(source: source, id: id, time: time, recordedTime: recordedTime), subject: subject,
            body: body)
    }

    private func subject(_ registry: Registry, _ isRepeat: Bool) throws(EventError) -> Subject {
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

private struct Attributes {
    let json: JSONValue

    init(_ json: JSONValue) { self.json = json }

    func text(_ name: String) throws(EventError) -> String {
        guard let value = json[name] else { throw EventError(.missingField, field: name) }
        guard case .string(let text) = value else { throw wrongType(value, "a string").inside(name) }
        return text
    }

    func identifier(_ name: String) throws(EventError) -> String {
        do throws(EventError) {
            let canonical = try text(name).checked(multipleLines: false)
            try String.checkIdentifier(canonical)
            return canonical
        } catch {
            throw error.field.isEmpty ? error.inside(name) : error
        }
    }

    func instant(_ name: String) throws(EventError) -> Instant {
        guard let value = json[name] else { throw EventError(.missingField, field: name) }
        do throws(EventError) {
            return try Instant.read(value, kind: PlainKind(), registry: Registry())
        } catch {
            throw error.inside(name)
        }
    }
}
