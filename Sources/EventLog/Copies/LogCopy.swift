/// Makes a copy of a log, up to any position, beside its writer or without one.
///
/// The copy has the same records at the same positions under the same tree heads. Its finished segments are sealed,
/// whatever the original's are; every file is read back and hashed before the copy takes its name.
package struct LogCopy<Files: FileSystem> {
    private let source: LogReader<Files>
    private let target: LedgerLayout<Files>
    private let files: Files
    private let directory: String

    /// What the name of a copy ends in until it is whole.
    package static var unfinishedSuffix: String { ".partial" }

    /// - Parameter directory: where the copy will be; nothing is there yet.
    package init(of source: LogReader<Files>, to directory: String, files: Files) {
        self.source = source
        self.files = files
        let directory = FilePath.withoutSlash(directory)
        self.directory = directory
        target = LedgerLayout(directory: directory + Self.unfinishedSuffix, files: files)
    }

    /// Copies the records before `end`, lets `furnish` add what lies beside the log to the directory it is given, and
    /// then puts the copy in its place.
    ///
    /// - Returns: the head of the copy, which is the original's at that position.
    /// - Throws: `alreadyExists` if something is at the target, or an unfinished copy beside it; `outOfRange`; `damaged`
    ///   with the place in the original; `noSpace`, `inputOutput`; what `furnish` throws. The target is not there then.
    package func run(
        upTo end: UInt64, progress: (UInt64) -> Void = { _ in },
        furnish: (String) throws(LogError) -> Void = { _ in }
    ) throws(LogError) -> TreeHead {
        for path in [directory, target.directory] where try files.exists(path) {
            throw LogError(.alreadyExists, "there is something at \(path) already; a copy is never written over it")
        }
        let starts = source.segmentStarts.filter { $0 < max(end, 1) }
        guard end <= source.head, starts.first == 0 else {
            throw LogError(
                .outOfRange, "the log has \(source.head) records", .init(positions: end..<max(end, source.head)))
        }
        try files.makeDirectory(target.directory)
        try files.makeDirectory(target.segments)
        files.close(try files.open(target.path(Format.lockFile), .create))
        var tree = CompactRange()
        var epoch: UInt32 = 1
        for (index, start) in starts.enumerated() where start < end {
            let next = index + 1 < starts.count ? starts[index + 1] : end
            var header = try source.header(ofSegmentAt: start)
            guard header.tree == tree else {
                throw LogError(
                    .damaged, "the segment's tree is not that of the records before", .init(positions: start..<next))
            }
            header.kind = .sealed
            epoch = max(epoch, header.epoch)
            tree = try copy(header, upTo: min(next, end))
            progress(tree.size)
        }
        try makeOpenSegment(tree, epoch)
        try furnish(target.directory)
        try finish(durable: tree.size, epoch)
        return tree.head
    }

    private func copy(_ header: SegmentHeader, upTo end: UInt64) throws(LogError) -> CompactRange {
        let writer = try SealedSegmentWriter(
            target, header, to: Format.segmentDirectory + "/" + Format.segmentName(first: header.first))
        try source.forEachRecord(from: header.first, to: end) { record throws(LogError) in try writer.append(record) }
        return try writer.finish()
    }

    /// The log goes on in a segment of its own: with the same secret as the original's if that begins one here too.
    private func makeOpenSegment(_ tree: CompactRange, _ epoch: UInt32) throws(LogError) {
        var header = SegmentHeader(
            version: source.formatVersion, kind: .open, epoch: epoch, secret: try target.newSecret(),
            ledgerID: source.ledgerID, tree: tree)
        if source.segmentStarts.contains(tree.size) {
            header = try source.header(ofSegmentAt: tree.size)
            header.kind = .open
        }
        try target.makeSegment(header)
    }

    /// The description comes last, then the name.
    private func finish(durable: UInt64, _ epoch: UInt32) throws(LogError) {
        let publication = Publication(ledgerID: source.ledgerID, durable: durable, epoch: epoch)
        try files.replace(
            target.path(Format.publicationFile), in: target.directory, with: publication.encoded)
        let description = LedgerDescription(version: source.formatVersion, ledgerID: source.ledgerID)
        try files.replace(target.path(Format.descriptionFile), in: target.directory, with: description.encoded)
        let report = try verifyLog(directory: target.directory, files: files)
        guard report.damages.isEmpty, report.treeHead?.size == durable else {
            throw LogError(.damaged, "the copy does not read as it was written", report.damages.first?.place ?? .init())
        }
        try files.rename(target.directory, to: directory)
        try files.synchroniseDirectory(FilePath.parent(of: directory))
    }
}

extension LogReader {
    /// The header of the segment file that begins at `first`.
    func header(ofSegmentAt first: UInt64) throws(LogError) -> SegmentHeader {
        try SegmentFile(layout.directory, first: first, layout.files).header(ledgerID: ledgerID)
    }

    /// Lends every record of a range in order.
    func forEachRecord(
        from: UInt64, to: UInt64, _ body: (UnsafeRawBufferPointer) throws(LogError) -> Void
    ) throws(LogError) {
        do {
            try forEach(from: from, to: to) { _, record in try body(record) }
        } catch let error as LogError {
            throw error
        } catch {
            preconditionFailure("only the log itself and the body throw here")
        }
    }
}
