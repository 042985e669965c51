package import CivilTime

/// A paper that was handed in (應備文件): its code, and the day it was issued where that matters.
package struct Paper: FieldGroup {
    package static let schemaName = "Paper"

    package var code = ""
    package var issuedOn: CivilDate?

    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("code", 1, &code, .openCode(OpenCodes.documents))
        try visitor.field("issuedOn", 2, &issuedOn)
    }

    package static func shorthand(_ text: String) throws(EventError) -> Paper? {
        var paper = Paper()
        paper.code = try text.checked(as: .openCode(OpenCodes.documents))
        return paper
    }

    package var shorthand: String? { issuedOn == nil ? code : nil }
}

/// A spell of insurance (投保期間): from the first day insured to the last, `nil` while it runs.
package struct InsuranceSpell: FieldGroup {
    package static let schemaName = "InsuranceSpell"

    package var scheme = InsuranceScheme.placeholder
    package var from = CivilDate.placeholder
    package var to: CivilDate?
    package var mark: InsuranceMark?
    package var employer: String?
    package var insuredSalaryNTD: Int64?

    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("scheme", 1, &scheme)
        try visitor.field("from", 2, &from)
        try visitor.field("to", 3, &to)
        try visitor.field("mark", 4, &mark)
        try visitor.field("employer", 5, &employer, .label)
        try visitor.field("insuredSalary", 6, &insuredSalaryNTD, .amountNTD)
    }

    package func validate() throws(EventError) { try requireOrder(from, to, field: "to") }

    /// Whether the spell covers the day.
    package func covers(_ day: CivilDate) -> Bool {
        from <= day && (to.map { day <= $0 } ?? true)
    }
}

/// `identity.certified`: a category holds from one day to another (身分認定).
package struct IdentityCertified: EventPayload {
    package var category = Category.placeholder
    package var validFrom = CivilDate.placeholder
    package var validTo: CivilDate?
    package var documents: [Paper]?
    /// The event's `time` once more, so that the facts hold all that is folded; records of before lack it.
    package var certifiedAt: Instant?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("category", 8, &category)
        try visitor.field("validFrom", 9, &validFrom)
        try visitor.field("validTo", 10, &validTo)
        try visitor.groups("documents", 11, &documents, required: true)
        try visitor.derived("certifiedAt", 12, &certifiedAt)
    }

    package func validate() throws(EventError) {
        try requireOrder(validFrom, validTo, field: "validTo")
    }
}

/// `identity.revoked`: the category no longer holds from this day on.
package struct IdentityRevoked: EventPayload {
    package var category = Category.placeholder
    package var on = CivilDate.placeholder
    package var reason: PersonalText?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("category", 8, &category)
        try visitor.field("on", 9, &on)
        try visitor.required("reason", 1, &reason, keptAs: .dossier)
    }
}

/// `affidavit.filed` (切結書).
package struct AffidavitFiled: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var kind = ""
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("kind", 9, &kind, .openCode(OpenCodes.affidavits))
        try visitor.field("on", 10, &on)
    }
}

/// `insurance.verified`: the whole insurance history as known on `asOf`; replaces earlier ones.
package struct InsuranceVerified: EventPayload {
    package var asOf = CivilDate.placeholder
    package var method = VerificationMethod.placeholder
    package var spells: [InsuranceSpell]?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("asOf", 8, &asOf)
        try visitor.field("method", 9, &method)
        try visitor.groups("spells", 10, &spells, required: true)
    }
}

/// `jobSearch.registered` (求職登記).
package struct JobSearchRegistered: EventPayload {
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("on", 8, &on)
    }
}

/// `work.reported` (工作事實).
package struct WorkReported: EventPayload {
    package var kind = WorkKind.placeholder
    package var from = CivilDate.placeholder
    package var to: CivilDate?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("kind", 8, &kind)
        try visitor.field("from", 9, &from)
        try visitor.field("to", 10, &to)
    }

    package func validate() throws(EventError) {
        try requireOrder(from, to, field: "to")
    }
}

/// `referral.issued` (職業訓練推介單).
package struct ReferralIssued: EventPayload {
    package var classNumber = ClassNumber.placeholder
    package var on = CivilDate.placeholder
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("class", 8, &classNumber)
        try visitor.field("on", 9, &on)
    }
}

/// `benefit.recorded`: drawn elsewhere.
package struct BenefitRecorded: EventPayload {
    package var kind = BenefitKind.placeholder
    package var from = CivilDate.placeholder
    package var to: CivilDate?
    package var halfMonths: Int64?
    package var amountNTD: Int64?
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("kind", 8, &kind)
        try visitor.field("from", 9, &from)
        try visitor.field("to", 10, &to)
        try visitor.field("halfMonths", 11, &halfMonths, .halfMonths)
        try visitor.field("amount", 12, &amountNTD, .amountNTD)
    }

    package func validate() throws(EventError) {
        try requireOrder(from, to, field: "to")
        let isTrainingAllowance = kind == .employmentInsuranceTrainingAllowance || kind == .otherTrainingAllowance
        if isTrainingAllowance, halfMonths == nil {
            throw EventError(.missingField, field: "halfMonths", expected: "the half-months drawn, for \(kind.name)")
        }
    }
}
