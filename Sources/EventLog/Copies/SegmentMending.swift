/// Puts one damaged or missing segment file together again.
struct SegmentMending<Files: FileSystem> {
    private let layout: LedgerLayout<Files>
    private let mirror: LogReader<Files>
    private let ledgerID: LedgerID

    init(_ layout: LedgerLayout<Files>, _ mirror: LogReader<Files>, _ ledgerID: LedgerID) {
        self.layout = layout
        self.mirror = mirror
        self.ledgerID = ledgerID
    }

    /// Mends the segment that begins at `first`.
    ///
    /// - Throws: `damaged` if the records that there are do not hash to what comes next, or the copy lacks some.
    func mend(_ first: UInt64, keptAs: String?) throws(LogError) -> LogRepair<Files>.Mended {
        let name = Format.segmentDirectory + "/" + Format.segmentName(first: first)
        let header = try header(first, name)
        let next = try end(after: first)
        let own = OwnRecords(layout, header, name)
        let pieces = try own.pieces()
        let known = try max(own.end(pieces), durable(), mirror.head)
        let end = next?.size ?? min(known, Format.segmentEnd(of: first))
        let temporary = name + Format.temporarySuffix
        var taken: [Range<UInt64>] = []
        let tree: CompactRange
        do throws(LogError) {
            tree = try write(header, upTo: end, pieces, to: temporary, &taken)
            if let next, tree.head != next {
                throw LogError(
                    .damaged, "the records do not hash to the head that the next segment begins with",
                    .init(file: name, positions: first..<end))
            }
        } catch {
            if try layout.files.exists(layout.path(temporary)) { try layout.files.remove(layout.path(temporary)) }
            throw error
        }
        if end > first {
            try layout.files.rename(layout.path(temporary), to: layout.path(name))
            try layout.files.synchroniseDirectory(layout.segments)
        }
        // The last segment is sealed as a part; the log goes on in a file of its own.
        if next == nil {
            var open = header
            open.kind = .open
            if end > first {
                open = SegmentHeader(
                    version: header.version, kind: .open, epoch: header.epoch, secret: try layout.newSecret(),
                    ledgerID: ledgerID, tree: tree)
            }
            try layout.makeSegment(open)
        }
        return .init(file: name, positions: taken, keptAs: keptAs)
    }

    /// The segment's header: its own, or the copy's.
    private func header(_ first: UInt64, _ name: String) throws(LogError) -> SegmentHeader {
        do {
            return try SegmentFile(layout.directory, first: first, layout.files).header(ledgerID: ledgerID)
        } catch {
            guard error.code == .damaged || error.code == .formatTooNew || error.isNotFound else { throw error }
        }
        guard mirror.segmentStarts.contains(first) else {
            throw LogError(
                .damaged, "the segment's header is lost, and no segment of the copy begins at the same position",
                .init(file: name, positions: first..<first + 1))
        }
        return try mirror.header(ofSegmentAt: first)
    }

    /// The tree head with which the next segment here begins, or, if its header cannot be read, the copy's next.
    private func end(after first: UInt64) throws(LogError) -> TreeHead? {
        let next = try layout.segmentStarts().first { $0 > first }
        let later = mirror.segmentStarts.first { $0 > first }
        if let next, later.map({ next <= $0 }) ?? true {
            do throws(LogError) {
                return try SegmentFile(layout.directory, first: next, layout.files).header(ledgerID: ledgerID).tree.head
            } catch {
                guard error.code == .damaged, mirror.segmentStarts.contains(next) else { throw error }
                return try mirror.header(ofSegmentAt: next).tree.head
            }
        }
        // Of a missing file only the copy knows where it ended.
        guard next != nil, let later else { return nil }
        return try mirror.header(ofSegmentAt: later).tree.head
    }

    private func durable() throws(LogError) -> UInt64 {
        try Publication.read(layout.directory, layout.files, ledgerID: ledgerID).durable
    }

    private func append(_ record: [UInt8], to writer: SealedSegmentWriter<Files>) throws(LogError) {
        var failure: LogError?
        record.withUnsafeBytes { bytes in
            do throws(LogError) { try writer.append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Writes the records before `end`: own ones where there are, the copy's between them.
    private func write(
        _ header: SegmentHeader, upTo end: UInt64, _ pieces: [OwnRecords<Files>.Piece], to name: String,
        _ taken: inout [Range<UInt64>]
    ) throws(LogError) -> CompactRange {
        guard end > header.first else { return header.tree }
        let writer = try SealedSegmentWriter(layout, header, to: name)
        func fill(upTo position: UInt64) throws(LogError) {
            let lacking = writer.position..<position
            guard !lacking.isEmpty else { return }
            guard lacking.upperBound <= mirror.head else {
                throw LogError(
                    .damaged, "the copy has \(mirror.head) records and lacks these as well",
                    .init(file: name, positions: lacking))
            }
            try mirror.forEachRecord(from: lacking.lowerBound, to: lacking.upperBound) { record throws(LogError) in
                try writer.append(record)
            }
            taken.append(lacking)
        }
        for piece in pieces where piece.first < end {
            try fill(upTo: piece.first)
            if let before = piece.rootBefore, writer.tree.root != before {
                throw LogError(
                    .damaged, "the copy's records do not hash to the head that a commit here recorded",
                    .init(file: name, positions: header.first..<piece.first))
            }
            for record in piece.records where writer.position < end { try append(record, to: writer) }
        }
        try fill(upTo: end)
        return try writer.finish()
    }
}

/// What can still be read of a damaged segment file.
struct OwnRecords<Files: FileSystem> {
    private let layout: LedgerLayout<Files>
    private let header: SegmentHeader
    private let name: String

    /// The records of a commit or block that stood its checksums.
    struct Piece {
        var first: UInt64
        var count: UInt64
        var records: [[UInt8]]
        /// The root over all records before, where a commit says it.
        var rootBefore: TreeHash?
        /// Whether the batch goes on in the next commit.
        var isContinued = false

        fileprivate static func records(_ bytes: UnsafeRawBufferPointer) -> [[UInt8]] {
            var cursor = RecordCursor(bytes)
            var records: [[UInt8]] = []
            while let range = cursor.next() { records.append([UInt8](bytes.part(range))) }
            return records
        }
    }

    init(_ layout: LedgerLayout<Files>, _ header: SegmentHeader, _ name: String) {
        (self.layout, self.header, self.name) = (layout, header, name)
    }

    /// The position behind the last piece.
    func end(_ pieces: [Piece]) -> UInt64 { pieces.last.map { $0.first + $0.count } ?? header.first }

    /// The pieces in order, none overlapping another; none if the file is not there.
    func pieces() throws(LogError) -> [Piece] {
        guard try layout.files.exists(layout.path(name)) else { return [] }
        let file = try SegmentFile(layout.directory, first: header.first, layout.files)
        // A damaged header does not say which kind of file this is: the bytes behind it do.
        let start = try file.bytes(at: UInt64(Format.headerSize), count: 4)
        if start.count == 4, start.elementsEqual(Array("TLB0".utf8)) || start.elementsEqual(Array("TLB1".utf8)) {
            return try blocks(file)
        }
        return header.kind == .sealed ? try blocks(file) : try commits(file)
    }

    /// The commits that can be read, but for those of a batch that was never finished.
    private func commits(_ file: SegmentFile<Files>) throws(LogError) -> [Piece] {
        var pieces = try allCommits(file)
        while pieces.last?.isContinued == true { pieces.removeLast() }
        return pieces
    }

    private func allCommits(_ file: SegmentFile<Files>) throws(LogError) -> [Piece] {
        var pieces: [Piece] = []
        var scan = SegmentScan(file, header, readsRecords: true)
        while true {
            switch try scan.next() {
            case .end: return pieces
            case .fault(let fault): if fault.isLast { return pieces }
            case .commit(let commit, _, let records):
                guard commit.count > 0, commit.first >= end(pieces) else { continue }
                pieces.append(
                    Piece(
                        first: commit.first, count: UInt64(commit.count), records: Piece.records(records),
                        rootBefore: commit.rootBefore, isContinued: commit.flags.contains(.moreFollows)))
            }
        }
    }

    private func blocks(_ file: SegmentFile<Files>) throws(LogError) -> [Piece] {
        var sealed = header
        sealed.kind = .sealed
        let segment = try SealedSegment(file, sealed)
        var pieces: [Piece] = []
        for index in segment.blocks.indices {
            do throws(LogError) {
                let (positions, bytes) = try segment.records(ofBlock: index)
                guard positions.lowerBound >= end(pieces) else { continue }
                pieces.append(
                    Piece(
                        first: positions.lowerBound, count: UInt64(positions.count), records: Piece.records(bytes),
                        rootBefore: nil))
            } catch {
                guard error.code == .damaged else { throw error }
            }
        }
        return pieces
    }
}
