import CivilTime

/// CloudEvents 1.0 JSON, out of the ledger.
extension Event {
    /// The CloudEvents object with `sequence` and `recordedtime`, times in Taipei.
    package func json(sequence: UInt64, registry: Registry) -> JSONValue {
        .members([
            "specversion": .string("1.0"),
            "id": .string(envelope.id),
            "source": .string(envelope.source),
            "type": .string(type.name),
            "subject": .string(subject.id(in: registry)),
            "time": .string(envelope.time.description),
            "recordedtime": .string(envelope.recordedTime.description),
            "sequence": .string(String(sequence)),
            "data": data(registry: registry),
        ])
    }

    /// The `data` object alone.
    package func data(registry: Registry) -> JSONValue {
        var writer = JSONFieldWriter(registry: registry)
        var body = body
        do throws(EventError) {
            try body.visit(&writer)
        } catch {
            preconditionFailure("writing JSON never fails")
        }
        return .object(writer.members)
    }
}
