import TrainingEvents

/// Reads messages: one CloudEvents object, or an array of them, as `POST /events` takes them.
enum MessageReading {
    /// What a message brings, or which of its events are none.
    enum Content {
        case events([EventDraft])
        case refused([RefusedEvent])
    }

    static func read(_ payload: [UInt8]) -> Content {
        guard payload.count <= Limits.lineBytes else {
            return .refused([
                RefusedEvent(
                    index: 0,
                    EventError(
                        .lineTooLong, found: "\(payload.count) bytes", expected: "\(Limits.lineBytes) bytes at most"))
            ])
        }
        let json = payload.withUnsafeBufferPointer { bytes -> Result<JSONValue, EventError> in
            do throws(EventError) { return .success(try JSONParser.parse(bytes)) } catch { return .failure(error) }
        }
        switch json {
        case .failure(let error): return .refused([RefusedEvent(index: 0, error)])
        case .success(let value):
            let events: [JSONValue]
            if case .array(let elements) = value { events = elements } else { events = [value] }
            let (drafts, refused) = EventDraft.read(events)
            return refused.isEmpty ? .events(drafts) : .refused(refused)
        }
    }
}
