/// Finds how far readers may read.
struct LogEnd<Files: FileSystem> {
    /// The files.
    let layout: LedgerLayout<Files>
    /// The ledger they must belong to.
    let ledgerID: LedgerID

    /// The durable head: what the living writer publishes; without one, the end of the last whole batch. In a copy that
    /// follows another log, what was verified last.
    func find(_ starts: [UInt64]) throws(LogError) -> UInt64 {
        let isWritten = try Self.writerLives(layout)
        let published = try Publication.read(layout.directory, layout.files, ledgerID: ledgerID)
        let rule = isWritten ? nil : try WriterRule.read(in: layout.directory, layout.files)
        let isPublished = isWritten || rule == .follower
        if isPublished, case .valid(let publication) = published { return publication.durable }
        do {
            return try end(starts, isWritten: isWritten, published: published.durable)
        } catch {
            // The last segment cannot be read, but what lies before it can.
            guard error.code == .damaged, published.durable > 0 else { throw error }
            return published.durable
        }
    }

    /// The end of what the last segment file holds.
    private func end(_ starts: [UInt64], isWritten: Bool, published: UInt64) throws(LogError) -> UInt64 {
        guard let last = starts.last else { throw layout.missing(0..<1) }
        var walk = try walked(last)
        if isWritten {
            // A writer without a readable publication: only what its commits acknowledge is surely synced.
            return max(walk.acknowledged, last)
        }
        if walk.complete.position == last, last > 0, starts.count > 1,
            let before = try walkedIfOpen(starts[starts.count - 2])
        {
            // The last segment may hold only the rest of a batch that has no end.
            walk = before
        }
        // A publication beyond the last commit means lost records: reading up to it names them.
        return max(walk.complete.position, published)
    }

    /// Whether some process holds the writer's lock.
    static func writerLives(_ layout: LedgerLayout<Files>) throws(LogError) -> Bool {
        do {
            let file = try layout.files.open(layout.path(Format.lockFile), .read)
            defer { layout.files.close(file) }
            return try layout.files.isLocked(file)
        } catch {
            if error.isNotFound { return false }
            throw error
        }
    }

    /// A segment walked to its end, past whatever cannot be read.
    private func walked(_ first: UInt64) throws(LogError) -> SegmentWalk<Files> {
        guard let walk = try walkedIfOpen(first) else {
            throw LogError(
                .damaged, "a sealed segment stands where the log is written",
                .init(file: Format.segmentDirectory + "/" + Format.segmentName(first: first)))
        }
        return walk
    }

    /// The same, or nil for a sealed one.
    private func walkedIfOpen(_ first: UInt64) throws(LogError) -> SegmentWalk<Files>? {
        let file = try SegmentFile(layout.directory, first: first, layout.files)
        let header = try file.header(ledgerID: ledgerID)
        guard header.kind == .open else { return nil }
        var walk = SegmentWalk(file, header, before: .unknown, hashes: false)
        while try walk.nextFault() != nil {}
        return walk
    }
}
