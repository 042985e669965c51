/// The header of a segment file: four sectors. See docs/segment-format.md, "Segment header".
package struct SegmentHeader: Hashable, Sendable {
    /// How the records behind the header are stored.
    package enum Kind: UInt8, Sendable {
        /// Commits, as they were appended.
        case open = 0
        /// Blocks of three streams; never written again.
        case sealed = 1
    }

    /// The format version, the same in all of a ledger's files.
    package var version: UInt16
    /// How the records are stored.
    package var kind: Kind
    /// Counts the writers that opened this ledger; this one made the file.
    package var epoch: UInt32
    /// The file's random bytes.
    package var secret: SegmentSecret
    /// The ledger it belongs to.
    package var ledgerID: LedgerID
    /// The tree over all records before the first of this segment; its size is that record's position.
    package var tree: CompactRange

    /// The position of the segment's first record.
    package var first: UInt64 { tree.size }

    private static let magic: [UInt8] = Array("TLSEGMNT".utf8)
    private static let secretOffset = 16
    private static let hashesOffset = 56

    /// The header's sectors.
    func encoded() -> [UInt8] {
        var content = magicBytes()
        content += tree.hashes.flatMap(\.bytes)
        content += [UInt8](repeating: 0, count: Format.headerSectors * Format.sectorPayload - content.count)
        var sectors = [UInt8](repeating: 0, count: Format.headerSize)
        content.withUnsafeBytes { content in
            sectors.withUnsafeMutableBytes { sectors in
                SectorCodec(secret: secret).seal(content, chunk: Format.headerChunk, at: 0, into: sectors)
            }
        }
        return sectors
    }

    /// The 56 bytes before the hashes.
    private func magicBytes() -> [UInt8] {
        var bytes = Self.magic
        withUnsafeBytes(of: version.littleEndian) { bytes += $0 }
        bytes += [kind.rawValue, UInt8(tree.hashes.count)]
        withUnsafeBytes(of: epoch.littleEndian) { bytes += $0 }
        secret.withUnsafeBytes { bytes += $0 }
        bytes += ledgerID.bytes
        withUnsafeBytes(of: first.littleEndian) { bytes += $0 }
        return bytes
    }

    /// Reads a header from a file's first bytes.
    ///
    /// - Throws: `damaged` with the bytes concerned, `formatTooNew`.
    init(decoding bytes: UnsafeRawBufferPointer, file: String) throws(LogError) {
        func damaged(_ reason: String, _ range: Range<Int> = 0..<Format.headerSize) -> LogError {
            LogError(
                .damaged, "segment header: \(reason)",
                .init(
                    file: file, chunk: Format.headerChunk, bytes: UInt64(range.lowerBound)..<UInt64(range.upperBound)))
        }
        guard bytes.count >= Format.headerSize else { throw damaged("the file is shorter than its header") }
        // The secret that seeds the checksums stands in the first sector; if it is damaged, they fail.
        let secret = SegmentSecret(memory: bytes.part(Self.secretOffset..<Self.secretOffset + SegmentSecret.length))
        let content = Scratch()
        let room = content.memory(Format.headerSectors * Format.sectorPayload)
        let codec = SectorCodec(secret: secret)
        if let index = codec.open(
            bytes.part(0..<Format.headerSize), chunk: Format.headerChunk, at: 0, into: room)
        {
            throw damaged("bad sector", index * Format.sectorSize..<(index + 1) * Format.sectorSize)
        }
        let header = UnsafeRawBufferPointer(room).part(0..<Format.headerSectors * Format.sectorPayload)
        guard header.part(0..<8).elementsEqual(Self.magic) else { throw damaged("wrong magic") }
        let version: UInt16 = header.integer(at: 8)
        guard version <= Format.version else {
            throw LogError(
                .formatTooNew,
                "segment of format version \(version), later than \(Format.version), the latest that this program knows",
                .init(file: file))
        }
        guard let kind = Kind(rawValue: header[10]), let ledgerID = LedgerID([UInt8](header.part(32..<48))) else {
            throw damaged("unknown kind")
        }
        let count = Int(header[11])
        let end = Self.hashesOffset + count * TreeHash.length
        let first: UInt64 = header.integer(at: 48)
        guard first < Format.positionLimit, end <= header.count else { throw damaged("impossible position") }
        let hashes = (0..<count).map { TreeHash(memory: header.part(Self.hashesOffset + $0 * 32..<end)) }
        guard let tree = CompactRange(size: first, hashes: hashes) else { throw damaged("tree does not fit") }
        guard header.part(end..<header.count).isZero else { throw damaged("unused bytes are not zero") }
        self.init(
            version: version, kind: kind, epoch: header.integer(at: 12), secret: secret, ledgerID: ledgerID, tree: tree)
    }

    /// A header from its fields.
    package init(
        version: UInt16, kind: Kind, epoch: UInt32, secret: SegmentSecret, ledgerID: LedgerID, tree: CompactRange
    ) {
        self.version = version
        self.kind = kind
        self.epoch = epoch
        self.secret = secret
        self.ledgerID = ledgerID
        self.tree = tree
    }
}
