/// Goes through an open segment, checks the records against the tree, and keeps track of unfinished batches.
struct SegmentWalk<Files: FileSystem> {
    private var scan: SegmentScan<Files>
    private let hasher: LeafHasher
    private let firstPosition: UInt64
    /// The tree up to the commit that comes next; nil behind a fault, where it is unknown.
    private(set) var tree: CompactRange?
    /// Where the batch began that the commit before left unfinished.
    private(set) var batchStart: UInt64?
    /// The state behind the last commit that completed its batch.
    private(set) var complete: State
    /// The highest acknowledged mark met.
    private(set) var acknowledged: UInt64 = 0
    /// The last commit that completed a batch, and its offset.
    private(set) var lastCompleteCommit: (header: CommitHeader, offset: UInt64)?
    /// Whether the first commit continues a batch that began in the segment before.
    private(set) var continuesBatch = false
    /// Whether the first commit may do so, because the segment before was not walked.
    private var mayContinue = false
    /// The highest writer's epoch met.
    private(set) var epoch: UInt32
    /// Commits passed.
    private(set) var commits: UInt64 = 0
    /// Records passed.
    private(set) var records: UInt64 = 0

    /// A point between two commits.
    struct State {
        var offset: UInt64
        var number: UInt32
        var tree: CompactRange?
        var position: UInt64
        /// Whether the last commit before is a clean close's marker.
        var isClosed = false
    }

    /// How the segment before ended.
    enum Before {
        /// With a whole batch, or there is none.
        case complete
        /// In a batch that began at this position.
        case unfinished(UInt64)
        /// Nobody looked.
        case unknown
    }

    /// `hashes`: whether records are hashed and compared with the tree heads.
    init(_ file: SegmentFile<Files>, _ header: SegmentHeader, before: Before, hashes: Bool = true) {
        scan = SegmentScan(file, header, readsRecords: true)
        hasher = LeafHasher(secret: header.secret)
        tree = hashes ? header.tree : nil
        switch before {
        case .complete: break
        case .unfinished(let start): batchStart = start
        case .unknown: mayContinue = true
        }
        epoch = header.epoch
        firstPosition = header.first
        complete = State(offset: scan.offset, number: scan.number, tree: tree, position: header.first)
    }
}

extension SegmentWalk {
    /// The state before the commit that comes next, whether it completes a batch or not.
    var position: UInt64 { scan.position }

    /// Takes the next step: a fault, or nil at the end of the file or once position `limit` is reached. Commits
    /// are passed silently; `progress` is told the number of records so far.
    mutating func nextFault(
        until limit: UInt64? = nil, progress: ((UInt64) -> Void)? = nil, inspect: RecordInspector? = nil
    ) throws(LogError) -> Fault? {
        while true {
            if let limit, scan.position >= limit { return nil }
            switch try scan.next() {
            case .end: return nil
            case .fault(let fault):
                acknowledged = max(acknowledged, fault.acknowledged)
                tree = nil
                batchStart = nil
                return fault
            case .commit(let commit, let offset, let bytes):
                acknowledged = max(acknowledged, commit.acknowledged)
                if let reason = check(commit, bytes, inspect) {
                    tree = nil
                    batchStart = nil
                    return scan.inconsistent(commit, at: offset, reason)
                }
                pass(commit, at: offset)
                progress?(records)
            }
        }
    }

    /// Adds a commit's records to the tree; returns what is wrong with them, if anything.
    private mutating func check(
        _ commit: CommitHeader, _ bytes: UnsafeRawBufferPointer, _ inspect: RecordInspector?
    ) -> String? {
        if let tree, tree.root != commit.rootBefore {
            return "the records before do not hash to the commit's tree head"
        }
        if commit.acknowledged < commit.first {
            if commit.first == firstPosition { continuesBatch = true }
            // Behind a fault nobody knows whether a batch is under way.
            if tree != nil, !mayContinue, batchStart != commit.acknowledged {
                return "the commit continues a batch that did not begin"
            }
        } else if batchStart != nil {
            return "the batch before has no end"
        }
        mayContinue = false
        var cursor = RecordCursor(bytes)
        for index in 0..<UInt64(commit.count) {
            guard let range = cursor.next() else { return "the records are fewer than the commit says" }
            let record = bytes.part(range)
            guard RecordParts.split(record) != nil else { return "record \(commit.first + index) is not canonical" }
            inspect?(commit.first + index, record)
        }
        guard cursor.isAtEnd else { return "the records are longer than the commit says" }
        if var grown = tree.take() {
            hasher.append(bytes, count: Int(commit.count), from: commit.first, to: &grown)
            tree = grown
        }
        return nil
    }

    private mutating func pass(_ commit: CommitHeader, at offset: UInt64) {
        commits += 1
        records += UInt64(commit.count)
        epoch = max(epoch, commit.epoch)
        if commit.flags.contains(.moreFollows) {
            batchStart = commit.acknowledged
        } else {
            batchStart = nil
            lastCompleteCommit = (commit, offset)
            complete = State(
                offset: scan.offset, number: scan.number, tree: tree, position: scan.position,
                isClosed: commit.flags.contains(.closed))
        }
    }
}
