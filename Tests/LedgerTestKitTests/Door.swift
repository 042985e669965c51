import CivilTime
import Testing
import TrainingEvents

/// The door of a ledger in memory: takes JSON lines and remembers what a retraction needs.
struct Door {
    private struct Entry {
        var event: Event
        var subjectID: String
        var isLive = true
    }

    private var state = AdmissionState()
    private var entries: [Entry] = []
    private var positions: [String: Int] = [:]
    private var positionsBySubject: [String: [Int]] = [:]

    var traineeCount: Int { state.registry.trainees.count }

    /// Takes the line, or says why it is refused.
    mutating func take(_ line: [UInt8]) throws -> Event {
        let draft = try EventDraft(json: try JSONParser.parse(String(decoding: line, as: UTF8.self)))
        let recordedTime = try #require(try draft.recordedTime())
        let event = try event(of: draft, recordedTime)
        let key = "\(draft.source) \(draft.id)"
        try #require(positions[key] == nil, "the pair of source and ID stands already")
        if case .eventRetracted(let retraction) = event.body {
            try retract(at: Int(retraction.targetPosition))
        } else {
            try state.take(event)
        }
        positions[key] = entries.count
        positionsBySubject[draft.subjectID, default: []].append(entries.count)
        entries.append(Entry(event: event, subjectID: draft.subjectID))
        return event
    }

    private func event(of draft: EventDraft, _ recordedTime: Instant) throws(EventError) -> Event {
        try draft.event(registry: state.registry, recordedTime: recordedTime, isRepeat: false) {
            (source, id) throws(EventError) in
            guard let position = positions["\(source) \(id)"] else { return nil }
            let entry = entries[position]
            return RetractionTarget(
                position: UInt64(position), subject: entry.event.subject, subjectID: entry.subjectID)
        }
    }

    private mutating func retract(at position: Int) throws {
        let target = entries[position]
        try #require(target.isLive, "an event is retracted once")
        let others = (positionsBySubject[target.subjectID] ?? []).filter { $0 != position && entries[$0].isLive }
        let live = others.filter { entries[$0].event.type != .eventRetracted }
        let dependants = state.retract(
            target.event, live: live.map { (position: UInt64($0), event: entries[$0].event) })
        try #require(dependants.isEmpty, "a leaf has no dependants")
        entries[position].isLive = false
    }
}
