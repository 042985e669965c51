/// The fixed numbers and names of the on-disk format. docs/segment-format.md is the page that explains them.
package enum Format {
    /// The format of new ledgers, and the highest that this code reads. Older ledgers stay what they are, also when
    /// they are written to.
    package static let version: UInt16 = 1

    /// Positions a segment spans: one full level-1 tile of a transparency log.
    package static let positionsPerSegment: UInt64 = 65_536

    /// Positions end here. Far beyond any ledger; keeps sums of untrusted positions from overflowing.
    package static let positionLimit: UInt64 = 1 << 48

    /// Bytes of the longest record.
    package static let maximumRecordLength = 65_535

    /// Records in the largest batch.
    package static let maximumBatchCount = 65_536

    /// Bytes of records (their lengths included) in the largest commit, before compression.
    package static let maximumCommitLength = 8 << 20

    /// Bytes of a sector, the unit of a checksum.
    package static let sectorSize = 512

    /// Bytes of a sector that carry content; a tag and a checksum follow.
    package static let sectorPayload = 504

    /// Sectors of a segment's header.
    package static let headerSectors = 4

    /// Byte offset of a segment's first commit.
    static let headerSize = headerSectors * sectorSize

    /// The chunk number of a segment's header; commits count on from it.
    static let headerChunk: UInt32 = 1

    /// Disk space, in bytes, kept allocated behind the last commit, so that a full disk still takes the
    /// clean-close marker.
    static let closingReserve = 4_096

    /// Bytes asked of the disk at a time ahead of the commits.
    static let reservationStep: UInt64 = 1 << 20

    /// The file with format version and ledger ID.
    package static let descriptionFile = "ledger.json"
    /// The file that carries the writer's lock.
    static let lockFile = "LOCK"
    /// The file with the durable position.
    static let publicationFile = "durable"
    /// The directory of segment files.
    static let segmentDirectory = "segments"
    /// The directory of what was cut.
    package static let quarantineDirectory = "quarantine"
    /// What ends the name of a segment file.
    static let segmentSuffix = ".seg"
    /// What ends the name of a file that is not finished.
    static let temporarySuffix = ".tmp"

    /// The file name of the segment that begins at `first`: 20 decimal digits and `.seg`.
    package static func segmentName(first: UInt64) -> String {
        let digits = String(first)
        return String(repeating: "0", count: 20 - digits.utf8.count) + digits + segmentSuffix
    }

    /// The first position in a segment's file name, or nil if the name is no segment's.
    static func firstPosition(segmentName name: String) -> UInt64? {
        guard name.hasSuffix(segmentSuffix), let first = UInt64(name.dropLast(segmentSuffix.utf8.count)),
            first < positionLimit, segmentName(first: first) == name
        else { return nil }
        return first
    }

    /// The position at which the segment holding `position` ends.
    static func segmentEnd(of position: UInt64) -> UInt64 {
        (position / positionsPerSegment + 1) * positionsPerSegment
    }

    /// Sectors needed for `length` bytes of content.
    static func sectors(for length: Int) -> Int {
        (length + sectorPayload - 1) / sectorPayload
    }
}
