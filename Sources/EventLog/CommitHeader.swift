/// The 96 bytes at the start of a commit. See docs/segment-format.md, "Commits".
package struct CommitHeader: Hashable, Sendable {
    /// Bits of `flags`; all others are zero.
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }
        /// The stored bytes are one LZ4 block.
        package static let compressed = Flags(rawValue: 1)
        /// The batch goes on in the next commit; without that one, this counts for nothing.
        package static let moreFollows = Flags(rawValue: 2)
        /// Written by a clean close; holds no record.
        package static let closed = Flags(rawValue: 4)
        static let all: Flags = [.compressed, .moreFollows, .closed]
    }

    /// What the commit is.
    package var flags: Flags
    /// The segment's secret.
    package var secret: SegmentSecret
    /// The writer's epoch.
    package var epoch: UInt32
    /// The commit's chunk number within the segment, from 2.
    package var number: UInt32
    /// The position of the first record.
    package var first: UInt64
    /// All records before this position were durable when the commit was written.
    package var acknowledged: UInt64
    /// The root of the tree over all records before `first`.
    package var rootBefore: TreeHash
    /// The number of records.
    package var count: UInt32
    /// Bytes of the records with their lengths, before compression.
    package var rawLength: UInt32
    /// Bytes of them as stored.
    package var storedLength: UInt32

    /// Bytes of a commit header.
    package static let length = 96
    private static let magic: UInt32 = 0x3043_4C54  // "TLC0"
    private static let checksumOffset = 92

    /// The position behind the last record.
    package var end: UInt64 { first + UInt64(count) }

    /// Sectors of the whole commit.
    package var sectors: Int { Format.sectors(for: Self.length + Int(storedLength)) }

    /// Bytes of the whole commit in the file.
    package var size: UInt64 { UInt64(sectors * Format.sectorSize) }

    /// Writes the header before the stored bytes that already stand behind it in `content`.
    func encode(into content: UnsafeMutableRawBufferPointer) {
        content.store(Self.magic, at: 0)
        content.store(flags.rawValue, at: 4)
        secret.withUnsafeBytes { content.copy($0, at: 8) }
        content.store(epoch, at: 24)
        content.store(number, at: 28)
        content.store(first, at: 32)
        content.store(acknowledged, at: 40)
        rootBefore.withUnsafeBytes { content.copy($0, at: 48) }
        content.store(count, at: 80)
        content.store(rawLength, at: 84)
        content.store(storedLength, at: 88)
        content.store(Self.checksum(UnsafeRawBufferPointer(content)), at: Self.checksumOffset)
    }

    /// CRC32C of the header before its checksum, then of the stored bytes; `content` ends where they end.
    private static func checksum(_ content: UnsafeRawBufferPointer) -> UInt32 {
        crc32c(content.part(length..<content.count), seed: crc32c(content.part(0..<checksumOffset)))
    }

    /// Reads a header from the content of a commit's first sector, without its checksum, which
    /// `matches` compares.
    ///
    /// - Returns: nil if the fields contradict each other or a limit, with no allocation made on their word.
    init?(decoding content: UnsafeRawBufferPointer, secret: SegmentSecret, number: UInt32) {
        guard content.count >= Self.length, content.integer(at: 0, as: UInt32.self) == Self.magic else { return nil }
        flags = Flags(rawValue: content.integer(at: 4))
        self.secret = SegmentSecret(memory: content.part(8..<24))
        epoch = content.integer(at: 24)
        self.number = content.integer(at: 28)
        first = content.integer(at: 32)
        acknowledged = content.integer(at: 40)
        rootBefore = TreeHash(memory: content.part(48..<80))
        count = content.integer(at: 80)
        rawLength = content.integer(at: 84)
        storedLength = content.integer(at: 88)
        guard flags.isSubset(of: .all), self.secret == secret, self.number == number,
            first < Format.positionLimit, acknowledged <= first,
            UInt64(count) <= Format.positionsPerSegment,
            Int(rawLength) <= Format.maximumCommitLength, storedLength <= rawLength
        else { return nil }
        // The shortest record takes four bytes and two for its length.
        guard count == 0 ? rawLength == 0 : UInt64(rawLength) >= 6 * UInt64(count) else { return nil }
        guard flags.contains(.closed) ? count == 0 && flags == .closed : count > 0 else { return nil }
        guard end <= Format.segmentEnd(of: first) || count == 0 else { return nil }
        guard flags.contains(.compressed) ? storedLength < rawLength : storedLength == rawLength else { return nil }
    }

    /// A header from its fields; `encode` adds the checksum.
    package init(
        flags: Flags, secret: SegmentSecret, epoch: UInt32, number: UInt32, first: UInt64, acknowledged: UInt64,
        rootBefore: TreeHash, count: UInt32, rawLength: UInt32, storedLength: UInt32
    ) {
        self.flags = flags
        self.secret = secret
        self.epoch = epoch
        self.number = number
        self.first = first
        self.acknowledged = acknowledged
        self.rootBefore = rootBefore
        self.count = count
        self.rawLength = rawLength
        self.storedLength = storedLength
    }

    /// Whether the checksum in `content`, header and stored bytes, is theirs, and nothing but zeros follows.
    func matches(_ content: UnsafeRawBufferPointer) -> Bool {
        let end = Self.length + Int(storedLength)
        return content.count >= end
            && content.integer(at: Self.checksumOffset) == Self.checksum(content.part(0..<end))
            && content.part(end..<content.count).isZero
    }
}
