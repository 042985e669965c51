/// A sealed segment file, read block by block.
final class SealedSegment<Files: FileSystem> {
    /// The file.
    let file: SegmentFile<Files>
    /// Its header, of kind sealed.
    let header: SegmentHeader
    /// The blocks in order.
    private(set) var blocks: [Block] = []
    /// The position behind the last record, and the root over all records before it; nil if the index is damaged
    /// and the blocks were found by going through them.
    private(set) var end: TreeHead?
    /// What is wrong with the index, if anything.
    private(set) var indexDamage: LogError?
    private let decoder = BlockDecoder()

    /// A block's place.
    struct Block: Equatable {
        var first: UInt64
        var offset: UInt64
    }

    /// Bytes of the footer.
    static var footerLength: Int { 24 }
    /// Bytes of the index before its entries, and behind them.
    private static var indexStart: Int { 64 }
    private static var indexEnd: Int { 4 }

    /// Reads the index; finds the blocks without it if it is damaged.
    init(_ file: SegmentFile<Files>, _ header: SegmentHeader) throws(LogError) {
        self.file = file
        self.header = header
        do throws(LogError) {
            try readIndex()
        } catch {
            guard error.code == .damaged else { throw error }
            indexDamage = error
            try findBlocks()
        }
    }

    /// Where the bytes behind the last block begin.
    private(set) var blocksEnd: UInt64 = 0

    private func readIndex() throws(LogError) {
        let length = Self.footerLength
        let footerStart = max(UInt64(length), file.size) - UInt64(length)
        func damaged(_ what: String) -> LogError {
            LogError(.damaged, what, .init(file: file.name, bytes: UInt64(Format.headerSize)..<file.size))
        }
        let footer = try file.bytes(at: footerStart, count: length)
        guard footer.count == length, footer.part(0..<8).elementsEqual(Array("TLE0".utf8) + [0, 0, 0, 0]),
            footer.integer(at: 20) == BlockHeader.checksum(footer.part(0..<20), header.secret, footerStart)
        else { throw damaged("the segment's footer is not as it was written") }
        let start: UInt64 = footer.integer(at: 8)
        let indexLength: UInt32 = footer.integer(at: 16)
        let limit = Self.indexStart + 16 * Int(Format.positionsPerSegment) + Self.indexEnd
        guard Int(indexLength) <= limit, start < footerStart, start + UInt64(indexLength) == footerStart else {
            throw damaged("the segment's footer points nowhere")
        }
        let index = try file.bytes(at: start, count: Int(indexLength))
        let body = Int(indexLength) - Self.indexEnd
        guard index.count == Int(indexLength), body >= Self.indexStart,
            index.part(0..<4).elementsEqual(Array("TLI0".utf8)),
            index.integer(at: body) == BlockHeader.checksum(index.part(0..<body), header.secret, start),
            SegmentSecret(memory: index.part(8..<24)) == header.secret,
            Int(index.integer(at: 4, as: UInt32.self)) * 16 + Self.indexStart == body
        else { throw damaged("the segment's index is not as it was written") }
        var found: [Block] = []
        for place in stride(from: Self.indexStart, to: body, by: 16) {
            found.append(Block(first: index.integer(at: place), offset: index.integer(at: place + 8)))
        }
        end = TreeHead(size: index.integer(at: 24), root: TreeHash(memory: index.part(32..<64)))
        blocksEnd = start
        blocks = found
    }

    /// Finds the blocks by their own headers, up to the first that does not stand.
    private func findBlocks() throws(LogError) {
        var offset = UInt64(Format.headerSize)
        blocks = []
        while let block = try blockHeader(at: offset, number: blocks.count) {
            blocks.append(Block(first: block.first, offset: offset))
            offset += UInt64(block.size)
        }
        blocksEnd = offset
    }

    private func blockHeader(at offset: UInt64, number: Int) throws(LogError) -> BlockHeader? {
        let bytes = try file.bytes(at: offset, count: BlockHeader.length)
        guard let block = BlockHeader(decoding: bytes, secret: header.secret, at: offset),
            block.hasForms || header.version == 0,
            block.number == Format.headerChunk + 1 + UInt32(number)
        else { return nil }
        return block
    }

    /// The index of the block that holds `position`.
    /// - Throws: `damaged` if none does.
    func block(holding position: UInt64) throws(LogError) -> Int {
        var low = 0
        var high = blocks.count
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].first <= position { low = middle + 1 } else { high = middle }
        }
        if low > 0, end.map({ position < $0.size }) ?? true { return low - 1 }
        throw LogError(
            .damaged, "the sealed segment does not hold this position",
            .init(file: file.name, positions: position..<position + 1))
    }

    /// The records of a block, laid out as in a commit and lent until the next call, with their positions.
    ///
    /// - Throws: `damaged` with the place.
    func records(ofBlock index: Int) throws(LogError) -> (positions: Range<UInt64>, bytes: UnsafeRawBufferPointer) {
        try take(block: index) { header, bytes in decoder.records(of: header, in: bytes) }
    }

    /// Those of the records at `positions`, ascending, that are in a block: the first of them, and all that follow it
    /// up to the block's end.
    ///
    /// - Throws: `damaged` with the place.
    func records(at positions: ArraySlice<UInt64>, ofBlock index: Int) throws(LogError) -> [[UInt8]] {
        try take(block: index) { header, bytes in
            guard let first = positions.first, first >= header.first, first < header.end else { return nil }
            let places = positions.prefix { $0 < header.end }.map { Int($0 - header.first) }
            return decoder.records(at: places, of: header, in: bytes)
        }.1
    }

    /// The facts stream of a block as it stands, lent until the next call, with the positions of its records. The
    /// other streams are neither checked nor unpacked.
    ///
    /// - Throws: `damaged` with the place.
    func facts(ofBlock index: Int) throws(LogError) -> (positions: Range<UInt64>, stream: FactsStream) {
        try take(block: index) { header, bytes in decoder.facts(of: header, in: bytes) }
    }

    /// The same, always with the parts one behind the other.
    ///
    /// - Throws: `damaged` with the place.
    func plainFacts(
        ofBlock index: Int
    ) throws(LogError) -> (positions: Range<UInt64>, bytes: UnsafeRawBufferPointer) {
        try take(block: index) { header, bytes in decoder.plainFacts(of: header, in: bytes) }
    }

    /// Checks a block's header and place, and gives what `unpack` makes of the block, or throws if it gives nil.
    private func take<Content>(
        block index: Int, _ unpack: (BlockHeader, UnsafeRawBufferPointer) -> Content?
    ) throws(LogError) -> (Range<UInt64>, Content) {
        let block = blocks[index]
        let next = index + 1 < blocks.count ? blocks[index + 1] : nil
        let follows = next?.first ?? end?.size
        let fileEnd = next?.offset ?? blocksEnd
        func damaged(_ reason: String) -> LogError {
            LogError(
                .damaged, reason,
                .init(
                    file: file.name, chunk: Format.headerChunk + 1 + UInt32(index),
                    bytes: block.offset..<max(block.offset, fileEnd),
                    positions: block.first..<max(block.first, follows ?? block.first + 1)))
        }
        // Read at once, whatever is read ahead otherwise.
        let length = min(max(fileEnd, block.offset) - block.offset, UInt64(BlockHeader.maximumLength))
        _ = try file.bytes(at: block.offset, count: Int(length))
        guard let header = try blockHeader(at: block.offset, number: index), header.first == block.first,
            follows == nil || header.end == follows, block.offset + UInt64(header.size) == fileEnd
        else { throw damaged("the block's header is not as it was written") }
        let bytes = try file.bytes(at: block.offset, count: header.size)
        guard bytes.count == header.size, let content = unpack(header, bytes) else {
            throw damaged("the block is not as it was written")
        }
        return (header.first..<header.end, content)
    }
}
