import TrainingEvents

/// What events are about, as the index of positions tells them apart.
enum SubjectKind: Int, CaseIterable, Sendable {
    case trainee, `class`, unit
}

/// The layout of an index file: where the events about each trainee, class and unit stand among the positions that it
/// covers.
///
/// Block 0 holds varints: for each kind of subject the number that its first introduction gets, how many are
/// introduced, the number of group blocks and of ID blocks; then how many events are about rulebooks, and their
/// positions. For each kind follow its group blocks, then its ID blocks.
///
/// A group block is for ``groupSize`` consecutive numbers: as many end offsets (4 bytes each), then for each number its
/// positions, each as a varint of the distance to the one before (the first to the first position covered). It is empty
/// if there is none.
///
/// An ID block holds, in ascending order, pairs of an ID's fingerprint (8 bytes) and its number (4 bytes); an ID stands
/// in the block of its fingerprint modulo the number of ID blocks.
enum SubjectIndexLayout {
    static let kind = DerivedFileKind(name: "positions", layout: 0)
    static let groupSize = 64
    static let idsPerBlock = 64
    static let idEntryLength = 12

    /// 64 bits that tell IDs apart nearly always: FNV-1a, finished by the mixer of MurmurHash3. A find is confirmed
    /// against the record.
    static func fingerprint(_ id: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ (hash >> 33)
    }

    static func put(_ value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Takes a varint; `nil` past the end of the bytes or of 63 bits.
    static func varint(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < bytes.count, shift < 63 {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
