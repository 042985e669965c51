import EventLog

/// Why personal data could not be sealed, opened or erased, as data. Never names a person, a text or a key.
package struct PersonalDataError: Error, Hashable, Sendable {
    /// The causes, as stable codes.
    package enum Code: String, Sendable, CaseIterable {
        /// The keys of this ledger, or the key-encryption key, are not where they were looked for.
        case noKeys
        /// The key-encryption key is not the one that the keys were wrapped under.
        case wrongKey
        /// The key-encryption key or the keys can be read by others than their owner.
        case exposed
        /// Keys, key-encryption key or register lie inside the ledger, where every backup of it takes them along.
        case insideLedger
        /// Several key directories beside the ledger have keys of it.
        case ambiguous
        /// Stored bytes are not what was written.
        case damaged
        /// Another writer uses the keys.
        case inUse
        /// A file could not be read or written.
        case inputOutput
        /// The ledger, its keys and the register of erasures do not stand at the same erasure: one of them was put back
        /// from an older copy, or an erasure was cut off.
        case erasuresNotApplied
    }

    package let code: Code
    /// One sentence in English.
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    init(_ error: LogError) {
        self.init(error.code == .inUse ? .inUse : error.code == .damaged ? .damaged : .inputOutput, error.description)
    }

    /// The exit status for a command that ends on this error (sysexits).
    package var exitStatus: Int32 {
        switch code {
        case .noKeys, .wrongKey: 66
        case .exposed, .insideLedger, .ambiguous: 64
        case .damaged: 65
        case .inUse: 75
        case .inputOutput: 74
        case .erasuresNotApplied: 1
        }
    }
}

/// Runs what throws errors of files, and passes them on.
func fromFiles<Value>(_ work: () throws(LogError) -> Value) throws(PersonalDataError) -> Value {
    do throws(LogError) { return try work() } catch { throw PersonalDataError(error) }
}
