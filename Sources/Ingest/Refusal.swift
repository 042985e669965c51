package import TrainingEvents

/// A message none of whose events was recorded, because they never can be.
package struct Refusal: Sendable {
    package let message: FeedMessage
    /// The events that are the reason, by their places in the message.
    package let events: [RefusedEvent]
    /// Events that are told of.
    private static let most = 10

    package init(_ message: FeedMessage, _ events: [RefusedEvent]) {
        self.message = message
        self.events = events
    }

    /// What is published beside the message itself.
    ///
    /// - Parameter part: which part of the message is published with it, from 0, where it does not fit in one.
    package func json(stream: String, part: Int = 0, of parts: Int = 1) -> JSONValue {
        .members([
            "stream": .string(stream), "sequence": .number(message.sequence), "subject": .string(message.subject),
            "part": parts > 1 ? .number(part) : nil, "parts": parts > 1 ? .number(parts) : nil,
            "refused": .number(events.count), "refusals": .array(events.prefix(Self.most).map(\.json)),
        ])
    }
}
