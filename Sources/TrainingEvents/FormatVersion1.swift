// What every record of format version 1 has and a record of version 0 may lack (docs/segment-format.md).
extension Event {
    /// What this record lacks for format version 1; `nil` if nothing.
    package var lackInVersion1: EventError? {
        switch subject {
        case .newTrainee, .newClass, .newUnit:
            if body.introducedNumber == nil { return Self.lack("number", "the number that the registration gave") }
        case .trainee, .class, .unit, .rulebook: break
        }
        if case .identityCertified(let certified) = body, certified.certifiedAt == nil {
            return Self.lack("certifiedAt", "the time of certification")
        }
        guard type.hasPersonalTexts, let text = body.personalTexts.first(where: \.text.isToBeSealed) else { return nil }
        return EventError(
            .malformedRecord, field: text.field.path, found: "a personal text in the clear",
            expected: "a sealed text, as in every ledger of format version 1")
    }

    private static func lack(_ field: String, _ expected: String) -> EventError {
        EventError(.malformedRecord, field: field, expected: "\(expected), as in every ledger of format version 1")
    }
}
