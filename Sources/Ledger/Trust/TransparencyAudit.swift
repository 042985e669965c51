import Access
package import EventLog
package import Transparency

/// Whether a ledger still begins with what a checkpoint says that someone has kept outside it.
///
/// Every record is read and hashed again; nothing in `derived/` is believed.
package struct LogAudit: Sendable {
    /// Something that is not as it was signed.
    package enum Finding: Hashable, Sendable {
        /// The log ends before the checkpoint: it was rolled back, or its end is lost.
        case missing(Range<UInt64>)
        /// Among these positions stands something else than what was signed.
        case rewritten(Range<UInt64>)
        /// The records of a segment file are not those that the next one goes on from.
        case brokenSegment(Range<UInt64>)
        /// Stored bytes are damaged, so that what stands there cannot be read.
        case damaged(LogError)
    }

    /// The present end of the log; its root is that of the records as they were read, as far as they could be.
    package let head: TreeHead
    /// What is not as it was signed; nothing if all is well.
    package let findings: [Finding]

    /// Whether the log goes on from every checkpoint.
    package var isConsistent: Bool { findings.isEmpty }

    /// Reads the whole log and compares.
    ///
    /// - Parameters:
    ///   - checkpoints: checkpoints of this log, their signatures checked. The more there are, the closer what was
    ///     rewritten can be named.
    ///   - tiles: hash tiles for the largest of them, kept outside like it; with them it is named to the event.
    /// - Throws: `log` if the ledger cannot be opened; `proof` if the tiles are not those of the checkpoint.
    package init(
        of ledger: String, against checkpoints: [Checkpoint], tiles: ExportedTiles? = nil,
        for request: AccessRequest? = nil, progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(LedgerError) {
        try AccessGate.pass(request, for: .auditHashes, on: ledger)
        let log = try fromLog { () throws(LogError) in try LogReader(opening: ledger, files: RealFileSystem()) }
        let heads = checkpoints.map(\.head).sorted { $0.size < $1.size }
        var findings: [Finding] = []
        if let last = heads.last, last.size > log.head { findings.append(.missing(log.head..<last.size)) }
        var walk = AuditWalk(log, sizes: heads.map(\.size))
        try walk.run(progress)
        findings += walk.findings
        head = walk.tree.head
        var sound: UInt64 = 0
        for head in heads where head.size <= walk.tree.size {
            if walk.roots[head.size] == head.root {
                sound = head.size
                continue
            }
            findings.append(contentsOf: try Self.named(sound..<head.size, head, tiles, &walk))
            break
        }
        self.findings = findings
    }

    /// Names what was rewritten, to the event if tiles of the checkpoint are at hand.
    private static func named(
        _ positions: Range<UInt64>, _ head: TreeHead, _ tiles: ExportedTiles?, _ walk: inout AuditWalk
    ) throws(LedgerError) -> [Finding] {
        guard let tiles, var old = try tiles.tree(of: head) else { return [.rewritten(positions)] }
        let runLength = UInt64(Tile.width)
        var changed: [Range<UInt64>] = []
        for run in 0..<Tile.count(level: 0, size: head.size) {
            let leaves = run * runLength..<min((run + 1) * runLength, head.size)
            let then = try old.tile(level: 0, index: run)
            if MerkleTree.root(of: then) == walk.runs[run] { continue }
            let now = try fromLog { () throws(LogError) in try walk.log.leaves(of: leaves) }
            for (offset, hashes) in zip(then, now).enumerated() where hashes.0 != hashes.1 {
                let position = leaves.lowerBound + UInt64(offset)
                if let last = changed.last, last.upperBound == position {
                    changed[changed.count - 1] = last.lowerBound..<position + 1
                } else {
                    changed.append(position..<position + 1)
                }
            }
            // Whoever rewrote more than this is told where it begins.
            if changed.count >= 1_000 { break }
        }
        return changed.isEmpty ? [.rewritten(positions)] : changed.map { .rewritten($0) }
    }
}

/// The walk of an audit over all records.
private struct AuditWalk {
    let log: LogReader<RealFileSystem>
    private let sizes: Set<UInt64>
    private(set) var tree = CompactRange()
    /// The roots at the sizes that are asked about.
    private(set) var roots: [UInt64: TreeHash] = [:]
    /// The roots of runs of 256, the last perhaps shorter.
    private(set) var runs: [UInt64: TreeHash] = [:]
    private(set) var findings: [LogAudit.Finding] = []
    private var run = CompactRange()

    init(_ log: LogReader<RealFileSystem>, sizes: [UInt64]) {
        self.log = log
        self.sizes = Set(sizes)
    }

    mutating func run(_ progress: (UInt64, UInt64) -> Void) throws(LedgerError) {
        note()
        for positions in try fromLog({ () throws(LogError) in try log.segmentPieces(of: 0..<log.head) }) {
            do throws(LogError) {
                for leaf in try log.leaves(of: positions) { take(leaf) }
                if let next = try log.tree(beforeSegmentAt: positions.upperBound), next != tree {
                    findings.append(.brokenSegment(positions))
                }
            } catch {
                guard error.code == .damaged else { throw .log(error) }
                findings.append(.damaged(error))
                break
            }
            progress(tree.size, log.head)
        }
        if run.size > 0 { runs[tree.size / UInt64(Tile.width)] = run.root }
    }

    private mutating func take(_ leaf: TreeHash) {
        tree.append(leaf)
        run.append(leaf)
        if run.size == UInt64(Tile.width) {
            runs[tree.size / UInt64(Tile.width) - 1] = run.root
            run = CompactRange()
        }
        note()
    }

    private mutating func note() { if sizes.contains(tree.size) { roots[tree.size] = tree.root } }
}
