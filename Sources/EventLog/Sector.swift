/// Sectors: 504 bytes of content, a tag and a checksum. See docs/segment-format.md, "Sectors".
///
/// A run of sectors that is written together is a chunk: the segment's header is chunk 1, its commits are
/// chunks 2, 3, … . The tag says which chunk a sector belongs to and whether it is the chunk's first.
struct SectorCodec {
    /// CRC32C of the segment's secret, from which each sector's checksum goes on.
    private let seed: UInt32

    /// The codec of the segment with this secret.
    init(secret: SegmentSecret) {
        seed = secret.withUnsafeBytes { crc32c($0) }
    }

    /// What one sector of a file turns out to be.
    enum State: Equatable {
        /// As written: the chunk it belongs to, and whether it is the first of that chunk.
        case valid(chunk: UInt32, isFirst: Bool)
        /// All bytes are zero: never written, or written and lost.
        case zero
        /// Anything else.
        case bad
    }

    private static let firstMark: UInt32 = 0x8000_0000
    private static let tagOffset = Format.sectorPayload
    private static let checksumOffset = Format.sectorPayload + 4

    /// Puts the content of a chunk into the sectors that begin at `offset` of the file, zero-filling the last.
    ///
    /// `sectors` has room for exactly as many as `content` needs, at least one.
    func seal(
        _ content: UnsafeRawBufferPointer, chunk: UInt32, at offset: UInt64,
        into sectors: UnsafeMutableRawBufferPointer
    ) {
        precondition(chunk > 0 && chunk < Self.firstMark)
        precondition(sectors.count == max(1, Format.sectors(for: content.count)) * Format.sectorSize)
        var done = 0
        for start in stride(from: 0, to: sectors.count, by: Format.sectorSize) {
            let length = min(Format.sectorPayload, content.count - done)
            sectors.copy(content.part(done..<done + length), at: start)
            done += length
            if length < Format.sectorPayload {
                let rest = start + length..<start + Format.sectorPayload
                UnsafeMutableRawBufferPointer(rebasing: sectors[rest]).initializeMemory(as: UInt8.self, repeating: 0)
            }
            sectors.store(start == 0 ? chunk | Self.firstMark : chunk, at: start + Self.tagOffset)
            let sector = UnsafeRawBufferPointer(sectors).part(start..<start + Format.sectorSize)
            sectors.store(
                checksum(sector, at: offset + UInt64(start)), at: start + Self.checksumOffset)
        }
    }

    /// Says what the 512 bytes of `sector`, read from `offset` of the file, are.
    func state(of sector: UnsafeRawBufferPointer, at offset: UInt64) -> State {
        precondition(sector.count == Format.sectorSize)
        let tag: UInt32 = sector.integer(at: Self.tagOffset)
        // A zero tag is no chunk's, so an all-zero sector is never valid whatever its checksum would be.
        if tag & ~Self.firstMark != 0, sector.integer(at: Self.checksumOffset) == checksum(sector, at: offset) {
            return .valid(chunk: tag & ~Self.firstMark, isFirst: tag & Self.firstMark != 0)
        }
        return sector.isZero ? .zero : .bad
    }

    /// Checks every sector of a chunk and copies its content together.
    ///
    /// - Returns: the index of the first sector that is not one of this chunk's, or nil if all are.
    func open(
        _ sectors: UnsafeRawBufferPointer, chunk: UInt32, at offset: UInt64,
        into content: UnsafeMutableRawBufferPointer
    ) -> Int? {
        for index in 0..<sectors.count / Format.sectorSize {
            let start = index * Format.sectorSize
            let sector = sectors.part(start..<start + Format.sectorSize)
            let tag: UInt32 = sector.integer(at: Self.tagOffset)
            guard tag == (index == 0 ? chunk | Self.firstMark : chunk),
                sector.integer(at: Self.checksumOffset) == checksum(sector, at: offset + UInt64(start))
            else { return index }
            content.copy(sector.part(0..<Format.sectorPayload), at: index * Format.sectorPayload)
        }
        return nil
    }

    /// CRC32C of secret ‖ offset (8 bytes) ‖ content and tag.
    private func checksum(_ sector: UnsafeRawBufferPointer, at offset: UInt64) -> UInt32 {
        let place = Swift.withUnsafeBytes(of: offset.littleEndian) { crc32c($0, seed: seed) }
        return crc32c(sector.part(0..<Self.checksumOffset), seed: place)
    }
}
