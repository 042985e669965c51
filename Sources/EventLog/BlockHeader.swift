/// The 76 bytes before a sealed block's streams. See docs/segment-format.md, "Sealed segments".
struct BlockHeader: Hashable {
    /// Bytes of a block header.
    static let length = 76
    /// Bytes of all three streams of a block, before compression, at most. The longest record fits.
    static let maximumBlockLength = 65_536
    /// Bytes of a block with its header, at most: each stream has a byte for its form.
    static let maximumLength = length + maximumBlockLength + 3
    /// "TLB0", of version 0 only, has its three streams as they are; in "TLB1" each begins with a byte for its form.
    private static let plainMagic: UInt32 = 0x3042_4C54
    private static let magic: UInt32 = 0x3142_4C54
    private static let checksumOffset = 72

    /// One of the streams: facts, envelope, personal.
    struct Stream: Hashable {
        var rawLength: UInt32 = 0
        var storedLength: UInt32 = 0
        var checksum: UInt32 = 0
    }

    /// The block's number within the segment, from 2.
    var number: UInt32
    /// The segment's secret.
    var secret: SegmentSecret
    /// The position of the first record.
    var first: UInt64
    /// The number of records, at least one.
    var count: UInt32
    /// Whether each stream begins with a byte for its form. Blocks that were sealed before there were columns have none.
    var hasForms = true
    /// Facts, envelope, personal.
    var streams: InlineArray<3, Stream>

    /// The position behind the last record.
    var end: UInt64 { first + UInt64(count) }

    /// Bytes of the whole block in the file.
    var size: Int {
        Self.length + Int(streams[0].storedLength) + Int(streams[1].storedLength) + Int(streams[2].storedLength)
    }

    static func == (left: BlockHeader, right: BlockHeader) -> Bool {
        left.number == right.number && left.secret == right.secret && left.first == right.first
            && left.count == right.count && left.streams.indices.allSatisfy { left.streams[$0] == right.streams[$0] }
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(number)
        hasher.combine(first)
    }

    /// Writes the header for a block at `offset` of the file.
    func encode(into memory: UnsafeMutableRawBufferPointer, at offset: UInt64) {
        memory.store(hasForms ? Self.magic : Self.plainMagic, at: 0)
        memory.store(number, at: 4)
        secret.withUnsafeBytes { memory.copy($0, at: 8) }
        memory.store(first, at: 24)
        memory.store(count, at: 32)
        for index in streams.indices {
            memory.store(streams[index].rawLength, at: 36 + 8 * index)
            memory.store(streams[index].storedLength, at: 40 + 8 * index)
            memory.store(streams[index].checksum, at: 60 + 4 * index)
        }
        let bytes = UnsafeRawBufferPointer(memory)
        memory.store(Self.checksum(bytes.part(0..<Self.checksumOffset), secret, offset), at: Self.checksumOffset)
    }

    /// CRC32C of secret ‖ offset ‖ `bytes`: bound to the file and the place in it.
    static func checksum(_ bytes: UnsafeRawBufferPointer, _ secret: SegmentSecret, _ offset: UInt64) -> UInt32 {
        let seed = secret.withUnsafeBytes { crc32c($0) }
        let place = withUnsafeBytes(of: offset.littleEndian) { crc32c($0, seed: seed) }
        return crc32c(bytes, seed: place)
    }

    /// A header from its fields.
    init(number: UInt32, secret: SegmentSecret, first: UInt64, count: UInt32, streams: InlineArray<3, Stream>) {
        self.number = number
        self.secret = secret
        self.first = first
        self.count = count
        self.streams = streams
    }

    /// Reads the header at `offset`; nil unless it stands as written, within all limits.
    init?(decoding bytes: UnsafeRawBufferPointer, secret: SegmentSecret, at offset: UInt64) {
        guard bytes.count >= Self.length,
            bytes.integer(at: Self.checksumOffset)
                == Self.checksum(bytes.part(0..<Self.checksumOffset), secret, offset)
        else { return nil }
        switch bytes.integer(at: 0, as: UInt32.self) {
        case Self.magic: hasForms = true
        case Self.plainMagic: hasForms = false
        default: return nil
        }
        self.secret = SegmentSecret(memory: bytes.part(8..<24))
        number = bytes.integer(at: 4)
        first = bytes.integer(at: 24)
        count = bytes.integer(at: 32)
        streams = .init(repeating: Stream())
        var length: UInt64 = 0
        for index in streams.indices {
            streams[index].rawLength = bytes.integer(at: 36 + 8 * index)
            streams[index].storedLength = bytes.integer(at: 40 + 8 * index)
            streams[index].checksum = bytes.integer(at: 60 + 4 * index)
            length += UInt64(streams[index].rawLength)
            guard streams[index].storedLength <= streams[index].rawLength else { return nil }
        }
        let limit = Self.maximumBlockLength + (hasForms ? streams.count : 0)
        guard self.secret == secret, first < Format.positionLimit, count > 0, length <= limit,
            UInt64(count) * 3 <= (hasForms ? UInt64(Self.maximumBlockLength) : length),
            end <= Format.segmentEnd(of: first)
        else { return nil }
    }
}
