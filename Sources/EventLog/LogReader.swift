/// Reads a ledger, beside its writer or without one.
///
/// A reader sees the log as it was durable when it was opened or last refreshed. Not for use by several threads
/// at once; open one for each.
package final class LogReader<Files: FileSystem> {
    private let layout: LedgerLayout<Files>
    private let description: LedgerDescription
    private var starts: [UInt64]
    private var segments: [UInt64: SegmentIndex<Files>] = [:]
    private var unpacked: [UnpackedCommit] = []

    /// The number of durable records: positions below it can be read.
    package private(set) var head: UInt64

    /// Segments kept open, and bytes of unpacked commits kept, for access by position.
    private static var openSegments: Int { 64 }
    private static var unpackedLimit: Int { 32 << 20 }

    /// Opens the ledger in `directory`. Takes no lock and changes nothing.
    ///
    /// - Throws: `notALedger`, `damaged`, `formatTooNew`, `inputOutput`.
    package init(opening directory: String, files: Files) throws(LogError) {
        layout = LedgerLayout(directory: directory, files: files)
        description = try LedgerDescription.read(directory, files)
        starts = try layout.segmentStarts()
        try layout.checkWindows(starts)
        head = try LogEnd(layout: layout, ledgerID: description.ledgerID).find(starts)
    }

    /// The ledger's ID.
    package var ledgerID: LedgerID { description.ledgerID }

    /// Moves on to what is durable now.
    ///
    /// - Throws: `damaged`, `inputOutput`.
    package func refresh() throws(LogError) {
        // The head first: a segment that it lies in is there when the names are read after it.
        let starts = try layout.segmentStarts()
        let found = try LogEnd(layout: layout, ledgerID: description.ledgerID).find(starts)
        if found == head { return }
        head = max(head, found)
        self.starts = try layout.segmentStarts()
        for index in segments.values { try index.refresh() }
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

// How positions become commits.
extension LogReader {
    private func check(_ positions: Range<UInt64>) throws(LogError) {
        guard positions.upperBound <= head else {
            throw LogError(
                .outOfRange, "the log has \(head) records", .init(positions: positions))
        }
    }

    /// Lends the records, with their lengths, of every commit that holds positions in `from..<to`.
    private func forEachCommit(
        from: UInt64, to: UInt64, _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard from <= to else { throw LogError(.outOfRange, "the range runs from \(from) back to \(to)") }
        try check(from..<to)
        var position = from
        while position < to {
            let index = try segment(holding: position)
            // A file of its own: `body` may ask this reader for other records meanwhile.
            let file = try SegmentFile(layout.directory, first: index.header.first, layout.files)
            var scan = SegmentScan(file, index.header, readsRecords: true)
            if position > index.header.first {
                let entry = try index.entry(holding: position)
                scan.resume(at: entry.offset, number: entry.number, position: entry.first)
            }
            let end = try scanSegment(&scan, from: position, to: to, body)
            position = end
        }
    }

    /// Lends commits up to the end of the segment or of the range; returns the position reached.
    private func scanSegment(
        _ scan: inout SegmentScan<Files>, from: UInt64, to: UInt64,
        _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void
    ) throws -> UInt64 {
        let end = min(to, nextStart(after: scan.header.first))
        while scan.position < end {
            switch try scan.next() {
            case .commit(let commit, _, let records): if commit.count > 0 { try body(commit.first, records) }
            case .fault(let fault): throw fault.error
            case .end:
                throw LogError(
                    .damaged, "the segment ends before its last position",
                    .init(file: scan.file.name, bytes: scan.offset..<scan.offset, positions: scan.position..<end))
            }
        }
        return end
    }

    /// The index of the segment that holds `position`.
    private func segment(holding position: UInt64) throws(LogError) -> SegmentIndex<Files> {
        guard let start = starts.last(where: { $0 <= position }) else { throw layout.missing(position..<position + 1) }
        if let known = segments[start] { return known }
        if segments.count >= Self.openSegments { segments.removeAll() }
        let file = try SegmentFile(layout.directory, first: start, layout.files)
        let index = SegmentIndex(file, try file.header(ledgerID: description.ledgerID))
        segments[start] = index
        return index
    }

    private func nextStart(after start: UInt64) -> UInt64 {
        starts.first { $0 > start } ?? head
    }

    /// The unpacked commit that holds `position`; the most recently used ones are kept.
    private func commit(holding position: UInt64) throws(LogError) -> UnpackedCommit {
        if let last = unpacked.last, last.positions.contains(position) { return last }
        try check(position..<position + 1)
        if let found = unpacked.firstIndex(where: { $0.positions.contains(position) }) {
            unpacked.append(unpacked.remove(at: found))
            return unpacked[unpacked.count - 1]
        }
        let index = try segment(holding: position)
        let entry = try index.entry(holding: position)
        var scan = SegmentScan(index.file, index.header, readsRecords: true)
        scan.resume(at: entry.offset, number: entry.number, position: entry.first)
        let commit: UnpackedCommit
        switch try scan.next() {
        case .commit(let header, let offset, let records):
            guard let whole = UnpackedCommit(records, header.first..<header.end) else {
                throw scan.inconsistent(header, at: offset, "the records do not fit their number").error
            }
            commit = whole
        case .fault(let fault): throw fault.error
        case .end: throw LogError(.damaged, "the file became shorter", .init(file: index.file.name))
        }
        unpacked.append(commit)
        var size = unpacked.reduce(0) { $0 + $1.size }
        while size > Self.unpackedLimit, unpacked.count > 1 { size -= unpacked.removeFirst().size }
        return commit
    }
}
