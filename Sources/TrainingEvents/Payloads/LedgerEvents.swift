package import CivilTime

/// `rulebook.adopted`: decisions use it from this day on unless another is named.
package struct RulebookAdopted: EventPayload {
    package var digest = ""
    package var from = CivilDate.placeholder
    package var note: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("digest", 8, &digest, .label)
        try visitor.field("from", 9, &from)
        try visitor.personal("note", 1, &note, keptAs: .office)
    }

    package func validate() throws(EventError) {
        let hex = digest.hasPrefix("sha256:") ? digest.dropFirst(7) : Substring(digest)
        guard hex.utf8.count == 64, hex.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else {
            throw EventError(.invalidValue, field: "digest", expected: "sha256: and 64 lower-case hexadecimal digits")
        }
    }
}

/// `event.retracted`: from then on the ledger folds as if that event had not been.
package struct EventRetracted: EventPayload {
    package var retractsSource = ""
    package var retractsID = ""
    package var reason: PersonalText?
    package var targetPosition: Int64 = 0
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("retractsSource", 8, &retractsSource, .identifier)
        try visitor.field("retractsId", 9, &retractsID, .identifier)
        try visitor.required("reason", 1, &reason, keptAs: .dossier)
        try visitor.derived("target", 10, &targetPosition)
    }
}
