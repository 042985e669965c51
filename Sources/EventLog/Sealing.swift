/// Rewrites a finished segment of commits as a sealed one.
struct Sealing<Files: FileSystem> {
    private let layout: LedgerLayout<Files>
    private let ledgerID: LedgerID
    private let first: UInt64

    /// The files that can be sealed: every open segment but the last.
    static func candidates(_ layout: LedgerLayout<Files>, _ ledgerID: LedgerID) throws(LogError) -> [UInt64] {
        var found: [UInt64] = []
        for start in try layout.segmentStarts().dropLast() {
            let file = try SegmentFile(layout.directory, first: start, layout.files)
            if try file.header(ledgerID: ledgerID).kind == .open { found.append(start) }
        }
        return found
    }

    /// Seals the segment that begins at `first`: writes it to a temporary file, syncs that, reads it back,
    /// compares every record's hash with the tree in the next segment's header, and only then puts it in place.
    ///
    /// - Throws: `outOfRange` if there is no such segment or none follows it; `damaged` if the segment is; then
    ///   and after any other error the segment is as it was.
    static func seal(_ layout: LedgerLayout<Files>, _ ledgerID: LedgerID, first: UInt64) throws(LogError) {
        let starts = try layout.segmentStarts()
        guard let index = starts.firstIndex(of: first), index + 1 < starts.count else {
            throw LogError(
                .outOfRange, "no finished segment begins at position \(first)", .init(positions: first..<first + 1))
        }
        let source = try SegmentFile(layout.directory, first: first, layout.files)
        let header = try source.header(ledgerID: ledgerID)
        if header.kind == .sealed { return }
        let next = try SegmentFile(layout.directory, first: starts[index + 1], layout.files)
        let tree = try next.header(ledgerID: ledgerID).tree
        let sealing = Sealing(layout: layout, ledgerID: ledgerID, first: first)
        let temporary = source.name + Format.temporarySuffix
        if try layout.files.exists(layout.path(temporary)) { try layout.files.remove(layout.path(temporary)) }
        do throws(LogError) {
            try sealing.write(source, header, tree, to: temporary)
            try sealing.compare(temporary, with: tree)
        } catch {
            try? layout.files.remove(layout.path(temporary))
            throw error
        }
        try layout.files.rename(layout.path(temporary), to: layout.path(source.name))
        try layout.files.synchroniseDirectory(layout.segments)
    }

    private func write(
        _ source: SegmentFile<Files>, _ header: SegmentHeader, _ tree: CompactRange, to name: String
    ) throws(LogError) {
        let files = layout.files
        let target = try files.open(layout.path(name), .create)
        defer { files.close(target) }
        var sealed = header
        sealed.kind = .sealed
        try files.write(target, sealed.encoded())
        var encoder = BlockEncoder()
        var blocks: [SealedSegment<Files>.Block] = []
        var offset = UInt64(Format.headerSize)
        var blockStart = header.first
        var position = header.first
        func flush() throws(LogError) {
            let number = Format.headerChunk + 1 + UInt32(blocks.count)
            let block = encoder.encode(number: number, secret: header.secret, first: blockStart, at: offset)
            try files.write(target, block, at: offset)
            blocks.append(.init(first: blockStart, offset: offset))
            offset += UInt64(block.count)
            blockStart = position
        }
        var scan = SegmentScan(source, header, readsRecords: true)
        scanning: while true {
            switch try scan.next() {
            case .end: break scanning
            case .fault(let fault): throw fault.error
            case .commit(_, _, let records):
                var cursor = RecordCursor(records)
                while let range = cursor.next() {
                    let record = records.part(range)
                    guard let parts = RecordParts.split(record) else {
                        throw LogError(
                            .damaged, "a record is not canonical",
                            .init(file: source.name, positions: position..<position + 1))
                    }
                    if !encoder.append(record, parts) {
                        try flush()
                        guard encoder.append(record, parts) else { preconditionFailure("an empty block has room") }
                    }
                    position += 1
                }
            }
        }
        if encoder.count > 0 { try flush() }
        try files.write(target, index(blocks, header.secret, tree.head, at: offset), at: offset)
        try files.synchroniseAll(target)
    }

    /// The bytes of index and footer.
    private func index(
        _ blocks: [SealedSegment<Files>.Block], _ secret: SegmentSecret, _ end: TreeHead, at offset: UInt64
    ) -> [UInt8] {
        var bytes = Array("TLI0".utf8)
        func add(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
        add(UInt32(blocks.count))
        secret.withUnsafeBytes { bytes += $0 }
        add(end.size)
        bytes += end.root.bytes
        for block in blocks {
            add(block.first)
            add(block.offset)
        }
        add(bytes.withUnsafeBytes { BlockHeader.checksum($0, secret, offset) })
        let footerStart = bytes.count
        bytes += Array("TLE0".utf8)
        add(UInt32(0))
        add(offset)
        add(UInt32(footerStart))
        add(
            bytes.withUnsafeBytes {
                BlockHeader.checksum($0.part(footerStart..<bytes.count), secret, offset + UInt64(footerStart))
            })
        return bytes
    }

    /// Reads the new file back and hashes every record.
    private func compare(_ name: String, with tree: CompactRange) throws(LogError) {
        let file = try SegmentFile(layout.directory, first: first, name: name, layout.files)
        let header = try file.header(ledgerID: ledgerID)
        var walk = try SealedWalk(SealedSegment(file, header))
        let fault = try walk.nextDamage()
        guard fault == nil, walk.segment.indexDamage == nil, walk.tree == tree else {
            throw fault
                ?? LogError(.damaged, "the sealed records are not those of the segment", .init(file: file.name))
        }
    }
}

/// Goes through a sealed segment and hashes its records.
struct SealedWalk<Files: FileSystem> {
    /// The segment gone through.
    let segment: SealedSegment<Files>
    private let hasher: LeafHasher
    private var next = 0
    /// The tree up to the block that comes next; nil behind a damaged one.
    private(set) var tree: CompactRange?
    /// The position that comes next.
    private(set) var position: UInt64
    /// Records read.
    private(set) var records: UInt64 = 0

    /// A walk before the first block.
    init(_ segment: SealedSegment<Files>) {
        self.segment = segment
        hasher = LeafHasher(secret: segment.header.secret)
        tree = segment.header.tree
        position = segment.header.first
    }

    /// The number of blocks passed.
    var blocks: UInt64 { UInt64(next) }

    /// Goes on to the next damaged block, or to the end, where it returns nil.
    mutating func nextDamage(
        progress: ((UInt64) -> Void)? = nil, inspect: RecordInspector? = nil
    ) throws(LogError) -> LogError? {
        while next < segment.blocks.count {
            let index = next
            next += 1
            do throws(LogError) {
                let (positions, bytes) = try segment.records(ofBlock: index)
                guard positions.lowerBound == position else {
                    throw LogError(
                        .damaged, "the blocks do not follow on",
                        .init(file: segment.file.name, positions: position..<max(position, positions.lowerBound)))
                }
                var cursor = RecordCursor(bytes)
                while let range = cursor.next() {
                    let record = bytes.part(range)
                    guard RecordParts.split(record) != nil else {
                        throw LogError(
                            .damaged, "a record is not canonical",
                            .init(file: segment.file.name, positions: position..<positions.upperBound))
                    }
                    tree?.append(hasher.leaf(record, at: position))
                    inspect?(position, record)
                    position += 1
                }
                records += UInt64(positions.count)
                progress?(records)
            } catch {
                guard error.code == .damaged else { throw error }
                tree = nil
                position = max(position, error.place.positions?.upperBound ?? position)
                return error
            }
        }
        return nil
    }
}
