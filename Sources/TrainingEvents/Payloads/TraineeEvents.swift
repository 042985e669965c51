package import CivilTime

/// The facts of a trainee (學員): all of them at registration, the changed ones in an amendment.
///
/// Name, national ID, phone and account stand in the personal part; no rule reads them.
package struct TraineeFields: Hashable, Sendable {
    package var birthDate: CivilDate?
    package var sex: Sex?
    package var nationality: Nationality?
    package var name: String?
    package var nationalID: String?
    package var phone: String?
    package var bankAccount: String?

    package init() {}

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor, isFirst: Bool) throws(EventError) {
        try visitor.field("birthDate", 8, &birthDate, required: isFirst)
        try visitor.field("sex", 9, &sex, required: isFirst)
        try visitor.field("nationality", 10, &nationality, required: isFirst)
        try visitor.personal("name", 1, &name)
        try visitor.personal("nationalId", 2, &nationalID, .nationalID)
        try visitor.personal("phone", 3, &phone, .phone)
        try visitor.personal("bankAccount", 4, &bankAccount, .account)
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
    package var fields = TraineeFields()
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try fields.visit(&visitor, isFirst: true)
    }
}

/// `trainee.amended`: the changed fields, and why.
package struct TraineeAmended: EventPayload {
    package var fields = TraineeFields()
    package var reason: String?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try fields.visit(&visitor, isFirst: false)
        try visitor.field("reason", 5, &reason, .freeText, in: .personal, required: true)
    }
}

/// `trainee.linked`: another ID of the same person; their histories fold as one.
package struct TraineeLinked: EventPayload {
    package var other = TraineeNumber.placeholder
    package var evidence: String?
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("other", 8, &other)
        try visitor.field("evidence", 1, &evidence, .freeText, in: .personal, required: true)
        try visitor.field("on", 9, &on)
    }
}

/// `trainee.unlinked`: not the same person after all.
package struct TraineeUnlinked: EventPayload {
    package var other = TraineeNumber.placeholder
    package var evidence: String?
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("other", 8, &other)
        try visitor.field("evidence", 1, &evidence, .freeText, in: .personal, required: true)
        try visitor.field("on", 9, &on)
    }
}

/// `hold.placed`: blocks erasure while it stands.
package struct HoldPlaced: EventPayload {
    package var hold = ""
    package var on = CivilDate.placeholder
    package var reason: String?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("hold", 8, &hold, .identifier)
        try visitor.field("on", 9, &on)
        try visitor.field("reason", 1, &reason, .freeText, in: .personal, required: true)
    }
}

/// `hold.released`.
package struct HoldReleased: EventPayload {
    package var hold = ""
    package var on = CivilDate.placeholder
    package var reason: String?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("hold", 8, &hold, .identifier)
        try visitor.field("on", 9, &on)
        try visitor.field("reason", 1, &reason, .freeText, in: .personal, required: true)
    }
}

/// `trainee.erased` (個資刪除), approved by two.
package struct TraineeErased: EventPayload {
    package var on = CivilDate.placeholder
    package var legalBasis: String?
    package var approvedBy: [String]?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("on", 8, &on)
        try visitor.field("legalBasis", 1, &legalBasis, .freeText, in: .personal, required: true)
        try visitor.list("approvedBy", 2, &approvedBy, .freeText, in: .personal, required: true)
    }

    package func validate() throws(EventError) {
        let approvers = approvedBy ?? []
        guard approvers.count == 2, approvers[0] != approvers[1], !approvers.contains("") else {
            throw EventError(
                .outOfRange, field: "approvedBy", found: "\(approvers.count) approvers",
                expected: "two different names or roles")
        }
    }
}
