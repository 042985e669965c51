/// Something in a ledger's files that is not as it was written.
package struct Damage: Hashable, Sendable, CustomStringConvertible {
    /// What it looks like.
    package enum Kind: String, Hashable, Sendable {
        /// The tail of a log whose writer did not close it; the next writer's open cuts it. Nothing that was
        /// acknowledged is in it.
        case torn
        /// Bytes that a checksum or a mark disproves, or that are gone.
        case rot
        /// Every checksum holds, and yet the content contradicts itself or the tree.
        case format
    }

    /// What it looks like.
    package var kind: Kind
    /// Where it is.
    package var place: LogError.Place
    /// One sentence for a person.
    package var message: String

    /// A damage from its parts.
    package init(_ kind: Kind, _ message: String, _ place: LogError.Place) {
        self.kind = kind
        self.message = message
        self.place = place
    }

    package var description: String { "\(kind.rawValue): \(message) (\(place))" }
}

/// What `verifyLog` read and found.
package struct VerificationReport: Hashable, Sendable {
    /// Everything that is not as it was written, in the order of the files; empty for a sound ledger.
    package var damages: [Damage] = []
    /// The format version that `ledger.json` says, or the first segment if that cannot be read.
    package var formatVersion: UInt16?
    /// Records read with every checksum right.
    package var records: UInt64 = 0
    /// Segment files read.
    package var segments = 0
    /// Commits and sealed blocks read.
    package var commits: UInt64 = 0
    /// Bytes read of the segment files.
    package var bytes: UInt64 = 0
    /// Tree over all records; nil if damage keeps it from being computed.
    package var treeHead: TreeHead?
    /// What is worth telling and is no damage: files in quarantine, interrupted work.
    package var notes: [String] = []

    /// Whether nothing is damaged; a torn tail, which the next writer cuts, is none.
    package var isSound: Bool { damages.allSatisfy { $0.kind == .torn } }
}
