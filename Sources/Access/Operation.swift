package import TrainingEvents

/// What is asked of a ledger. Every question and every change that a face can ask for is one of these.
///
/// Numbers stand in the log of reads: never reused, only added to.
package enum Operation: UInt8, CodeEnum {
    /// Events as they were recorded: `events`.
    case readEvents = 1
    /// A trainee's events and what they changed: `timeline`.
    case readTimeline
    /// A trainee's quota, months and attendance: `balance`.
    case readBalance
    /// Decisions with their reasons: `decide`.
    case decide
    /// Lists of everyone: `report`, `deadlines`.
    case readReport
    /// Who would get what else: `compare`, and `fold-shard` and `merge` of a comparison.
    case compareRules
    /// Whose a national ID is: `find`.
    case findTrainee
    /// Records and their proofs: `prove`, `export` with records.
    case proveEvents
    /// New events: `append`.
    case recordEvents
    /// The payouts due of a class: `settle`.
    case settleClass
    /// A rulebook to decide by: `rulebook adopt`.
    case adoptRulebook
    /// Every projection from the log: `rebuild`, `bench`, `plan`, `fold-shard`, `merge`.
    case rebuild
    /// Every byte: `verify`.
    case verify
    /// Consistency with checkpoints kept outside, hashes only: `audit`, `export --hashes-only`.
    case auditHashes
    /// A signed checkpoint: `checkpoint`.
    case signCheckpoint
    /// A verified copy: `backup`, `promote`, and what a server gives to those who follow.
    case copyLedger
    /// Damage mended from a copy: `repair`.
    case repairLedger
    /// Full segments put into their final form: `seal`.
    case sealSegments
    /// A trainee's personal data destroyed: `erase`.
    case erase
    /// Erasures carried out again after a restore: `erase --apply-register`.
    case applyErasures
    /// Who looked: `access`.
    case readAccess
    /// Principals, their roles, units and cases: `principal list`.
    case readPrincipals
    /// Changes of these: `principal add` and the like.
    case administerPrincipals
    /// Whom of a class to match with the insurer: `list insurance-match`.
    case matchInsurance
    /// The payouts of a class with the accounts they go to: `list payments`.
    case listPayments
    /// Who has to do with a class, by name, and their attendance: `list roster`.
    case readRoster

    package static let codes = CodeNames<Operation>()

    /// Whether the answer holds what is recorded about trainees, so that asking needs a purpose.
    package var readsTrainees: Bool {
        switch self {
        case .readEvents, .readTimeline, .readBalance, .decide, .readReport, .compareRules, .findTrainee, .proveEvents,
            .settleClass, .matchInsurance, .listPayments, .readRoster:
            true
        case .recordEvents, .adoptRulebook, .rebuild, .verify, .auditHashes, .signCheckpoint, .copyLedger,
            .repairLedger, .sealSegments, .erase, .applyErasures, .readAccess, .readPrincipals, .administerPrincipals:
            false
        }
    }

    /// Whether one person alone may not do it.
    package var needsSecondPerson: Bool { self == .erase || self == .administerPrincipals }
}
