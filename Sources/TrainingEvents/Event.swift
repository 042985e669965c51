package import CivilTime

/// Who sent an event, and when it happened and was learnt.
package struct Envelope: Hashable, Sendable {
    /// The sender (CloudEvents `source`), 1–200 bytes.
    package var source: String
    /// The sender's ID of the event; with `source` the idempotency key, for ever.
    package var id: String
    /// When it happened.
    package var time: Instant
    /// When the ledger learnt it.
    package var recordedTime: Instant

    package init(source: String, id: String, time: Instant, recordedTime: Instant) {
        self.source = source
        self.id = id
        self.time = time
        self.recordedTime = recordedTime
    }
}

/// One event of the ledger.
package struct Event: Hashable, Sendable {
    package var envelope: Envelope
    package var subject: Subject
    package var body: EventBody

    package init(envelope: Envelope, subject: Subject, body: EventBody) {
        self.envelope = envelope
        self.subject = subject
        self.body = body
    }

    package var type: EventType { body.type }

    /// The trainee the event is about, if it is about one that was registered before.
    package var trainee: TraineeNumber? {
        if case .trainee(let number) = subject { return number }
        return nil
    }

    /// Whether `other` says the same: everything but the time of recording, and what the ledger derived.
    package func hasSameContent(as other: Event) -> Bool {
        guard envelope.source == other.envelope.source, envelope.id == other.envelope.id,
            envelope.time == other.envelope.time
        else { return false }
        if case .eventRetracted(var left) = body, case .eventRetracted(var right) = other.body {
            left.targetPosition = 0
            right.targetPosition = 0
            return left == right
        }
        if case .identityCertified(var left) = body, case .identityCertified(var right) = other.body {
            left.certifiedAt = nil
            right.certifiedAt = nil
            return subject == other.subject && left == right
        }
        guard body.introducedNumber != other.body.introducedNumber else {
            return subject == other.subject && body == other.body
        }
        var (left, right) = (body, other.body)
        left.setIntroducedNumber(nil)
        right.setIntroducedNumber(nil)
        return subject == other.subject && left == right
    }
}
