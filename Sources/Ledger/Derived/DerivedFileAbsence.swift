package import EventLog

/// Why a derived file cannot be used. The caller makes it anew, or does without it; nothing is lost.
package struct DerivedFileAbsence: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is the matter.
    package enum Reason: Hashable, Sendable {
        /// There is no such file.
        case missing
        /// It is not as it was written.
        case damaged(String)
        /// It was made in another layout, by an earlier or a later program.
        case otherLayout
        /// It was made for another ledger.
        case otherLedger
        /// It covers positions up to one at which the log has no segment: the log is an older copy, perhaps.
        case notInLog
        /// The records that it was made from are not those of this log.
        case otherTree
        /// It, or the log's header that it is checked against, cannot be read.
        case unreadable(LogError)
    }

    /// The file, relative to the ledger's directory.
    package let file: String
    /// What is the matter with it.
    package let reason: Reason

    package var description: String {
        let what =
            switch reason {
            case .missing: "there is none"
            case .damaged(let detail): "it is damaged: \(detail)"
            case .otherLayout: "it has another layout"
            case .otherLedger: "it belongs to another ledger"
            case .notInLog: "the log has no segment that begins where it ends"
            case .otherTree: "it was made from other records"
            case .unreadable(let error): error.description
            }
        return "\(file): \(what)"
    }
}
