package import CivilTime

/// `allowance.applied` (申請津貼或補助).
package struct AllowanceApplied: EventPayload {
    package var kind = AllowanceKind.placeholder
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package var category: Category?
    package var documents: [Paper]?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("kind", 8, &kind)
        try visitor.field("class", 9, &classNumber)
        try visitor.field("on", 10, &on)
        try visitor.field("category", 11, &category)
        try visitor.groups("documents", 12, &documents, required: false)
    }
}

/// `payout.made` (撥款).
package struct PayoutMade: EventPayload {
    package var payout = ""
    package var kind = PayoutKind.placeholder
    package var classNumber = ClassNumber.placeholder
    package var amountNTD: Int64 = 0
    package var on = CivilDate.placeholder
    package var halfMonths: Int64?
    package var from: CivilDate?
    package var to: CivilDate?
    package var payee: Payee?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("payout", 8, &payout, .identifier)
        try visitor.field("kind", 9, &kind)
        try visitor.field("class", 10, &classNumber)
        try visitor.field("amount", 11, &amountNTD, .amountNTD)
        try visitor.field("on", 12, &on)
        try visitor.field("halfMonths", 13, &halfMonths, .halfMonths)
        try visitor.field("from", 14, &from)
        try visitor.field("to", 15, &to)
        try visitor.field("payee", 16, &payee)
    }

    package func validate() throws(EventError) {
        if let from { try requireOrder(from, to, field: "to") }
        guard kind == .livingAllowance || kind == .learningReward else { return }
        let absent = halfMonths == nil ? "halfMonths" : from == nil ? "from" : to == nil ? "to" : nil
        if let absent { throw EventError(.missingField, field: absent, expected: "given for a \(kind.name) payout") }
    }
}

/// `payout.revoked` (撤銷).
package struct PayoutRevoked: EventPayload {
    package var payout = ""
    package var amountNTD: Int64 = 0
    package var on = CivilDate.placeholder
    package var reason = RevocationReason.placeholder
    package var repayBy: CivilDate?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("payout", 8, &payout, .identifier)
        try visitor.field("amount", 9, &amountNTD, .amountNTD)
        try visitor.field("on", 10, &on)
        try visitor.field("reason", 11, &reason)
        try visitor.field("repayBy", 12, &repayBy)
    }
}

/// `repayment.received` (繳回).
package struct RepaymentReceived: EventPayload {
    package var payout = ""
    package var amountNTD: Int64 = 0
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("payout", 8, &payout, .identifier)
        try visitor.field("amount", 9, &amountNTD, .amountNTD)
        try visitor.field("on", 10, &on)
    }
}

/// `enforcement.referred` (移送行政執行).
package struct EnforcementReferred: EventPayload {
    package var payout = ""
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("payout", 8, &payout, .identifier)
        try visitor.field("on", 9, &on)
    }
}

/// `appeal.filed` (訴願).
package struct AppealFiled: EventPayload {
    package var appeal = ""
    package var kind = DecisionKind.placeholder
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package var outcome: String?
    package var note: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("appeal", 8, &appeal, .identifier)
        try visitor.field("kind", 9, &kind)
        try visitor.field("class", 10, &classNumber)
        try visitor.field("on", 11, &on)
        try visitor.field("outcome", 12, &outcome, .label)
        try visitor.personal("note", 1, &note, keptAs: .dossier)
    }
}

/// `appeal.decided` (訴願決定).
package struct AppealDecided: EventPayload {
    package var appeal = ""
    package var kind = DecisionKind.placeholder
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package var outcome: String?
    package var note: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("appeal", 8, &appeal, .identifier)
        try visitor.field("kind", 9, &kind)
        try visitor.field("class", 10, &classNumber)
        try visitor.field("on", 11, &on)
        try visitor.field("outcome", 12, &outcome, .label)
        try visitor.personal("note", 1, &note, keptAs: .dossier)
    }
}

/// `decision.issued`: what was told to the trainee.
package struct DecisionIssued: EventPayload {
    package var kind = DecisionKind.placeholder
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package var outcome = Outcome.placeholder
    package var amountNTD: Int64?
    package var rulebook = ""
    package var atSequence: Int64 = 0
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("kind", 8, &kind)
        try visitor.field("class", 9, &classNumber)
        try visitor.field("on", 10, &on)
        try visitor.field("outcome", 11, &outcome)
        try visitor.field("amount", 12, &amountNTD, .amountNTD)
        try visitor.field("rulebook", 13, &rulebook, .identifier)
        try visitor.field("atSequence", 14, &atSequence, .sequence)
    }
}
