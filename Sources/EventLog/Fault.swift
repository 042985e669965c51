/// What stands where the next commit of a segment should.
package enum Finding: String, Hashable, Sendable, CaseIterable {
    /// Nothing: the file ends with a commit that completes its batch.
    case nothing
    /// Only zeros, or less than a sector.
    case zeros
    /// Some sectors of the next commit; the others are missing or zero.
    case incompleteCommit
    /// Whole commits of a batch whose last commit is not there.
    case unfinishedBatch
    /// A sector that is neither valid nor zero.
    case badSector
    /// Sectors of a commit later than the next: the next was durable before they were written.
    case laterCommit
    /// All sectors stand, but the commit contradicts itself, the tree or the commits before it.
    case inconsistent
}

/// A place in a segment where no commit can be read.
struct Fault {
    /// The segment file, relative to the ledger's directory.
    var file: String
    /// The chunk number of the commit that should stand here.
    var number: UInt32
    /// The bytes that are not explained by a commit.
    var bytes: Range<UInt64>
    /// The positions lost; the end is a lower bound if nothing later stands.
    var positions: Range<UInt64>
    /// What stands there.
    var finding: Finding
    /// One sentence for a person.
    var reason: String
    /// The acknowledged mark of the commit itself, 0 if it cannot be read.
    var acknowledged: UInt64
    /// Whether no later commit stands in the segment.
    var isLast: Bool

    /// The place, for errors and reports.
    var place: LogError.Place { .init(file: file, chunk: number, bytes: bytes, positions: positions) }

    /// The fault as an error.
    var error: LogError { LogError(.damaged, reason, place) }
}

/// Counts what the sectors of a faulty place are.
struct Evidence {
    /// Sectors of the commit that should stand there.
    var own = 0
    /// Sectors that are zero, and one that the end of the file cuts.
    var lacking = 0
    /// Whether a sector of a later commit was seen.
    var hasLater = false
    private var badCount = 0
    private var firstBad: UInt64 = 0

    /// Counts a sector that is neither valid here nor zero.
    mutating func note(bad offset: UInt64) {
        if badCount == 0 { firstBad = offset }
        badCount += 1
    }

    /// What it comes to; `expected` is the commit's header if its first sector stands, `isContradictory` says
    /// that the sectors that stand contradict each other.
    func finding(_ expected: CommitHeader?, isContradictory: Bool) -> Finding {
        if badCount > 0 { return .badSector }
        if hasLater { return .laterCommit }
        if isContradictory { return .inconsistent }
        if own == 0 { return .zeros }
        // Nothing lacks, or more stands than the commit has: it was written whole and yet does not fit together.
        if let expected, own >= expected.sectors { return .inconsistent }
        return .incompleteCommit
    }

    /// One sentence on it.
    var reason: String {
        if badCount > 0 {
            return "\(badCount) sector\(badCount == 1 ? "" : "s") neither valid nor zero, the first at byte \(firstBad)"
        }
        if hasLater { return "a commit is missing before later ones" }
        if own == 0 { return "only zeros" }
        return "\(own) sectors of a commit, the others missing or zero"
    }
}
