/// Reads every byte of the ledger in `directory`, checks every checksum, and recomputes every tree head. Never
/// stops at the first damage, changes nothing, takes no lock. Beside a living writer it checks what is durable.
///
/// - Parameters:
///   - progress: called after each commit with the records done and the last segment's end at most.
///   - ignoringWriter: for the caller who holds the writer's lock itself and writes nothing meanwhile.
///   - inspect: lent every record that stood its checksums, in order, before its tree head is known to be right.
/// - Throws: `notALedger`, `formatTooNew`, `inputOutput`; damage is reported, not thrown.
package func verifyLog<Files: FileSystem>(
    directory: String, files: Files, progress: ((UInt64, UInt64) -> Void)? = nil,
    ignoringWriter: Bool = false, inspect: RecordInspector? = nil
) throws(LogError) -> VerificationReport {
    var verification = Verification(
        layout: LedgerLayout(directory: directory, files: files), progress: progress, inspect: inspect,
        ignoresWriter: ignoringWriter)
    return try verification.run()
}

/// Looks at a record at its position.
package typealias RecordInspector = (_ position: UInt64, _ record: UnsafeRawBufferPointer) -> Void

/// One run of `verifyLog`.
private struct Verification<Files: FileSystem> {
    let layout: LedgerLayout<Files>
    let progress: ((UInt64, UInt64) -> Void)?
    let inspect: RecordInspector?
    let ignoresWriter: Bool
    var report = VerificationReport()
    var ledgerID: LedgerID?
    /// What the segment before leads up to: its end, and the tree there unless damage hides it.
    var position: UInt64 = 0
    var tree: CompactRange? = CompactRange()
    var before = SegmentWalk<Files>.Before.complete
    var durable: UInt64 = 0
    var isWritten = false

    mutating func run() throws(LogError) -> VerificationReport {
        try readDescription()
        try readMarks()
        var starts: [UInt64] = []
        do {
            starts = try segmentStarts()
        } catch {
            guard error.code == .damaged else { throw error }
            note(error)
        }
        if starts.isEmpty { note(layout.missing(0..<max(1, durable))) }
        for (index, start) in starts.enumerated() {
            let isLast = index == starts.count - 1
            do {
                try verifySegment(start, next: isLast ? nil : starts[index + 1])
            } catch {
                guard error.code == .damaged else { throw error }
                var error = error
                let end = isLast ? max(durable, start) : starts[index + 1]
                error.place.positions = error.place.positions ?? start..<max(start, end)
                note(error)
                position = end
                tree = nil
                before = .unknown
            }
        }
        if position < durable, !isWritten {
            report.damages.append(
                Damage(
                    .rot, "records were durable that are not there now",
                    .init(file: Format.segmentDirectory, positions: position..<durable)))
        }
        report.treeHead = tree?.head
        return report
    }

    private mutating func note(_ error: LogError) {
        report.damages.append(Damage(.rot, error.reason, error.place))
    }

    private mutating func readDescription() throws(LogError) {
        do {
            let description = try LedgerDescription.read(layout.directory, layout.files)
            ledgerID = description.ledgerID
            report.formatVersion = description.version
        } catch {
            guard error.code == .damaged else { throw error }
            note(error)
        }
        let names = try layout.files.list(layout.directory)
        if names.contains(Format.lockFile),
            try !layout.files.content(layout.path(Format.lockFile), limit: 4_096).isEmpty
        {
            report.damages.append(Damage(.format, "the lock file is not empty", .init(file: Format.lockFile)))
        }
        if names.contains(Format.quarantineDirectory) {
            for name in try layout.files.list(layout.path(Format.quarantineDirectory)) {
                report.notes.append("kept aside: \(Format.quarantineDirectory)/\(name)")
            }
        }
    }

    private mutating func readMarks() throws(LogError) {
        isWritten = ignoresWriter ? false : try LogEnd<Files>.writerLives(layout)
        let published = try Publication.read(layout.directory, layout.files, ledgerID: ledgerID)
        durable = published.durable
        if case .damaged(let reason) = published {
            report.damages.append(
                Damage(
                    .rot, "\(Format.publicationFile): \(reason)",
                    .init(file: Format.publicationFile, bytes: 0..<UInt64(Format.sectorSize))))
        }
        do throws(LogError) {
            _ = try WriterRule.read(in: layout.directory, layout.files)
        } catch {
            guard error.code == .damaged else { throw error }
            note(error)
        }
    }

    private mutating func segmentStarts() throws(LogError) -> [UInt64] {
        let starts = try layout.segmentStarts()
        for name in try layout.files.list(layout.segments) where Format.firstPosition(segmentName: name) == nil {
            let path = Format.segmentDirectory + "/" + name
            if name.hasSuffix(Format.temporarySuffix) {
                report.notes.append("interrupted work: \(path)")
            } else {
                report.damages.append(Damage(.format, "not a segment's name", .init(file: path)))
            }
        }
        return starts
    }

    /// Verifies one segment file. `next`: where the next one begins, if there is one.
    private mutating func verifySegment(_ start: UInt64, next: UInt64?) throws(LogError) {
        let file = try SegmentFile(layout.directory, first: start, layout.files)
        report.segments += 1
        report.bytes += file.size
        if start > position { note(layout.missing(position..<start)) }
        if start < position {
            throw LogError(.damaged, "the segment overlaps the one before", .init(file: file.name))
        }
        let header = try file.header(ledgerID: ledgerID)
        ledgerID = header.ledgerID
        let version = report.formatVersion ?? header.version
        report.formatVersion = version
        guard header.version == version else {
            throw LogError(
                .damaged, "a segment of format version \(header.version) in a ledger of version \(version)",
                .init(file: file.name, chunk: Format.headerChunk, bytes: 0..<UInt64(Format.headerSize)))
        }
        if let tree, start == position, tree != header.tree {
            report.damages.append(
                Damage(
                    .format, "the segment's tree is not that of the records before",
                    .init(file: file.name, chunk: Format.headerChunk, bytes: 0..<UInt64(Format.headerSize))))
        }
        if header.kind == .sealed { return try verifySealed(SealedSegment(file, header), next: next) }
        var walk = SegmentWalk(file, header, before: before)
        let limit = isWritten && next == nil ? durable : nil
        let base = report.records
        let total = Format.segmentEnd(of: start)
        let progress = self.progress
        while let fault = try walk.nextFault(until: limit, progress: { progress?(base + $0, total) }, inspect: inspect)
        {
            add(fault, next: next, complete: walk.complete.position)
        }
        report.commits += walk.commits
        report.records += walk.records
        before = walk.batchStart.map { .unfinished($0) } ?? .complete
        if walk.tree == nil { before = .unknown }
        position = walk.position
        tree = walk.tree
        if let next, position < next {
            throw LogError(
                .damaged, "the segment ends before the next begins",
                .init(file: file.name, bytes: file.size..<file.size, positions: position..<next))
        }
        if next == nil, let start = walk.batchStart, !isWritten {
            let rule = RecoveryRule.rule(.unfinishedBatch, isAcknowledged: durable > start)
            report.damages.append(
                Damage(
                    rule.decision == .cut ? .torn : .rot, rule.because,
                    .init(file: file.name, bytes: walk.complete.offset..<file.size, positions: start..<position)))
            tree = nil
        }
    }

    private mutating func verifySealed(_ segment: SealedSegment<Files>, next: UInt64?) throws(LogError) {
        if let damage = segment.indexDamage { note(damage) }
        var walk = SealedWalk(segment)
        let base = report.records
        let total = Format.segmentEnd(of: segment.header.first)
        let progress = self.progress
        while let damage = try walk.nextDamage(progress: { progress?(base + $0, total) }, inspect: inspect) {
            note(damage)
        }
        report.commits += walk.blocks
        report.records += walk.records
        before = .unknown
        position = walk.position
        tree = walk.tree
        if let end = segment.end, let tree, end != tree.head {
            report.damages.append(
                Damage(.format, "the records do not hash to the index's tree head", .init(file: segment.file.name)))
        }
        guard let next else {
            throw LogError(.damaged, "no segment follows a sealed one", .init(file: segment.file.name))
        }
        if position < next {
            throw LogError(
                .damaged, "the segment ends before the next begins",
                .init(file: segment.file.name, positions: position..<next))
        }
    }

    private mutating func add(_ fault: Fault, next: UInt64?, complete: UInt64) {
        var place = fault.place
        if fault.isLast {
            // Nothing tells where the lost records ended but the next segment or the mark.
            place.positions = fault.positions.lowerBound..<max(fault.positions.upperBound, next ?? durable)
        }
        let rule = RecoveryRule.rule(fault.finding, isAcknowledged: durable > complete)
        let isTorn = fault.isLast && next == nil && rule.decision == .cut
        let kind: Damage.Kind = isTorn ? .torn : fault.finding == .inconsistent ? .format : .rot
        report.damages.append(Damage(kind, fault.reason, place))
    }
}
