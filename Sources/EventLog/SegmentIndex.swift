/// Where the commits of one open segment stand, found when first needed and carried on as the segment grows.
final class SegmentIndex<Files: FileSystem> {
    /// The file.
    let file: SegmentFile<Files>
    /// Its header, of kind open.
    let header: SegmentHeader
    private var scan: SegmentScan<Files>
    private var entries: [Entry] = []
    private var faults: [Fault] = []
    /// Whether the scan has met the end of the file as it was then.
    private var isAtEnd = false

    /// A commit's place.
    struct Entry {
        var first: UInt64
        var offset: UInt64
        var number: UInt32
    }

    /// An index that knows nothing yet.
    init(_ file: SegmentFile<Files>, _ header: SegmentHeader) {
        self.file = file
        self.header = header
        scan = SegmentScan(file, header, readsRecords: false)
    }

    /// Forgets how far the file went; its commits stay known.
    func refresh() throws(LogError) {
        try file.refresh()
        isAtEnd = false
    }

    /// The commit that holds `position`.
    ///
    /// - Throws: `damaged` with the place if no commit does.
    func entry(holding position: UInt64) throws(LogError) -> Entry {
        while scan.position <= position, !isAtEnd {
            switch try scan.next() {
            case .commit(let commit, let offset, _):
                if commit.count > 0 {
                    entries.append(Entry(first: commit.first, offset: offset, number: commit.number))
                }
            case .fault(let fault):
                faults.append(fault)
                if fault.isLast { isAtEnd = true }
            case .end: isAtEnd = true
            }
        }
        for fault in faults where position >= fault.positions.lowerBound {
            if fault.isLast || position < fault.positions.upperBound { throw fault.error }
        }
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].first <= position { low = middle + 1 } else { high = middle }
        }
        guard low > 0, position < scan.position else {
            throw LogError(
                .damaged, "the segment ends before this position",
                .init(file: file.name, bytes: file.size..<file.size, positions: position..<position + 1))
        }
        return entries[low - 1]
    }

    /// The commit that holds `position`, unpacked.
    ///
    /// - Throws: `damaged` with the place.
    func unpack(holding position: UInt64) throws(LogError) -> UnpackedCommit {
        let entry = try entry(holding: position)
        var scan = SegmentScan(file, header, readsRecords: true)
        scan.resume(at: entry.offset, number: entry.number, position: entry.first)
        switch try scan.next() {
        case .commit(let commit, let offset, let records):
            guard let whole = UnpackedCommit(records, commit.first..<commit.end) else {
                throw scan.inconsistent(commit, at: offset, "the records do not fit their number").error
            }
            return whole
        case .fault(let fault): throw fault.error
        case .end: throw LogError(.damaged, "the file became shorter", .init(file: file.name))
        }
    }
}

/// The records of one commit, unpacked, for access by position.
final class UnpackedCommit {
    /// The positions of its records.
    let positions: Range<UInt64>
    /// Bytes it occupies in memory.
    let size: Int
    private let memory: UnsafeMutableRawBufferPointer
    private let ranges: [Range<Int>]

    /// Copies `bytes`; nil if they do not hold as many records as there are positions.
    init?(_ bytes: UnsafeRawBufferPointer, _ positions: Range<UInt64>) {
        var cursor = RecordCursor(bytes)
        var ranges: [Range<Int>] = []
        ranges.reserveCapacity(positions.count)
        while let range = cursor.next() { ranges.append(range) }
        guard cursor.isAtEnd, ranges.count == positions.count else { return nil }
        self.positions = positions
        self.ranges = ranges
        size = bytes.count + ranges.count * MemoryLayout<Range<Int>>.stride
        memory = .allocate(byteCount: max(1, bytes.count), alignment: 16)
        memory.copy(bytes, at: 0)
    }

    deinit { memory.deallocate() }

    /// The record at `position`, which is one of `positions`; lent while this object lives.
    func record(at position: UInt64) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(memory).part(ranges[Int(position - positions.lowerBound)])
    }
}
