package import CivilTime

/// `application.submitted` (報名).
package struct ApplicationSubmitted: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var at = Instant.placeholder
    package var employer: String?
    package var identityClaimed: Category?
    package var specialProject: Bool?
    package var documents: [Paper]?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("at", 9, &at)
        try visitor.field("employer", 10, &employer, .label)
        try visitor.field("identityClaimed", 11, &identityClaimed)
        try visitor.field("specialProject", 12, &specialProject)
        try visitor.groups("documents", 13, &documents, required: false)
    }
}

/// `application.withdrawn` (取消報名).
package struct ApplicationWithdrawn: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package var reason: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("on", 9, &on)
        try visitor.personal("reason", 1, &reason, keptAs: .dossier)
    }
}

/// `application.refused` (審查不符).
package struct ApplicationRefused: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package var reason: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("on", 9, &on)
        try visitor.personal("reason", 1, &reason, keptAs: .dossier)
    }
}

/// `selection.scored` (甄試成績): a part that is missing was not sat.
package struct SelectionScored: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var written: Int64?
    package var oral: Int64?
    package var interview: Int64?
    package var minutesLate: Int64?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("written", 9, &written, .score)
        try visitor.field("oral", 10, &oral, .score)
        try visitor.field("interview", 11, &interview, .score)
        try visitor.field("minutesLate", 12, &minutesLate, .minutesOfDay)
    }
}

/// `enrolment.admitted` (錄訓).
package struct EnrolmentAdmitted: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var seat = Seat.placeholder
    package var rank: Int64?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("seat", 9, &seat)
        try visitor.field("rank", 10, &rank, .rank)
    }
}

/// `fee.paid` and `fee.refunded` (繳費、退費).
package struct FeeMoved: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var amountNTD: Int64 = 0
    package var on = CivilDate.placeholder
    package var requestedOn: CivilDate?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("amount", 9, &amountNTD, .amountNTD)
        try visitor.field("on", 10, &on)
        try visitor.field("requestedOn", 11, &requestedOn)
    }
}

/// `enrolment.started` (報到): the joining day.
package struct EnrolmentStarted: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("on", 9, &on)
    }
}

/// `enrolment.forfeited` (棄權).
package struct EnrolmentForfeited: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package var reason: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("on", 9, &on)
        try visitor.personal("reason", 1, &reason, keptAs: .dossier)
    }
}

/// `enrolment.withdrawn` (離訓): the leaving day.
package struct EnrolmentWithdrawn: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package var reason = WithdrawalReason.placeholder
    package var adaptationPeriod: Bool?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("on", 9, &on)
        try visitor.field("reason", 10, &reason)
        try visitor.field("adaptationPeriod", 11, &adaptationPeriod)
    }
}

/// `enrolment.expelled` (退訓).
package struct EnrolmentExpelled: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package var reason = ExpulsionReason.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("on", 9, &on)
        try visitor.field("reason", 10, &reason)
    }
}

/// `enrolment.completed` (結訓).
package struct EnrolmentCompleted: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package var certificate = false
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("on", 9, &on)
        try visitor.field("certificate", 10, &certificate)
    }
}

/// `survey.submitted` (參訓學員意見調查表).
package struct SurveySubmitted: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("on", 9, &on)
    }
}

/// `inspection.evaded` (規避查對).
package struct InspectionEvaded: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("on", 9, &on)
    }
}
