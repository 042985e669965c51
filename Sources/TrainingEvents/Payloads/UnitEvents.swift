package import CivilTime

/// The facts of a training unit (訓練單位): all of them at registration, the changed ones in an amendment.
package struct UnitFields: Hashable, Sendable {
    package var name: String?
    package var kind: UnitKind?
    package var county: String?
    package var foundedOn: CivilDate?
    package var ttqs: TTQSCertificate?
    package var reviewGrade: ReviewGrade?
    package var insuranceArrears: Bool?
    package var registeredPlace: String?
    package var registeredTrades: [String]?

    package init() {}

    mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor, isFirst: Bool) throws(EventError) {
        try visitor.field("name", 8, &name, .label, required: isFirst)
        try visitor.field("kind", 9, &kind, required: isFirst)
        try visitor.field("county", 10, &county, .label, required: isFirst)
        try visitor.field("foundedOn", 11, &foundedOn, required: isFirst)
        try visitor.group("ttqs", 12, &ttqs)
        try visitor.field("reviewGrade", 13, &reviewGrade)
        try visitor.field("insuranceArrears", 14, &insuranceArrears)
        try visitor.field("registeredPlace", 15, &registeredPlace, .label)
        try visitor.list("registeredTrades", 16, &registeredTrades, .label, required: false)
    }

    /// These facts with the ones that `change` names put in their place.
    package func amended(by change: UnitFields) -> UnitFields {
        var result = self
        result.name = change.name ?? name
        result.kind = change.kind ?? kind
        result.county = change.county ?? county
        result.foundedOn = change.foundedOn ?? foundedOn
        result.ttqs = change.ttqs ?? ttqs
        result.reviewGrade = change.reviewGrade ?? reviewGrade
        result.insuranceArrears = change.insuranceArrears ?? insuranceArrears
        result.registeredPlace = change.registeredPlace ?? registeredPlace
        result.registeredTrades = change.registeredTrades ?? registeredTrades
        return result
    }
}

/// A TTQS certificate (人才發展品質管理系統評核證書).
package struct TTQSCertificate: FieldGroup {
    package static let schemaName = "TTQSCertificate"

    package var edition = CertificateEdition.placeholder
    package var grade = ""
    package var validFrom = CivilDate.placeholder
    package var validTo = CivilDate.placeholder

    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("edition", 1, &edition)
        try visitor.field("grade", 2, &grade, .label)
        try visitor.field("validFrom", 3, &validFrom)
        try visitor.field("validTo", 4, &validTo)
    }

    package func validate() throws(EventError) {
        try requireOrder(validFrom, validTo, field: "validTo")
    }
}

/// `unit.registered`.
package struct UnitRegistered: EventPayload {
    /// The number that the unit was given; `nil` in records made before it was added.
    package var number: UnitNumber?
    package var fields = UnitFields()
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.derived("number", 5, &number)
        try fields.visit(&visitor, isFirst: true)
    }
}

/// `unit.amended`: the changed fields, and why.
package struct UnitAmended: EventPayload {
    package var fields = UnitFields()
    package var reason: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try fields.visit(&visitor, isFirst: false)
        try visitor.required("reason", 1, &reason, keptAs: .dossier)
    }
}

/// `complaint.filed` (陳情).
package struct ComplaintFiled: EventPayload {
    package var complaint = ""
    package var on = CivilDate.placeholder
    package var county = ""
    package var confidential = false
    package var author: PersonalText?
    package var handler: PersonalText?
    package var text: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("complaint", 8, &complaint, .identifier)
        try visitor.field("on", 9, &on)
        try visitor.field("county", 10, &county, .label)
        try visitor.field("confidential", 11, &confidential)
        try visitor.personal("author", 1, &author, keptAs: .dossier)
        try visitor.personal("handler", 2, &handler, keptAs: .office)
        try visitor.personal("text", 3, &text, keptAs: .dossier)
    }
}

/// Refuses the days of a class that can only be a mistyped year: over ten years.
func requirePlausibleLength(_ from: CivilDate?, _ to: CivilDate?, field: String) throws(EventError) {
    guard let from, let to, to.days(since: from) > Limits.classDays else { return }
    throw EventError(.outOfRange, field: field, found: "\(from) to \(to)", expected: "a class of at most ten years")
}

/// Refuses an end before its beginning.
func requireOrder(_ from: CivilDate, _ to: CivilDate?, field: String) throws(EventError) {
    guard let to, to < from else { return }
    throw EventError(.outOfRange, field: field, found: "\(to)", expected: "a day from \(from) on")
}
