/// An event that was refused, of several that came together.
package struct RefusedEvent: Error, Hashable, Sendable {
    /// Its place among those that came with it, from 0.
    package let index: Int
    /// Why.
    package let error: EventError

    package init(index: Int, _ error: EventError) {
        self.index = index
        self.error = error
    }

    /// What a program needs to act on it; no personal details, as ``EventError`` has none.
    package var json: JSONValue {
        .members([
            "index": .number(index), "field": .string(error.field), "code": .string(error.code.rawValue),
            "found": .string(error.found), "expected": .string(error.expected),
            "suggestion": error.suggestion.map { .string($0) }, "message": .string(error.message),
        ])
    }
}

extension EventDraft {
    /// Reads events that came together; which of them are no events is all told at once.
    package static func read(_ events: [JSONValue]) -> (drafts: [EventDraft], refused: [RefusedEvent]) {
        var drafts: [EventDraft] = []
        var refused: [RefusedEvent] = []
        for (index, event) in events.enumerated() {
            do throws(EventError) { drafts.append(try EventDraft(json: event)) } catch {
                refused.append(RefusedEvent(index: index, error))
            }
        }
        return (drafts, refused)
    }
}
