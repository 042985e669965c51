import EventLog
import Transparency

/// The tree of a log, for making proofs.
///
/// A subtree of up to 128 records is hashed anew; one of 256 to 65,536 comes from the files of kind `subtrees`, or is
/// hashed too if there is none; larger ones are found in segment headers: the header at (i+1)·2^k, with i even, ends in
/// the root of leaves i·2^k up to there. So a proof costs at most 256 leaf hashes and O(log² n) others, where the files
/// stand; the records behind the last finished segment, at most 65,536, are hashed in any case.
struct LogTree<Files: FileSystem>: SubtreeSource {
    private let log: LogReader<Files>
    private let directory: DerivedDirectory<Files>
    /// Roots of 256 leaves by their index.
    private var runs: [UInt64: TreeHash] = [:]
    /// The segments whose file was asked for.
    private var asked: Set<UInt64> = []
    /// The leaf hashes of the run that was hashed last.
    private var leaves: (run: UInt64, hashes: [TreeHash])?
    private static var height: Int { SubtreeFile.height }
    private static var windowHeight: Int { 16 }

    init(_ log: LogReader<Files>, in directory: DerivedDirectory<Files>) {
        self.log = log
        self.directory = directory
    }

    /// - Throws: `outOfRange`, `damaged`, `inputOutput`.
    mutating func subtreeRoot(level: Int, index: UInt64) throws(LogError) -> TreeHash {
        if level < Self.height {
            let first = index << UInt64(level)
            let run = first >> UInt64(Self.height)
            let start = Int(first - run << UInt64(Self.height))
            return MerkleTree.root(of: try leaves(ofRun: run)[start..<start + 1 << level])
        }
        if level == Self.height { return try root(ofRun: index) }
        if level >= Self.windowHeight, index & 1 == 0,
            let tree = try log.tree(beforeSegmentAt: (index + 1) << UInt64(level)), let last = tree.hashes.last
        {
            return last
        }
        return MerkleTree.nodeHash(
            try subtreeRoot(level: level - 1, index: 2 * index),
            try subtreeRoot(level: level - 1, index: 2 * index + 1))
    }

    /// The hash of a leaf.
    mutating func leaf(at position: UInt64) throws(LogError) -> TreeHash {
        try subtreeRoot(level: 0, index: position)
    }

    private mutating func root(ofRun run: UInt64) throws(LogError) -> TreeHash {
        if let known = runs[run] { return known }
        try takeSegment(holding: run << UInt64(Self.height))
        if let known = runs[run] { return known }
        // It lies across the border of two segment files.
        let root = MerkleTree.root(of: try leaves(ofRun: run))
        runs[run] = root
        return root
    }

    /// Finds the roots of all runs within the segment that holds a position, from its file or from its records.
    private mutating func takeSegment(holding position: UInt64) throws(LogError) {
        let starts = log.segmentStarts
        guard let place = starts.lastIndex(where: { $0 <= position }), asked.insert(starts[place]).inserted else {
            return
        }
        let end = place + 1 < starts.count ? starts[place + 1] : log.head
        let positions = starts[place]..<end
        let isFinished = place + 1 < starts.count
        let subtrees = SubtreeFile.subtrees(of: positions)
        if isFinished, let hashes = SubtreeFile.read(positions, in: directory, log: log) {
            for (subtree, hash) in zip(subtrees, hashes) where subtree.level == Self.height {
                runs[subtree.index] = hash
            }
            return
        }
        let hashes = try log.leaves(of: positions)
        for subtree in subtrees where subtree.level == Self.height {
            let first = Int(subtree.leaves.lowerBound - positions.lowerBound)
            runs[subtree.index] = MerkleTree.root(of: hashes[first..<first + 1 << Self.height])
        }
    }

    /// The hashes of a run's leaves, as many as the log has.
    private mutating func leaves(ofRun run: UInt64) throws(LogError) -> [TreeHash] {
        if let leaves, leaves.run == run { return leaves.hashes }
        let first = run << UInt64(Self.height)
        let hashes = try log.leaves(of: first..<min(first + 1 << UInt64(Self.height), log.head))
        leaves = (run, hashes)
        return hashes
    }
}
