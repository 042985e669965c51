import EventLog
import Histories
import TrainingEvents

/// What a partial result says of itself: what it was made of and what it holds.
struct PartialHead: SnapshotFact, Hashable {
    /// The rulebook that was decided by.
    struct Book: Hashable {
        var id: String
        var digest: String
    }

    /// The plan by its digest, and the shard's number in it.
    var plan: TreeHash
    var shard: UInt64
    var book: Book
    /// The second rulebook of a comparison; `nil` for a rebuild.
    var comparedWith: Book?
    /// Persons whose first ID is one of the shard's, and IDs that stand.
    var persons: UInt64 = 0
    var trainees: UInt64 = 0
    /// How many blocks there are of leaves, and how many behind them of applicants; or of changed decisions, and none.
    var firstBlocks: UInt64 = 0
    var secondBlocks: UInt64 = 0
    /// The books of the shard's trainees.
    var balances: [TrialBalance.Line] = []
    /// What was compared.
    var totals: [TotalsOfKind] = []

    static var blank: Self {
        Self(plan: MerkleTree.emptyRoot, shard: 0, book: Book(id: "", digest: ""))
    }

    mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&plan)
        try coder.code(&shard)
        try book.code(&coder)
        try coder.code(&comparedWith, blank: Book(id: "", digest: "")) { coder, book throws(SnapshotFault) in
            try book.code(&coder)
        }
        try coder.code(&persons)
        try coder.code(&trainees)
        try coder.code(&firstBlocks)
        try coder.code(&secondBlocks)
        try coder.code(&balances)
        try coder.code(&totals)
    }
}

extension PartialHead.Book {
    fileprivate mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&id)
        try coder.code(&digest)
    }
}

/// The figures of one kind of decision in a comparison.
struct TotalsOfKind: SnapshotFact, Hashable {
    var kind: DecisionKind
    /// By the order of ``DecisionChange/Kind/allCases``.
    var counts: [UInt64]
    var beforeNTD: Int64
    var afterNTD: Int64

    static var blank: Self { Self(kind: .placeholder, counts: [], beforeNTD: 0, afterNTD: 0) }

    mutating func code<Coder: SnapshotCoder>(_ coder: inout Coder) throws(SnapshotFault) {
        try coder.code(&kind)
        // Counts, which are no positions, but as many.
        try coder.code(positions: &counts)
        try coder.code(&beforeNTD)
        try coder.code(&afterNTD)
    }
}
