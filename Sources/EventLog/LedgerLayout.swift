/// The files of one ledger.
struct LedgerLayout<Files: FileSystem> {
    /// The ledger's directory.
    let directory: String
    /// Where the files are.
    let files: Files

    /// The path of a name relative to the ledger's directory.
    func path(_ name: String) -> String { directory + "/" + name }
    /// The directory of segment files.
    var segments: String { path(Format.segmentDirectory) }

    /// The first positions of the segment files, ascending.
    func segmentStarts() throws(LogError) -> [UInt64] {
        do {
            return try files.list(segments).compactMap { Format.firstPosition(segmentName: $0) }
        } catch {
            guard error.isNotFound else { throw error }
            throw LogError(.damaged, "the directory of segments is missing", .init(file: Format.segmentDirectory))
        }
    }

    /// Checks that no window of 65,536 positions up to the last segment lacks its first file.
    func checkWindows(_ starts: [UInt64]) throws(LogError) {
        var expected: UInt64 = 0
        for start in starts {
            if start > expected { throw missing(expected..<start) }
            expected = Format.segmentEnd(of: start)
        }
        if starts.isEmpty { throw missing(0..<Format.positionsPerSegment) }
    }

    /// The error for a segment file that should hold these positions.
    func missing(_ positions: Range<UInt64>) -> LogError {
        let name = Format.segmentName(first: positions.lowerBound)
        return LogError(
            .damaged, "a segment file is missing",
            .init(file: Format.segmentDirectory + "/" + name, positions: positions))
    }

    /// Makes a segment file with nothing but its header, durable under its name.
    func makeSegment(_ header: SegmentHeader) throws(LogError) {
        let name = Format.segmentName(first: header.first)
        try files.replace(segments + "/" + name, in: segments, with: header.encoded())
    }

    /// Draws random bytes.
    func random(_ count: Int) throws(LogError) -> [UInt8] {
        var failure: LogError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { memory, filled in
            do throws(LogError) {
                try files.random(into: UnsafeMutableRawBufferPointer(memory))
                filled = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// A new secret for a segment file.
    func newSecret() throws(LogError) -> SegmentSecret {
        guard let secret = SegmentSecret(try random(SegmentSecret.length)) else {
            preconditionFailure("16 bytes make a secret")
        }
        return secret
    }
}
