internal import CLZ4

/// Takes a commit apart, in memory that it uses again for each.
final class CommitDecoder {
    private let content = Scratch()
    private let records = Scratch()
    /// Checks the segment's sectors.
    let codec: SectorCodec
    /// The segment's secret.
    let secret: SegmentSecret

    /// A decoder for the segment with this secret.
    init(secret: SegmentSecret) {
        self.secret = secret
        codec = SectorCodec(secret: secret)
    }

    /// Why a commit whose first sector stands cannot be read.
    enum Failure: Error, Equatable {
        /// The sector of this index is not one of the commit's.
        case sector(Int)
        /// All sectors stand, and yet the commit contradicts itself.
        case inconsistent(String)
    }

    /// The header in a valid first sector, or nil if its fields are impossible.
    func header(inFirstSector sector: UnsafeRawBufferPointer, number: UInt32) -> CommitHeader? {
        CommitHeader(decoding: sector.part(0..<Format.sectorPayload), secret: secret, number: number)
    }

    /// Checks the whole commit and lends its records, to be walked with `RecordCursor`.
    ///
    /// The memory lent is overwritten by the next call.
    func records(
        of header: CommitHeader, in sectors: UnsafeRawBufferPointer, at offset: UInt64
    ) throws(Failure) -> UnsafeRawBufferPointer {
        let length = header.sectors * Format.sectorPayload
        let memory = UnsafeMutableRawBufferPointer(rebasing: content.memory(length)[0..<length])
        if let index = codec.open(sectors, chunk: header.number, at: offset, into: memory) {
            throw .sector(index)
        }
        guard header.matches(UnsafeRawBufferPointer(memory)) else {
            throw .inconsistent("the commit's checksum does not match, or its unused bytes are not zero")
        }
        let end = CommitHeader.length + Int(header.storedLength)
        let stored = UnsafeRawBufferPointer(memory).part(CommitHeader.length..<end)
        guard header.flags.contains(.compressed) else { return stored }
        let raw = records.memory(Int(header.rawLength))
        let produced = LZ4_decompress_safe(
            stored.bindMemory(to: CChar.self).baseAddress, raw.bindMemory(to: CChar.self).baseAddress,
            Int32(stored.count), Int32(header.rawLength))
        guard produced == Int32(header.rawLength) else {
            throw .inconsistent("the compressed records do not unpack to their length")
        }
        return UnsafeRawBufferPointer(raw).part(0..<Int(header.rawLength))
    }
}

/// Walks the records of a commit: each stands after its length in two bytes.
struct RecordCursor {
    private let records: UnsafeRawBufferPointer
    private var offset = 0

    /// A cursor before the first record of `records`.
    init(_ records: UnsafeRawBufferPointer) { self.records = records }

    /// Whether all bytes are used up.
    var isAtEnd: Bool { offset == records.count }

    /// The byte range of the next record, or nil at the end or where a length runs past it.
    mutating func next() -> Range<Int>? {
        guard records.count - offset >= 2 else { return nil }
        let length = Int(records.integer(at: offset, as: UInt16.self))
        guard length <= records.count - offset - 2 else { return nil }
        let range = offset + 2..<offset + 2 + length
        offset = range.upperBound
        return range
    }
}
