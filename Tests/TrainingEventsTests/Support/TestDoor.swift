import CivilTime
import Testing

@testable import TrainingEvents

/// Reads events as the ledger's door does, in a ledger with units U-0 and U-1, classes C-0 and C-1 and trainees
/// T-1000 to T-1002.
enum TestDoor {
    static let registry = {
        var registry = Registry()
        for id in ["U-0", "U-1"] { registry.note(.newUnit(id)) }
        for id in ["C-0", "C-1"] { registry.note(.newClass(id)) }
        for id in ["T-1000", "T-1001", "T-1002"] { registry.note(.newTrainee(id)) }
        return registry
    }()

    static let recordedTime = instant("2026-06-02T10:11:12.131415+08:00")

    /// The CloudEvents text of an event.
    static func line(_ type: String, _ subject: String, data: String, time: String = "2026-06-01T09:00:00+08:00")
        -> String
    {
        """
        {"specversion":"1.0","id":"a-0001","source":"/units/ntpc","type":"\(type)","subject":"\(subject)",
        "time":"\(time)","data":\(data)}
        """
    }

    /// Reads the text of one event. Retractions find a target about any of the subjects, at position 0 for the
    /// ID `first` and 77 for others, and none for the ID `nothing`.
    static func read(_ text: String) throws(EventError) -> Event {
        try read(JSONParser.parse(text))
    }

    static func read(_ json: JSONValue) throws(EventError) -> Event {
        let draft = try EventDraft(json: json)
        return try draft.event(registry: registry, recordedTime: recordedTime, isRepeat: false) {
            source, id throws(EventError) in
            if id == "nothing" { return nil }
            let subject = known(draft.subjectID)
            return RetractionTarget(
                position: id == "first" ? 0 : 77, subject: subject ?? .trainee(TraineeNumber(1)),
                subjectID: subject == nil ? "T-1001" : draft.subjectID)
        }
    }

    private static func known(_ id: String) -> Subject? {
        if let number = registry.trainees[id] { return .trainee(number) }
        if let number = registry.classes[id] { return .class(number) }
        if let number = registry.units[id] { return .unit(number) }
        return id == "cap-2025" ? .rulebook(id) : nil
    }

    static func event(_ example: EventExample, _ data: String) throws -> Event {
        try read(line(example.type, example.subject, data: data))
    }

    /// The error that reading this text ends with.
    static func refusal(
        _ text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> EventError {
        do throws(EventError) {
            let event = try read(text)
            Issue.record("was taken as \(event)", sourceLocation: sourceLocation)
            return EventError(.conflict)
        } catch {
            return error
        }
    }

    /// The error for this data of an event about the usual subject of its type.
    static func refusal(
        of type: String, _ data: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> EventError {
        let subject = try EventExample.of(type).subject
        return try refusal(line(type, subject, data: data), sourceLocation: sourceLocation)
    }
}

/// A time that the test knows to exist.
func instant(_ text: String) -> Instant {
    guard let instant = Instant(text) else { preconditionFailure("no time: \(text)") }
    return instant
}

extension JSONValue {
    /// Without the member; the value itself if there is none.
    func without(_ key: String) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !$0.key.utf8.elementsEqual(key.utf8) })
    }

    /// With the member put in place or added. Keys are compared by bytes: hostile ones take minutes to normalise.
    func with(_ key: String, _ value: JSONValue) -> JSONValue {
        guard case .object(var members) = self else { return self }
        if let index = members.firstIndex(where: { $0.key.utf8.elementsEqual(key.utf8) }) {
            members[index].value = value
        } else {
            members.append(.init(key, value))
        }
        return .object(members)
    }

    var keys: [String] {
        guard case .object(let members) = self else { return [] }
        return members.map(\.key)
    }
}
