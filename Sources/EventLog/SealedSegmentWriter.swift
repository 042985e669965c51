/// Writes records as a sealed segment file, syncs it and reads it back.
final class SealedSegmentWriter<Files: FileSystem> {
    private let layout: LedgerLayout<Files>
    private let header: SegmentHeader
    private let name: String
    private let target: Files.File
    private let hasher: LeafHasher
    private var encoder = BlockEncoder()
    private var blocks: [SealedSegment<Files>.Block] = []
    private var offset = UInt64(Format.headerSize)
    private var blockStart: UInt64
    /// The tree over what was appended and all before the segment.
    private(set) var tree: CompactRange

    /// Begins the file.
    ///
    /// - Parameters:
    ///   - header: the segment's; the kind is set here.
    ///   - name: relative to the ledger's directory; an older file of that name is removed.
    init(_ layout: LedgerLayout<Files>, _ header: SegmentHeader, to name: String) throws(LogError) {
        self.layout = layout
        self.header = header
        self.name = name
        hasher = LeafHasher(secret: header.secret)
        tree = header.tree
        blockStart = header.first
        position = header.first
        if try layout.files.exists(layout.path(name)) { try layout.files.remove(layout.path(name)) }
        target = try layout.files.open(layout.path(name), .create)
        var sealed = header
        sealed.kind = .sealed
        try layout.files.write(target, sealed.encoded())
    }

    deinit { layout.files.close(target) }

    /// The position of the record that comes next.
    private(set) var position: UInt64

    /// Adds a record.
    ///
    /// - Throws: `damaged` if it is not canonical; `noSpace`, `inputOutput`.
    func append(_ record: UnsafeRawBufferPointer) throws(LogError) {
        let leaf = hasher.leaf(record, at: position)
        try add(record)
        tree.append(leaf)
    }

    /// Adds `count` records as they stand in a commit, each after its length.
    ///
    /// - Throws: as ``append(_:)``.
    func append(_ records: UnsafeRawBufferPointer, count: Int) throws(LogError) {
        var cursor = RecordCursor(records)
        while let range = cursor.next() { try add(records.part(range)) }
        hasher.append(records, count: count, from: tree.size, to: &tree)
    }

    private func add(_ record: UnsafeRawBufferPointer) throws(LogError) {
        guard let parts = RecordParts.split(record) else {
            throw LogError(
                .damaged, "a record is not canonical", .init(file: name, positions: position..<position + 1))
        }
        if !encoder.append(record, parts) {
            try flush()
            guard encoder.append(record, parts) else { preconditionFailure("an empty block has room") }
        }
        position += 1
    }

    private func flush() throws(LogError) {
        let number = Format.headerChunk + 1 + UInt32(blocks.count)
        let block = encoder.encode(number: number, secret: header.secret, first: blockStart, at: offset)
        try layout.files.write(target, block, at: offset)
        blocks.append(.init(first: blockStart, offset: offset))
        offset += UInt64(block.count)
        blockStart = position
    }

    /// Writes what is left and the index, syncs, reads the file back and hashes every record of it.
    ///
    /// - Returns: the tree up to the segment's end.
    /// - Throws: `damaged` if what is read is not what was written; `noSpace`, `inputOutput`.
    func finish() throws(LogError) -> CompactRange {
        if encoder.count > 0 { try flush() }
        try layout.files.write(target, index(), at: offset)
        try layout.files.synchroniseAll(target)
        let file = try SegmentFile(layout.directory, first: header.first, name: name, layout.files)
        var walk = try SealedWalk(SealedSegment(file, file.header(ledgerID: header.ledgerID)))
        let fault = try walk.nextDamage()
        guard fault == nil, walk.segment.indexDamage == nil, walk.tree == tree else {
            throw fault ?? LogError(.damaged, "the file does not read as it was written", .init(file: name))
        }
        return tree
    }

    /// The bytes of index and footer.
    private func index() -> [UInt8] {
        let secret = header.secret
        var bytes = Array("TLI0".utf8)
        func add(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
        add(UInt32(blocks.count))
        secret.withUnsafeBytes { bytes += $0 }
        add(tree.size)
        bytes += tree.root.bytes
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
}
