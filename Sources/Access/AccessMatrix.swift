package import TrainingEvents

/// Which role may do what, to whose records, and which personal texts it then sees: the matrix role × operation × field.
///
/// What no line of it permits is denied. `docs/access.md` has the same matrix for people; a test holds both together.
package enum AccessMatrix {
    /// Whose records an operation may reach.
    package enum Reach: String, CaseIterable, Sendable {
        /// Those of the trainees whose cases are assigned to the principal.
        case ownCases
        /// Those of the principal's training units: their classes, and the trainees who have to do with them.
        case ownUnits
        /// All.
        case everything
    }

    /// What a role may do.
    package struct Permission: Hashable, Sendable {
        package let reach: Reach
        /// The personal texts that are opened; all others stay masked.
        package let texts: Set<RetentionClass>
    }

    /// What a role may do with an operation; `nil` for nothing.
    package static func permission(_ role: Role, _ operation: Operation) -> Permission? {
        switch role {
        case .auditor: auditor(operation)
        case .reviewer: reviewer(operation)
        case .clerk: clerk(operation)
        case .operator: systemOperator(operation)
        case .keyOfficer: keyOfficer(operation)
        }
    }

    private static let noTexts: Set<RetentionClass> = []

    /// Officials' names and grounds are open to auditors: they have to see who approved what. Whom it concerned stays
    /// masked.
    private static func auditor(_ operation: Operation) -> Permission? {
        switch operation {
        case .readEvents, .readTimeline: Permission(reach: .everything, texts: [.office])
        case .readBalance, .decide, .readReport, .compareRules, .proveEvents, .rebuild, .verify, .auditHashes,
            .readAccess, .readPrincipals, .matchInsurance, .listPayments, .readRoster:
            Permission(reach: .everything, texts: noTexts)
        default: nil
        }
    }

    /// An appeal is about entitlement: where the money went is not needed for it.
    private static func reviewer(_ operation: Operation) -> Permission? {
        switch operation {
        case .readEvents, .readTimeline:
            Permission(reach: .ownCases, texts: [.identity, .contact, .dossier, .office])
        case .readBalance, .decide, .proveEvents: Permission(reach: .ownCases, texts: noTexts)
        default: nil
        }
    }

    private static func clerk(_ operation: Operation) -> Permission? {
        switch operation {
        case .readEvents, .readTimeline:
            Permission(reach: .ownUnits, texts: [.identity, .contact, .payment, .dossier])
        case .readBalance, .decide, .readReport, .findTrainee, .recordEvents, .settleClass:
            Permission(reach: .ownUnits, texts: noTexts)
        // An insurer matches persons and a bank pays accounts, and neither needs more.
        case .matchInsurance: Permission(reach: .ownUnits, texts: [.identity])
        case .listPayments: Permission(reach: .ownUnits, texts: [.identity, .payment])
        case .readRoster: Permission(reach: .ownUnits, texts: [.identity])
        default: nil
        }
    }

    private static func systemOperator(_ operation: Operation) -> Permission? {
        switch operation {
        case .adoptRulebook, .compareRules, .rebuild, .verify, .auditHashes, .signCheckpoint, .copyLedger,
            .repairLedger, .sealSegments, .applyErasures:
            Permission(reach: .everything, texts: noTexts)
        default: nil
        }
    }

    private static func keyOfficer(_ operation: Operation) -> Permission? {
        switch operation {
        case .erase: Permission(reach: .everything, texts: [.office])
        case .applyErasures, .readAccess, .readPrincipals, .administerPrincipals:
            Permission(reach: .everything, texts: noTexts)
        default: nil
        }
    }
}
