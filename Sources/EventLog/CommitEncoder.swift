internal import CLZ4

/// Gathers records into one commit and lays it out in sectors.
///
/// The records stand one behind the other, each after its length in two bytes; they are compressed when that
/// saves a sector.
struct CommitEncoder: ~Copyable {
    private let records = Scratch()
    private let content = Scratch()
    private let sectors = Scratch()
    /// Bytes gathered: records and their lengths.
    private(set) var rawLength = 0
    /// Records gathered.
    private(set) var count: UInt32 = 0

    /// Bytes that a record of `length` bytes adds.
    static func cost(_ length: Int) -> Int { length + 2 }

    /// Forgets the records gathered and makes room for `length` bytes of them.
    mutating func reset(room length: Int) {
        rawLength = 0
        count = 0
        _ = records.memory(length)
    }

    /// Adds a record.
    mutating func append(_ record: [UInt8]) {
        let memory = records.buffer
        precondition(rawLength + Self.cost(record.count) <= memory.count)
        memory.store(UInt16(record.count), at: rawLength)
        record.withUnsafeBytes { memory.copy($0, at: rawLength + 2) }
        rawLength += Self.cost(record.count)
        count += 1
    }

    /// Lends what was gathered since there were `start` bytes.
    func content(from start: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(records.buffer).part(start..<rawLength)
    }

    /// Lays the commit out for `offset` of the file; `header`'s count, lengths and compression are set here.
    func encode(_ header: inout CommitHeader, codec: SectorCodec, at offset: UInt64) -> UnsafeRawBufferPointer {
        let bound = rawLength == 0 ? 0 : Int(LZ4_compressBound(Int32(rawLength)))
        let memory = content.memory(CommitHeader.length + max(bound, rawLength))
        header.count = count
        header.rawLength = UInt32(rawLength)
        header.storedLength = UInt32(rawLength)
        let raw = UnsafeRawBufferPointer(records.buffer).part(0..<rawLength)
        let plainSectors = header.sectors
        var isCompressed = false
        if plainSectors > 1 {
            let stored = LZ4_compress_default(
                raw.bindMemory(to: CChar.self).baseAddress,
                memory.bindMemory(to: CChar.self).baseAddress.map { $0 + CommitHeader.length },
                Int32(rawLength), Int32(bound))
            header.storedLength = UInt32(max(0, stored))
            isCompressed = stored > 0 && header.sectors < plainSectors
        }
        if isCompressed {
            header.flags.insert(.compressed)
        } else {
            header.flags.remove(.compressed)
            header.storedLength = UInt32(rawLength)
            memory.copy(raw, at: CommitHeader.length)
        }
        let used = UnsafeMutableRawBufferPointer(rebasing: memory[0..<CommitHeader.length + Int(header.storedLength)])
        header.encode(into: used)
        let room = sectors.memory(Int(header.size))
        let target = UnsafeMutableRawBufferPointer(rebasing: room[0..<Int(header.size)])
        codec.seal(UnsafeRawBufferPointer(used), chunk: header.number, at: offset, into: target)
        return UnsafeRawBufferPointer(target)
    }
}
