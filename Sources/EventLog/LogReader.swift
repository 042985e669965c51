/// Reads a ledger, beside its writer or without one.
///
/// A reader sees the log as it was durable when it was opened or last refreshed. Not for use by several threads
/// at once; open one for each.
package final class LogReader<Files: FileSystem> {
    /// The files.
    let layout: LedgerLayout<Files>
    private let description: LedgerDescription
    /// The first positions of the segment files.
    private(set) var starts: [UInt64]
    /// The segments that are open, by first position.
    var segments: [UInt64: SegmentAccess<Files>] = [:]
    /// Unpacked commits and blocks, the most recently used last.
    var unpacked: [UnpackedCommit] = []
    /// Bytes they take.
    var unpackedSize = 0

    /// The number of durable records: positions below it can be read.
    package private(set) var head: UInt64

    /// Segments kept open, and unpacked commits and bytes of them kept, for access by position.
    static var openSegments: Int { 64 }
    /// How many of them are kept.
    static var unpackedCommits: Int { 64 }
    /// How many bytes of them are kept.
    static var unpackedLimit: Int { 32 << 20 }

    /// Opens the ledger in `directory`. Takes no lock and changes nothing. Opens a damaged one too, as far as its
    /// end can be told; reading what is damaged then throws, and the rest can be read.
    ///
    /// - Throws: `notALedger`, `damaged`, `formatTooNew`, `inputOutput`.
    package init(opening directory: String, files: Files) throws(LogError) {
        layout = LedgerLayout(directory: directory, files: files)
        description = try LedgerDescription.read(directory, files)
        let starts = try layout.segmentStarts()
        head = try LogEnd(layout: layout, ledgerID: description.ledgerID).find(starts)
        // Once more: the writer makes a segment before it publishes a position in it.
        self.starts = try layout.segmentStarts()
    }

    /// A reader of segment files whose places are known, in a directory that need hold nothing else.
    ///
    /// - Parameters:
    ///   - starts: the first positions of the segment files, ascending from 0. Those that are not read need not be there.
    ///   - head: the position behind the last record to be read.
    package init(
        of ledgerID: LedgerID, segmentsAt starts: [UInt64], upTo head: UInt64, in directory: String, files: Files
    ) {
        layout = LedgerLayout(directory: directory, files: files)
        description = LedgerDescription(version: Format.version, ledgerID: ledgerID)
        self.starts = starts
        self.head = head
    }

    /// A reader of what `other` sees.
    init(sharing other: LogReader) {
        layout = other.layout
        description = other.description
        starts = other.starts
        head = other.head
    }

    /// The ledger's ID.
    package var ledgerID: LedgerID { description.ledgerID }

    /// The ledger's format version.
    package var formatVersion: UInt16 { description.version }

    /// Moves on to what is durable now; never back.
    ///
    /// - Returns: how many records are durable, which is less than ``head`` only where another, older log stands in the
    ///   place of the one that was opened.
    /// - Throws: `damaged`, `inputOutput`.
    @discardableResult
    package func refresh() throws(LogError) -> UInt64 {
        let starts = try layout.segmentStarts()
        let found = try LogEnd(layout: layout, ledgerID: description.ledgerID).find(starts)
        if found == head { return found }
        head = max(head, found)
        self.starts = try layout.segmentStarts()
        for segment in segments.values { try segment.refresh() }
        return found
    }

    /// Closes the segments that are open, but for the newest, if there are more than so many.
    package func closeSegments(ifMoreThan limit: Int) {
        guard segments.count > limit else { return }
        segments = segments.filter { $0.key == starts.last }
    }

    /// Lends every record from position `from` up to, not including, `to`, in order. Each commit's checksums
    /// are verified before its first record is lent; memory is bounded by one commit.
    ///
    /// - Throws: `outOfRange`; `damaged` with the place; `inputOutput`; what `body` throws.
    package func forEach(
        from: UInt64, to: UInt64, _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try forEachCommit(from: from, to: to) { first, records in
            var cursor = RecordCursor(records)
            var position = first
            while let range = cursor.next() {
                if position >= from {
                    guard position < to else { return }
                    try body(position, records.part(range))
                }
                position += 1
            }
        }
    }

    /// The record at `position`. Access in ascending order costs about as much as a scan.
    ///
    /// - Throws: `outOfRange`; `damaged` with the place; `inputOutput`.
    package func record(at position: UInt64) throws(LogError) -> [UInt8] {
        [UInt8](try commit(holding: position).record(at: position))
    }

    /// The records at `positions`. Of a sealed block only those are put together that are asked for: a few of many
    /// blocks cost a fraction of what as many calls of ``record(at:)`` do.
    ///
    /// - Parameter positions: ascending, each once.
    /// - Throws: `outOfRange`; `damaged` with the place; `inputOutput`.
    package func records(at positions: [UInt64]) throws(LogError) -> [[UInt8]] {
        var found: [[UInt8]] = []
        found.reserveCapacity(positions.count)
        while found.count < positions.count {
            let position = positions[found.count]
            precondition(found.isEmpty || positions[found.count - 1] < position, "positions ascend")
            try check(position..<position + 1)
            switch try segment(holding: position) {
            case .open: found.append(try record(at: position))
            case .sealed(let segment):
                found += try segment.records(
                    at: positions[found.count...], ofBlock: try segment.block(holding: position))
            }
        }
        return found
    }

    /// The size and root of the tree over the first `size` records.
    ///
    /// - Throws: `outOfRange`; `damaged` with the place; `inputOutput`.
    package func treeHead(at size: UInt64) throws(LogError) -> TreeHead {
        try check(0..<size)
        guard size > 0 else { return TreeHead(size: 0, root: MerkleTree.emptyRoot) }
        let segment = try self.segment(holding: size - 1)
        var tree = segment.header.tree
        let hasher = LeafHasher(secret: segment.header.secret)
        do {
            try forEach(from: tree.size, to: size) { position, record in
                tree.append(hasher.leaf(record, at: position))
            }
        } catch let error as LogError {
            throw error
        } catch {
            preconditionFailure("only the log itself throws here")
        }
        return tree.head
    }
}
