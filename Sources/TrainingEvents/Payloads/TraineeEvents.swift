package import CivilTime

/// The facts of a trainee (學員): all of them at registration, the changed ones in an amendment.
///
/// Name, national ID, phone and account stand in the personal part, sealed; no rule reads them.
package struct TraineeFields: Hashable, Sendable {
    package var birthDate: CivilDate?
    package var sex: Sex?
    package var nationality: Nationality?
    package var name: PersonalText?
    package var nationalID: PersonalText?
    package var phone: PersonalText?
    package var bankAccount: PersonalText?

    package init() {}

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor, isFirst: Bool) throws(EventError) {
        try visitor.field("birthDate", 8, &birthDate, required: isFirst)
        try visitor.field("sex", 9, &sex, required: isFirst)
        try visitor.field("nationality", 10, &nationality, required: isFirst)
        try visitor.personal("name", 1, &name, keptAs: .identity)
        try visitor.personal("nationalId", 2, &nationalID, .nationalID, keptAs: .identity)
        try visitor.personal("phone", 3, &phone, .phone, keptAs: .contact)
        try visitor.personal("bankAccount", 4, &bankAccount, .account, keptAs: .payment)
    }

    /// These facts with the ones that `change` names put in their place.
    package func amended(by change: TraineeFields) -> TraineeFields {
        var result = self
        result.birthDate = change.birthDate ?? birthDate
        result.sex = change.sex ?? sex
        result.nationality = change.nationality ?? nationality
        result.name = change.name ?? name
        result.nationalID = change.nationalID ?? nationalID
        result.phone = change.phone ?? phone
        result.bankAccount = change.bankAccount ?? bankAccount
        return result
    }
}

/// `trainee.registered`.
package struct TraineeRegistered: EventPayload {
    /// The number that the trainee was given; `nil` in records made before it was added.
    package var number: TraineeNumber?
    package var fields = TraineeFields()
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.derived("number", 5, &number)
        try fields.visit(&visitor, isFirst: true)
    }
}

/// `trainee.amended`: the changed fields, and why.
package struct TraineeAmended: EventPayload {
    package var fields = TraineeFields()
    package var reason: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try fields.visit(&visitor, isFirst: false)
        try visitor.required("reason", 5, &reason, keptAs: .dossier)
    }
}

/// `trainee.linked`: another ID of the same person; their histories fold as one.
package struct TraineeLinked: EventPayload {
    package var other = TraineeNumber.placeholder
    package var evidence: PersonalText?
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("other", 8, &other)
        try visitor.required("evidence", 1, &evidence, keptAs: .dossier)
        try visitor.field("on", 9, &on)
    }
}

/// `trainee.unlinked`: not the same person after all.
package struct TraineeUnlinked: EventPayload {
    package var other = TraineeNumber.placeholder
    package var evidence: PersonalText?
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("other", 8, &other)
        try visitor.required("evidence", 1, &evidence, keptAs: .dossier)
        try visitor.field("on", 9, &on)
    }
}

/// `hold.placed`: blocks erasure while it stands.
package struct HoldPlaced: EventPayload {
    package var hold = ""
    package var on = CivilDate.placeholder
    package var reason: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("hold", 8, &hold, .identifier)
        try visitor.field("on", 9, &on)
        try visitor.required("reason", 1, &reason, keptAs: .dossier)
    }
}

/// `hold.released`.
package struct HoldReleased: EventPayload {
    package var hold = ""
    package var on = CivilDate.placeholder
    package var reason: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("hold", 8, &hold, .identifier)
        try visitor.field("on", 9, &on)
        try visitor.required("reason", 1, &reason, keptAs: .dossier)
    }
}

/// `trainee.erased` (個資刪除), approved by two.
package struct TraineeErased: EventPayload {
    package var on = CivilDate.placeholder
    package var legalBasis: PersonalText?
    package var approvedBy: [PersonalText]?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("on", 8, &on)
        try visitor.required("legalBasis", 1, &legalBasis, keptAs: .office)
        try visitor.personal("approvedBy", 2, &approvedBy, .freeText, keptAs: .office)
    }

    package func validate() throws(EventError) {
        let approvers = approvedBy ?? []
        // Shown without their names, they were looked at when the event first came in.
        let areTwo = approvers.count == 2 && (approvers.allSatisfy(\.isShownOnly) || approvers[0] != approvers[1])
        guard areTwo, !approvers.contains("") else {
            throw EventError(
                .outOfRange, field: "approvedBy", found: "\(approvers.count) approvers",
                expected: "two different names or roles")
        }
    }
}
