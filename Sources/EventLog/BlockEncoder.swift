internal import CLZ4

/// Gathers records into one sealed block: three streams, each in columns and compressed when that makes it shorter.
struct BlockEncoder: ~Copyable {
    private let memory = Scratch()
    private let formed = Scratch()
    private var columns = ColumnEncoder()
    private let block = Scratch()
    private var lengths: InlineArray<3, Int> = [0, 0, 0]
    /// Records gathered.
    private(set) var count: UInt32 = 0
    private static var streamRoom: Int { BlockHeader.maximumBlockLength }
    /// Of LZ4's high compression. A block is written once and read for ever: this level takes a seventh less space than
    /// none for some 30 ms a segment, and higher ones hardly more.
    private static var effort: Int32 { 4 }

    /// An empty block, with memory for a full one.
    init() { _ = memory.memory(3 * Self.streamRoom) }

    /// Bytes in the three streams.
    private var length: Int { lengths[0] + lengths[1] + lengths[2] }

    /// Adds a record, already known to be canonical, unless the block has no room for it.
    mutating func append(_ record: UnsafeRawBufferPointer, _ parts: RecordParts.Ranges) -> Bool {
        // A part's entry, length and content, is what stands behind its tag in the record.
        let entries: InlineArray<3, Range<Int>> = [
            1..<parts.facts.upperBound, parts.facts.upperBound + 1..<parts.envelope.upperBound,
            min(parts.envelope.upperBound + 1, record.count)..<record.count,
        ]
        let cost = entries[0].count + entries[1].count + max(1, entries[2].count)
        guard length + cost <= BlockHeader.maximumBlockLength else { return false }
        for index in entries.indices {
            let start = index * Self.streamRoom + lengths[index]
            if entries[index].isEmpty {
                memory.buffer[start] = 0
                lengths[index] += 1
            } else {
                memory.buffer.copy(record.part(entries[index]), at: start)
                lengths[index] += entries[index].count
            }
        }
        count += 1
        return true
    }

    /// Lays the block out for `offset` of the file and forgets its records.
    mutating func encode(
        number: UInt32, secret: SegmentSecret, first: UInt64, at offset: UInt64
    ) -> UnsafeRawBufferPointer {
        let bound = Int(LZ4_compressBound(Int32(1 + Self.streamRoom)))
        let target = block.memory(BlockHeader.length + 3 * bound)
        var header = BlockHeader(
            number: number, secret: secret, first: first, count: count, streams: .init(repeating: .init()))
        var place = BlockHeader.length
        for index in header.streams.indices {
            let start = index * Self.streamRoom
            let raw = form(UnsafeRawBufferPointer(memory.buffer).part(start..<start + lengths[index]))
            var stored = Int(
                LZ4_compress_HC(
                    raw.bindMemory(to: CChar.self).baseAddress,
                    target.bindMemory(to: CChar.self).baseAddress.map { $0 + place }, Int32(raw.count), Int32(bound),
                    Self.effort))
            if stored <= 0 || stored >= raw.count {
                target.copy(raw, at: place)
                stored = raw.count
            }
            let bytes = UnsafeRawBufferPointer(target).part(place..<place + stored)
            header.streams[index] = .init(
                rawLength: UInt32(raw.count), storedLength: UInt32(stored), checksum: crc32c(bytes))
            place += stored
        }
        header.encode(into: target, at: offset)
        lengths = [0, 0, 0]
        count = 0
        return UnsafeRawBufferPointer(target).part(0..<place)
    }

    /// A stream after the byte for its form, lent until the next call.
    private mutating func form(_ stream: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let target = formed.memory(1 + Self.streamRoom)
        if let bytes = columns.encode(stream, count: count) {
            target[0] = StreamForm.columns.rawValue
            bytes.withUnsafeBytes { target.copy($0, at: 1) }
            return UnsafeRawBufferPointer(target).part(0..<1 + bytes.count)
        }
        target[0] = StreamForm.plain.rawValue
        target.copy(stream, at: 1)
        return UnsafeRawBufferPointer(target).part(0..<1 + stream.count)
    }
}

/// What a stream's first byte says of the rest.
enum StreamForm: UInt8 {
    /// Parts one behind the other, each after its length.
    case plain = 0
    /// Columns, see ``ColumnReader``.
    case columns = 1
}
