/// Finds where the log ends when a writer opens it, cuts a torn tail and refuses rot.
struct Recovery<Files: FileSystem> {
    private let layout: LedgerLayout<Files>
    private let description: LedgerDescription
    private let published: Publication.Found
    private var report = RecoveryReport()

    /// Where a writer goes on.
    struct Outcome {
        var report: RecoveryReport
        var header: SegmentHeader
        var file: SegmentFile<Files>
        var end: SegmentWalk<Files>.State
        var tree: CompactRange
        /// The highest writer's epoch met.
        var epoch: UInt32
    }

    /// Recovers the ledger, whose lock the caller holds.
    ///
    /// - Throws: `damaged` and nothing is changed; `inputOutput` and the like, after which recovery can simply
    ///   be tried again.
    static func run(
        _ layout: LedgerLayout<Files>, _ description: LedgerDescription
    ) throws(LogError) -> Outcome {
        let published = try Publication.read(layout.directory, layout.files, ledgerID: description.ledgerID)
        var recovery = Recovery(layout: layout, description: description, published: published)
        return try recovery.run()
    }

    private init(layout: LedgerLayout<Files>, description: LedgerDescription, published: Publication.Found) {
        self.layout = layout
        self.description = description
        self.published = published
        if case .damaged(let reason) = published {
            report.notes.append("\(Format.publicationFile) is of no use and will be written anew: \(reason)")
        }
    }

    private mutating func run() throws(LogError) -> Outcome {
        let starts = try layout.segmentStarts()
        try layout.checkWindows(starts)
        guard let last = starts.last else { throw layout.missing(0..<1) }
        let tail = try examine(last, isFollowed: false)
        // What the last segment does not complete may have begun in the one before.
        if tail.walk.complete.position == last, last > 0, starts.count > 1 {
            let start = starts[starts.count - 2]
            if try leadsUp(sealed: start, to: tail) {
                if tail.rule.decision == .cut { try cut(tail) }
                return try finish(tail)
            }
            let before = try examine(start, isFollowed: true)
            if before.rule.finding == .unfinishedBatch {
                return try cutAcross(before, tail)
            }
            guard before.walk.complete.tree == tail.header.tree, !tail.walk.continuesBatch else {
                throw LogError(
                    .damaged, "the segment before does not lead up to this one",
                    .init(file: tail.file.name, chunk: Format.headerChunk, positions: before.walk.position..<last))
            }
        }
        if tail.rule.decision == .cut { try cut(tail) }
        return try finish(tail)
    }

    /// A segment, walked to its end, and what is to be done about that end.
    private struct Tail {
        var file: SegmentFile<Files>
        var header: SegmentHeader
        var walk: SegmentWalk<Files>
        var rule: RecoveryRule
    }

    /// Whether the segment at `start` is sealed; then its end must be what `tail` begins with.
    private func leadsUp(sealed start: UInt64, to tail: Tail) throws(LogError) -> Bool {
        let file = try SegmentFile(layout.directory, first: start, layout.files)
        let header = try file.header(ledgerID: description.ledgerID)
        guard header.kind == .sealed else { return false }
        let segment = try SealedSegment(file, header)
        if let damage = segment.indexDamage { throw damage }
        guard segment.end == tail.header.tree.head, !tail.walk.continuesBatch else {
            throw LogError(
                .damaged, "the sealed segment before does not lead up to this one",
                .init(file: tail.file.name, chunk: Format.headerChunk))
        }
        return true
    }

    /// Walks a segment and decides. `isFollowed`: another segment stands behind it.
    /// - Throws: `damaged` where the decision is to refuse.
    private func examine(_ first: UInt64, isFollowed: Bool) throws(LogError) -> Tail {
        let file = try SegmentFile(layout.directory, first: first, layout.files, .readWrite)
        let header = try file.header(ledgerID: description.ledgerID)
        guard header.version == description.version else {
            throw LogError(
                .damaged,
                "a segment of format version \(header.version) in a ledger of version \(description.version)",
                .init(file: file.name, chunk: Format.headerChunk))
        }
        guard header.kind == .open else {
            throw LogError(.damaged, "a sealed segment stands where the log is written", .init(file: file.name))
        }
        var walk = SegmentWalk(file, header, before: header.first == 0 ? .complete : .unknown)
        let fault = try walk.nextFault()
        let complete = walk.complete.position
        let finding = fault?.finding ?? (walk.batchStart == nil ? .nothing : .unfinishedBatch)
        let mark = max(walk.acknowledged, published.durable)
        let rule = RecoveryRule.rule(finding, isAcknowledged: mark > complete)
        // A segment is begun only when the one before is durable to its last commit.
        let isTornBeforeAnother = isFollowed && rule.decision == .cut && finding != .unfinishedBatch
        if rule.decision == .refuse || isTornBeforeAnother {
            let end = max(mark, walk.position, fault?.positions.upperBound ?? 0)
            var error = fault?.error ?? LogError(.damaged, "", .init(file: file.name, bytes: file.size..<file.size))
            error.place.positions = complete..<max(complete, end)
            let why = isTornBeforeAnother ? "another segment follows" : rule.because
            error.reason = [fault?.reason, why].compactMap(\.self).joined(separator: ": ")
            throw error
        }
        return Tail(file: file, header: header, walk: walk, rule: rule)
    }

    /// Cuts a batch that began in one segment and has no end in the next: the next goes altogether.
    private mutating func cutAcross(_ before: Tail, _ tail: Tail) throws(LogError) -> Outcome {
        try keep(tail.file, from: 0, finding: .unfinishedBatch)
        // The removal is durable before the cut: a crash between them leaves the batch unfinished as before.
        try layout.files.remove(layout.path(tail.file.name))
        try layout.files.synchroniseDirectory(layout.segments)
        try cut(before)
        return try finish(before)
    }

    private mutating func cut(_ tail: Tail) throws(LogError) {
        let offset = tail.walk.complete.offset
        try keep(tail.file, from: offset, finding: tail.rule.finding)
        try layout.files.truncate(tail.file.handle, to: offset)
        try layout.files.synchroniseAll(tail.file.handle)
        try tail.file.refresh()
    }

    /// Copies a file's bytes from `offset` on to `quarantine/`, durably.
    private mutating func keep(_ file: SegmentFile<Files>, from offset: UInt64, finding: Finding) throws(LogError) {
        let files = layout.files
        var cut = RecoveryReport.Cut(file: file.name, bytes: offset..<file.size, finding: finding, keptAs: nil)
        var place = offset
        var target: Files.File?
        defer { if let target { files.close(target) } }
        while place < file.size {
            let bytes = try file.bytes(at: place, count: 1 << 18)
            if bytes.isEmpty { break }
            if target == nil, !bytes.isZero {
                let name = try quarantine.newName("\(Format.segmentName(first: file.first))-\(offset)")
                cut.keptAs = name
                target = try files.open(layout.path(name), .create)
            }
            if let target { try files.write(target, bytes, at: place - offset) }
            place += UInt64(bytes.count)
        }
        if let target {
            try files.synchroniseAll(target)
            try quarantine.synchronise()
        }
        report.cuts.append(cut)
    }

    private var quarantine: Quarantine<Files> { Quarantine(of: layout.directory, files: layout.files) }

    private mutating func finish(_ tail: Tail) throws(LogError) -> Outcome {
        let end = tail.walk.complete
        guard let tree = end.tree else { preconditionFailure("a tree is lost only behind a fault, which is refused") }
        try reaffirm(tail)
        for name in try layout.files.list(layout.segments) where name.hasSuffix(Format.temporarySuffix) {
            try layout.files.remove(layout.segments + "/" + name)
            report.removed.append(Format.segmentDirectory + "/" + name)
        }
        // Names too may be there only because nothing crashed yet: a sync of the last writer may have failed.
        try layout.files.synchroniseDirectory(layout.segments)
        try layout.files.synchroniseDirectory(layout.directory)
        report.head = end.position
        report.wasClosedCleanly = end.isClosed && report.cuts.isEmpty
        var epoch = max(tail.walk.epoch, tail.header.epoch)
        if case .valid(let publication) = published { epoch = max(epoch, publication.epoch) }
        return Outcome(report: report, header: tail.header, file: tail.file, end: end, tree: tree, epoch: epoch)
    }

    /// Writes the last commit once more, as it stands, and syncs it.
    ///
    /// Its own sync may have failed under the last writer, and Linux then calls the pages clean: they would
    /// read well from memory and never reach the disk. Commits before it were synced before it was written.
    private func reaffirm(_ tail: Tail) throws(LogError) {
        guard let (header, offset) = tail.walk.lastCompleteCommit else { return }
        let bytes = try tail.file.bytes(at: offset, count: Int(header.size))
        try layout.files.write(tail.file.handle, bytes, at: offset)
        try layout.files.synchroniseAll(tail.file.handle)
    }
}
