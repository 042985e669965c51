// The leaves of the tree: what is hashed for each record.
extension LogReader {
    /// What is hashed behind the byte 0x00 for the record at `position`: its salt and the record.
    ///
    /// - Throws: `outOfRange`; `damaged` with the place; `inputOutput`.
    package func entry(at position: UInt64) throws(LogError) -> [UInt8] {
        try salt(at: position) + record(at: position)
    }

    /// The 16 bytes that keep the leaf at `position` from confirming a guess at its record.
    ///
    /// - Throws: `outOfRange`; `damaged` with the place; `inputOutput`.
    package func salt(at position: UInt64) throws(LogError) -> [UInt8] {
        try check(position..<position + 1)
        return try segment(holding: position).header.secret.salt(at: position)
    }

    /// Lends what is hashed for each record of `positions`, in order.
    ///
    /// - Throws: `outOfRange`; `damaged` with the place; `inputOutput`; what `body` throws.
    package func forEachEntry(in positions: Range<UInt64>, _ body: (UInt64, [UInt8]) throws -> Void) throws {
        for positions in try segmentPieces(of: positions) {
            let secret = try segment(holding: positions.lowerBound).header.secret
            try forEach(from: positions.lowerBound, to: positions.upperBound) { position, record in
                try body(position, secret.salt(at: position) + record)
            }
        }
    }

    /// Reads, checks and hashes every record of `positions`; gives the leaf hashes in order: 32 bytes each.
    ///
    /// - Throws: `outOfRange`; `damaged` with the place; `inputOutput`.
    package func leaves(of positions: Range<UInt64>) throws(LogError) -> [TreeHash] {
        var leaves: [TreeHash] = []
        leaves.reserveCapacity(positions.count)
        do {
            for positions in try segmentPieces(of: positions) {
                let hasher = LeafHasher(secret: try segment(holding: positions.lowerBound).header.secret)
                try forEach(from: positions.lowerBound, to: positions.upperBound) { position, record in
                    leaves.append(hasher.leaf(record, at: position))
                }
            }
        } catch let error as LogError {
            throw error
        } catch {
            preconditionFailure("only the log itself throws here")
        }
        return leaves
    }

    /// The tree over all records before the segment file that begins at `first`, as that file's header has it; nil if
    /// none begins there. Nothing is hashed.
    ///
    /// - Throws: `damaged` with the place; `inputOutput`.
    package func tree(beforeSegmentAt first: UInt64) throws(LogError) -> CompactRange? {
        guard first <= head, segmentStarts.contains(first) else { return nil }
        let file = try SegmentFile(layout.directory, first: first, layout.files)
        return try file.header(ledgerID: ledgerID).tree
    }

    /// Positions in the pieces in which they lie in segment files, ascending.
    ///
    /// - Throws: `outOfRange`; `damaged` if the first segment file is missing.
    package func segmentPieces(of positions: Range<UInt64>) throws(LogError) -> [Range<UInt64>] {
        try segmentRanges(to: positions.upperBound).compactMap { range in
            let piece = range.clamped(to: positions)
            return piece.isEmpty ? nil : piece
        }
    }
}

extension SegmentSecret {
    /// The first 16 bytes of SHA-256(secret ‖ position as 8 bytes, big-endian).
    fileprivate func salt(at position: UInt64) -> [UInt8] {
        withUnsafeBytes { secret in
            var bytes = [UInt8](secret)
            Swift.withUnsafeBytes(of: position.bigEndian) { bytes += $0 }
            return bytes.withUnsafeBytes { Array(TreeHash(hashing: $0).bytes.prefix(16)) }
        }
    }
}
