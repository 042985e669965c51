package import CivilTime
package import TrainingEvents

/// What a change of the grants does.
package enum GrantChange: UInt8, CodeEnum {
    /// A principal is known from now on, by a credential.
    case principalAdded = 1
    /// A principal may nothing more. The name is never given again.
    case principalRemoved
    /// Another credential counts for the principal, and the old one does not.
    case credentialReplaced
    /// The principal may act in a role; a clerk for a training unit.
    case roleGranted
    case roleRevoked
    /// The case of a trainee is a reviewer's.
    case caseAssigned
    case caseClosed

    package static let codes = CodeNames<GrantChange>()
}

/// One record of the log of grants: who may do what from then on, and which two key officers said so.
package struct GrantEntry: FieldGroup {
    package static let schemaName = "GrantEntry"

    package var change = GrantChange.principalAdded
    package var principal = ""
    /// The role that is granted or revoked.
    package var role: Role?
    /// The training unit that a clerk's role is for; all of them where there is none.
    package var unit: String?
    /// The trainee whose case it is.
    package var trainee: String?
    /// The hash of the credential.
    package var credential: String?
    /// The key officers who decided it; none for the first entries of a ledger.
    package var by: [String]? = []
    package init() {}

    package init(_ change: GrantChange, _ principal: String) {
        self.change = change
        self.principal = principal
    }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("change", 1, &change)
        try visitor.field("principal", 2, &principal, .identifier)
        try visitor.field("role", 3, &role)
        try visitor.field("unit", 4, &unit, .identifier)
        try visitor.field("trainee", 5, &trainee, .identifier)
        try visitor.field("credential", 6, &credential, .identifier)
        try visitor.list("by", 7, &by, .identifier, required: true)
    }

    /// What each change needs and nothing else.
    ///
    /// - Throws: `missingField`, `invalidText`, `personalData`.
    package func validate() throws(EventError) {
        try String.checkIdentifier(principal)
        for id in [unit, trainee].compactMap(\.self) { try String.checkIdentifier(id) }
        let isAboutRole = change == .roleGranted || change == .roleRevoked
        let isAboutCase = change == .caseAssigned || change == .caseClosed
        let isAboutCredential = change == .principalAdded || change == .credentialReplaced
        guard (role != nil) == isAboutRole, (trainee != nil) == isAboutCase, (credential != nil) == isAboutCredential,
            unit == nil || role == .clerk
        else {
            throw EventError(.missingField, field: change.name, expected: "the fields of this change and no others")
        }
    }
}

/// When a record of the access logs was written, and nothing else: their records have the parts of the ledger's.
package struct EntryEnvelope: FieldGroup {
    package static let schemaName = "EntryEnvelope"

    package var recordedTime = Instant.placeholder
    package init() {}
    package init(recordedTime: Instant) { self.recordedTime = recordedTime }

    package mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) throws(EventError) {
        try visitor.field("recordedTime", 1, &recordedTime)
    }
}
