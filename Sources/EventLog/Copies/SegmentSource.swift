/// Where a follower gets a log's segment files from.
package protocol SegmentSource {
    /// The first positions of the segment files, ascending.
    func segmentStarts() throws(LogError) -> [UInt64]

    /// Bytes of the segment file that begins at `first`, from `offset` on: some, or none if it has no more.
    func bytes(ofSegmentAt first: UInt64, from offset: UInt64) throws(LogError) -> SegmentPiece
}

/// Bytes of a segment file as they stood at one moment.
package struct SegmentPiece: Sendable {
    /// Whether the file is sealed, and so never grows.
    package let isSealed: Bool
    /// The file's length in bytes.
    package let length: UInt64
    package let bytes: [UInt8]

    package init(isSealed: Bool, length: UInt64, bytes: [UInt8]) {
        self.isSealed = isSealed
        self.length = length
        self.bytes = bytes
    }
}

/// The segment files of a ledger's directory, beside its writer or without one: also of one that a file copier fills.
package struct DirectorySegments<Files: FileSystem>: SegmentSource {
    private let layout: LedgerLayout<Files>
    private let ledgerID: LedgerID
    /// Bytes of a piece at most.
    private static var pieceLimit: Int { 4 << 20 }

    /// - Throws: `notALedger`, `damaged`, `formatTooNew`, `inputOutput`.
    package init(of directory: String, files: Files) throws(LogError) {
        layout = LedgerLayout(directory: directory, files: files)
        ledgerID = try LedgerDescription.read(directory, files).ledgerID
    }

    package func segmentStarts() throws(LogError) -> [UInt64] { try layout.segmentStarts() }

    package func bytes(ofSegmentAt first: UInt64, from offset: UInt64) throws(LogError) -> SegmentPiece {
        let file: SegmentFile<Files>
        do throws(LogError) { file = try SegmentFile(layout.directory, first: first, layout.files) } catch {
            guard error.isNotFound else { throw error }
            throw LogError(.outOfRange, "no segment file begins at position \(first)")
        }
        let isSealed = try file.header(ledgerID: ledgerID).kind == .sealed
        let bytes = try file.bytes(at: offset, count: Self.pieceLimit)
        return SegmentPiece(isSealed: isSealed, length: file.size, bytes: [UInt8](bytes))
    }
}
