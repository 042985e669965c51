/// A file of the keys, or the ledger's stamp of erasures, that is not as it was written.
package struct KeyFileFault: Hashable, Sendable {
    /// What kind of file it is, which tells how it is mended.
    package enum Part: Sendable, CaseIterable {
        /// `keys.1`, `keys.2`, `national-ids.1`, `national-ids.2`: every row stands in both of a pair.
        case rows
        /// The key-encryption key.
        case keyEncryptionKey
        /// The register of erasures.
        case register
        /// The register beside the keys.
        case mirror
        /// `erasures` beside the keys.
        case stampOfKeys
        /// `erasures` in the ledger.
        case stampOfLedger
    }

    package let part: Part
    /// The path.
    package let file: String
    /// What is wrong with it, in English.
    package let reason: String
}

/// What looking at the files of keys found.
package struct KeyFilesReport: Hashable, Sendable {
    /// In the order in which they are to be mended.
    package internal(set) var faults: [KeyFileFault] = []
    /// What is worth telling and is no damage: interrupted work, what could not be looked at.
    package internal(set) var notes: [String] = []

    package init() {}

    /// Of a ledger whose keys are not at hand.
    package init(stampFault: KeyFileFault?, note: String? = nil) {
        faults = [stampFault].compactMap(\.self)
        notes = [note].compactMap(\.self)
    }
}
