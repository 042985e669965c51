/// The size and root of a log that grows: what was added since the last look is hashed, and no more.
package final class GrowingLog<Files: FileSystem>: @unchecked Sendable {
    // Sendable: `monitor` guards the reader and the tree.
    private let monitor = Monitor()
    private let reader: LogReader<Files>
    private var tree = CompactRange()

    /// - Throws: as `LogReader.init(opening:files:)`.
    package init(opening directory: String, files: Files) throws(LogError) {
        reader = try LogReader(opening: directory, files: files)
    }

    /// The ledger's ID.
    package var ledgerID: LedgerID { reader.ledgerID }
    /// The ledger's format version.
    package var formatVersion: UInt16 { reader.formatVersion }

    /// What is durable now, and the epoch of the writer that published it.
    ///
    /// - Throws: `damaged` with the place; `inputOutput`.
    package func head() throws(LogError) -> (head: TreeHead, epoch: UInt32) {
        monitor.lock()
        defer { monitor.unlock() }
        let published = try Publication.read(
            reader.layout.directory, reader.layout.files, ledgerID: reader.ledgerID)
        guard case .valid(let publication) = published else {
            throw LogError(
                .damaged, "the ledger does not say who wrote it last; append to it once",
                .init(file: Format.publicationFile))
        }
        try reader.refresh()
        if tree.size == 0, let start = reader.segmentStarts.last(where: { $0 <= reader.head }),
            let before = try reader.tree(beforeSegmentAt: start)
        {
            tree = before
        }
        for leaf in try reader.leaves(of: tree.size..<reader.head) { tree.append(leaf) }
        return (tree.head, publication.epoch)
    }
}

/// The highest epoch of a writer that a ledger's directory tells of without its log being read.
///
/// - Throws: `damaged` if it does not tell; `notALedger`, `inputOutput`.
package func publishedEpoch<Files: FileSystem>(of directory: String, files: Files) throws(LogError) -> UInt32 {
    let ledgerID = try LedgerDescription.read(directory, files).ledgerID
    guard case .valid(let found) = try Publication.read(directory, files, ledgerID: ledgerID) else {
        throw LogError(
            .damaged, "the ledger does not say who wrote it last; verify says more", .init(file: Format.publicationFile)
        )
    }
    return found.epoch
}

/// The ID of the ledger in a directory.
///
/// - Throws: `notALedger`, `damaged`, `formatTooNew`, `inputOutput`.
package func ledgerID<Files: FileSystem>(of directory: String, files: Files) throws(LogError) -> LedgerID {
    try LedgerDescription.read(directory, files).ledgerID
}
