/// A segment as a reader finds it.
enum SegmentAccess<Files: FileSystem> {
    /// Commits, perhaps still growing.
    case open(SegmentIndex<Files>)
    /// Blocks.
    case sealed(SealedSegment<Files>)

    /// Reads the header and chooses.
    init(_ file: SegmentFile<Files>, ledgerID: LedgerID) throws(LogError) {
        let header = try file.header(ledgerID: ledgerID)
        switch header.kind {
        case .open: self = .open(SegmentIndex(file, header))
        case .sealed: self = .sealed(try SealedSegment(file, header))
        }
    }

    /// The segment's header.
    var header: SegmentHeader {
        switch self {
        case .open(let index): index.header
        case .sealed(let segment): segment.header
        }
    }

    /// Takes notice of what was appended since.
    func refresh() throws(LogError) {
        if case .open(let index) = self { try index.refresh() }
    }
}

// How positions become commits and blocks.
extension LogReader {
    /// Throws `outOfRange` unless all of `positions` are below the head.
    func check(_ positions: Range<UInt64>) throws(LogError) {
        guard positions.upperBound <= head else {
            throw LogError(.outOfRange, "the log has \(head) records", .init(positions: positions))
        }
    }

    /// Lends the records, with their lengths, of every commit or block that holds positions in `from..<to`.
    func forEachCommit(
        from: UInt64, to: UInt64, _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard from <= to else { throw LogError(.outOfRange, "the range runs from \(from) back to \(to)") }
        try check(from..<to)
        var position = from
        while position < to {
            let start = try self.start(before: position)
            let end = min(to, nextStart(after: start))
            // A file of its own: `body` may ask this reader for other records meanwhile.
            let file = try SegmentFile(layout.directory, first: start, layout.files)
            let header = try file.header(ledgerID: ledgerID)
            switch header.kind {
            case .open:
                var scan = SegmentScan(file, header, readsRecords: true)
                if position > start, case .open(let index) = try segment(at: start), index.header == header {
                    let entry = try index.entry(holding: position)
                    scan.resume(at: entry.offset, number: entry.number, position: entry.first)
                }
                try lend(&scan, from: position, to: end, body)
            case .sealed:
                try lend(SealedSegment(file, header), from: position, to: end, body)
            }
            position = end
        }
    }

    private func lend(
        _ scan: inout SegmentScan<Files>, from: UInt64, to end: UInt64,
        _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        while scan.position < end {
            switch try scan.next() {
            case .commit(let commit, _, let records):
                if commit.end > from { try body(commit.first, records) }
            case .fault(let fault): if fault.isLast || scan.position > from { throw fault.error }
            case .end:
                throw LogError(
                    .damaged, "the segment ends before its last position",
                    .init(file: scan.file.name, bytes: scan.offset..<scan.offset, positions: scan.position..<end))
            }
        }
    }

    private func lend(
        _ segment: SealedSegment<Files>, from: UInt64, to end: UInt64,
        _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var position = from
        while position < end {
            let (positions, records) = try segment.records(ofBlock: try segment.block(holding: position))
            guard positions.contains(position) else {
                throw LogError(
                    .damaged, "the sealed segment lacks a block",
                    .init(file: segment.file.name, positions: position..<end))
            }
            try body(positions.lowerBound, records)
            position = positions.upperBound
        }
    }

    func start(before position: UInt64) throws(LogError) -> UInt64 {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= position { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { throw layout.missing(position..<position + 1) }
        return starts[low - 1]
    }

    private func nextStart(after start: UInt64) -> UInt64 {
        guard let index = starts.firstIndex(of: start), index + 1 < starts.count else { return head }
        return starts[index + 1]
    }

    /// The segment that holds `position`.
    func segment(holding position: UInt64) throws(LogError) -> SegmentAccess<Files> {
        try segment(at: try start(before: position))
    }

    private func segment(at start: UInt64) throws(LogError) -> SegmentAccess<Files> {
        if let known = segments[start] { return known }
        if segments.count >= Self.openSegments { segments.removeAll() }
        let file = try SegmentFile(layout.directory, first: start, layout.files)
        file.readAhead = SegmentFile<Files>.lookingUp
        let access = try SegmentAccess(file, ledgerID: ledgerID)
        // The places of commits are found by going through all of them.
        if case .open = access { file.readAhead = SegmentFile<Files>.scanning }
        segments[start] = access
        return access
    }

    /// The unpacked commit or block that holds `position`; the most recently used ones are kept.
    func commit(holding position: UInt64) throws(LogError) -> UnpackedCommit {
        if let last = unpacked.last, last.positions.contains(position) { return last }
        try check(position..<position + 1)
        if let found = unpacked.firstIndex(where: { $0.positions.contains(position) }) {
            unpacked.append(unpacked.remove(at: found))
            return unpacked[unpacked.count - 1]
        }
        let commit: UnpackedCommit
        switch try segment(holding: position) {
        case .open(let index): commit = try index.unpack(holding: position)
        case .sealed(let segment):
            let (positions, bytes) = try segment.records(ofBlock: try segment.block(holding: position))
            guard positions.contains(position), let whole = UnpackedCommit(bytes, positions) else {
                throw LogError(
                    .damaged, "the block does not hold this position",
                    .init(file: segment.file.name, positions: position..<position + 1))
            }
            commit = whole
        }
        unpacked.append(commit)
        unpackedSize += commit.size
        while unpacked.count > Self.unpackedCommits || unpackedSize > Self.unpackedLimit, unpacked.count > 1 {
            unpackedSize -= unpacked.removeFirst().size
        }
        return commit
    }
}
