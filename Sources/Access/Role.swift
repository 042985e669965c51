package import TrainingEvents

/// What somebody is to the ledger. A principal may hold several roles, and acts in one at a time.
///
/// Numbers stand in the log of grants: never reused, only added to.
package enum Role: UInt8, CodeEnum {
    /// Replays the whole history and checks it; names, numbers and free text stay masked (稽核員).
    case auditor = 1
    /// Reads the records of the trainees whose cases are assigned to them (訴願審查員).
    case reviewer
    /// Records events and settles classes of their own training units (承辦人).
    case clerk
    /// Rebuilds, copies, repairs and seals; reads nobody's record (系統管理員).
    case `operator`
    /// Erases personal data and says who may do what, each with a second key officer (金鑰管理員).
    case keyOfficer

    package static let codes = CodeNames<Role>()
}
