import EventLog

/// What a kind of derived files is called, and how its blocks are laid out.
package struct DerivedFileKind: Hashable, Sendable {
    /// Lower-case letters, at most 16: the start of the file's name.
    package let name: String
    /// Counts the layouts of this kind; a file of any other than the present one is made anew.
    package let layout: UInt16

    /// - Precondition: the name has 1 to 16 lower-case letters.
    package init(name: String, layout: UInt16) {
        precondition((1...16).contains(name.utf8.count) && name.utf8.allSatisfy { (0x61...0x7A).contains($0) })
        self.name = name
        self.layout = layout
    }
}

/// The 512 bytes at the start of a derived file.
///
/// | bytes | |
/// | --- | --- |
/// | 0–7 | `TLDERIV0` |
/// | 8–23 | the kind's name, filled with zeros |
/// | 24–25, 26–27 | the kind's layout, zeros |
/// | 28–31 | content bytes of every block, or 0 if they differ and an index follows the blocks |
/// | 32–47 | ledger ID |
/// | 48–55, 56–63 | the positions covered: first, end |
/// | 64–95 | root of the tree over all records before the end |
/// | 96–103 | number of blocks |
/// | 104–111 | bytes of the file |
/// | 112–507 | zeros |
/// | 508–511 | CRC32C of all before |
///
/// Integers are little-endian. A block is its content and CRC32C (4) of header bytes 0–95 ‖ the block's number (8) ‖
/// the content, so that it is known by its file and place. The index is the length of each block's content (4) and a
/// CRC32C (4) made like that of the block behind the last.
struct DerivedFileHeader: Hashable {
    /// Bytes of the header.
    static let length = 512
    /// Bytes behind each block.
    static let checksumLength = 4
    private static let magic: [UInt8] = Array("TLDERIV0".utf8)
    private static let identityLength = 96
    private static let nameRange = 8..<24
    private static let rootRange = 64..<96

    var kind: DerivedFileKind
    var blockLength: UInt32
    var ledgerID: LedgerID
    var positions: Range<UInt64>
    var root: TreeHash
    var blockCount: UInt64
    var fileSize: UInt64

    /// The header's bytes.
    var encoded: [UInt8] {
        var bytes = identity
        withUnsafeBytes(of: blockCount.littleEndian) { bytes += $0 }
        withUnsafeBytes(of: fileSize.littleEndian) { bytes += $0 }
        bytes += [UInt8](repeating: 0, count: Self.length - Self.checksumLength - bytes.count)
        let checksum = bytes.withUnsafeBytes { crc32c($0) }
        withUnsafeBytes(of: checksum.littleEndian) { bytes += $0 }
        return bytes
    }

    /// The bytes that are known before the blocks are.
    private var identity: [UInt8] {
        var bytes = Self.magic + Array(kind.name.utf8)
        bytes += [UInt8](repeating: 0, count: Self.nameRange.upperBound - bytes.count)
        withUnsafeBytes(of: UInt32(kind.layout).littleEndian) { bytes += $0 }
        withUnsafeBytes(of: blockLength.littleEndian) { bytes += $0 }
        bytes += ledgerID.bytes
        withUnsafeBytes(of: positions.lowerBound.littleEndian) { bytes += $0 }
        withUnsafeBytes(of: positions.upperBound.littleEndian) { bytes += $0 }
        return bytes + root.bytes
    }

    /// What the blocks' checksums go on from.
    var checksumSeed: UInt32 { identity.withUnsafeBytes { crc32c($0) } }

    /// The checksum of block `number` with this content.
    static func checksum(_ content: UnsafeRawBufferPointer, block number: UInt64, seed: UInt32) -> UInt32 {
        crc32c(content, seed: withUnsafeBytes(of: number.littleEndian) { crc32c($0, seed: seed) })
    }

    /// A header from its fields.
    init(
        kind: DerivedFileKind, blockLength: UInt32, ledgerID: LedgerID, positions: Range<UInt64>, root: TreeHash
    ) {
        self.kind = kind
        self.blockLength = blockLength
        self.ledgerID = ledgerID
        self.positions = positions
        self.root = root
        blockCount = 0
        fileSize = 0
    }

    /// Reads the header of a file that should be of this kind.
    init(decoding bytes: UnsafeRawBufferPointer, kind: DerivedFileKind) throws(DerivedFileAbsence.Reason) {
        let end = Self.length - Self.checksumLength
        guard bytes.count == Self.length else { throw .damaged("it is shorter than its header") }
        guard bytes.part(0..<8).elementsEqual(Self.magic), bytes.integer(at: end) == crc32c(bytes.part(0..<end)) else {
            throw .damaged("its header is not as it was written")
        }
        let name = Array(kind.name.utf8)
        let padded = name + [UInt8](repeating: 0, count: Self.nameRange.count - name.count)
        guard bytes.part(Self.nameRange).elementsEqual(padded) else { throw .damaged("it is of another kind") }
        guard bytes.integer(at: 24, as: UInt32.self) == UInt32(kind.layout) else { throw .otherLayout }
        let first: UInt64 = bytes.integer(at: 48)
        let last: UInt64 = bytes.integer(at: 56)
        guard let ledgerID = LedgerID([UInt8](bytes.part(32..<48))), let root = TreeHash(bytes.part(Self.rootRange)),
            first < last, bytes.part(112..<end).isZero
        else { throw .damaged("its header contradicts itself") }
        self.init(
            kind: kind, blockLength: bytes.integer(at: 28), ledgerID: ledgerID, positions: first..<last, root: root)
        blockCount = bytes.integer(at: 96)
        fileSize = bytes.integer(at: 104)
    }
}

extension DerivedFileAbsence.Reason: Error {}
