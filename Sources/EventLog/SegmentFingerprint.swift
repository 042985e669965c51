internal import CLibCrypto

/// The bytes of a segment file as they stood at some moment, by their SHA-256: work that was planned on them is done on
/// the same bytes or not at all.
package struct SegmentFingerprint: Hashable, Sendable {
    /// The position of the first record, which names the file.
    package let first: UInt64
    /// How many bytes of the file count: all of a sealed one; an open one up to the end of the commit that holds the last
    /// record asked for, since it may grow.
    package let length: UInt64
    /// SHA-256 of these bytes.
    package let hash: TreeHash

    package init(first: UInt64, length: UInt64, hash: TreeHash) {
        self.first = first
        self.length = length
        self.hash = hash
    }

    /// The file's name relative to the ledger's directory.
    package var file: String { Format.segmentDirectory + "/" + Format.segmentName(first: first) }
}

extension LogReader {
    /// The fingerprint of the segment file that begins at `first`, as far as its records before `end`.
    ///
    /// - Throws: `damaged` where no such records stand; `inputOutput`.
    package func fingerprint(ofSegmentAt first: UInt64, upTo end: UInt64) throws(LogError) -> SegmentFingerprint {
        let file = try SegmentFile(layout.directory, first: first, layout.files)
        let header = try file.header(ledgerID: ledgerID)
        var length = file.size
        if header.kind == .open {
            var scan = SegmentScan(file, header, readsRecords: false)
            while scan.position < end {
                guard case .commit = try scan.next() else {
                    throw LogError(
                        .damaged, "the segment ends before its last position",
                        .init(file: file.name, positions: scan.position..<end))
                }
            }
            length = scan.offset
        }
        return SegmentFingerprint(first: first, length: length, hash: try Self.hash(file, length))
    }

    /// Refuses a segment file whose bytes are not those of the fingerprint.
    ///
    /// - Throws: `damaged` that names the file: it was changed, sealed, or is another ledger's; `inputOutput`.
    package func check(_ expected: SegmentFingerprint) throws(LogError) {
        let file = try SegmentFile(layout.directory, first: expected.first, layout.files)
        func refusal(_ reason: String) -> LogError {
            LogError(.damaged, reason, .init(file: file.name, bytes: 0..<expected.length))
        }
        guard file.size >= expected.length else { throw refusal("the segment is shorter than the plan says") }
        guard try Self.hash(file, expected.length) == expected.hash else {
            throw refusal(
                "the segment has other bytes than the plan says: it was sealed or changed since, or is another's")
        }
    }

    private static func hash(_ file: SegmentFile<Files>, _ length: UInt64) throws(LogError) -> TreeHash {
        var context = SHA256_CTX()
        SHA256_Init(&context)
        var offset: UInt64 = 0
        while offset < length {
            let piece = try file.bytes(at: offset, count: Int(min(length - offset, 1 << 18)))
            guard !piece.isEmpty else {
                throw LogError(.damaged, "the segment ends too early", .init(file: file.name, bytes: offset..<length))
            }
            SHA256_Update(&context, piece.baseAddress, piece.count)
            offset += UInt64(piece.count)
        }
        return withUnsafeTemporaryAllocation(byteCount: TreeHash.length, alignment: 8) { memory in
            SHA256_Final(memory.baseAddress, &context)
            return TreeHash(memory: UnsafeRawBufferPointer(memory))
        }
    }
}
