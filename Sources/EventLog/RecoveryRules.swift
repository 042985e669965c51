/// What the writer's open does about the tail of the log: one row for every case.
package struct RecoveryRule: Hashable, Sendable {
    /// What stands behind the last commit that completes its batch.
    package var finding: Finding
    /// Whether a mark says that records at or beyond that point were acknowledged: in a later commit, or in
    /// the publication.
    package var isAcknowledged: Bool
    /// What is done.
    package var decision: RecoveryDecision
    /// Why.
    package var because: String

    /// The table; every pair of finding and mark stands in it once.
    package static let table: [RecoveryRule] = [
        .init(.nothing, false, .accept, "the log ends where a batch ends"),
        .init(.nothing, true, .refuse, "acknowledged records are gone"),
        .init(.zeros, false, .cut, "space that no sync ever filled"),
        .init(.zeros, true, .refuse, "acknowledged records are zeros"),
        .init(.incompleteCommit, false, .cut, "a commit whose sync never returned"),
        .init(.incompleteCommit, true, .refuse, "sectors of an acknowledged commit are gone"),
        .init(.unfinishedBatch, false, .cut, "a batch that is all or nothing, and not all there"),
        .init(.unfinishedBatch, true, .refuse, "the end of an acknowledged batch is gone"),
        .init(.badSector, false, .refuse, "no crash leaves such a sector"),
        .init(.badSector, true, .refuse, "no crash leaves such a sector"),
        .init(.laterCommit, false, .refuse, "the missing commit was durable before the later one was written"),
        .init(.laterCommit, true, .refuse, "the missing commit was durable before the later one was written"),
        .init(.inconsistent, false, .refuse, "every sector stands, so no crash explains it"),
        .init(.inconsistent, true, .refuse, "every sector stands, so no crash explains it"),
    ]

    /// The row for a case.
    package static func rule(_ finding: Finding, isAcknowledged: Bool) -> RecoveryRule {
        guard let rule = table.first(where: { $0.finding == finding && $0.isAcknowledged == isAcknowledged }) else {
            preconditionFailure("the table has a row for every case")
        }
        return rule
    }

    private init(_ finding: Finding, _ isAcknowledged: Bool, _ decision: RecoveryDecision, _ because: String) {
        self.finding = finding
        self.isAcknowledged = isAcknowledged
        self.decision = decision
        self.because = because
    }
}

/// What is done about a tail.
package enum RecoveryDecision: Hashable, Sendable {
    /// The log is whole.
    case accept
    /// The tail is torn: it is copied to `quarantine/`, then cut.
    case cut
    /// The tail is rot: nothing is cut, and there is no writing until it is repaired.
    case refuse
}

/// What the writer's open found and did.
package struct RecoveryReport: Hashable, Sendable {
    /// One piece that was cut.
    package struct Cut: Hashable, Sendable {
        /// The segment file, relative to the ledger's directory.
        package var file: String
        package var bytes: Range<UInt64>
        package var finding: Finding
        /// Where the bytes were kept, relative to the ledger's directory; nil if they were all zero.
        package var keptAs: String?
    }

    /// The pieces cut, none after a clean close.
    package var cuts: [Cut] = []
    /// Whether the last writer closed the log.
    package var wasClosedCleanly = false
    /// The head after recovery.
    package var head: UInt64 = 0
    /// Temporary files of interrupted work that were removed.
    package var removed: [String] = []
    /// What is worth telling though it stops nothing.
    package var notes: [String] = []
}
