// What the headers of segment files say of the log before them, without reading a record.
extension LogReader {
    /// The first positions of the segment files, ascending, as of the opening or the last refresh.
    package var segmentStarts: [UInt64] { starts }

    /// The size and root of the tree over all records before the segment file that begins at `first`; nil if none
    /// begins there. One header is read, and nothing is hashed.
    ///
    /// - Throws: `damaged` with the place; `inputOutput`.
    package func treeHead(beforeSegmentAt first: UInt64) throws(LogError) -> TreeHead? {
        guard first <= head, starts.contains(first) else { return nil }
        let file = try SegmentFile(layout.directory, first: first, layout.files)
        return try file.header(ledgerID: ledgerID).tree.head
    }
}
