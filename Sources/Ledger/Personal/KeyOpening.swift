package import EventLog
package import PersonalData
import TrainingEvents

/// The keys of a ledger on this machine.
package typealias LedgerKeys = PersonalDataKeys<RealFileSystem>

/// How the keys of a ledger are opened.
package struct KeyUse: Sendable {
    /// Where they are.
    package var options: KeyOptions
    /// Open even where erasures are not applied, in order to apply them.
    package var isApplyingErasures: Bool

    /// - Parameter options: by default what the environment says, else keys are looked for beside the ledger.
    package init(_ options: KeyOptions = .ofEnvironment, applyingErasures isApplyingErasures: Bool = false) {
        self.options = options
        self.isApplyingErasures = isApplyingErasures
    }

    /// The keys of the ledger in `directory`; `nil` if there are none.
    ///
    /// - Throws: `personalData`: `erasuresNotApplied` before anything of the ledger is served.
    func keys(of directory: String, _ id: LedgerID, forWriting: Bool) throws(LedgerError) -> LedgerKeys? {
        try fromKeys { () throws(PersonalDataError) in
            let files = RealFileSystem()
            guard let places = try options.places(of: directory, id: id.bytes, files: files) else { return nil }
            return try LedgerKeys(
                of: directory, ledger: id.bytes, at: places, forWriting: forWriting, files: files,
                applyingErasures: isApplyingErasures)
        }
    }
}

/// Runs what throws errors of the keys, and passes them on as errors of the ledger.
func fromKeys<Value>(_ work: () throws(PersonalDataError) -> Value) throws(LedgerError) -> Value {
    do throws(PersonalDataError) { return try work() } catch { throw .personalData(error) }
}
