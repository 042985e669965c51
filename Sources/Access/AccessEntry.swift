package import TrainingEvents

/// Why something was denied.
package enum Refusal: UInt8, CodeEnum {
    /// No credential was shown.
    case noCredential = 1
    /// No such principal, or not with this credential. Which of the two is not told.
    case unknownPrincipal
    /// The principal does not hold the role in which they asked.
    case roleNotHeld
    /// No role of the principal may do this.
    case notPermitted
    /// No case of this trainee is assigned to the principal.
    case caseNotAssigned
    /// The subject has nothing to do with the principal's training units.
    case otherUnit
    /// A second key officer is needed.
    case secondPersonMissing
    /// The second person is the first one, or may not do this.
    case secondPersonNotPermitted
    /// What it is needed for was not said.
    case purposeMissing

    package static let codes = CodeNames<Refusal>()
}

/// One record of the log of reads: who asked what, about whom, as what and for what, and what was decided. Written before
/// the answer is given.
package struct AccessEntry: FieldGroup {
    package static let schemaName = "AccessEntry"

    package var operation = Operation.readEvents
    /// Why it was denied; `nil` if it was granted.
    package var refusal: Refusal?
    /// Who asked, as far as it is proven.
    package var principal: String?
    package var role: Role?
    /// The second person, where one is needed.
    package var second: String?
    package var purpose: String?
    package var subject: AccessSubjectKind?
    /// The IDs of the subject: all of the trainee's person, so that whoever links IDs later still finds who looked.
    package var ids: [String]?
    /// The classes of personal texts that were opened.
    package var texts: [String]?
    /// How many events the ledger had.
    package var position: Int64 = 0
    /// How many grants were known.
    package var grants: Int64 = 0
    package init() {}

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("operation", 1, &operation)
        try visitor.field("refusal", 2, &refusal)
        try visitor.field("principal", 3, &principal, .identifier)
        try visitor.field("role", 4, &role)
        try visitor.field("second", 5, &second, .identifier)
        try visitor.field("purpose", 6, &purpose, .label)
        try visitor.field("subject", 7, &subject)
        try visitor.list("ids", 8, &ids, .identifier, required: false)
        try visitor.list("texts", 9, &texts, .identifier, required: false)
        try visitor.field("position", 10, &position, .sequence)
        try visitor.field("grants", 11, &grants, .sequence)
    }
}
